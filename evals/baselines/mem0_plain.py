"""mem0's own `add` and `search` on qdrant-client's local mode, without a model; our vectors, which flatter it."""

import warnings
from collections.abc import Sequence
from typing import Any

from memory.mem0_adapter import GivenVectors, LearnerMemory
from memory.records import Record
from providers.ports import Matrix, Vector

USER = "somebody"


class PlainMem0(LearnerMemory):
    """Everything below the constructor is mem0's: threshold, score fusion, result format."""

    def __init__(self, records: Sequence[Record], vectors: Matrix) -> None:
        super().__init__(None)  # type: ignore[arg-type]  # its store is put in place below
        self.vector_store = _local_store(vectors.shape[1])
        for record, vector in zip(records, vectors, strict=True):
            self.put(record, vector)

    def put(self, record: Record, vector: Vector) -> None:
        self.embedding_model = GivenVectors({record.passage: vector.tolist()})
        self.add(record.passage, user_id=USER, infer=False, metadata={"turn": record.turn_id})

    def ranked(self, question: str, vector: Vector, limit: int) -> list[str]:
        """Turn ids, best first."""
        self.embedding_model = GivenVectors({question.strip(): vector.tolist()})  # mem0 strips it
        found = self.search(question, filters={"user_id": USER}, top_k=limit)["results"]
        return [str(memory["metadata"]["turn"]) for memory in found]


def _local_store(dimensions: int) -> Any:
    from mem0.vector_stores.qdrant import Qdrant
    from qdrant_client import QdrantClient

    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Payload indexes have no effect")
        return Qdrant("memories", dimensions, client=QdrantClient(":memory:"))
