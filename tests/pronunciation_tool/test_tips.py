"""Which fault gets the tip, and that every tip in the file is true and short enough for a child."""

import re

import pytest

from providers.scripted.limits import WORDS, count_words
from tools.pronunciation.lexicon import pronunciations
from tools.pronunciation.phones import PHONES
from tools.pronunciation.tips import MIN_CONFIDENCE, chosen, place_of, tip_book, tips_for
from tools.schemas import PhoneHeard, WordHeard

BOOK = tip_book()
LONGEST = WORDS["A2"]  # words a sentence


def word(text: str, spec: str, omitted: bool = False) -> WordHeard:
    """A word from "TH>T.2 R IY": sounds, what was heard instead ("TH>": left out), the score (.9 where not given)."""
    phones = []
    for part in spec.split():
        name, _, score = part.partition(".")
        asked, arrow, heard = name.partition(">")
        given = float(f"0.{score}") if score else 0.9
        phones.append(PhoneHeard(phone=asked, start_s=0, end_s=0.1, score=given, heard=heard if arrow else None))
    return WordHeard(
        text=text, start_s=0, end_s=1, score=0.0 if omitted else 0.8, omitted=omitted, phones=tuple(phones)
    )


@pytest.mark.parametrize(
    ("what", "words", "targets", "sounds"),
    [
        ("all good", [word("three", "TH R IY")], (), []),
        ("a swap that makes another word", [word("three", "TH>T.2 R IY")], (), ["TH"]),
        ("a swap in a fluent voice", [word("three", "TH>T.8 R IY")], (), ["TH"]),
        ("unclear without another sound", [word("red", "R.2 EH D")], (), ["R"]),
        ("a middling score alone is no fault", [word("red", "R.45 EH D")], (), []),
        ("one tip a sound, the plainest word", [word("think", "TH>S.4 IH"), word("bath", "AE TH>T.1")], (), ["TH"]),
        ("meaning before plainness", [word("eyes", "AY Z>S.1"), word("van", "V>B.5 AE N")], (), ["V", "Z"]),
        ("meaning before targets", [word("eyes", "AY Z>S.1"), word("van", "V>B.5 AE N")], ("Z",), ["V", "Z"]),
        ("targets before plainness", [word("rice", "R>L.1 AY S"), word("van", "V>B.5 AE N")], ("V",), ["V", "R"]),
        ("a lost ending is another word", [word("eyes", "AY Z>S.1"), word("like", "L AY K>.4")], (), ["K", "Z"]),
        ("an ending that became anything", [word("eyes", "AY Z>S.1"), word("rice", "R AY S>D.4")], (), ["S", "Z"]),
        ("a strange sound elsewhere", [word("eyes", "AY Z>S.1"), word("sun", "S>M.4 AH N")], (), ["Z", "S"]),
        ("a broken cluster is another word", [word("play", "P L>.3 EY"), word("eyes", "AY Z>S.1")], (), ["L", "Z"]),
        ("a lost vowel is no known pair", [word("away", "AH>.1 W EY")], (), ["AH"]),
        ("a lost word comes after sounds", [word("the", "", omitted=True), word("red", "R.2 EH D")], (), ["R", ""]),
        ("several lost words are one tip", [word("a", "", omitted=True), word("the", "", omitted=True)], (), [""]),
        ("no more than three", [word("x", "TH>T.1 V>B.1 R>L.1 Z>S.1 SH>S.1")], (), ["TH", "V", "R"]),
    ],
)  # fmt: skip
def test_the_most_useful_tip_comes_first(
    what: str, words: list[WordHeard], targets: tuple[str, ...], sounds: list[str]
) -> None:
    assert [tip.sound for tip in tips_for(words, 0.9, targets)] == sounds, what


def test_an_uncertain_judgement_gives_no_tip() -> None:
    words = [word("three", "TH>T.1 R IY")]
    assert chosen(words, MIN_CONFIDENCE - 0.01) == []
    assert len(chosen(words, MIN_CONFIDENCE)) == 1


@pytest.mark.parametrize(
    ("phones", "places"),
    [
        ("L AY K", "other other end"),
        ("S T AA P", "group group other end"),
        ("HH AE N D Z", "other other end end end"),
        ("AH", "other"),
        ("S", "other"),
        ("IH N", "other end"),
        ("K W IH K", "group group other end"),
        ("S IH S T ER", "other other group group other"),
    ],
)
def test_where_a_sound_stands(phones: str, places: str) -> None:
    named = phones.split()
    assert [place_of(named, index) for index in range(len(named))] == places.split()


def test_a_tip_says_how_why_and_with_what() -> None:
    (tip,) = tips_for([word("three", "TH>T.2 R IY")], 0.9)
    assert (tip.word, tip.heard, tip.meaning, tip.pair, tip.practise) == (
        "three",
        "T",
        True,
        ("three", "tree"),
        "three",
    )
    assert tip.why is not None
    assert "tongue" in tip.how.en
    assert "lưỡi" in tip.how.vi
    (unclear,) = tips_for([word("red", "R.2 EH D")], 0.9)
    assert (unclear.why, unclear.pair) == (None, None)


def test_every_sound_of_english_has_a_tip() -> None:
    assert set(BOOK.sounds) == set(PHONES)


@pytest.mark.parametrize("sound", PHONES)
def test_what_is_practised_holds_the_sound(sound: str) -> None:
    row = BOOK.sounds[sound]
    assert [w for w in row.words if not any(sound in said for said in pronunciations(w))] == []
    spoken = re.findall(r"[a-z']+", row.sentence.lower().replace("-", ""))
    assert any(sound in said for w in spoken for said in pronunciations(w)), row.sentence


@pytest.mark.parametrize("row", BOOK.swaps, ids=lambda row: f"{row.asked}>{row.heard[0]}")
def test_a_pair_differs_in_the_sound_alone(row: object) -> None:
    assert isinstance(row, type(BOOK.swaps[0]))
    assert row.asked not in row.heard
    assert set(row.heard) <= set(PHONES)
    found = {
        (a, b)
        for one in pronunciations(row.pair[0])
        for other in pronunciations(row.pair[1])
        if len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1
        for a, b in zip(one, other, strict=True)
        if a != b
    }
    assert any(a == row.asked and b in row.heard for a, b in found), row.pair


@pytest.mark.parametrize("place", ["end", "group"])
def test_a_pair_with_a_lost_sound_lacks_it_alone(place: str) -> None:
    for sound, (whole, without) in BOOK.pairs("end" if place == "end" else "group").items():
        shorter = pronunciations(without)
        assert any(
            said[:at] + said[at + 1 :] in shorter
            for said in pronunciations(whole)
            for at in range(len(said))
            if said[at] == sound
        ), (sound, whole, without)


def lines() -> list[tuple[str, str]]:
    swaps = [(row.en, row.vi) for row in BOOK.swaps]
    swaps += [(row.en, row.vi) for row in (*BOOK.manners("end"), *BOOK.manners("group"))]
    return [*((row.en, row.vi) for row in BOOK.sounds.values()), *swaps, (BOOK.omitted.en, BOOK.omitted.vi)]


@pytest.mark.parametrize(("english", "vietnamese"), lines())
def test_a_tip_is_short_and_kind(english: str, vietnamese: str) -> None:
    sentences = [part for part in re.split(r"(?<=[.!?])\s+", english) if part]
    assert len(sentences) <= 2
    assert all(count_words(sentence) <= LONGEST for sentence in sentences), english
    assert not re.search(r"\b(wrong|bad pronunciation|mistake|error|sai|lỗi|kém)\b", f"{english} {vietnamese}".lower())
    assert not re.search(r"(?<!\w)mày(?!\w)", vietnamese.lower())


@pytest.mark.parametrize("sound", PHONES)
def test_how_to_make_a_sound_is_said_in_words_for_beginners(sound: str) -> None:
    parts = re.split(r"(?<=[.!?])\s+", BOOK.sounds[sound].en)
    assert all(count_words(part) <= WORDS["A1"] for part in parts), BOOK.sounds[sound].en
