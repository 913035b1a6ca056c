"""The tool on real recordings, with the real judge: scores, tips, and no score where there is nothing to score."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from infra.clock import ManualClock
from infra.errors import BadInput, Unavailable
from infra.executors import BoundedExecutor
from infra.fetch import Fetcher
from infra.files import STORED, StoredFiles
from infra.settings import ROOT
from tests.pronunciation_tool.sounds import inline, recorded, spoken, tone
from tools.executor import ToolExecutor
from tools.legacy import request_of, result_of
from tools.ports import LegacyCall
from tools.pronunciation.audio import RATE, decode
from tools.pronunciation.tool import PronunciationTool, advice, is_sure, praise
from tools.schemas import PronunciationAnswer, PronunciationRequest

ROBOT, RYE = inline(spoken("it-is-a-robot")), inline(spoken("i-like-rye"))
SCORES = ("accuracy", "fluency", "prosody", "completeness", "total")


@pytest.fixture(scope="module")
def tool() -> PronunciationTool:
    return PronunciationTool(Fetcher())


def asked(tool: PronunciationTool, url: str, text: str = "", *candidates: str) -> PronunciationAnswer:
    return tool.run(PronunciationRequest(audio_url=url, text=text, candidates=candidates))


def noisy(content: bytes, level: float) -> bytes:
    """The recording under noise of this level (root mean square)."""
    samples = decode(content).samples
    noise = np.random.default_rng(1).standard_normal(len(samples)) * level
    return recorded(np.clip(samples * 0.3 + noise, -1, 1).astype(np.float32), RATE, "wav")


def test_a_good_sentence_is_scored_word_by_word_and_sound_by_sound(tool: PronunciationTool) -> None:
    answer = asked(tool, ROBOT, "It is a robot.")
    assert answer.status == "ok"
    assert [word.text for word in answer.words] == ["It", "is", "a", "robot"]
    assert [phone.phone for phone in answer.words[3].phones][:2] == ["R", "OW"]
    scores = [getattr(answer, name) for name in SCORES]
    assert all(score is not None and 0.5 < score <= 1 for score in scores)
    starts = [phone.start_s for word in answer.words for phone in word.phones]
    assert starts == sorted(starts)
    assert max(starts) < answer.seconds
    assert answer.tips == ()
    assert answer.feedback == praise(answer.total or 0)
    assert {sound.sound for sound in answer.sounds} >= {"IH", "Z", "R"}


def test_a_lost_ending_is_heard_and_gets_the_tip(tool: PronunciationTool) -> None:
    answer = asked(tool, RYE, "I like rice.")
    assert answer.status == "ok"
    tip = answer.tips[0]
    assert (tip.sound, tip.word, tip.practise) == ("S", "rice", "sun")
    assert tip.heard is not None
    (heard,) = (sound for sound in answer.sounds if sound.sound == "S")
    assert not heard.correct


@pytest.mark.parametrize(
    ("content", "text", "statuses"),
    [
        (recorded(np.zeros(RATE, np.float32), RATE, "wav"), "It is a robot.", {"no_speech"}),
        (recorded(tone(1.5, RATE, level=0.0003), RATE, "wav"), "It is a robot.", {"no_speech"}),
        (noisy(spoken("it-is-a-robot"), 0.5), "It is a robot.", {"too_noisy", "no_speech", "wrong_sentence"}),
        (recorded(np.random.default_rng(2).uniform(-0.3, 0.3, 2 * RATE).astype(np.float32), RATE, "wav"), "Hello.",
         {"too_noisy", "no_speech", "wrong_sentence"}),
        (spoken("it-is-a-robot"), "My mother likes yellow bananas.", {"wrong_sentence"}),
        (recorded(tone(61, 8000), 8000, "flac"), "It is a robot.", {"too_long"}),
    ],
    ids=["silence", "a faint hum", "loud noise", "noise alone", "another sentence", "too long"],
)  # fmt: skip
def test_nothing_is_scored_where_the_sentence_was_not_heard(
    tool: PronunciationTool, content: bytes, text: str, statuses: set[str]
) -> None:
    answer = asked(tool, inline(content), text)
    assert answer.status in statuses
    assert [getattr(answer, name) for name in SCORES] == [None] * 5
    assert (answer.words, answer.tips) == ((), ())
    assert answer.feedback == advice(answer.status)


def test_which_candidate_was_said_is_chosen_and_judged(tool: PronunciationTool) -> None:
    answer = asked(tool, ROBOT, "", "I like cats.", "It is a robot.", "He is a boy.", "Goodbye!")
    assert (answer.status, answer.chosen, answer.text) == ("ok", 1, "It is a robot.")
    assert sum(answer.probabilities) == pytest.approx(1)
    assert len(answer.words) == 4


def test_what_none_of_the_candidates_is_like_is_not_chosen(tool: PronunciationTool) -> None:
    answer = asked(tool, ROBOT, "", "My mother likes yellow bananas.", "They went to school yesterday.")
    assert (answer.status, answer.chosen, answer.total) == ("wrong_sentence", None, None)


@pytest.mark.parametrize(
    ("share", "accuracy", "sure"),
    [(0.99, 0.9, True), (0.5, 0.55, True), (0.4, 0.9, False), (0.99, 0.4, False), (0.99, None, False)],
)
def test_a_choice_is_sure_where_it_is_likely_and_well_said(share: float, accuracy: float | None, sure: bool) -> None:
    assert is_sure(share, accuracy) == sure


@pytest.mark.parametrize(
    ("url", "text", "candidates"),
    [
        (ROBOT, "", ()),
        (ROBOT, "  ", ()),
        (ROBOT, "It is a robot.", ("Hello.",)),
        (ROBOT, "12 !!! ???".replace("12", ""), ()),
        ("data:audio/wav;base64,AAAA", "Hello.", ()),
        ("http://127.0.0.1:1/a.wav", "Hello.", ()),
    ],
)
def test_what_cannot_be_judged_is_refused(
    tool: PronunciationTool, url: str, text: str, candidates: tuple[str, ...]
) -> None:
    with pytest.raises(BadInput):
        asked(tool, url, text, *candidates)


def test_without_its_ear_the_tool_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="Whisper"):
        asked(PronunciationTool(Fetcher(), tmp_path), ROBOT, "It is a robot.")


async def test_the_executor_runs_it_on_a_stored_recording_and_answers_as_the_robot_expects(
    tool: PronunciationTool, tmp_path: Path
) -> None:
    files = StoredFiles(tmp_path, ManualClock(datetime(2026, 1, 1, tzinfo=UTC)))
    own = PronunciationTool(Fetcher(stored=files))
    own._judge = tool._judge  # loaded once
    pool = BoundedExecutor("test", threads=1, pending=4)
    executor = ToolExecutor([own], pool, deadline_ms=60_000, cache_size=8)
    call = LegacyCall(
        tool_name=own.name,
        audio_url=STORED + files.put("me", spoken("i-like-rye")),
        text_refs="I like rice.",
    )
    outcome = await executor.run(own.name, request_of(own, call))
    assert outcome.answer is not None
    result = result_of(own, outcome.answer)
    assert result["accuracy_score"] == result["accuracy"] > 0.5
    assert result["pronunciation_feedback"] in [praise(score / 100).en for score in range(101)]
    assert result["suggestions"][0] == "rice: Teeth together. Hiss like a snake: sss."
    pool.close()


def test_a_server_that_only_reads_text_loads_none_of_it() -> None:
    heavy = "{'av', 'ctranslate2', 'hama', 'onnxruntime', 'scipy'}"
    program = (
        f"import sys, tools.pronunciation.tool, tools.pronunciation.tips; print(sorted({heavy} & sys.modules.keys()))"
    )
    ran = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
