"""The one way to a Redis: a checked client on the configured URL or, without one, on the embedded Valkey."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote

from redis import exceptions
from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialWithJitterBackoff

from infra.clock import SystemClock
from infra.errors import BadInput, CoachError, Misconfigured, Unavailable
from infra.settings import Settings
from infra.valkey import EmbeddedValkey

OLDEST_MAJOR = 6
MAX_CONNECTIONS = 200
POOL_WAIT_S = 5.0
TIMEOUT_S = 5.0  # a blocking command (BLPOP, XREAD BLOCK) must ask for less
RETRIES = 2
REVIVE_S = 1.0  # how often the embedded server is looked after

_log = logging.getLogger(__name__)

_REFUSED = (
    exceptions.AuthenticationError,
    exceptions.AuthenticationWrongNumberOfArgsError,
    exceptions.AuthorizationError,
    exceptions.NoPermissionError,
)
_DOWN = (
    exceptions.ConnectionError,
    exceptions.TimeoutError,
    exceptions.ReadOnlyError,
    exceptions.OutOfMemoryError,
    exceptions.ClusterDownError,
    exceptions.TryAgainError,
    OSError,
)


@dataclass(frozen=True, slots=True)
class RedisHealth:
    """What `coach doctor` shows: the server's name (`redis` or `valkey`), its version, milliseconds of one PING."""

    server: str
    version: str
    latency_ms: float


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
async def connect(url: str) -> AsyncIterator[Redis]:
    """A client on `url` (``redis://``, ``rediss://`` or ``unix://``), checked as `open_redis` says."""
    client = Redis.from_pool(_pool(url))
    try:
        await ping(client)
        yield client
    finally:
        await client.aclose()


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
    """Starts a killed server again: nobody else would. Its append-only file has everything that was acknowledged."""
    while True:
        await asyncio.sleep(REVIVE_S)
        try:
            if await asyncio.to_thread(valkey.revive):
                _log.warning("the embedded Valkey was gone and runs again")
        except CoachError as error:
            _log.error("the embedded Valkey is gone and does not start: %s", error.code)


async def ping(client: Redis) -> RedisHealth:
    """Asks the server who it is. Raises Misconfigured when it is too old or refuses, Unavailable when it is down."""
    clock = SystemClock()
    with redis_errors():
        facts = await client.info("server")
        started = clock.monotonic()
        await client.ping()
    return RedisHealth(*server_and_version(facts), latency_ms=(clock.monotonic() - started) * 1000)


async def rewrite_log(client: Redis) -> None:
    """Asks the server to write its append-only file anew in the background, so that what was deleted leaves the disk.

    Does nothing while such a rewrite is under way.
    """
    with redis_errors():
        try:
            await client.bgrewriteaof()
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
    except (*_REFUSED, *_DOWN) as error:
        if _refused(error):
            raise Misconfigured("Redis refused: check user, password and rights in COACH_REDIS_URL.") from error
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


def _pool(url: str) -> BlockingConnectionPool:
    # health_check_interval stays off: redis-py 8.1 recurses for ever when a password is missing
    retry = Retry(ExponentialWithJitterBackoff(base=0.05, cap=0.5), RETRIES)
    try:
        return BlockingConnectionPool.from_url(
            url,
            max_connections=MAX_CONNECTIONS,
            timeout=POOL_WAIT_S,
            socket_timeout=TIMEOUT_S,
            socket_connect_timeout=TIMEOUT_S,
            retry=retry,
            driver_info=None,  # looking up its own version blocks the event loop on the file system
        )
    except (ValueError, TypeError):
        # the reason is not repeated: it can quote a part of the password
        raise Misconfigured(
            "COACH_REDIS_URL is not a Redis URL: write redis://user:password@host:6379/0 (rediss:// for TLS) "
            "and percent-encode special characters of the password."
        ) from None
