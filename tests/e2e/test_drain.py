"""SIGTERM while children talk: their turns are finished, new ones are told to come again."""

import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx

from tests.e2e.processes import serving

WAITING = 24


def invoke(url: str, number: int) -> httpx.Response:
    body = {"input": {"text": f"i have {number} cats", "learner_id": "linh", "turn_id": f"turn-{number}"}}
    return httpx.post(f"{url}/coach/invoke", json=body, timeout=30)


def test_turns_that_were_accepted_are_finished_and_new_ones_are_told_when_to_come(tmp_path: Path) -> None:
    folder = tmp_path / "var"
    with serving(folder) as (url, process), ThreadPoolExecutor(WAITING) as pool:
        first = pool.submit(invoke, url, 0)
        waiting = [pool.submit(invoke, url, number) for number in range(1, WAITING)]
        first.result()
        process.send_signal(signal.SIGTERM)
        refused = None
        while refused is None or refused.status_code == 200:
            refused = invoke(url, 1000)
        answers = [turn.result() for turn in waiting]
        assert process.wait(timeout=30) in (0, -signal.SIGTERM)
    assert refused.status_code == 503
    assert refused.headers["Retry-After"] == "5"
    assert refused.json()["code"] == "unavailable"
    assert [answer.status_code for answer in answers] == [200] * len(answers)
