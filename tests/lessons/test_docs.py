"""What docs/lessons.md shows is true: its snippets run."""

import re
from pathlib import Path

import pytest

PAGE = Path(__file__).resolve().parents[2] / "docs" / "lessons.md"
SNIPPETS = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), flags=re.DOTALL)


@pytest.mark.parametrize("snippet", SNIPPETS)
def test_a_snippet_of_the_page_runs(snippet: str) -> None:
    exec(compile(snippet, str(PAGE), "exec"), {})


def test_the_page_has_snippets() -> None:
    assert len(SNIPPETS) == 2
