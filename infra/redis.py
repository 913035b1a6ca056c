"""The one way to a Redis: a checked client on the configured URL or, without one, on the embedded Valkey."""

import asyncio
import contextlib
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote

from redis import exceptions
from redis.asyncio import Redis, RedisCluster
from redis.asyncio.sentinel import MasterNotFoundError
from redis.commands.core import AsyncScript

from infra.clock import SystemClock
from infra.errors import BadInput, CoachError, Misconfigured, Unavailable
from infra.redis_client import as_cluster, client_on, topology
from infra.redis_url import redis_address
from infra.settings import Settings
from infra.valkey import EmbeddedValkey

OLDEST_MAJOR = 6
TIMEOUT_S = 5.0  # a blocking command (BLPOP, XREAD BLOCK) must ask for less
REPLICA_WAIT_MS = 100  # a turn is not held up for longer by a replica that is away
REVIVE_S = 1.0  # how often the embedded server is looked after

_log = logging.getLogger(__name__)

_REFUSED = (
    exceptions.AuthenticationError,
    exceptions.AuthenticationWrongNumberOfArgsError,
    exceptions.AuthorizationError,
    exceptions.NoPermissionError,
)
_DOWN = (
    exceptions.NoScriptError,  # restarted between a script's loading and its call
    exceptions.ConnectionError,
    exceptions.TimeoutError,
    exceptions.ReadOnlyError,
    exceptions.OutOfMemoryError,
    exceptions.ClusterDownError,
    exceptions.TryAgainError,
    exceptions.SlotNotCoveredError,
    OSError,
)
# redis-py has no classes for these
_NO_NODE = "cannot be connected"
_NO_CLUSTER = "luster mode is not enabled"


@dataclass(frozen=True, slots=True)
class RedisHealth:
    """What `coach doctor` shows: the server's name (`redis` or `valkey`), its version, milliseconds of one PING.

    `topology`: what is behind a Sentinel or Cluster address, empty for one server. `eviction`: how the server makes
    room for new keys when its memory is full, empty when it refuses them, as it should.
    """

    server: str
    version: str
    latency_ms: float
    topology: str = ""
    eviction: str = ""

    def __str__(self) -> str:
        behind = f", {self.topology}" if self.topology else ""
        warning = f"; it may drop conversations ({self.eviction}): set maxmemory-policy noeviction"
        return f"{self.server} {self.version}{behind}, {self.latency_ms:.1f} ms{warning if self.eviction else ''}"


@contextlib.asynccontextmanager
async def open_redis(settings: Settings) -> AsyncIterator[Redis]:
    """A connected client that answers in bytes; closes it, and the embedded Valkey when this was its last user.

    Raises Misconfigured for a malformed URL, a refused password or a server older than 6, Unavailable when
    the server does not answer.
    """
    url = settings.redis_url.get_secret_value()
    async with connect(url) if url else _embedded(settings) as client:
        yield client


@contextlib.asynccontextmanager
async def connect(url: str, *, timeout_s: float = TIMEOUT_S) -> AsyncIterator[Redis]:
    """A client on `url` (see `infra.redis_url`), checked as `open_redis` says. `timeout_s`: of one try of a command.

    A Cluster's client has the same commands, each on keys of one slot, so that callers need not tell them apart.
    """
    address = redis_address(url)
    async with contextlib.AsyncExitStack() as stack:
        try:
            client = client_on(address, stack, timeout_s)
            stack.push_async_callback(client.aclose)
            await ping(client)
        except TypeError:  # from the connection, which takes options by name
            raise Misconfigured("COACH_REDIS_URL has an option that is not known: see .env.example.") from None
        yield client


@contextlib.asynccontextmanager
async def _embedded(settings: Settings) -> AsyncIterator[Redis]:
    valkey = await asyncio.to_thread(EmbeddedValkey, settings.data_dir / "valkey")
    socket = await asyncio.to_thread(valkey.open)
    watching = asyncio.create_task(_kept_alive(valkey))
    try:
        async with connect(f"unix://{quote(str(socket))}") as client:
            yield client
    finally:
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
        await asyncio.to_thread(valkey.close)


async def _kept_alive(valkey: EmbeddedValkey) -> None:
    """Starts a killed server again, for nobody else would, and has the disk keep what it wrote.

    Its append-only file has everything that was acknowledged.
    """
    while True:
        await asyncio.sleep(REVIVE_S)
        try:
            await asyncio.to_thread(valkey.flush)
            if await asyncio.to_thread(valkey.revive):
                _log.warning("the embedded Valkey was gone and runs again")
        except OSError as error:
            _log.error("the disk does not keep what the embedded Valkey wrote: %s", error.strerror)
        except CoachError as error:
            _log.error("the embedded Valkey is gone and does not start: %s", error.code)


async def ping(client: Redis) -> RedisHealth:
    """Asks the server who it is. Raises Misconfigured when it is too old or refuses, Unavailable when it is down."""
    clock = SystemClock()
    with redis_errors():
        facts = await client.info("server")
        _check_mode(client, str(facts.get("redis_mode", facts.get("server_mode", ""))))
        memory = await client.info("memory")
        started = clock.monotonic()
        await client.ping(**({"target_nodes": RedisCluster.DEFAULT_NODE} if as_cluster(client) else {}))
        taken = clock.monotonic() - started
    return RedisHealth(*server_and_version(facts), taken * 1000, topology(client), _eviction(memory))


def _check_mode(client: Redis, mode: str) -> None:
    """Raises Misconfigured when the server is not what the URL says."""
    if mode == "sentinel":
        raise Misconfigured("COACH_REDIS_URL names a Sentinel: write redis+sentinel://host:26379,host:26379/SERVICE.")
    if mode == "cluster" and as_cluster(client) is None:
        raise Misconfigured("COACH_REDIS_URL names a node of a Cluster: write redis+cluster://host:6379,host:6379.")


def _eviction(memory: Mapping[str, Any]) -> str:
    policy = str(memory.get("maxmemory_policy", "noeviction"))
    return policy if memory.get("maxmemory") and policy != "noeviction" else ""


async def replicated(client: Redis, script: AsyncScript, keys: Sequence[str], arguments: Sequence[Any]) -> Any:
    """The script's answer, once a replica has what it wrote; after `REPLICA_WAIT_MS` without one. One round trip."""
    async with client.pipeline(transaction=False) as pipeline:
        pipeline.evalsha(script.sha, len(keys), *keys, *arguments)
        pipeline.execute_command("WAIT", 1, REPLICA_WAIT_MS)
        answer, _ = await pipeline.execute(raise_on_error=False)
    if isinstance(answer, exceptions.NoScriptError):
        return await script(keys, arguments)
    if isinstance(answer, Exception):
        raise answer
    return answer


async def answers(client: Redis, commands: Sequence[tuple[Any, ...]]) -> list[Any]:
    """What each command (name, key, more) is answered, in one round trip; what went wrong in place of an answer.

    A node of a Cluster that is down spoils the answers of its own keys only.
    """
    found: list[Any] = [None] * len(commands)

    async def ask(numbers: Sequence[int]) -> None:
        async with client.pipeline(transaction=False) as pipeline:
            for number in numbers:
                pipeline.execute_command(*commands[number])
            try:
                given = await pipeline.execute(raise_on_error=False)
            except (exceptions.RedisError, exceptions.RedisClusterException, OSError) as error:
                given = [error] * len(numbers)
        for number, answer in zip(numbers, given, strict=True):
            found[number] = answer

    await asyncio.gather(*(ask(numbers) for numbers in _by_node(client, commands).values()))
    return found


def _by_node(client: Redis, commands: Sequence[tuple[Any, ...]]) -> Mapping[str, Sequence[int]]:
    """The numbers of the commands that one node has the keys of."""
    cluster, numbers = as_cluster(client), defaultdict[str, list[int]](list)
    for number, command in enumerate(commands):
        node = cluster and cluster.nodes_manager.slots_cache.get(cluster.keyslot(command[1]))
        numbers[node[0].name if node else ""].append(number)
    return numbers


async def rewrite_log(client: Redis) -> None:
    """Asks the server to write its append-only file anew in the background, so that what was deleted leaves the disk.

    Does nothing while such a rewrite is under way.
    """
    with redis_errors():
        try:
            cluster = as_cluster(client)
            await client.bgrewriteaof(**({"target_nodes": cluster.get_nodes()} if cluster else {}))
        except exceptions.ResponseError as error:
            if "in progress" not in str(error):
                raise


def server_and_version(facts: Mapping[str, Any]) -> tuple[str, str]:
    """Name and version in the answer to ``INFO server``. Raises Misconfigured when the server is too old."""
    server = str(facts.get("server_name", "redis"))  # only Valkey says its name
    version = str(facts.get(f"{server}_version", facts["redis_version"]))
    if int(version.partition(".")[0]) < OLDEST_MAJOR:
        raise Misconfigured(f"The {server} server is version {version}: {OLDEST_MAJOR} or newer is needed.")
    return server, version


@contextlib.contextmanager
def redis_errors() -> Iterator[None]:
    """Turns what redis-py raises when the server is down or refuses into Unavailable or Misconfigured."""
    try:
        yield
    except (*_REFUSED, *_DOWN, exceptions.RedisClusterException) as error:
        if _refused(error):
            raise Misconfigured("Redis refused: check user, password and rights in COACH_REDIS_URL.") from error
        if _NO_CLUSTER in str(error):
            raise Misconfigured("COACH_REDIS_URL says redis+cluster, but the server is no Cluster.") from error
        if not isinstance(error, _DOWN) and _NO_NODE not in str(error):
            raise
        if isinstance(error, MasterNotFoundError):
            detail = "No Sentinel of COACH_REDIS_URL names a master of this service right now: see `coach doctor`."
            raise Unavailable(detail, retry_after=1) from error
        detail = f"Redis does not answer ({type(error).__name__}): see COACH_REDIS_URL, or `coach doctor`."
        raise Unavailable(detail, retry_after=1) from error


def _refused(error: BaseException | None) -> bool:
    # redis-py wraps a refused login in a ConnectionError
    return error is not None and (isinstance(error, _REFUSED) or _refused(error.__cause__))


def thread_key(kind: str, thread_id: str) -> str:
    """The key of one `kind` of data of one thread; all kinds of a thread share a hash tag, so a Cluster slot."""
    if not thread_id:
        raise BadInput("thread_id must not be empty.")
    return f"{kind}:{{{quote(thread_id, safe=':')}}}"


def thread_of(key: str) -> str:
    """The thread id in a key that `thread_key` made."""
    return unquote(key[key.index("{") + 1 : -1])
