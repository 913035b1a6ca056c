"""Every program of docs/frontends.md runs as it stands, but for the address of the server."""

import re
import subprocess
import sys

import pytest

from infra.settings import ROOT
from tests.protocols.conftest import JS, NODE

PICTURES = ROOT / "evals" / "data" / "images"
PAGE = (ROOT / "docs" / "frontends.md").read_text("utf-8")
ADDRESS = "http://127.0.0.1:9330"
HEADINGS = [
    "LangServe, Python",
    "fetch and server-sent events, JavaScript",
    "Going on after a lost connection, JavaScript",
    "A picture, Python",
    "OpenAI, Python",
    "OpenAI, JavaScript",
    "LangGraph SDK, Python",
    "LangGraph SDK, JavaScript",
]
PROGRAM = re.compile(r"^```(python|js)\n(.*?)^```$", re.M | re.S)
SECTIONS = [section.split("\n", 1) for section in PAGE.split("\n## ")[1:]]
PROGRAMS = {heading: found[0] for heading, text in SECTIONS if (found := PROGRAM.findall(text))}


def test_there_is_a_program_for_every_protocol() -> None:
    assert list(PROGRAMS) == HEADINGS
    assert len(PROGRAM.findall(PAGE)) == len(HEADINGS)


@pytest.mark.parametrize("heading", HEADINGS)
def test_the_program_runs_and_prints_what_pika_says(
    heading: str, coach_url: str, request: pytest.FixtureRequest
) -> None:
    language, text = PROGRAMS[heading]
    assert ADDRESS in text
    program = text.replace(ADDRESS, coach_url)
    folder = JS if language == "js" else PICTURES
    if language == "js":
        request.getfixturevalue("node_modules")
        command = [str(NODE), "--input-type=module", "-e", program]
    else:
        command = [sys.executable, "-W", "ignore", "-c", program]
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=90, check=False)
    assert ran.returncode == 0, ran.stderr
    assert re.search(r"[A-Za-z]{2,}.*[.!?]", ran.stdout)
