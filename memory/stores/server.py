"""A Qdrant server: one collection for all learners, tenant-indexed by the scope key."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from infra.errors import Unavailable
from infra.scope import Scope
from memory.stores.points import Payload
from providers.ports import Vector

if TYPE_CHECKING:
    from qdrant_client import QdrantClient
    from qdrant_client.models import Filter

SCOPE = "scope"
_PAGE = 1000


class ServerPoints:
    """`Points` of one learner: every call carries the learner's filter, and ids are checked against it."""

    def __init__(self, client: "QdrantClient", collection: str, scope: Scope) -> None:
        from qdrant_client import models

        self._models = models
        self._client = client
        self._collection = collection
        self._scope = scope

    def upsert(self, point_id: str, vector: Sequence[float], payload: Payload) -> None:
        point = self._models.PointStruct(id=point_id, vector=list(vector), payload={**payload, SCOPE: self._scope.key})
        self._client.upsert(self._collection, [point], wait=True)

    def delete(self, point_id: str) -> None:
        self._client.delete(self._collection, self._mine(point_id), wait=True)

    def get(self, point_id: str) -> Payload | None:
        found, _ = self._client.scroll(self._collection, scroll_filter=self._mine(point_id), limit=1)
        return _without_scope(found[0].payload or {}) if found else None

    def all(self) -> list[tuple[str, Payload]]:
        points: list[tuple[str, Payload]] = []
        offset = None
        while True:
            page, offset = self._client.scroll(
                self._collection, scroll_filter=self._mine(), limit=_PAGE, offset=offset, with_vectors=False
            )
            points += [(str(point.id), _without_scope(point.payload or {})) for point in page]
            if offset is None:
                return points

    def count(self) -> int:
        return int(self._client.count(self._collection, count_filter=self._mine(), exact=True).count)

    def nearest(self, vector: Vector, limit: int) -> list[tuple[str, float]]:
        found = self._client.query_points(
            self._collection,
            query=vector.tolist(),
            query_filter=self._mine(),
            limit=limit,
            with_payload=False,
        )
        return [(str(point.id), float(point.score)) for point in found.points]

    def _mine(self, point_id: str | None = None) -> "Filter":
        models = self._models
        mine = models.FieldCondition(key=SCOPE, match=models.MatchValue(value=self._scope.key))
        ids = [models.HasIdCondition(has_id=[point_id])] if point_id else []
        only: Filter = models.Filter(must=[mine, *ids])
        return only


class ServerStore:
    """`Store` over a Qdrant server. Writers of one learner are kept in turn by the conversation's lock in Redis."""

    def __init__(self, client: "QdrantClient", dimensions: int, *, version: str) -> None:
        self._client = client
        self._collection = f"memories-{version}"
        self._create(dimensions)

    @contextmanager
    def lease(self, scope: Scope) -> Iterator[ServerPoints]:
        yield ServerPoints(self._client, self._collection, scope)

    def erase(self, scope: Scope) -> int:
        points = ServerPoints(self._client, self._collection, scope)
        count = points.count()
        self._client.delete(self._collection, points._mine(), wait=True)
        return count

    def ping(self) -> str:
        try:
            count = self._client.count(self._collection, exact=False).count
        except Exception as error:
            raise Unavailable(f"The Qdrant server does not answer ({type(error).__name__}).") from None
        return f"Qdrant server, collection {self._collection}, about {count} memories"

    def close(self) -> None:
        self._client.close()

    def _create(self, dimensions: int) -> None:
        """Exact search per tenant: no global graph (m=0), and a tenant index that keeps a learner's points together."""
        from qdrant_client import models

        if self._client.collection_exists(self._collection):
            return
        self._client.create_collection(
            self._collection,
            vectors_config=models.VectorParams(size=dimensions, distance=models.Distance.COSINE),
            hnsw_config=models.HnswConfigDiff(m=0, payload_m=0),
        )
        tenant = models.KeywordIndexParams(type=models.KeywordIndexType.KEYWORD, is_tenant=True)
        self._client.create_payload_index(self._collection, SCOPE, field_schema=tenant)


def _without_scope(payload: Payload) -> Payload:
    return {key: value for key, value in payload.items() if key != SCOPE}
