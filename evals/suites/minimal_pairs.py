"""Minimal pairs: does the judge notice one wrong phone, name it, and leave the others alone?"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from evals.reading import SHIPPED
from evals.report import Result
from evals.statistics import Metric, measured
from evals.task import Task
from infra.errors import BadInput
from infra.executors import BoundedExecutor
from tools.pronunciation import lexicon
from tools.pronunciation.audio import decode
from tools.pronunciation.judge import Judge
from tools.pronunciation.reference import Word, read

FOLDER = "minimal_pairs"


@dataclass(frozen=True)
class Item:
    """A recording that says `said_as` while `text` was asked; phone_index counts the phones of the text.

    phone_index None: all is said as asked. heard: what takes the phone's place ("" nothing), None where not known.
    """

    id: str
    audio: Path
    text: str
    said_as: str
    phone_index: int | None
    heard: str | None


@dataclass(frozen=True)
class Checked:
    """What was heard of each asked phone (see `PhoneScore.heard`); the same by bare likelihood ratios."""

    item: Item
    status: str
    heard: Sequence[str | None]
    by_ratio: Sequence[str | None]

    def row(self) -> dict[str, Any]:
        expected = {"phone_index": self.item.phone_index, "heard": self.item.heard}
        got = {"status": self.status, "heard": self.heard}
        return {"id": self.item.id, "expected": expected, "got": got, "scores": {"by_ratio": self.by_ratio}}


async def run(task: Task) -> Result:
    """DIR/minimal_pairs (pairs.jsonl and its recordings), or the suite that ships; the baseline is the bare ratio."""
    items = load(task.data_dir)[: task.limit]
    pool = BoundedExecutor("evals-minimal-pairs", threads=1, pending=4)
    try:
        judge = await pool.run(Judge.load)
        checked = [await pool.run(check, judge, item) for item in items]
    finally:
        pool.close()
    return Result(
        n=len(checked),
        metrics=figures(checked, lambda one: one.heard, task.seed),
        baselines={"likelihood_ratio": figures(checked, lambda one: one.by_ratio, task.seed)},
        items=[one.row() for one in checked],
    )


def load(data: Path | None) -> list[Item]:
    """The items of DIR/minimal_pairs or DIR. Raises BadInput when there is no pairs.jsonl."""
    folders = (SHIPPED / FOLDER,) if data is None else (data / FOLDER, data)
    folder = next((path for path in folders if (path / "pairs.jsonl").is_file()), None)
    if folder is None:
        raise BadInput(f"There is no {FOLDER}/pairs.jsonl and no pairs.jsonl in {data}.")
    lines = (folder / "pairs.jsonl").read_text("utf-8").splitlines()
    return [_item(json.loads(line), number, folder) for number, line in enumerate(lines) if line.strip()]


def _item(row: dict[str, Any], number: int, folder: Path) -> Item:
    audio = next((path for path in (folder / row["audio"], folder.parent / row["audio"]) if path.is_file()), None)
    if audio is None:
        raise BadInput(f"There is no {row['audio']} in {folder}.")
    index = None if row["said_as"] == row["text"] else row["phone_index"]
    heard = row.get("heard") if "heard" in row or index is None else substitute(row["text"], row["said_as"], index)
    return Item(row.get("id", str(number)), audio, row["text"], row["said_as"], index, heard)


def substitute(text: str, said_as: str, index: int) -> str | None:
    """The phone of `said_as` where the text has phone `index`, "" when it is missing; None where it is neither."""
    asked, said = (_phones(read(one)) for one in (text, said_as))
    if len(said) == len(asked) and said[:index] + said[index + 1 :] == asked[:index] + asked[index + 1 :]:
        return said[index]
    return "" if said == asked[:index] + asked[index + 1 :] else None


def _phones(words: Sequence[Word]) -> lexicon.Pronunciation:
    return tuple(phone for word in words for phone in word.variants[0])


def check(judge: Judge, item: Item) -> Checked:
    """One recording held against its text in the usual pronunciation, to which phone_index refers."""
    words = [Word(word.text, word.variants[:1], word.listed) for word in read(item.text)]
    examination = judge.examine(decode(item.audio.read_bytes()).samples, words)
    heard = [phone.heard for word in examination.judgement.words for phone in word.phones]
    total = len(_phones(words))
    by_ratio = {index: names for part in examination.parts for index, names in part.likelier().items()}
    spread = [name for index, word in enumerate(words) for name in by_ratio.get(index, [None] * len(word.variants[0]))]
    return Checked(item, examination.judgement.status, heard or [None] * total, spread)


def figures(
    checked: Sequence[Checked], heard: Callable[[Checked], Sequence[str | None]], seed: int
) -> dict[str, Metric]:
    """recall over wrong phones; false_alarm over all others; substitute_named over wrong phones with a known stand-in.

    Intervals are over recordings; the n of false_alarm counts phones.
    """
    pairs = [one for one in checked if one.item.phone_index is not None]
    known = [one for one in pairs if one.item.heard is not None]
    rights = [(alarms(one, heard(one)), others(one, heard(one))) for one in checked]
    false_alarm = measured(rights, lambda some: sum(a for a, _ in some) / max(sum(n for _, n in some), 1), seed)
    return {
        "recall": measured(pairs, lambda some: _share(some, heard, _noticed), seed),
        "false_alarm": false_alarm.model_copy(update={"n": sum(n for _, n in rights)}),
        "substitute_named": measured(known, lambda some: _share(some, heard, _named), seed),
    }


def alarms(one: Checked, heard: Sequence[str | None]) -> int:
    """How many phones that were said as asked are called something else."""
    return sum(name is not None for index, name in enumerate(heard) if index != one.item.phone_index)


def others(one: Checked, heard: Sequence[str | None]) -> int:
    """How many phones were said as asked."""
    return len(heard) - (one.item.phone_index is not None)


def _noticed(one: Checked, heard: Sequence[str | None]) -> bool:
    assert one.item.phone_index is not None
    return heard[one.item.phone_index] is not None


def _named(one: Checked, heard: Sequence[str | None]) -> bool:
    assert one.item.phone_index is not None
    return heard[one.item.phone_index] == one.item.heard


def _share(
    some: Sequence[Checked],
    heard: Callable[[Checked], Sequence[str | None]],
    test: Callable[[Checked, Sequence[str | None]], bool],
) -> float:
    return float(np.mean([test(one, heard(one)) for one in some]))
