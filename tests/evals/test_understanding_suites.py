"""The language, intent and mood suites on their shipped sets and on a folder of one's own."""

import json
from pathlib import Path

import pytest

from evals.suites import intent, language, mood
from evals.task import Task
from infra.settings import Settings
from tools.intent import train as intent_training
from tools.mood import train as mood_training


def _task(data_dir: Path | None, limit: int | None = None) -> Task:
    return Task(data_dir=data_dir, limit=limit, seed=1, settings=Settings.model_validate({}))


async def test_the_language_suite_counts_tokens_but_not_names(tmp_path: Path) -> None:
    row = {"id": "a", "group": "g", "text": "con thích apple", "label": "en", "tokens_lang": ["vi", "other", "vi"]}
    (tmp_path / "language.jsonl").write_text(json.dumps(row), "utf-8")
    result = await language.run(_task(tmp_path))
    assert result.metrics["utterance_accuracy"].value == 0.0
    assert result.metrics["token_accuracy"].value == 0.5
    assert result.items[0]["scores"]["tokens"] == 2


async def test_the_shipped_language_set_is_mostly_right() -> None:
    result = await language.run(_task(None))
    assert result.n >= 30
    assert result.metrics["utterance_accuracy"].value > result.baselines["majority"]["utterance_accuracy"].value + 0.3


@pytest.mark.parametrize("suite", [intent, mood])
async def test_intent_and_mood_beat_the_majority_by_far(suite: object) -> None:
    run = intent.run if suite is intent else mood.run
    result = await run(_task(None))
    assert result.n >= 30
    assert result.metrics["macro_f1"].value > result.baselines["majority"]["macro_f1"].value + 0.5
    assert result.metrics["accuracy"].low <= result.metrics["accuracy"].value <= result.metrics["accuracy"].high


async def test_a_limit_cuts_the_items() -> None:
    assert (await language.run(_task(None, limit=3))).n == 3


def test_no_shipped_item_is_a_training_sentence() -> None:
    trained = {text for _, text, _ in intent_training.sentences()}
    assert not trained & {item.text for item in intent.load(None)}
    felt = {text for _, text in mood_training.sentences()}
    assert not felt & {item.text for item in mood.load(None)}
