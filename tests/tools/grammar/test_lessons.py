"""What the lessons themselves say is never corrected."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tools.grammar import GrammarTool
from tools.schemas import TextRequest

CONTENT = Path(__file__).parents[3] / "lessons" / "content"


def said(node: Any, name: str = "") -> Iterator[str]:
    """The sentences that a lesson models or gives as right."""
    if isinstance(node, dict):
        for key, below in node.items():
            yield from said(below, str(key))
    elif isinstance(node, list):
        for below in node:
            yield from said(below, name)
    elif isinstance(node, str) and name in {"model", "right"}:
        yield node


@pytest.mark.parametrize("lesson", sorted(CONTENT.glob("*/*.yaml")), ids=lambda path: path.stem)
def test_a_lessons_own_sentences_stay_untouched(lesson: Path, tool: GrammarTool) -> None:
    sentences = sorted(set(said(yaml.safe_load(lesson.read_text("utf-8")))))
    assert sentences
    assert [text for text in sentences if tool.run(TextRequest(text=text)).edits] == []
