"""A table of bad files, each refused with its line and the reason; and what must hold of the shipped content."""

import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from infra.errors import ContentInvalid
from lessons.loader import Content, check, load
from lessons.service import CONTENT
from tools.grammar.types import ERROR_TYPES

LESSON = "a1-u1/l3.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the content with one lesson and the words it needs."""
    target = tmp_path / "content"
    (target / "a1-u1").mkdir(parents=True)
    (target / "lexicon").mkdir()
    for name in ("pictures.txt", "reviews.yaml", "lexicon/animals.tsv", LESSON):
        shutil.copy(CONTENT / name, target / name)
    return target


def changed(old: str, new: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        assert old in text, old
        return text.replace(old, new, 1)

    return change


LIKE = '    model: "I like cats."\n'
BAD = [
    (changed("order: 3", "order: 3\ncolour: red"), "unknown key"),
    (changed("level: A1\n", ""), "level: missing"),
    (changed("level: A1", "level: B7"), "'A1' or 'A2'"),
    (changed("order: 3", "order: three"), "valid integer"),
    (changed("    kind: warm_up", "    kind: warmup"), "steps.0.kind"),
    (changed("- id: meet-rabbit", "- id: meet-elephant"), "the step id 'meet-elephant' is there twice"),
    (
        changed("{en: dog, vi: con chó, picture: dog}", "{en: cat, vi: con chó, picture: dog}"),
        "the word 'cat' is there",
    ),
    (changed("order: 3", "order: 3\norder: 4"), "the key 'order' is there twice"),
    (changed('      - "dog"\n', '      - "(dog"\n'), "does not parse"),
    (changed('      - "dog"\n', '      - "{animal}"\n'), "does not parse"),
    (changed('      - "dog"\n', '      - "[a] [dog]"\n'), "matches an empty answer"),
    (changed('model: "It is a dog."', 'model: "It is a cow."'), "`accept` does not match the model answer"),
    (changed('match: "(it|that|this) is dog"', 'match: "it is *"'), "matches the model answer"),
    (changed('right: "It is a dog."', 'right: "It is one dog."'), "`accept` does not match 'It is one dog.'"),
    (changed('right: "I {1} {words}."', 'right: "I {7} {words}."'), "no slot that `match` can fill"),
    (changed('items: ["word:dog"', 'items: ["word:cow"'), "'word:cow' names no word"),
    (changed('"pattern:it-is-a"]', '"pattern:it-is"]'), "'pattern:it-is' names no word and no pattern"),
    (changed("Listen: woof, woof!", "Listen to this funny animal on the farm now."), "9 words in"),
    (changed("Listen: woof, woof! W", "Listen. Woof. Woof. W"), "3 sentences before the question"),
    (changed("What animal says that?", "Say it."), "an ask ends with its question"),
    (changed("Nghe nè: gâu gâu! Con gì kêu vậy?", "Nghe ne: gau gau! Con gi keu vay?"), "Vietnamese marks are missing"),
    (changed("vi: con thỏ, picture", "vi: con tho, picture"), "Vietnamese marks are missing"),
    (changed("vi: con thỏ, picture", unicodedata.normalize("NFD", "vi: con thỏ, picture")), "not NFC"),
    (changed("picture: rabbit", "picture: bunny"), "'bunny' is not in pictures.txt"),
    (changed("    kind: goodbye", "    kind: check"), "the last one a goodbye"),
    (changed("id: a1-u1-l3", "id: lesson3"), "the id must be lower case and begin with 'a1-u1-'"),
    (changed("unit: a1-u1", "unit: a1-u2"), "the unit is not the folder"),
    (changed("steps:", "steps: ["), "not YAML"),
    (lambda text: "", "the file is empty"),
    (lambda text: "just words", "file: "),
]


@pytest.mark.parametrize(("change", "reason"), BAD)
def test_a_bad_lesson_is_refused_with_its_line_and_the_reason(
    folder: Path, change: Callable[[str], str], reason: str
) -> None:
    path = folder / LESSON
    original = path.read_text("utf-8")
    path.write_text(change(original), "utf-8")
    found = check(folder)
    matching = [problem for problem in found if reason in problem]
    assert matching, found
    place, _, _ = matching[0].partition(": ")
    assert place.startswith(f"{path}:")
    assert 1 <= int(place.rpartition(":")[2]) <= len(original.splitlines()) + 1
    with pytest.raises(ContentInvalid):
        load(folder)


def test_the_line_is_where_the_mistake_is(folder: Path) -> None:
    path = folder / LESSON
    lines = path.read_text("utf-8").splitlines()
    at = next(number for number, line in enumerate(lines, start=1) if "Listen: woof" in line)
    lines[at - 1] = lines[at - 1].replace("What animal says that?", "Say it.")
    path.write_text("\n".join(lines), "utf-8")
    assert check(folder) == [f"{path}:{at}: an ask ends with its question"]


def test_a_lesson_id_may_be_used_once(folder: Path) -> None:
    shutil.copy(folder / LESSON, folder / "a1-u1" / "l4.yaml")
    found = check(folder)
    assert any("the lesson id 'a1-u1-l3' is there twice" in problem for problem in found)
    assert any("order 3 of a1-u1 is there twice" in problem for problem in found)


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("lexicon/animals.tsv", "en\tvi\n", "animals.tsv:1: the header must be"),
        ("lexicon/animals.tsv", "en\tvi\tpos\tlevel\ttopic\ncat\tcon mèo\n", "animals.tsv:2: expected 5 columns"),
        ("lexicon/animals.tsv", "en\tvi\tpos\tlevel\ttopic\ncat\t\tn\tA1\tx\n", "animals.tsv:2: an empty column"),
        ("lexicon/animals.tsv", "en\tvi\tpos\tlevel\ttopic\ncat\tcon mèo\tnoun\tA1\tx\n", "'noun' is not one of"),
        ("lexicon/animals.tsv", "en\tvi\tpos\tlevel\ttopic\ncat\tcon mèo\tn\tC2\tx\n", "'C2' is not A1 or A2"),
        ("reviews.yaml", "word: []\n", "reviews.yaml:1: word"),
        ("reviews.yaml", "word: [", "not YAML"),
    ],
)
def test_a_bad_word_list_is_refused(folder: Path, name: str, text: str, reason: str) -> None:
    (folder / name).write_text(text, "utf-8")
    assert any(reason in problem for problem in check(folder))
    with pytest.raises(ContentInvalid):
        load(folder)


@pytest.mark.parametrize("name", ["pictures.txt", "reviews.yaml", LESSON])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    assert check(folder)


def test_the_shipped_content_has_no_problem() -> None:
    assert check(CONTENT) == []


def test_every_lesson_has_seven_to_nine_steps_and_two_checks(content: Content) -> None:
    for lesson in content.lessons:
        kinds = [step.kind for step in lesson.steps]
        assert 7 <= len(kinds) <= 9
        assert kinds.count("check") == 2
        assert {"warm_up", "meet", "pattern", "practice", "use", "check", "goodbye"} == set(kinds)


def test_every_word_and_pattern_of_a_lesson_is_practised(content: Content) -> None:
    for lesson in content.lessons:
        given = {item for step in lesson.steps for item in step.items}
        wanted = {f"pattern:{name}" for name in lesson.patterns}
        assert wanted <= given, (lesson.id, wanted - given)


def test_no_question_is_asked_in_the_same_words_twice(content: Content) -> None:
    asks = [step.ask.en for lesson in content.lessons for step in lesson.steps]
    assert len(asks) == len(set(asks))


def test_pika_says_minh_and_ban_and_never_may(content: Content) -> None:
    for lesson in content.lessons:
        for step in lesson.steps:
            for line in (step.ask, step.smaller, *step.hints):
                words = line.vi.casefold().replace(",", " ").split()
                assert "mày" not in words
                assert "tao" not in words


def test_todays_targets_are_errors_the_grammar_tool_names(content: Content) -> None:
    for lesson in content.lessons:
        assert lesson.targets
        assert set(lesson.targets) <= set(ERROR_TYPES), lesson.id
