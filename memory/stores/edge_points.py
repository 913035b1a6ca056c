"""One learner's shard of Qdrant's engine: dense vectors searched exactly, words through its inverted index."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from infra.scope import Scope
from memory.lexical import Words
from memory.stores.points import AT, KIND, MEANING, WORDS, Payload, Point, Row
from providers.ports import Vector

_ALL = 1_000_000  # more than a learner can say; scroll and search want a limit
_BATCH = 500


class EdgePoints:
    """`Points` of one shard. A learner of whom nothing is stored has no files: the first write makes them."""

    def __init__(self, folder: Path, dimensions: int) -> None:
        import qdrant_edge

        self._edge = qdrant_edge
        self._folder = folder
        self._dimensions = dimensions
        is_there = (folder / "segments").is_dir()
        self._shard: Any = self._ordered(qdrant_edge.EdgeShard.load(str(folder))) if is_there else None

    def upsert(self, points: Sequence[Point]) -> None:
        self._put([self._edge.Point(p.id, self._vectors(p), dict(p.payload)) for p in points])

    def describe(self, point_id: str, payload: Payload) -> None:
        if self._shard is not None:
            self._shard.update(self._edge.UpdateOperation.overwrite_payload([point_id], dict(payload)))

    def delete(self, ids: Sequence[str]) -> None:
        if self._shard is not None:
            self._shard.update(self._edge.UpdateOperation.delete_points(list(ids)))

    def get(self, ids: Sequence[str]) -> dict[str, Payload]:
        if self._shard is None or not ids:
            return {}
        return {str(found.id): found.payload or {} for found in self._shard.retrieve(list(ids), True, False)}

    def all(self) -> list[Row]:
        return self._scrolled(None, _ALL)

    def of_kinds(self, kinds: Sequence[str]) -> list[Row]:
        return self._scrolled(self._edge.Filter(must=[self._kind(kinds)]), _ALL)

    def told(self, spans: Sequence[tuple[float, float]], limit: int) -> list[Row]:
        edge = self._edge
        within = [edge.FieldCondition(key=AT, range=edge.RangeFloat(gte=start, lte=end)) for start, end in spans]
        only = edge.Filter(must=[self._kind(["episodic"])], should=within)
        return self._scrolled(only, limit, edge.OrderBy(AT, edge.Direction.Desc)) if spans else []

    def count(self) -> int:
        return 0 if self._shard is None else int(self._shard.count(self._edge.CountRequest(exact=True)))

    def stamp(self) -> int:
        return 0  # one process owns the folder

    def nearest(self, vector: Vector, limit: int) -> list[tuple[str, float]]:
        return self._queried(self._edge.Query.Nearest(vector.tolist()), limit)

    def cosines(self, vector: Vector, ids: Sequence[str]) -> dict[str, float]:
        if not ids:
            return {}
        among = self._edge.Filter(must=[self._edge.HasIdCondition(set(ids))])
        return dict(self._queried(self._edge.Query.Nearest(vector.tolist()), len(ids), among))

    def matching(self, words: Words, limit: int) -> list[tuple[str, float]]:
        query = self._edge.Query.Nearest(self._sparse(words), using=WORDS)
        return self._queried(query, limit) if words else []

    def copy(self, other: "EdgePoints") -> None:
        """Takes over every point of `other`, vectors and all."""
        if other._shard is None:
            return
        request = self._edge.ScrollRequest(limit=_ALL, with_payload=True, with_vector=True)
        records, _ = other._shard.scroll(request)
        for start in range(0, len(records), _BATCH):
            batch = records[start : start + _BATCH]
            self._put([self._edge.Point(r.id, r.vector or {}, r.payload) for r in batch])

    def owner(self) -> Scope | None:
        """Whose points these are; None when there are none."""
        found = self._scrolled(None, 1)
        return Scope(*str(found[0][1]["user_id"]).split(":")) if found else None

    def close(self) -> None:
        if self._shard is not None:
            self._shard.flush()
            self._shard.close()

    def _put(self, points: Sequence[Any]) -> None:
        if self._shard is None:
            self._shard = self._created()
        self._shard.update(self._edge.UpdateOperation.upsert_points(list(points)))

    def _vectors(self, point: Point) -> dict[str, Any]:
        words = {WORDS: self._sparse(point.words)} if point.words else {}
        return {MEANING: list(point.vector), **words}

    def _sparse(self, words: Words) -> Any:
        return self._edge.SparseVector(indices=list(words), values=list(words.values()))

    def _kind(self, kinds: Sequence[str]) -> Any:
        return self._edge.FieldCondition(key=KIND, match=self._edge.MatchAny(list(kinds)))

    def _scrolled(self, only: Any, limit: int, order: Any = None) -> list[Row]:
        if self._shard is None:
            return []
        request = self._edge.ScrollRequest(
            limit=limit, filter=only, with_payload=True, with_vector=False, order_by=order
        )
        records, _ = self._shard.scroll(request)
        return [(str(record.id), record.payload or {}) for record in records]

    def _queried(self, query: Any, limit: int, among: Any = None) -> list[tuple[str, float]]:
        if self._shard is None:
            return []
        request = self._edge.QueryRequest(query=query, limit=limit, filter=among, with_payload=False)
        return [(str(point.id), float(point.score)) for point in self._shard.query(request)]

    def _created(self) -> Any:
        """An empty shard."""
        edge = self._edge
        self._folder.mkdir(parents=True, exist_ok=True)
        exact = edge.HnswIndexConfig(m=0, ef_construct=4, full_scan_threshold=_ALL)
        config = edge.EdgeConfig(
            vectors={MEANING: edge.EdgeVectorParams(self._dimensions, edge.Distance.Cosine, hnsw_config=exact)},
            sparse_vectors={WORDS: edge.EdgeSparseVectorParams(modifier=edge.Modifier.Idf)},
            hnsw_config=exact,
            max_search_threads=1,
        )
        return self._ordered(edge.EdgeShard.create(str(self._folder), config))

    def _ordered(self, shard: Any) -> Any:
        """The shard with its index of times: it has one already, unless a crash came between."""
        shard.update(self._edge.UpdateOperation.create_field_index(AT, self._edge.PayloadSchemaType.Float))
        return shard
