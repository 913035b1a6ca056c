"""Starts the real commands as processes of their own."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from infra.settings import ROOT
from tests.wire import is_settled

COACH = (sys.executable, str(ROOT / "cli.py"))
START_SECONDS = 60
# a busy machine must not make a turn go on without what a test asks for
PATIENT = {"COACH_TOOL_DEADLINE_MS": "20000", "COACH_RECALL_DEADLINE_MS": "20000"}


def environment(folder: Path, **more: str) -> dict[str, str]:
    """The environment of a command with a data folder of its own and nothing of the developer's settings."""
    own = {
        key: value for key, value in os.environ.items() if not key.startswith("COACH_") and not key.endswith("_API_KEY")
    }
    return {**own, **PATIENT, "COACH_DATA_DIR": str(folder), "PYTHONPATH": str(ROOT), **more}


def coach(folder: Path, *arguments: str, status: int = 0, **more: str) -> str:
    """Runs one command to its end; gives its standard output."""
    ran = subprocess.run(
        [*COACH, *arguments], env=environment(folder, **more), capture_output=True, text=True, timeout=120, check=False
    )
    assert ran.returncode == status, ran.stdout + ran.stderr
    return ran.stdout if status == 0 else ran.stdout + ran.stderr


@contextmanager
def serving(folder: Path, **more: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """`coach serve` on a free port; stopped with Ctrl-C at the end if it still runs."""
    settings = environment(folder, COACH_PORT="0", **more)
    log = (folder.parent / f"{folder.name}.log").open("a+", encoding="utf-8")
    process = subprocess.Popen([*COACH, "serve"], env=settings, stdout=log, stderr=log, text=True)
    try:
        yield _address(folder, process, log.name), process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        process.wait(timeout=30)
        log.close()


def _address(folder: Path, process: subprocess.Popen[str], log: str) -> str:
    deadline = time.monotonic() + START_SECONDS
    address = folder / "server.url"
    while time.monotonic() < deadline:
        assert process.poll() is None, Path(log).read_text("utf-8")
        if address.is_file() and (url := address.read_text("utf-8")) and _is_ready(url):
            return url
        time.sleep(0.05)
    raise AssertionError(Path(log).read_text("utf-8"))


def _is_ready(url: str) -> bool:
    """Whether every room is open and every tool loaded, which is a moment after the first turn is possible."""
    try:
        return is_settled(httpx.get(f"{url}/readyz", timeout=5))
    except httpx.HTTPError:
        return False


def eventually(ask: Callable[[], str], wanted: str, seconds: float = 30) -> str:
    """The answer once it has what is wanted.

    Memory is written behind the reply, and what a killed server had in hand is free after its lease of 10 s.
    """
    deadline = time.monotonic() + seconds
    while wanted not in (reply := ask()) and time.monotonic() < deadline:
        time.sleep(1)
    return reply


def says(url: str, words: str, learner: str = "linh", thread: str = "main") -> str:
    """One turn over HTTP; gives the reply."""
    body = {"input": {"text": words, "learner_id": learner, "thread_id": thread}}
    answer = httpx.post(f"{url}/coach/invoke", json=body, timeout=30).raise_for_status()
    reply: str = answer.json()["output"]["outcome"]["reply"]
    return reply
