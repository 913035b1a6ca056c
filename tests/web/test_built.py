"""The committed files of web/dist: built from web/src, and on their own."""

import filecmp
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from infra.settings import ROOT

WEB = ROOT / "web"
DIST = WEB / "dist"
NO_NODE = "Node and npm are not installed"
SOURCES = ("src", "public", "index.html", "package.json", "package-lock.json", "vite.config.js")
NAMESPACES = ("http://www.w3.org/",)  # names, never fetched
EMOJI = re.compile("[\u2600-\u27bf\u2b00-\u2bff\ufe0f\U0001f000-\U0001faff]")
MOST_BYTES = 80_000

NODE = shutil.which("node") if shutil.which("npm") else None
needs_node = pytest.mark.skipif(NODE is None, reason=NO_NODE)


def built_files() -> list[str]:
    return sorted(str(path.relative_to(DIST)) for path in DIST.rglob("*") if path.is_file())


@pytest.mark.slow
@needs_node
def test_the_built_files_are_what_the_sources_give(tmp_path: Path) -> None:
    for name in SOURCES:
        source = WEB / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, tmp_path / name)
    for command in (["npm", "ci", "--prefer-offline", "--no-audit", "--no-fund"], ["npm", "run", "build"]):
        ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=180, check=False)
        assert ran.returncode == 0, ran.stdout + ran.stderr
    fresh = tmp_path / "dist"
    assert sorted(str(path.relative_to(fresh)) for path in fresh.rglob("*") if path.is_file()) == built_files()
    _, differing, unread = filecmp.cmpfiles(DIST, fresh, built_files(), shallow=False)
    assert (differing, unread) == ([], []), "web/dist is stale: run `make page`"


def test_the_built_files_name_no_other_host() -> None:
    address = re.compile(r"(?:https?:|wss?:)?//[a-z0-9.-]+\.[a-z]{2,}[^\s\"'`)]*")
    found = {url for name in built_files() for url in address.findall((DIST / name).read_text("utf-8"))}
    assert {url for url in found if not url.startswith(NAMESPACES)} == set()


def test_the_built_page_has_nothing_inline_and_evaluates_nothing() -> None:
    page = (DIST / "index.html").read_text("utf-8")
    assert re.findall(r"<style|<script(?![^>]*\bsrc=)|\bstyle=|\bon[a-z]+=|javascript:|data:", page) == []
    assert re.findall(r"\beval\(|new Function|document\.write", (DIST / "page.js").read_text("utf-8")) == []


def test_the_page_stays_small_and_has_no_emoji() -> None:
    assert sum((DIST / name).stat().st_size for name in built_files()) < MOST_BYTES
    assert [name for name in built_files() if EMOJI.search((DIST / name).read_text("utf-8"))] == []


@needs_node
def test_every_picture_that_lessons_name_has_a_drawing() -> None:
    module = (WEB / "src/pictures.js").as_uri()
    program = f"import {{ pictureNames }} from '{module}'; console.log(JSON.stringify(pictureNames))"
    command = [str(NODE), "--input-type=module", "-e", program]
    drawn = set(json.loads(subprocess.run(command, capture_output=True, text=True, timeout=30, check=True).stdout))
    named = set((ROOT / "lessons/content/pictures.txt").read_text("utf-8").split())
    assert named - drawn == set()
