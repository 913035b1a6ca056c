"""Tables of glosses: both directions, forms, missing marks."""

import pytest

from lessons.lexicon import Lexicon, Line
from lessons.loader import Content
from lessons.service import Lessons


@pytest.mark.parametrize(
    ("term", "en", "vi"),
    [
        ("cat", "cat", "con mèo"),
        ("Cats", "cat", "con mèo"),
        ("a cat", "cat", "con mèo"),
        ("the elephants", "elephant", "con voi"),
        ("mice", "mouse", "con chuột"),
        ("went", "go", "đi"),
        ("jumping", "jump", "nhảy"),
        ("to sleep", "sleep", "ngủ"),
        ("ice cream", "ice cream", "kem"),
        ("teddy bears", "teddy bear", "gấu bông"),
        ("brushed my teeth", "brush my teeth", "đánh răng"),
        ("wobbly", "wobbly", "lung lay"),
        ("happy", "happy", "vui"),
        ("mom", "mom", "mẹ"),
        ("con mèo", "cat", "con mèo"),
        ("mèo", "cat", "con mèo"),
        ("Con Mèo?", "cat", "con mèo"),
        ("con meo", "cat", "con mèo"),
        ("quả táo", "apple", "quả táo"),
        ("trái táo", "apple", "quả táo"),
        ("bác sĩ", "doctor", "bác sĩ"),
        ("bac si", "doctor", "bác sĩ"),
        ("siêu thị", "supermarket", "siêu thị"),
        ("màu xanh lá", "green", "màu xanh lá"),
        ("đánh răng", "brush my teeth", "đánh răng"),
        ("cảm ơn", "thank you", "cảm ơn"),
        ("từ mèo", "cat", "con mèo"),
    ],
)
def test_words_of_either_language_have_a_gloss(content: Content, term: str, en: str, vi: str) -> None:
    entry = content.lexicon.gloss(term)
    assert entry is not None
    assert (entry.en, entry.vi) == (en, vi)


@pytest.mark.parametrize("term", ["", "   ", "xyzzy", "con xyz", "?!", "thermodynamics"])
def test_unknown_words_have_none(content: Content, term: str) -> None:
    assert content.lexicon.gloss(term) is None


def test_marks_are_heeded_where_they_are(content: Content) -> None:
    by_marks = {
        term: entry.en for term in ("bàn", "bạn", "bận", "bán") if (entry := content.lexicon.gloss(term)) is not None
    }
    assert by_marks == {"bàn": "table", "bạn": "friend", "bận": "busy", "bán": "sell"}


def test_without_marks_the_commoner_word_wins() -> None:
    lexicon = Lexicon(
        [
            Line(en="plum", vi="mận", pos="n", level="A2", spellings=("mận",)),
            Line(en="salty", vi="mặn", pos="adj", level="A1", spellings=("mặn",)),
        ]
    )
    found = lexicon.gloss("man")
    assert found is not None
    assert found.en == "salty"


def test_it_is_a_childs_lexicon_of_a_good_size(content: Content) -> None:
    lines = content.lexicon.lines
    assert len(lines) >= 1200
    assert {line.level for line in lines} == {"A1", "A2"}
    assert len({line.topic for line in lines}) >= 20


def test_every_target_word_of_the_lessons_is_in_the_lexicon(content: Content) -> None:
    missing = [
        word.en
        for lesson in content.lessons
        for word in lesson.words
        if not any(word.vi.casefold() in line.spellings for line in content.lexicon.english(word.en))
    ]
    assert missing == []


@pytest.mark.parametrize(
    ("english", "vietnamese", "means"),
    [("fish", "con cá", True), ("fish", "ca", True), ("fish", "con mèo", False), ("zyzzyva", "con cá", None)],
)
def test_a_meaning_can_be_confirmed(lessons: Lessons, english: str, vietnamese: str, means: bool | None) -> None:
    assert lessons.means(english, vietnamese) is means


@pytest.mark.parametrize(("word", "opposite"), [("big", "small"), ("Brave", "scared"), ("banana", "")])
def test_opposites_are_known_in_both_directions(lessons: Lessons, word: str, opposite: str) -> None:
    assert lessons.opposite(word) == opposite
    assert not opposite or lessons.opposite(opposite)
