"""Evidence recall on conversations in LoCoMo's format (Maharana et al. 2024): no model call."""

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from evals.baselines.bm25 import ranked_by_words
from infra.scope import scope_of
from infra.settings import quiet_libraries
from memory.ranking import Asked, rank
from memory.records import Record, turn_point
from memory.retrieval import find
from memory.stores.edge import EdgeStore
from memory.stores.points import Points
from providers.ports import Matrix, Vector

if TYPE_CHECKING:
    from evals.baselines.mem0_plain import PlainMem0

CATEGORIES = {1: "multi", 2: "temporal", 3: "open", 4: "single", 5: "adversarial"}
DEEPEST = 20
BETWEEN_TURNS = timedelta(seconds=10)
_DATE = "%I:%M %p on %d %B, %Y"


class Encoder(Protocol):
    """Sentence vectors, as `providers.embeddings.E5` gives them."""

    def encode(self, texts: Sequence[str], *, query: bool) -> Matrix: ...


@dataclass(frozen=True)
class Evidence:
    """A question's gold turns and the turns that were ranked for it, best first, by us and by the baselines."""

    conversation: str
    question: str
    category: str
    gold: Sequence[str]
    ranked: Sequence[str]
    baselines: Mapping[str, Sequence[str]]

    def recall(self, k: int, baseline: str = "") -> float:
        ranked = self.baselines[baseline] if baseline else self.ranked
        return sum(turn in ranked[:k] for turn in self.gold) / len(self.gold)

    def session_hit(self, k: int) -> bool:
        found = {turn.split(":")[0] for turn in self.ranked[:k]}
        return any(turn.split(":")[0] in found for turn in self.gold)


def find_evidence(data_dir: Path | None, model: Encoder, limit: int | None) -> list[Evidence]:
    """Every question of every `locomo*` file of the folder; `limit` conversations at most."""
    quiet_libraries(Path(tempfile.gettempdir()) / "coach-eval-mem0")  # before mem0 is imported: it calls out
    files = sorted(data_dir.glob("locomo*.json")) if data_dir else []
    samples = [sample for file in files for sample in json.loads(file.read_text("utf-8"))]
    return [evidence for sample in samples[:limit] for evidence in _of_sample(sample, model)]


def _of_sample(sample: Mapping[str, Any], model: Encoder) -> Iterator[Evidence]:
    records = list(records_of(sample["conversation"]))
    vectors = model.encode([f"{r.context} {r.passage}".strip() for r in records], query=False)
    now = max(record.said_at for record in records)
    known = {record.turn_id for record in records}
    turns = {record.id: record.turn_id for record in records}
    mem0 = _plain_mem0(records, vectors)
    with _stored(records, vectors) as points:
        for question in sample["qa"]:
            gold = [turn for turn in question["evidence"] if turn in known]
            if gold:
                asked = str(question["question"])
                vector = model.encode([asked], query=True)[0]
                yield Evidence(
                    conversation=str(sample.get("sample_id", "")),
                    question=asked,
                    category=CATEGORIES[question["category"]],
                    gold=gold,
                    ranked=_ranked(points, asked, vector, now, turns),
                    baselines={
                        "bm25": ranked_by_words(asked, records)[:DEEPEST],
                        "mem0": mem0.ranked(asked, vector, DEEPEST),
                    },
                )


def _ranked(points: Points, asked: str, vector: Vector, now: datetime, turns: Mapping[str, str]) -> list[str]:
    """Turn ids, best first; `turns` gives them by the point's id."""
    question = Asked.of(asked, now)
    candidates = find(points, question, vector, frozenset(), {})
    return [turns[card.id] for card, _ in rank(candidates, question)[:DEEPEST]]


def _plain_mem0(records: Sequence[Record], vectors: Matrix) -> "PlainMem0":
    from evals.baselines.mem0_plain import PlainMem0

    return PlainMem0(records, vectors)


@contextmanager
def _stored(records: Sequence[Record], vectors: Matrix) -> Iterator[Points]:
    """The conversation as one learner's memories, in a folder of their own."""
    scope = scope_of("locomo")
    with tempfile.TemporaryDirectory(prefix="coach-eval-") as folder:
        from memory.mem0_adapter import LearnerMemory

        store = EdgeStore(Path(folder), vectors.shape[1], version="eval", open_shards=1)
        try:
            with store.lease(scope) as points:
                memory = LearnerMemory(points)
                for record, vector in zip(records, vectors, strict=True):
                    memory.keep(scope, [record], vector.tolist())
                yield points
        finally:
            store.close()


def records_of(conversation: Mapping[str, Any]) -> Iterator[Record]:
    """Every turn of every session, pictures as their captions."""
    for number in range(1, len(conversation)):
        before = ""
        for index, turn in enumerate(conversation.get(f"session_{number}", ())):
            began = datetime.strptime(conversation[f"session_{number}_date_time"], _DATE).replace(tzinfo=UTC)
            text = f"{turn['text']} {turn.get('blip_caption', '')}".strip()
            yield Record(
                id=turn_point(scope_of("locomo"), str(turn["dia_id"])),
                kind="episodic",
                text=text,
                said_at=began + index * BETWEEN_TURNS,
                turn_id=str(turn["dia_id"]),
                sequence=0,
                context=before,
                speaker=str(turn["speaker"]),
            )
            before = turn["text"]
