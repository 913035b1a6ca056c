"""What is said about a picture: pure decisions."""

import numpy as np
import pytest
from numpy.typing import NDArray

from tools.image.colours import colours, named
from tools.image.fingerprint import distance, fingerprint, same_picture
from tools.image.judge import calibrated, coloured, guesses, matched
from tools.image.schemas import Verdict
from tools.image.vocabulary import CLASSES, vocabulary


def chances(**of: float) -> NDArray[np.float64]:
    known = vocabulary()
    spread = np.zeros(len(known.words))
    for word, chance in of.items():
        spread[known.index[word.replace("_", " ")]] = chance
    return spread


def test_every_class_has_at_most_one_word_and_every_word_is_there_once() -> None:
    classes = [number for word in vocabulary().words for number in word.classes]
    assert len(classes) == len(set(classes))
    assert set(classes) <= set(range(CLASSES))
    assert len(vocabulary().index) == len(vocabulary().words)


@pytest.mark.parametrize(
    ("seen", "asked", "verdict"),
    [
        ({"dog": 0.8}, "dog", "yes"),
        ({"dog": 0.8}, "a dog", "yes"),
        ({"dog": 0.8}, "Dogs", "yes"),
        ({"dog": 0.8}, "puppy", "yes"),
        ({"dog": 0.8}, "animal", "yes"),
        ({"dog": 0.8}, "cat", "no"),
        ({"dog": 0.2, "cat": 0.2}, "rabbit", "unsure"),
        ({"dog": 0.7, "cat": 0.05}, "cat", "unsure"),
        ({"hen": 0.1, "rooster": 0.1}, "chicken", "yes"),
        ({"teddy_bear": 0.9}, "teddy-bear", "yes"),
        ({"football": 0.9}, "ball", "yes"),
        ({"ball": 0.9}, "football", "no"),
        ({"dog": 0.9}, "homework", "unsure"),
        ({"dog": 0.9}, "", "unsure"),
    ],
)
def test_a_picture_is_held_against_the_word_that_was_asked(
    seen: dict[str, float], asked: str, verdict: Verdict
) -> None:
    assert matched(vocabulary(), chances(**seen), asked).verdict == verdict


def test_a_picture_of_nothing_known_gets_no_guess() -> None:
    assert guesses(vocabulary(), chances(dog=0.1, cat=0.1)) == ()


def test_guesses_come_best_first_with_what_they_also_are() -> None:
    found = guesses(vocabulary(), chances(dog=0.6, cat=0.3, pig=0.01))
    assert [guess.word for guess in found] == ["dog", "cat"]
    assert found[0].wider == ("pet", "animal")
    assert found[0].confidence > found[1].confidence


def test_calibration_rises_and_stays_a_probability() -> None:
    values = [calibrated(chance) for chance in (0.0, 0.05, 0.2, 0.5, 0.9, 1.0)]
    assert values == sorted(values)
    assert values[0] >= 0
    assert values[-1] <= 1


@pytest.mark.parametrize(
    ("rgb", "name"),
    [
        ((220, 30, 30), "red"), ((245, 140, 30), "orange"), ((250, 215, 50), "yellow"), ((60, 160, 75), "green"),
        ((45, 110, 220), "blue"), ((130, 60, 170), "purple"), ((245, 140, 180), "pink"), ((120, 75, 40), "brown"),
        ((10, 12, 10), "black"), ((250, 250, 252), "white"), ((128, 128, 128), "grey"),
    ],
)  # fmt: skip
def test_a_pixel_has_a_childs_colour(rgb: tuple[int, int, int], name: str) -> None:
    assert named(*rgb) == name


def test_a_plain_ground_is_no_colour_of_the_thing_on_it() -> None:
    card = np.full((90, 90, 3), 255, np.uint8)
    card[20:70, 20:70] = (60, 160, 75)
    card[20:70, 20:30] = (220, 30, 30)
    assert colours(card) == ("green", "red")


def test_a_sheet_of_one_colour_has_it() -> None:
    assert colours(np.full((40, 40, 3), (45, 110, 220), np.uint8)) == ("blue",)


@pytest.mark.parametrize(
    ("found", "verdict"), [(("red",), "yes"), (("blue", "red"), "unsure"), (("blue",), "no"), ((), "no")]
)
def test_a_colour_is_asked_for(found: tuple[str, ...], verdict: Verdict) -> None:
    assert coloured(found, "red").verdict == verdict


def test_the_same_picture_is_found_among_others() -> None:
    chance = np.random.default_rng(1)
    one, other = (np.kron(chance.integers(0, 255, (8, 8, 3), np.uint8), np.ones((16, 16, 1), np.uint8)) for _ in "ab")
    mark = fingerprint(one)
    assert same_picture(mark, [fingerprint(other), fingerprint(one[::2, ::2])]) == fingerprint(one[::2, ::2])
    assert same_picture(mark, [fingerprint(other)]) == ""
    assert same_picture(mark, []) == ""
    assert distance("0" * 16, "f" * 16) == 64
