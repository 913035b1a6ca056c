"""One learner's shard of Qdrant's engine: dense vectors searched exactly, words through its inverted index."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from infra.scope import Scope
from memory.lexical import Words
from memory.stores.points import AT, KIND, MEANING, WORDS, Hits, Payload, Point, Row
from providers.ports import Vector

_ALL = 1_000_000  # more than a learner can say; scroll and search want a limit
_BATCH = 500
_MOST_NAMES = 2000
_OVERSAMPLING = 2.0  # so many of the quantised vectors' nearest are measured exactly


class EdgePoints:
    """`Points` of one shard. A learner of whom nothing is stored has no files: the first write makes them."""

    def __init__(self, folder: Path, dimensions: int) -> None:
        import qdrant_edge

        self._edge = qdrant_edge
        self._folder = folder
        self._dimensions = dimensions
        self._names: dict[int, str] = {}
        quantised = qdrant_edge.QuantizationSearchParams(rescore=True, oversampling=_OVERSAMPLING)
        self._quick = qdrant_edge.SearchParams(quantization=quantised)
        self._exact = qdrant_edge.SearchParams(quantization=qdrant_edge.QuantizationSearchParams(ignore=True))
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
        return self._queried(self._edge.Query.Nearest(vector.tolist()), limit, self._quick)

    def cosines(self, vector: Vector, ids: Sequence[str]) -> dict[str, float]:
        if not ids:
            return {}
        among = self._edge.Filter(must=[self._edge.HasIdCondition(set(ids))])
        return dict(self._queried(self._edge.Query.Nearest(vector.tolist()), len(ids), self._exact, among))

    def search(self, vector: Vector, wanted: Sequence[Words], limit: int, *, nearest: int = 0) -> Hits:
        edge = self._edge
        meaning = edge.Query.Nearest(vector.tolist())
        asked = [edge.Query.Nearest(self._sparse(words), using=WORDS) for words in wanted if words]
        within = [edge.Prefetch(limit=limit, query=query) for query in asked]
        within += [edge.Prefetch(limit=nearest, query=meaning, params=self._quick)] if nearest else []
        if self._shard is None or not within:
            return Hits({}, [{} for _ in wanted])
        requests = [edge.QueryRequest(query=query, limit=limit) for query in asked]
        most = limit * len(asked) + nearest
        requests.append(edge.QueryRequest(prefetches=within, query=meaning, limit=most, params=self._exact))
        *by_words, cosines = (
            self._scored(found) for found in self._shard.query_batch(edge.QueryBatchRequest(requests))
        )
        found = iter(by_words)
        return Hits(cosines, [next(found) if words else {} for words in wanted])

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

    def _queried(self, query: Any, limit: int, params: Any, among: Any = None) -> list[tuple[str, float]]:
        if self._shard is None:
            return []
        request = self._edge.QueryRequest(query=query, limit=limit, filter=among, params=params)
        return list(self._scored(self._shard.query(request)).items())

    def _scored(self, found: Sequence[Any]) -> dict[str, float]:
        """Half of the time of a search is making strings of ids: those seen before are kept."""
        if len(self._names) > _MOST_NAMES:
            self._names.clear()
        names, scores = self._names, {}
        for point in found:
            key = point.id
            name = names.get(key.int)
            if name is None:
                name = names[key.int] = str(key)
            scores[name] = float(point.score)
        return scores

    def _created(self) -> Any:
        """An empty shard."""
        edge = self._edge
        self._folder.mkdir(parents=True, exist_ok=True)
        exact = edge.HnswIndexConfig(m=0, ef_construct=4, full_scan_threshold=_ALL)
        four_bits = edge.TurboQuantQuantizationConfig(bits=edge.TurboQuantBitSize.Bits4, memory=edge.Memory.Cold)
        vectors = edge.EdgeVectorParams(
            self._dimensions, edge.Distance.Cosine, hnsw_config=exact, quantization_config=four_bits
        )
        config = edge.EdgeConfig(
            vectors={MEANING: vectors},
            sparse_vectors={WORDS: edge.EdgeSparseVectorParams(modifier=edge.Modifier.Idf)},
            hnsw_config=exact,
            max_search_threads=1,
        )
        return self._ordered(edge.EdgeShard.create(str(self._folder), config))

    def _ordered(self, shard: Any) -> Any:
        """The shard with its index of times: it has one already, unless a crash came between."""
        shard.update(self._edge.UpdateOperation.create_field_index(AT, self._edge.PayloadSchemaType.Float))
        return shard
