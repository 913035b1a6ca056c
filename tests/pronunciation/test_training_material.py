"""What the judge learns from is what it is said to be: noise at its level, changed references with what was said."""

import numpy as np
import pytest

from tools.pronunciation.phones import BLANK
from tools.pronunciation.spectrum import RATE_HZ
from tools.pronunciation.training.keeping import Kept
from tools.pronunciation.training.noises import at_snr, babble, echoing, hiss, narrowed, spoiled
from tools.pronunciation.training.scored import UNKNOWN
from tools.pronunciation.training.swaps import changed
from tools.pronunciation.training.synthetic import resized, substitute


def tone(hz: float, seconds: float = 1.0) -> np.ndarray:
    return np.sin(2 * np.pi * hz * np.arange(int(seconds * RATE_HZ)) / RATE_HZ).astype(np.float32)


def power(samples: np.ndarray) -> float:
    return float(np.mean(samples.astype(np.float64) ** 2))


@pytest.mark.parametrize("snr_db", [0.0, 10.0, 20.0])
def test_noise_lies_so_many_decibels_under_the_voice(chance: np.random.Generator, snr_db: float) -> None:
    voice, noise = tone(300), hiss(RATE_HZ, "pink", chance)
    added = at_snr(voice, noise, snr_db) - voice
    assert 10 * np.log10(power(voice) / power(added)) == pytest.approx(snr_db, abs=0.01)


def test_pink_noise_has_as_much_power_in_each_octave(chance: np.random.Generator) -> None:
    spectrum = np.abs(np.fft.rfft(hiss(8 * RATE_HZ, "pink", chance))) ** 2
    low, high = (spectrum[8 * hz : 16 * hz].sum() for hz in (500, 2000))
    assert low / high == pytest.approx(1.0, abs=0.2)


def test_babble_fills_the_length_with_voices_of_any_length(chance: np.random.Generator) -> None:
    mixed = babble(RATE_HZ, [tone(200, 0.3), tone(900, 2.0), tone(400, 1.0)], chance)
    assert mixed.shape == (RATE_HZ,)
    assert power(mixed) > 1


def test_a_room_goes_on_after_the_voice(chance: np.random.Generator) -> None:
    voice = np.concatenate([tone(300, 0.2), np.zeros(RATE_HZ // 2, np.float32)])
    wet = echoing(voice, chance)
    assert wet.shape == voice.shape
    assert power(wet[RATE_HZ // 4 : RATE_HZ // 3]) > 1e-6


def test_a_telephone_takes_the_high_sounds_away() -> None:
    assert power(narrowed(tone(5000), 3600)) < 1e-6
    assert power(narrowed(tone(1000), 3600)) == pytest.approx(0.5, abs=0.01)


def test_the_same_seed_spoils_in_the_same_way() -> None:
    first, second = (spoiled(tone(300), [tone(200), tone(500)], np.random.default_rng(5)) for _ in range(2))
    assert (first == second).all()


def test_a_smaller_speaker_is_higher_and_quicker() -> None:
    small = resized(tone(400), 0.8)
    assert len(small) == int(0.8 * RATE_HZ)
    assert np.abs(np.fft.rfft(small)).argmax() * RATE_HZ / len(small) == pytest.approx(500, abs=2)


def test_a_changed_reference_says_what_was_said_instead(chance: np.random.Generator) -> None:
    labels, words = np.arange(39), np.repeat(np.arange(13), 3)
    new, owners, origin, said = changed(labels, words, np.ones(39, bool), chance)
    kept, swapped = origin >= 0, (origin < 0) & (said != BLANK)
    assert (new[kept] == labels[origin[kept]]).all()
    assert (new[swapped] != said[swapped]).all()
    assert swapped.any()
    assert sorted([*origin[kept].tolist(), *said[swapped].tolist()]) == labels.tolist()
    assert (np.diff(owners) >= 0).all()


@pytest.mark.parametrize(
    ("asked", "said", "wrong", "instead"),
    [
        ([1, 2, 3], [1, 5, 3], 1, 5),
        ([1, 2, 3], [1, 3], 1, BLANK),
        ([1, 2, 3], [1, 2, 3], None, UNKNOWN),
        ([1, 2, 3], [4, 5, 3], 1, UNKNOWN),
    ],
)
def test_a_substitute_is_known_where_all_else_is_as_asked(
    asked: list[int], said: list[int], wrong: int | None, instead: int
) -> None:
    assert substitute(np.array(asked), np.array(said), wrong) == instead


def test_what_was_heard_is_kept_by_what_it_came_from(tmp_path: object) -> None:
    kept, made = Kept(tmp_path), []  # type: ignore[arg-type]

    def make() -> dict[str, np.ndarray]:
        made.append(1)
        return {"row": np.arange(3)}

    for sources in ((b"a", b"b"), (b"a", b"b"), (b"ab", b"")):
        assert kept.arrays(sources, make)["row"].tolist() == [0, 1, 2]
    assert len(made) == 2
