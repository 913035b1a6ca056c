"""Evidence recall on conversations in LoCoMo's format (Maharana et al. 2024): no model call."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from memory.notebook import Notebook
from memory.ranking import rank
from memory.records import Record
from providers.embeddings import E5
from providers.ports import Matrix

CATEGORIES = {1: "multi", 2: "temporal", 3: "open", 4: "single", 5: "adversarial"}
_DATE = "%I:%M %p on %d %B, %Y"


@dataclass(frozen=True)
class Evidence:
    """A question's gold turns and the turns that were ranked for it, best first."""

    category: str
    gold: Sequence[str]
    ranked: Sequence[str]

    def recall(self, k: int) -> float:
        return sum(turn in self.ranked[:k] for turn in self.gold) / len(self.gold)

    def session_hit(self, k: int) -> bool:
        found = {turn.split(":")[0] for turn in self.ranked[:k]}
        return any(turn.split(":")[0] in found for turn in self.gold)


def find_evidence(data_dir: Path | None, model: E5, limit: int | None) -> list[Evidence]:
    """Every question of every `locomo*` file of the folder; `limit` conversations at most."""
    files = sorted(data_dir.glob("locomo*.json")) if data_dir else []
    samples = [sample for file in files for sample in json.loads(file.read_text("utf-8"))]
    return [evidence for sample in samples[:limit] for evidence in _of_sample(sample, model)]


def _of_sample(sample: Mapping[str, Any], model: E5) -> Iterator[Evidence]:
    records = list(_records(sample["conversation"]))
    book = Notebook(records)
    vectors: Matrix = model.encode([record.text for record in records], query=False)
    now = max(record.said_at for record in records)
    known = {record.id for record in records}
    for question in sample["qa"]:
        gold = [turn for turn in question["evidence"] if turn in known]
        if gold:
            cosines = vectors @ model.encode([question["question"]], query=True)[0]
            by_id = {record.id: float(cosine) for record, cosine in zip(records, cosines, strict=True)}
            ranked = [record.id for record, _ in rank(book.notes, question["question"], by_id, now)[:20]]
            yield Evidence(CATEGORIES[question["category"]], gold, ranked)


def _records(conversation: Mapping[str, Any]) -> Iterator[Record]:
    order = 0
    for number in range(1, len(conversation)):
        before = ""
        for turn in conversation.get(f"session_{number}", ()):
            at = datetime.strptime(conversation[f"session_{number}_date_time"], _DATE).replace(tzinfo=UTC)
            text = f"{turn['speaker']}: {turn['text']} {turn.get('blip_caption', '')}".strip()
            yield Record(turn["dia_id"], "episodic", text, at, turn["dia_id"], order, context=before)
            before, order = turn["text"], order + 1
