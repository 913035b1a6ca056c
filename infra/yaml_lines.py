"""Reads YAML and remembers on which line every value stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

Location = tuple[str | int, ...]

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml reads ten times faster, where it is built in


class YamlProblem(ValueError):
    """The text is not YAML, or a mapping has a key twice. `line` counts from 1."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason


@dataclass(frozen=True)
class Source:
    """The parsed value and the line of every location in it."""

    value: Any
    lines: dict[Location, int]

    def line(self, location: Location) -> int:
        """The line of `location`, or of the nearest thing around it."""
        while location and location not in self.lines:
            location = location[:-1]
        return self.lines.get(location, 1)


def parse(text: str) -> Source:
    """Raises YamlProblem."""
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = min(mark.line + 1, len(text.splitlines())) if mark else 1
        raise YamlProblem(line, f"not YAML: {error.problem}") from None
    except yaml.YAMLError as error:
        raise YamlProblem(1, f"not YAML: {error}") from None
    if node is None:
        raise YamlProblem(1, "the file is empty")
    lines = dict(_lines(node, ()))
    return Source(loader.construct_document(node), lines)


def _lines(node: yaml.Node, location: Location) -> Iterator[tuple[Location, int]]:
    yield location, node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        for index, child in enumerate(node.value):
            yield from _lines(child, (*location, index))
    elif isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, child in node.value:
            if key.value in seen:
                raise YamlProblem(key.start_mark.line + 1, f"the key '{key.value}' is there twice")
            seen.add(key.value)
            yield from _lines(child, (*location, key.value))
