"""The decoder: every format at any rate, bounded memory, and files that mean no good."""

import io
import random
import tracemalloc

import av
import numpy as np
import pytest

from infra.errors import BadInput
from tests.pronunciation_tool.sounds import KINDS, recorded, tone, toned
from tools.pronunciation.audio import MAX_BYTES, RATE, Sound, decode

SPARE_SECONDS = 0.1  # of silence that codecs add
MUTATIONS = 1500


def pitch(sound: Sound) -> float:
    """The strongest frequency in hertz."""
    return float(np.abs(np.fft.rfft(sound.samples)).argmax() * RATE / len(sound.samples))


@pytest.mark.parametrize("kind", KINDS)
def test_what_phones_and_browsers_send_is_heard(kind: str) -> None:
    sound = decode(toned(kind))
    assert sound.samples.dtype == np.float32
    assert sound.samples.ndim == 1
    assert sound.seconds == pytest.approx(1.0, abs=SPARE_SECONDS)
    assert pitch(sound) == pytest.approx(440, abs=2)
    assert not sound.too_long


@pytest.mark.parametrize("kind", ["wav", "mp3", "m4a", "webm", "ogg opus", "flac"])
def test_two_channels_become_one(kind: str) -> None:
    assert pitch(decode(toned(kind, channels=2))) == pytest.approx(440, abs=2)


@pytest.mark.parametrize("rate", [8_000, 11_025, 16_000, 22_050, 32_000, 44_100, 48_000, 96_000])
def test_any_rate_becomes_sixteen_kilohertz(rate: int) -> None:
    sound = decode(recorded(tone(0.5, rate), rate, "wav"))
    assert sound.seconds == pytest.approx(0.5, abs=0.01)
    assert pitch(sound) == pytest.approx(440, abs=3)


def test_a_long_recording_is_read_to_the_limit_and_says_so() -> None:
    sound = decode(toned("mp3", 3.0), max_seconds=2.0)
    assert (sound.seconds, sound.too_long) == (2.0, True)
    assert decode(toned("flac", 2.0), max_seconds=2.0).too_long is False


def test_hours_of_silence_in_a_small_file_take_no_memory() -> None:
    """Twenty minutes of FLAC silence: 38 MB of samples if all were decoded, 77 MB as float32."""
    bomb = recorded(np.zeros(20 * 60 * 8_000, np.float32), 8_000, "flac")
    assert len(bomb) < 300_000
    tracemalloc.start()
    sound = decode(bomb, max_seconds=10)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert sound.too_long
    assert peak < 8 * 10 * RATE * 4


@pytest.mark.parametrize("kind", KINDS)
def test_a_truncated_recording_keeps_what_there_is(kind: str) -> None:
    half = toned(kind, 2.0)
    half = half[: len(half) // 2]
    if kind in ("m4a", "3gp"):  # their table of contents comes last
        with pytest.raises(BadInput, match="cannot be read"):
            decode(half)
    else:
        assert 0.3 < decode(half).seconds < 1.3


def test_samples_that_are_no_numbers_become_silence() -> None:
    samples = tone(0.5, 48_000)
    samples[100:200], samples[300:400] = np.nan, np.inf
    sound = decode(recorded(samples, 48_000, "wav float"))
    assert np.isfinite(sound.samples).all()
    assert np.abs(sound.samples).max() <= 1.0


def picture_only() -> bytes:
    buffer = io.BytesIO()
    with av.open(buffer, "w", format="matroska") as container:
        stream = container.add_stream("mpeg4", rate=5)
        stream.width = stream.height = 64
        for _ in range(5):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), "rgb24")))
        container.mux(stream.encode(None))
    return buffer.getvalue()


PLAYLIST = b"#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n"
NO_RECORDINGS = {
    "nothing": b"",
    "one byte": b"R",
    "zeros": bytes(5000),
    "text": b"Hello, I am not a recording. " * 50,
    "a page": b"<!doctype html><html><body>404</body></html>" * 20,
    "a playlist": PLAYLIST,
    "a list of files": b"ffconcat version 1.0\nfile /etc/hostname\n",
    "a session description": b"v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=x\r\nm=audio 5004 RTP/AVP 0\r\n",
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(500),
    "no sound but pictures": picture_only(),
    "a header alone": toned("wav")[:44],
    "too many bytes": bytes(MAX_BYTES + 1),
    "an impossible rate": toned("wav")[:24] + (1).to_bytes(4, "little") + toned("wav")[28:],
}


@pytest.mark.parametrize("what", NO_RECORDINGS)
def test_what_is_no_recording_is_refused_with_a_reason(what: str) -> None:
    with pytest.raises(BadInput) as refused:
        decode(NO_RECORDINGS[what])
    assert len(refused.value.detail) > 20


def mutated(files: list[bytes], chance: random.Random) -> bytes:
    """One of the files, damaged in one of six ways."""
    content = bytearray(chance.choice(files))
    at = chance.randrange(len(content))
    match chance.randrange(6):
        case 0:
            return bytes(content[:at])
        case 1:
            for _ in range(chance.randint(1, 30)):
                content[chance.randrange(len(content))] = chance.randrange(256)
        case 2:  # the header
            for _ in range(chance.randint(1, 8)):
                content[chance.randrange(min(200, len(content)))] = chance.choice([0, 127, 128, 255])
        case 3:
            other = chance.choice(files)
            content[at:] = other[chance.randrange(len(other)) :]
        case 4:
            content[at:at] = chance.randbytes(chance.randint(1, 64))
        case _:
            content[chance.randint(4, 64) :] = chance.randbytes(chance.randint(0, 4000))
    return bytes(content)


def test_damaged_files_are_read_or_refused() -> None:
    """A crash of the native decoder would take this process with it; none came in 30,000 mutations of other seeds."""
    chance = random.Random(20261123)
    files = [toned(kind, 0.3) for kind in KINDS]
    read = 0
    for _ in range(MUTATIONS):
        content = mutated(files, chance)
        try:
            sound = decode(content, max_seconds=2.0)
        except BadInput:
            continue
        read += 1
        assert len(sound.samples) <= 2 * RATE
        assert np.isfinite(sound.samples).all()
    assert 0 < read < MUTATIONS
