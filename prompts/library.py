"""The prompts of the house: loaded and checked once, rendered by name and version."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Self

from jinja2 import StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment

from infra.errors import BadInput, NotFound
from prompts.checking import checked, read_prompt
from prompts.schema import Prompt, fits

LATEST: Literal["latest"] = "latest"


def environment() -> ImmutableSandboxedEnvironment:
    """Jinja2 in which a template cannot reach Python, and an unknown name is an error."""
    return ImmutableSandboxedEnvironment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A rendered prompt and where it came from: `sha256` is the prompt file's, to trace a reply to its wording."""

    text: str
    name: str
    version: int
    sha256: str


@dataclass(frozen=True, slots=True)
class _Loaded:
    prompt: Prompt
    template: Template
    sha256: str


class PromptLibrary:
    """Every version of every prompt under one folder: `<name>/v<version>.yaml`."""

    def __init__(self, loaded: Mapping[tuple[str, int], _Loaded]) -> None:
        self._loaded = loaded

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Raises ContentInvalid, with file and line, for the first file that is wrong."""
        return cls(dict(_loaded(path) for path in _files(folder)))

    def versions(self, name: str) -> Sequence[int]:
        """Versions of a prompt, oldest first. Raises NotFound."""
        found = sorted(version for known, version in self._loaded if known == name)
        if not found:
            raise NotFound(f"There is no prompt named {name}.")
        return found

    def prompt(self, name: str, version: int | Literal["latest"] = LATEST) -> Prompt:
        """The prompt as written. Raises NotFound."""
        return self._version(name, version).prompt

    def render(self, name: str, version: int | Literal["latest"] = LATEST, **parameters: Any) -> Rendered:
        """The prompt filled in. Raises NotFound, and BadInput for a missing, unknown or ill-typed parameter."""
        loaded = self._version(name, version)
        _check(loaded.prompt, parameters)
        text = loaded.template.render(
            **parameters, examples=loaded.prompt.examples, phrases=loaded.prompt.phrases
        ).strip()
        return Rendered(text, name, loaded.prompt.version, loaded.sha256)

    def _version(self, name: str, version: int | Literal["latest"]) -> _Loaded:
        number = self.versions(name)[-1] if version == LATEST else version
        if (name, number) not in self._loaded:
            raise NotFound(f"The prompt {name} has no version {number}.")
        return self._loaded[name, number]


def _files(folder: Path) -> Iterator[Path]:
    yield from sorted(folder.glob("*/*.yaml"))


def _loaded(path: Path) -> tuple[tuple[str, int], _Loaded]:
    document, prompt = read_prompt(path)
    template = checked(document, prompt, environment())
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    return (prompt.name, prompt.version), _Loaded(prompt, template, sha256)


def _check(prompt: Prompt, parameters: Mapping[str, Any]) -> None:
    missing, unknown = set(prompt.parameters) - set(parameters), set(parameters) - set(prompt.parameters)
    if missing or unknown:
        raise BadInput(f"The prompt {prompt.name} lacks {sorted(missing)} and does not know {sorted(unknown)}.")
    for name, parameter in prompt.parameters.items():
        if not fits(parameters[name], parameter.type):
            raise BadInput(f"The prompt {prompt.name} needs a {parameter.type} for {name}.")
