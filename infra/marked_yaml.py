"""Reads a YAML file so that an error can name file and line."""

from pathlib import Path
from typing import Any

from infra.errors import ContentInvalid
from infra.yaml_lines import Source, YamlProblem, parse


class Marked:
    """A YAML file: its plain `value`, and the 1-based line of any part of it."""

    def __init__(self, path: Path, source: Source) -> None:
        self.path = path
        self.value: Any = source.value
        self._source = source

    def line(self, *keys: str | int) -> int:
        """The line of the part under `keys`, or of the nearest part around it that exists."""
        return self._source.line(keys)

    def invalid(self, reason: str, *keys: str | int) -> ContentInvalid:
        """The error to raise for the part under `keys`: "file:line: reason"."""
        return ContentInvalid(f"{self.path.name}:{self.line(*keys)}: {reason}")


def read_marked(path: Path) -> Marked:
    """Raises ContentInvalid with file and line where the text is not YAML, is empty, or has a key twice."""
    try:
        return Marked(path, parse(path.read_text("utf-8")))
    except YamlProblem as problem:
        raise ContentInvalid(f"{path.name}:{problem.line}: {problem.reason}") from None
