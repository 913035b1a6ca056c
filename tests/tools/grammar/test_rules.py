"""Each rule mends its kind of sentence; right sentences stay as they are. Own sentences, never evaluation data."""

from pathlib import Path

import pytest

from tools.grammar import GrammarTool
from tools.grammar.rules import ALL_RULES
from tools.grammar.types import ERROR_TYPES
from tools.schemas import TextRequest

HERE = Path(__file__).parent
ERRORS = [tuple(line.split("|")) for line in (HERE / "errors.txt").read_text("utf-8").splitlines()]
CORRECT = (HERE / "correct.txt").read_text("utf-8").splitlines()


@pytest.mark.parametrize(("rule", "wrong", "right"), ERRORS, ids=[wrong for _, wrong, _ in ERRORS])
def test_a_rule_mends_its_sentence(rule: str, wrong: str, right: str, tool: GrammarTool) -> None:
    answer = tool.run(TextRequest(text=wrong))
    assert answer.corrected == right
    assert rule in {edit.rule for edit in answer.edits}


@pytest.mark.parametrize("sentence", CORRECT)
def test_a_right_sentence_stays_untouched(sentence: str, tool: GrammarTool) -> None:
    answer = tool.run(TextRequest(text=sentence))
    assert (answer.corrected, answer.edits) == (sentence, ())


@pytest.mark.parametrize(("rule", "wrong", "right"), ERRORS, ids=[right for _, _, right in ERRORS])
def test_what_was_mended_needs_no_more_mending(rule: str, wrong: str, right: str, tool: GrammarTool) -> None:
    assert tool.run(TextRequest(text=right)).corrected == right, f"{rule} made {right!r} from {wrong!r}"


def test_there_are_enough_right_sentences_to_mean_something() -> None:
    assert len(set(CORRECT)) >= 200


@pytest.mark.parametrize("family", sorted({rule.id.split(".")[0] for rule in ALL_RULES}))
def test_every_family_is_in_the_table(family: str) -> None:
    assert any(rule.startswith(f"{family}.") for rule, _, _ in ERRORS)


@pytest.mark.parametrize("rule", ALL_RULES, ids=[rule.id for rule in ALL_RULES])
def test_a_rule_explains_itself_in_both_languages_in_one_short_line(rule: object) -> None:
    (found,) = [r for r in ALL_RULES if r is rule]
    assert found.type in ERROR_TYPES
    assert 0 < len(found.english.split()) <= 14
    assert 0 < len(found.vietnamese.split()) <= 16
    assert "mày" not in found.vietnamese.split()


def test_rule_ids_are_unique() -> None:
    assert len({rule.id for rule in ALL_RULES}) == len(ALL_RULES)
