"""Makes clients: of one server, of the master that Sentinels name, of a Cluster; and tells them apart."""

import contextlib
from collections.abc import Mapping
from typing import Any, cast

from redis.asyncio import BlockingConnectionPool, Redis, RedisCluster
from redis.asyncio.cluster import ClusterNode
from redis.asyncio.retry import Retry
from redis.asyncio.sentinel import Sentinel, SentinelConnectionPool
from redis.backoff import ExponentialWithJitterBackoff

from infra.redis_url import RedisAddress

MAX_CONNECTIONS = 200
POOL_WAIT_S = 5.0
SENTINEL_TIMEOUT_S = 1.0  # the next one is asked then
RETRIES = 2


def client_on(address: RedisAddress, stack: contextlib.AsyncExitStack, timeout_s: float) -> Redis:
    """A client on the address; `stack` closes what it needs beside itself. `timeout_s`: of one try of a command."""
    patience = _patience(timeout_s, RETRIES)
    if address.kind == "one":
        return Redis.from_pool(BlockingConnectionPool.from_url(address.url, **patience, **_POOL))
    if address.kind == "cluster":
        nodes = [ClusterNode(*host) for host in address.hosts]
        options = {**address.options, **patience, "max_connections": MAX_CONNECTIONS}
        return cast(Redis, RedisCluster(startup_nodes=nodes, require_full_coverage=False, **options))
    quick = {**_patience(min(timeout_s, SENTINEL_TIMEOUT_S), retries=0), **address.sentinel_options}
    sentinel = Sentinel(address.hosts, sentinel_kwargs=quick)  # type: ignore[no-untyped-call]
    stack.push_async_callback(sentinel.aclose)
    options = {**address.options, **patience, **_POOL}
    return Redis.from_pool(_MasterPool(address.service, sentinel, **options))  # type: ignore[no-untyped-call]


def _patience(timeout_s: float, retries: int) -> dict[str, Any]:
    # health_check_interval stays off: redis-py 8.1 recurses for ever when a password is missing
    return {
        "socket_timeout": timeout_s,
        "socket_connect_timeout": timeout_s,
        "retry": Retry(ExponentialWithJitterBackoff(base=0.05, cap=0.5), retries),
        "driver_info": None,  # looking up its own version blocks the event loop on the file system
    }


_POOL: Mapping[str, Any] = {"max_connections": MAX_CONNECTIONS, "timeout": POOL_WAIT_S}


class _MasterPool(SentinelConnectionPool, BlockingConnectionPool):
    """Connections to the master that the Sentinels name; waits for a free one."""


def is_guarded(client: Redis) -> bool:
    """Whether Sentinels watch the server: its replica takes over when it dies, with what it has by then."""
    return isinstance(client.connection_pool, _MasterPool) if as_cluster(client) is None else False


def as_cluster(client: object) -> RedisCluster | None:
    """The client as what it is, where it is a Cluster's."""
    return client if isinstance(client, RedisCluster) else None


def topology(client: Redis) -> str:
    """What is behind the client's address; empty for one server."""
    if cluster := as_cluster(client):
        return f"a Cluster of {len(cluster.get_primaries())} masters and {len(cluster.get_replicas())} replicas"
    pool = client.connection_pool
    if not isinstance(pool, _MasterPool):
        return ""
    host, port = pool.master_address or ("unknown", 0)
    return f"master of '{pool.service_name}' at {host}:{port}, as Sentinel says"
