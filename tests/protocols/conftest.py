"""A server with keys, and Node with the packages that front ends use."""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from infra.settings import ROOT
from tests.conftest import PATIENT
from tests.wire import serving

KEY, SCHOOL_KEY = "a-key-of-this-test", "a-key-of-the-school"
JS = ROOT / "tests" / "js"
NPM = shutil.which("npm")
NODE = shutil.which("node")

Run = Callable[..., Any]


@pytest.fixture(scope="session")
def keyed_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The base URL of a coach that knows `KEY` and, as another tenant, `SCHOOL_KEY`."""
    from infra.settings import load_settings
    from server import create_app

    folder = str(tmp_path_factory.mktemp("keyed"))
    settings = load_settings({"COACH_DATA_DIR": folder, "COACH_API_KEYS": f"{KEY},school:{SCHOOL_KEY}", **PATIENT})
    with serving(create_app(settings)) as url:
        yield url


@pytest.fixture(scope="session")
def node_modules() -> Path:
    """The packages of tests/js as its lock file names them, installed when they are not."""
    if NODE is None or NPM is None:
        pytest.skip("Node and npm are not installed")
    installed, lock = JS / "node_modules" / ".installed", (JS / "package-lock.json").read_text("utf-8")
    if not installed.is_file() or installed.read_text("utf-8") != lock:
        ran = subprocess.run(
            [NPM, "ci", "--no-audit", "--no-fund"], cwd=JS, capture_output=True, text=True, timeout=300, check=False
        )
        if ran.returncode:
            pytest.skip(f"npm cannot install tests/js: {ran.stderr[-300:]}")
        installed.write_text(lock, "utf-8")
    return JS / "node_modules"


@pytest.fixture(scope="session")
def run_js(node_modules: Path) -> Run:
    """Runs a program of tests/js with arguments; gives the JSON that it prints last."""

    def run(program: str | Path, *arguments: str) -> Any:
        command = [str(NODE), str(JS / program), *arguments]
        ran = subprocess.run(command, cwd=JS, capture_output=True, text=True, timeout=90, check=False)
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return json.loads(ran.stdout.splitlines()[-1])

    return run
