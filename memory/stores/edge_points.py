"""One learner's shard of Qdrant's engine: dense vectors searched exactly, words through its inverted index."""

import shutil
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
    """`Points` of one open shard. `existing`: never creates one."""

    def __init__(self, folder: Path, dimensions: int, *, existing: bool = False) -> None:
        import qdrant_edge

        self._edge = qdrant_edge
        if existing or (folder / "segments").is_dir():
            self.shard = qdrant_edge.EdgeShard.load(str(folder))
        else:
            self.shard = self._created(folder, dimensions)

    def upsert(self, points: Sequence[Point]) -> None:
        self._put([self._edge.Point(p.id, self._vectors(p), dict(p.payload)) for p in points])

    def describe(self, point_id: str, payload: Payload) -> None:
        self.shard.update(self._edge.UpdateOperation.overwrite_payload([point_id], dict(payload)))

    def delete(self, ids: Sequence[str]) -> None:
        self.shard.update(self._edge.UpdateOperation.delete_points(list(ids)))

    def get(self, ids: Sequence[str]) -> dict[str, Payload]:
        return {str(found.id): found.payload or {} for found in self.shard.retrieve(list(ids), True, False)}

    def all(self) -> list[Row]:
        return self._scrolled(None, _ALL)

    def of_kinds(self, kinds: Sequence[str]) -> list[Row]:
        return self._scrolled(self._edge.Filter(must=[self._kind(kinds)]), _ALL)

    def told(self, spans: Sequence[tuple[float, float]], limit: int) -> list[Row]:
        edge = self._edge
        within = [edge.FieldCondition(key=AT, range=edge.RangeFloat(gte=start, lte=end)) for start, end in spans]
        return self._scrolled(edge.Filter(must=[self._kind(["episodic"])], should=within), limit) if spans else []

    def count(self) -> int:
        return int(self.shard.count(self._edge.CountRequest(exact=True)))

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
        request = self._edge.ScrollRequest(limit=_ALL, with_payload=True, with_vector=True)
        records, _ = other.shard.scroll(request)
        for start in range(0, len(records), _BATCH):
            batch = records[start : start + _BATCH]
            self._put([self._edge.Point(r.id, r.vector or {}, r.payload) for r in batch])
        self.shard.flush()

    def owner(self) -> Scope | None:
        """Whose points these are; None when there are none."""
        found = self._scrolled(None, 1)
        return Scope(*str(found[0][1]["user_id"]).split(":")) if found else None

    def close(self) -> None:
        self.shard.flush()
        self.shard.close()

    def _put(self, points: Sequence[Any]) -> None:
        self.shard.update(self._edge.UpdateOperation.upsert_points(list(points)))

    def _vectors(self, point: Point) -> dict[str, Any]:
        words = {WORDS: self._sparse(point.words)} if point.words else {}
        return {MEANING: list(point.vector), **words}

    def _sparse(self, words: Words) -> Any:
        return self._edge.SparseVector(indices=list(words), values=list(words.values()))

    def _kind(self, kinds: Sequence[str]) -> Any:
        return self._edge.FieldCondition(key=KIND, match=self._edge.MatchAny(list(kinds)))

    def _scrolled(self, only: Any, limit: int) -> list[Row]:
        request = self._edge.ScrollRequest(limit=limit, filter=only, with_payload=True, with_vector=False)
        records, _ = self.shard.scroll(request)
        return [(str(record.id), record.payload or {}) for record in records]

    def _queried(self, query: Any, limit: int, among: Any = None) -> list[tuple[str, float]]:
        request = self._edge.QueryRequest(query=query, limit=limit, filter=among, with_payload=False)
        return [(str(point.id), float(point.score)) for point in self.shard.query(request)]

    def _created(self, folder: Path, dimensions: int) -> Any:
        """An empty shard, whole or not at all: one without its indexes would be slow for ever."""
        edge = self._edge
        unfinished = folder.with_name(folder.name + ".making")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        exact = edge.HnswIndexConfig(m=0, ef_construct=4, full_scan_threshold=_ALL)
        config = edge.EdgeConfig(
            vectors={MEANING: edge.EdgeVectorParams(dimensions, edge.Distance.Cosine, hnsw_config=exact)},
            sparse_vectors={WORDS: edge.EdgeSparseVectorParams(modifier=edge.Modifier.Idf)},
            hnsw_config=exact,
            max_search_threads=1,
        )
        shard = edge.EdgeShard.create(str(unfinished), config)
        for field, kind in ((KIND, edge.PayloadSchemaType.Keyword), (AT, edge.PayloadSchemaType.Float)):
            shard.update(edge.UpdateOperation.create_field_index(field, kind))
        shard.flush()
        shard.close()
        unfinished.rename(folder)
        return edge.EdgeShard.load(str(folder))
