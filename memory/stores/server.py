"""A Qdrant server: one collection for all learners, tenant-indexed by the scope key."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from infra.errors import Unavailable
from infra.scope import Scope
from memory.stores.points import AT, KIND, MEANING, WORDS, Row
from memory.stores.server_points import SCOPE, ServerPoints

if TYPE_CHECKING:
    from qdrant_client import QdrantClient

_PREFIX = "memories-"
_PAGE = 1000


class ServerStore:
    """`Store` over a Qdrant server. Writers of one learner are kept in turn by the conversation's lock in Redis."""

    def __init__(self, client: "QdrantClient", dimensions: int, *, version: str) -> None:
        self._client = client
        self._collection = f"{_PREFIX}{version}"
        self._create(dimensions)

    @contextmanager
    def lease(self, scope: Scope) -> Iterator[ServerPoints]:
        yield ServerPoints(self._client, self._collection, scope)

    def erase(self, scope: Scope) -> int:
        removed = 0
        for collection in (self._collection, *self._others()):
            points = ServerPoints(self._client, collection, scope)
            removed += points.count()
            points.delete_all()
        return removed

    def compact(self, scope: Scope) -> None:
        """Nothing to do from here: the server vacuums its segments by itself."""

    def learners(self) -> Iterator[Scope]:
        return self._owners([self._collection])

    def older(self) -> Iterator[Scope]:
        return self._owners(self._others())

    def _owners(self, collections: Sequence[str]) -> Iterator[Scope]:
        seen: set[str] = set()
        for collection in collections:
            offset = None
            while True:
                page, offset = self._client.scroll(collection, limit=_PAGE, offset=offset, with_payload=[SCOPE])
                for point in page:
                    key = str((point.payload or {})[SCOPE])
                    if key not in seen:
                        seen.add(key)
                        yield Scope(*key.split(":"))
                if offset is None:
                    break

    def has_older(self, scope: Scope) -> bool:
        return any(ServerPoints(self._client, name, scope).count() for name in self._others())

    def older_rows(self, scope: Scope) -> list[Row]:
        found = [row for name in self._others() for row in ServerPoints(self._client, name, scope).all()]
        return list({row[0]: row for row in found}.values())

    def drop_older(self, scope: Scope) -> None:
        for name in self._others():
            ServerPoints(self._client, name, scope).delete_all()

    def ping(self) -> str:
        try:
            count = self._client.count(self._collection, exact=False).count
        except Exception as error:  # the client raises its own, httpx's and gRPC's errors
            raise Unavailable(f"The Qdrant server does not answer ({type(error).__name__}).") from None
        return f"Qdrant server, collection {self._collection}, about {count} memories"

    def close(self) -> None:
        self._client.close()

    def _others(self) -> list[str]:
        """Collections of other versions."""
        names = sorted(found.name for found in self._client.get_collections().collections)
        return [name for name in names if name.startswith(_PREFIX) and name != self._collection]

    def _create(self, dimensions: int) -> None:
        """Exact search per tenant: no global graph (m=0), and a tenant index that keeps a learner's points together."""
        from qdrant_client import models

        if self._client.collection_exists(self._collection):
            return
        self._client.create_collection(
            self._collection,
            vectors_config={MEANING: models.VectorParams(size=dimensions, distance=models.Distance.COSINE)},
            sparse_vectors_config={WORDS: models.SparseVectorParams(modifier=models.Modifier.IDF)},
            hnsw_config=models.HnswConfigDiff(m=0, payload_m=0),
        )
        tenant = models.KeywordIndexParams(type=models.KeywordIndexType.KEYWORD, is_tenant=True)
        self._client.create_payload_index(self._collection, SCOPE, field_schema=tenant)
        self._client.create_payload_index(self._collection, KIND, field_schema=models.PayloadSchemaType.KEYWORD)
        self._client.create_payload_index(self._collection, AT, field_schema=models.PayloadSchemaType.FLOAT)
