"""Reads the tables of grammar words that translation needs, kept with the content."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from infra.yaml_lines import parse

CONTENT = Path(__file__).resolve().parent / "content"


@lru_cache(maxsize=4)
def tables(name: str) -> Mapping[str, Mapping[str, str]]:
    """The tables of one file: words of one language, and what they become in the other."""
    return {
        table: {str(word): str(other) for word, other in rows.items()}
        for table, rows in parse((CONTENT / name).read_text("utf-8")).value.items()
    }
