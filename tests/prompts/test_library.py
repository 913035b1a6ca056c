"""Prompt files are checked when they are loaded and filled in only with what they ask for."""

import hashlib
import re
from pathlib import Path

import pytest

from infra.errors import BadInput, ContentInvalid, NotFound
from infra.settings import ROOT
from prompts.library import PromptLibrary

GOOD = """name: hello
version: 1
role: system
description: Says hello.
parameters:
  who: {type: text, description: Whom., example: Lan}
template: |
  Hello, {{ who }}!
"""


def write(folder: Path, text: str, name: str = "hello", version: int = 1) -> Path:
    path = folder / name / f"v{version}.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_a_prompt_is_rendered_with_its_version_and_the_hash_of_its_file(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD)
    rendered = PromptLibrary.load(tmp_path).render("hello", who="An")
    assert (rendered.text, rendered.name, rendered.version) == ("Hello, An!", "hello", 1)
    assert rendered.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_latest_version_is_used_and_older_ones_stay_available(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    for version in (2, 10):
        text = GOOD.replace("version: 1", f"version: {version}").replace("Hello", f"Hi {version}")
        write(tmp_path, text, version=version)
    library = PromptLibrary.load(tmp_path)
    assert library.versions("hello") == [1, 2, 10]
    assert library.render("hello", who="An").text == "Hi 10, An!"
    assert library.render("hello", version=1, who="An").text == "Hello, An!"


@pytest.mark.parametrize(
    ("wanted", "instead", "line", "reason"),
    [
        ("role: system", "role: king", 3, "role"),
        ("description: Says hello.\n", "", 1, "description"),
        ("{{ who }}", "{{ whom }}", 6, "whom"),
        ("Hello, {{ who }}!", "Hello!", 6, "does not use who"),
        ("{{ who }}", "{{ who", 7, "template, line 8"),
        ("{{ who }}", "{{ who.name.first }}", 7, "does not render"),
        ("example: Lan", "example: 7", 6, "no text"),
        ("type: text", "type: letter", 6, "parameters.who.type"),
        ("name: hello", "name: hallo", 1, "folder"),
        ("version: 1", "version: 2", 2, "version"),
        ("role: system", "role: [", 4, "not YAML"),
        ("Hello", "Chào", 1, "NFC"),
    ],
)
def test_a_bad_file_is_refused_where_it_is_wrong(
    tmp_path: Path, wanted: str, instead: str, line: int, reason: str
) -> None:
    instead = "Cha\u0300o" if instead == "Chào" else instead
    write(tmp_path, GOOD.replace(wanted, instead))
    with pytest.raises(ContentInvalid, match=re.escape(reason)) as refused:
        PromptLibrary.load(tmp_path)
    assert refused.value.detail.startswith("v1.yaml:")
    assert abs(int(refused.value.detail.split(":")[1]) - line) <= 1


def test_missing_unknown_and_ill_typed_parameters_are_refused(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    library = PromptLibrary.load(tmp_path)
    for wrong in ({}, {"who": "An", "why": "x"}, {"who": 7}):
        with pytest.raises(BadInput):
            library.render("hello", **wrong)


def test_a_prompt_or_version_that_is_not_there_is_not_found(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    library = PromptLibrary.load(tmp_path)
    with pytest.raises(NotFound):
        library.render("bye")
    with pytest.raises(NotFound):
        library.render("hello", version=3, who="An")


@pytest.mark.parametrize(
    "attack", ["{{ who.__class__.__mro__ }}", "{{ ''.__class__ }}", "{{ cycler.__init__.__globals__ }}"]
)
def test_a_template_cannot_reach_python(tmp_path: Path, attack: str) -> None:
    write(tmp_path, GOOD.replace("{{ who }}", "{{ who }} " + attack))
    with pytest.raises(ContentInvalid):
        PromptLibrary.load(tmp_path)


def test_a_value_is_never_a_template(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    assert PromptLibrary.load(tmp_path).render("hello", who="{{ 7 * 7 }}").text == "Hello, {{ 7 * 7 }}!"


def test_the_prompts_that_ship_load() -> None:
    library = PromptLibrary.load(ROOT / "prompts" / "templates")
    assert library.prompt("coach_reply").role == "system"
