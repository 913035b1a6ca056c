"""One learner's points on a Qdrant server: every call carries the learner's filter."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from infra.scope import Scope
from memory.lexical import Words
from memory.stores.points import AT, KIND, MEANING, WORDS, Hits, Payload, Point, Row
from providers.ports import Vector

if TYPE_CHECKING:
    from qdrant_client import QdrantClient

SCOPE = "scope"
_PAGE = 1000


class ServerPoints:
    """`Points` of one learner. Ids of somebody else's points are as if they were not there."""

    def __init__(self, client: "QdrantClient", collection: str, scope: Scope) -> None:
        from qdrant_client import models

        self._models = models
        self._client = client
        self._collection = collection
        self._scope = scope

    def upsert(self, points: Sequence[Point]) -> None:
        self._client.upsert(self._collection, [self._point(point) for point in points], wait=True)

    def describe(self, point_id: str, payload: Payload) -> None:
        only = self._mine(self._models.HasIdCondition(has_id=[point_id]))
        stored = {**payload, SCOPE: self._scope.key}
        self._client.overwrite_payload(self._collection, stored, points=self._models.FilterSelector(filter=only))

    def delete(self, ids: Sequence[str]) -> None:
        self._remove(self._mine(self._models.HasIdCondition(has_id=list(ids))))

    def delete_all(self) -> None:
        self._remove(self._mine())

    def get(self, ids: Sequence[str]) -> dict[str, Payload]:
        return dict(self._scrolled(self._mine(self._models.HasIdCondition(has_id=list(ids))))) if ids else {}

    def all(self) -> list[Row]:
        return self._scrolled(self._mine())

    def of_kinds(self, kinds: Sequence[str]) -> list[Row]:
        return self._scrolled(self._mine(self._kind(kinds)))

    def told(self, spans: Sequence[tuple[float, float]], limit: int) -> list[Row]:
        models = self._models
        within = [models.FieldCondition(key=AT, range=models.Range(gte=start, lte=end)) for start, end in spans]
        only = self._mine(self._kind(["episodic"]), models.Filter(should=within))
        newest = models.OrderBy(key=AT, direction=models.Direction.DESC)
        return self._scrolled(only, limit, newest) if spans else []

    def count(self) -> int:
        return int(self._client.count(self._collection, count_filter=self._mine(), exact=True).count)

    def stamp(self) -> int:
        return self.count()  # every turn adds a point

    def nearest(self, vector: Vector, limit: int) -> list[tuple[str, float]]:
        return self._queried(vector.tolist(), MEANING, limit, self._mine())

    def cosines(self, vector: Vector, ids: Sequence[str]) -> dict[str, float]:
        among = self._mine(self._models.HasIdCondition(has_id=list(ids)))
        return dict(self._queried(vector.tolist(), MEANING, len(ids), among)) if ids else {}

    def search(self, vector: Vector, wanted: Sequence[Words], limit: int, *, nearest: int = 0) -> Hits:
        models, only = self._models, self._mine()
        meaning = vector.tolist()
        asked = [self._sparse(words) for words in wanted if words]
        within = [models.Prefetch(query=query, using=WORDS, limit=limit, filter=only) for query in asked]
        within += [models.Prefetch(query=meaning, using=MEANING, limit=nearest, filter=only)] if nearest else []
        if not within:
            return Hits({}, [{} for _ in wanted])
        requests = [models.QueryRequest(query=query, using=WORDS, limit=limit, filter=only) for query in asked]
        most = limit * len(asked) + nearest
        requests.append(models.QueryRequest(prefetch=within, query=meaning, using=MEANING, limit=most, filter=only))
        answers = self._client.query_batch_points(self._collection, requests)
        *by_words, cosines = ({str(p.id): float(p.score) for p in answer.points} for answer in answers)
        found = iter(by_words)
        return Hits(cosines, [next(found) if words else {} for words in wanted])

    def _point(self, point: Point) -> Any:
        words = {WORDS: self._sparse(point.words)} if point.words else {}
        return self._models.PointStruct(
            id=point.id,
            vector={MEANING: list(point.vector), **words},
            payload={**point.payload, SCOPE: self._scope.key},
        )

    def _sparse(self, words: Words) -> Any:
        return self._models.SparseVector(indices=list(words), values=list(words.values()))

    def _kind(self, kinds: Sequence[str]) -> Any:
        return self._models.FieldCondition(key=KIND, match=self._models.MatchAny(any=list(kinds)))

    def _mine(self, *conditions: Any) -> Any:
        models = self._models
        mine = models.FieldCondition(key=SCOPE, match=models.MatchValue(value=self._scope.key))
        return models.Filter(must=[mine, *conditions])

    def _remove(self, only: Any) -> None:
        self._client.delete(self._collection, self._models.FilterSelector(filter=only), wait=True)

    def _scrolled(self, only: Any, limit: int | None = None, order: Any = None) -> list[Row]:
        rows: list[Row] = []
        offset = None
        while True:
            page, offset = self._client.scroll(
                self._collection,
                scroll_filter=only,
                limit=limit or _PAGE,
                order_by=order,
                offset=offset,
                with_vectors=False,
            )
            rows += [(str(point.id), _without_scope(point.payload or {})) for point in page]
            if offset is None or limit is not None:
                return rows

    def _queried(self, query: Any, using: str, limit: int, only: Any) -> list[tuple[str, float]]:
        found = self._client.query_points(
            self._collection, query=query, using=using, query_filter=only, limit=limit, with_payload=False
        )
        return [(str(point.id), float(point.score)) for point in found.points]


def _without_scope(payload: Payload) -> Payload:
    return {key: value for key, value in payload.items() if key != SCOPE}
