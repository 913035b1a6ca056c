"""mem0 over one learner's points: its Memory object without telemetry, key, own history or model downloads.

Import only after `infra.settings.quiet_libraries`; docs/adr/0003 says what is bypassed, with the measurements.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import mem0.utils.spacy_models as mem0_spacy
from mem0.configs.base import MemoryConfig
from mem0.memory.main import Memory as Mem0Memory
from mem0.vector_stores.base import VectorStoreBase

from infra.scope import Scope
from memory.lexical import document_words
from memory.records import Record, payload_of
from memory.stores.points import Payload, Point, Points

POINT_ID, DOCUMENT = "point_id", "document"  # given with a memory, not stored in its payload
_NOT_STORED = (POINT_ID, DOCUMENT, "text_lemmatized")

# mem0 2.2.1 would pip-install a spaCy model on the first add; with these set it keeps the text as it is.
mem0_spacy._load_failed_full = True
mem0_spacy._load_failed_lemma = True


@dataclass(frozen=True, slots=True)
class Found:
    """A point in the shape mem0 reads."""

    id: str
    payload: dict[str, Any]
    score: float = 0.0


class LearnerVectors(VectorStoreBase):  # type: ignore[misc]  # mem0 ships no types
    """mem0's vector store over `Points`: ids come from the payload, so that adding twice changes nothing."""

    def __init__(self, points: Points) -> None:
        self._points = points

    def insert(
        self,
        vectors: Sequence[Sequence[float]],
        payloads: Sequence[dict[str, Any]] | None = None,
        ids: Sequence[str] | None = None,
    ) -> None:
        self._points.upsert([_point(*one) for one in zip(vectors, payloads or [], ids or [], strict=True)])

    def search(
        self, query: str, vectors: Sequence[float], top_k: int = 5, filters: Mapping[str, Any] | None = None
    ) -> list[Found]:
        import numpy as np

        nearest = self._points.nearest(np.asarray(vectors, np.float32), self._points.count())
        stored = self._points.get([key for key, _ in nearest])
        found = [Found(key, dict(stored[key]), score) for key, score in nearest]
        return [point for point in found if _matches(point.payload, filters)][:top_k]

    def get(self, vector_id: str) -> Found | None:
        payload = self._points.get([vector_id]).get(vector_id)
        return None if payload is None else Found(vector_id, dict(payload))

    def list(self, filters: Mapping[str, Any] | None = None, top_k: int | None = None) -> Sequence[Sequence[Found]]:
        found = [Found(key, dict(payload)) for key, payload in self._points.all() if _matches(payload, filters)]
        return [found[:top_k]]

    def delete(self, vector_id: str) -> None:
        self._points.delete([vector_id])

    def update(
        self, vector_id: str, vector: Sequence[float] | None = None, payload: dict[str, Any] | None = None
    ) -> None:
        if vector is None or payload is None:
            raise ValueError("memories are written whole: give vector and payload")
        self._points.upsert([_point(vector, payload, vector_id)])

    def create_col(self, name: str, vector_size: int, distance: str) -> None:
        """Nothing to do: the store made the learner's shard or the collection when it was opened."""

    def list_cols(self) -> Sequence[str]:
        return ["memories"]

    def col_info(self) -> dict[str, Any]:
        return {"count": self._points.count()}

    def delete_col(self) -> None:
        raise PermissionError("a learner is erased through Store.erase, which leaves nothing behind")

    def reset(self) -> None:
        raise PermissionError("a learner is erased through Store.erase, which leaves nothing behind")


class GivenVectors:
    """mem0's embedder over vectors computed beforehand off the event loop. Raises KeyError for another text."""

    def __init__(self, vectors: Mapping[str, Sequence[float]]) -> None:
        self._vectors = vectors

    def embed(self, text: str, memory_action: str | None = None) -> Sequence[float]:
        return self._vectors[text]


class NoHistory:
    """In place of mem0's SQLite: facts keep their own history, and a second copy of a child's words is a leak."""

    def add_history(self, *values: object, **named: object) -> None: ...

    def save_messages(self, messages: object, session_scope: str) -> None: ...

    def get_history(self, memory_id: str) -> list[dict[str, Any]]:
        return []

    def close(self) -> None: ...


_CONFIG = MemoryConfig()  # a millisecond to build, and never changed


class LearnerMemory(Mem0Memory):  # type: ignore[misc]  # mem0 ships no types
    """mem0's Memory for one learner. Its constructor would make a client for each of its providers: it is not run."""

    def __init__(self, points: Points) -> None:
        self.config = _CONFIG
        self.embedding_model = GivenVectors({})
        self.vector_store = LearnerVectors(points)
        self.llm = None
        self.db = NoHistory()
        self.collection_name = "memories"
        self.api_version = self.config.version
        self.custom_instructions = None
        self.reranker = None
        self._entity_store = None

    def keep(self, scope: Scope, tellings: Sequence[Record], vector: Sequence[float]) -> None:
        """Adds one memory word for word (`infer=False`) under its own id: a turn, or every telling of a fact."""
        newest = tellings[-1]
        self.embedding_model = GivenVectors({newest.text: vector})
        named = {POINT_ID: newest.id, DOCUMENT: newest.document}
        self.add(newest.text, user_id=scope.key, infer=False, metadata={**payload_of(tellings), **named})


def _point(vector: Sequence[float], payload: Payload, given: str) -> Point:
    stored = {key: value for key, value in payload.items() if key not in _NOT_STORED}
    words = document_words(str(payload.get(DOCUMENT, payload["data"])))
    return Point(str(payload.get(POINT_ID, given)), vector, words, stored)


def _matches(payload: Payload, filters: Mapping[str, Any] | None) -> bool:
    return all(payload.get(key) == value for key, value in (filters or {}).items())
