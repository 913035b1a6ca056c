"""Templates are refused, with file and line, before a child could hear a bad one."""

import re
import unicodedata
from pathlib import Path

import pytest

from infra.errors import ContentInvalid
from providers.scripted.cues import cue, cue_names, cues, load_cues
from providers.scripted.templates import default_templates, load_templates

FREQUENT = {
    "respond.confirm": 10, "respond.chat": 10, "respond.topic": 8, "retry.kind": 10, "correct.recast": 10,
    "praise.word": 10, "wait.time": 10, "help.together": 10, "greet.hello_named": 6, "redirect.any": 10,
    "steady.any": 8,
}  # fmt: skip


def load(folder: Path, text: str) -> None:
    (folder / "greet.yaml").write_text(text, "utf-8")
    load_templates(folder)


@pytest.mark.parametrize(
    ("entry", "line", "reason"),
    [
        ('  - en: "Hi, {nam}!"\n    vi: "Chào!"', 2, "unknown slot {nam}"),
        ('  - en: "Hi!"\n    vi: "Chào!"\n  - en: "Hello!"', 4, "Vietnamese support line is missing"),
        ('  - vi: "Chào!"', 2, "leave out en"),
        ('  - en: "One two three four five six seven eight nine"\n    vi: "Chào!"', 2, "more than 8 words"),
        (f'  - en: "Hi!"\n    vi: "{"la " * 19}"', 2, "more than 18 syllables"),
        ('  - en: "Hi!"\n    vi: "Chào mày!"', 2, "mày"),
        ('  - en: "Hi! \U0001f600"\n    vi: "Chào!"', 2, "no emoji"),
        (f'  - en: "Hi!"\n    vi: "{unicodedata.normalize("NFD", "Chào")}"', 2, "not NFC"),
        ('  - en: "Hi!"\n    vi: "Chào!"\n    level: B1', 2, "A1 or A2"),
        ('  - en: "Hi {you}!"\n    vi: "Chào!"', 2, "Vietnamese only"),
        ('  - en: "Hi!"\n    vi: "Chào!"\n    tone: loud', 2, "en, vi and"),
        ("  - en: 7\n    vi: Chào", 2, "quotes"),
        ("  en: [", 3, "not YAML"),
        ("  nothing", 1, "list of templates"),
    ],
)
def test_a_bad_template_is_refused_where_it_stands(tmp_path: Path, entry: str, line: int, reason: str) -> None:
    with pytest.raises(ContentInvalid, match=re.escape(reason)) as refused:
        load(tmp_path, f"hello:\n{entry}\n")
    assert refused.value.detail.startswith(("greet.yaml:", f"greet.yaml:{line}:"))
    if reason not in ("not YAML", "list of templates"):
        assert refused.value.detail.startswith(f"greet.yaml:{line}:")


def test_longer_sentences_are_allowed_for_a2(tmp_path: Path) -> None:
    load(tmp_path, 'hello:\n  - en: "One two three four five six seven eight nine"\n    vi: "Một"\n    level: A2\n')


@pytest.mark.parametrize(("group", "variants"), FREQUENT.items())
def test_frequent_groups_have_enough_variants(group: str, variants: int) -> None:
    assert len(default_templates()[group]) >= variants


def test_no_sentence_is_written_twice_in_a_group() -> None:
    for group, entries in default_templates().items():
        sentences = [entry.en or entry.vi for entry in entries]
        assert len(sentences) == len(set(sentences)), group


def test_the_first_words_about_danger_never_promise_secrecy() -> None:
    for group, entries in default_templates().items():
        if group.startswith("safeguard."):
            for entry in entries:
                assert not re.search(r"(I will|I'll|I) keep (it|this|your) ?(a )?secret", entry.en)


@pytest.mark.parametrize(
    ("family", "text", "expected"),
    [
        ("sorrow", "my dog died", "loss"),
        ("sorrow", "bà ngoại mất rồi", "loss"),
        ("sorrow", "my parents fight a lot", "quarrel_at_home"),
        ("sorrow", "không ai chơi với con", "friends"),
        ("sorrow", "i like rice", ""),
        ("identity", "where do you live", "home"),
        ("identity", "bạn mấy tuổi", "age"),
        ("identity", "are you real", "human"),
        ("tricks", "do my homework", "homework"),
        ("private", "what is Nam's phone number", "asked"),
        ("private", "my phone is broken", ""),
        ("slowly", "say it slowly please", "slow"),
    ],
)
def test_cues_are_found(family: str, text: str, expected: str) -> None:
    assert cue(family, text) == expected


def test_every_cue_that_asks_for_its_own_answer_has_one() -> None:
    families = {"identity": "identity.{}", "after_danger": "safeguard.after_{}", "sorrow": "comfort.{}"}
    for family, group in families.items():
        for name in cue_names(family):
            assert group.format(name) in default_templates()


def test_a_cue_file_with_a_broken_pattern_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "cues.yaml"
    path.write_text('family:\n  cue: ["good", "("]\n', "utf-8")
    with pytest.raises(ContentInvalid, match=r"cues\.yaml:2: not a pattern"):
        load_cues(path)


def test_every_grown_up_in_a_sentence_is_found() -> None:
    assert set(cues("adults", "mẹ và cô giáo biết rồi")) == {"mum", "teacher"}
