"""Refuses a prompt file that is wrong, with file and line, before it is used."""

import unicodedata
from pathlib import Path
from typing import Any

from jinja2 import Environment, Template, TemplateError, TemplateSyntaxError, meta
from pydantic import ValidationError

from infra.marked_yaml import Marked, read_marked
from prompts.schema import Prompt, fits

GIVEN = frozenset({"examples", "phrases"})


def read_prompt(path: Path) -> tuple[Marked, Prompt]:
    """The file and the prompt in it. Raises ContentInvalid where a field is missing, unknown or malformed."""
    document = read_marked(path)
    try:
        prompt = Prompt.model_validate(document.value)
    except ValidationError as error:
        first = error.errors()[0]
        raise document.invalid(f"{'.'.join(map(str, first['loc']))}: {first['msg']}", *first["loc"]) from None
    if path.parent.name != prompt.name:
        raise document.invalid(f"name is {prompt.name}, the folder {path.parent.name}", "name")
    if path.stem != f"v{prompt.version}":
        raise document.invalid(f"version is {prompt.version}, the file {path.name}", "version")
    return document, prompt


def checked(document: Marked, prompt: Prompt, environment: Environment) -> Template:
    """The compiled template. Raises ContentInvalid where it cannot be rendered with its own examples."""
    _check_letters(document)
    _check_parameters(document, prompt, environment)
    template = environment.from_string(prompt.template)
    values = {name: parameter.example for name, parameter in prompt.parameters.items()}
    try:
        template.render(**values, examples=prompt.examples, phrases=prompt.phrases)
    except TemplateError as error:
        raise document.invalid(f"does not render with its examples: {error}", "template") from None
    return template


def _check_letters(document: Marked) -> None:
    for number, line in enumerate(document.path.read_text("utf-8").splitlines(), start=1):
        if not unicodedata.is_normalized("NFC", line):
            raise document.invalid(f"line {number} is not NFC: type the Vietnamese letters composed")


def _check_parameters(document: Marked, prompt: Prompt, environment: Environment) -> None:
    used = _used(document, prompt, environment)
    declared = set(prompt.parameters)
    if undeclared := sorted(used - declared - GIVEN):
        raise document.invalid(f"the template uses {undeclared[0]}, which is no parameter", "template")
    if unused := sorted(declared - used):
        raise document.invalid(f"the template does not use {unused[0]}", "parameters", unused[0])
    for name, parameter in prompt.parameters.items():
        if not fits(parameter.example, parameter.type):
            raise document.invalid(f"the example of {name} is no {parameter.type}", "parameters", name, "example")


def _used(document: Marked, prompt: Prompt, environment: Environment) -> set[str]:
    try:
        return meta.find_undeclared_variables(environment.parse(prompt.template))
    except TemplateSyntaxError as error:
        line: Any = document.line("template") + error.lineno
        raise document.invalid(f"template, line {line}: {error.message}", "template") from None
