"""Spoils clean recordings as classrooms and telephones do: other voices, hiss, an echo, a narrow band."""

from collections.abc import Sequence

import numpy as np

from tools.pronunciation.spectrum import RATE_HZ, Floats

SNR_DB = (5.0, 20.0)
KINDS = ("babble", "white", "pink")
SHARES = (0.6, 0.15, 0.25)  # of the kinds
VOICES = (3, 8)  # in a babble
ECHOING = 0.3  # share of recordings in a room that echoes
ECHO_S = (0.15, 0.4)  # until the echo is 60 dB down
ECHO_BELOW_DB = (6.0, 15.0)  # the echo under the voice
NARROW = 0.15  # share of recordings through a telephone
NARROW_HZ = (3_400.0, 4_000.0)


def spoiled(samples: Floats, others: Sequence[Floats], chance: np.random.Generator) -> Floats:
    """Samples [n] under a noise chosen at random at SNR_DB, some in a room, some through a telephone.

    others: recordings that babble is made of.
    """
    kind = str(chance.choice(KINDS, p=SHARES))
    voice = echoing(samples, chance) if chance.random() < ECHOING else samples
    noise = babble(len(samples), others, chance) if kind == "babble" else hiss(len(samples), kind, chance)
    mixed = at_snr(voice, noise, float(chance.uniform(*SNR_DB)))
    return narrowed(mixed, float(chance.uniform(*NARROW_HZ))) if chance.random() < NARROW else mixed


def at_snr(voice: Floats, noise: Floats, snr_db: float) -> Floats:
    """Their sum, with the mean power of the voice so many dB above that of the noise."""
    gain = np.sqrt(_power(voice) / _power(noise) / 10 ** (snr_db / 10))
    mixed: Floats = (voice + gain * noise).astype(np.float32)
    return mixed


def babble(length: int, others: Sequence[Floats], chance: np.random.Generator) -> Floats:
    """Several of the other recordings at once [length], each as loud as the rest, each begun somewhere."""
    count = min(len(others), int(chance.integers(VOICES[0], VOICES[1] + 1)))
    total = np.zeros(length)
    for index in chance.choice(len(others), count, replace=False):
        turned = np.roll(others[index], int(chance.integers(0, len(others[index]))))
        total += np.resize(turned, length) / np.sqrt(_power(turned))
    return total.astype(np.float32)


def hiss(length: int, kind: str, chance: np.random.Generator) -> Floats:
    """White noise, or pink: as much power in each octave."""
    white = chance.standard_normal(length)
    if kind == "white":
        return white.astype(np.float32)
    spectrum = np.fft.rfft(white)
    pink = np.fft.irfft(spectrum / np.sqrt(np.arange(1, len(spectrum) + 1)), length)
    return pink.astype(np.float32)


def echoing(samples: Floats, chance: np.random.Generator) -> Floats:
    """The recording in a room: its echo is noise that dies away exponentially (Polack 1988)."""
    seconds = float(chance.uniform(*ECHO_S))
    times = np.arange(int(seconds * RATE_HZ)) / RATE_HZ
    tail = chance.standard_normal(len(times)) * 10 ** (-3 * times / seconds)
    tail *= 10 ** (-float(chance.uniform(*ECHO_BELOW_DB)) / 20) / np.sqrt((tail**2).sum())
    tail[0] += 1.0
    size = 1 << (len(samples) + len(tail)).bit_length()
    wet = np.fft.irfft(np.fft.rfft(samples, size) * np.fft.rfft(tail, size), size)[: len(samples)]
    return wet.astype(np.float32)


def narrowed(samples: Floats, highest_hz: float) -> Floats:
    """The recording without what lies above `highest_hz`."""
    spectrum = np.fft.rfft(samples)
    spectrum[np.fft.rfftfreq(len(samples), 1 / RATE_HZ) > highest_hz] = 0
    return np.fft.irfft(spectrum, len(samples)).astype(np.float32)


def _power(samples: Floats) -> float:
    return float(np.mean(samples.astype(np.float64) ** 2)) + 1e-12
