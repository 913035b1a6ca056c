"""Opening a Redis: the embedded one, a real one, and every way in which there is none."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from redis.asyncio import Redis, SSLConnection
from redis.crc import key_slot

from infra.errors import BadInput, Misconfigured, Unavailable
from infra.filelock import eventually
from infra.redis import (
    connect,
    open_redis,
    ping,
    redis_errors,
    rewrite_log,
    server_and_version,
    thread_key,
    thread_of,
)
from infra.redis_client import client_on
from infra.redis_url import redis_address
from infra.settings import Settings, load_settings
from infra.valkey import EmbeddedValkey
from tests.servers import NO_REDIS, redis_url
from tests.valkeys import valkey


def settings_for(folder: Path, url: str = "") -> Settings:
    return load_settings({"COACH_DATA_DIR": str(folder), "COACH_REDIS_URL": url})


@pytest.fixture
async def embedded(tmp_path: Path) -> AsyncIterator[Redis]:
    async with open_redis(settings_for(tmp_path)) as client:
        yield client


async def test_without_a_url_the_embedded_valkey_is_opened_and_stopped_again(tmp_path: Path) -> None:
    async with open_redis(settings_for(tmp_path)) as client:
        health = await ping(client)
        assert health.server == "valkey"
        assert int(health.version.partition(".")[0]) >= 9
        assert 0 < health.latency_ms < 1000
        assert EmbeddedValkey(tmp_path / "valkey").running
    assert not EmbeddedValkey(tmp_path / "valkey").running


async def test_a_data_folder_with_spaces_and_letters_of_url_syntax_works(tmp_path: Path) -> None:
    async with open_redis(settings_for(tmp_path / "Pika's dữ liệu ?a=1#%41")) as client:
        assert await client.ping()


async def test_with_a_url_that_server_is_used_and_no_embedded_one_is_started(tmp_path: Path) -> None:
    url = redis_url()
    if url is None:
        pytest.skip(NO_REDIS)
    async with open_redis(settings_for(tmp_path, url)) as client:
        assert int((await ping(client)).version.partition(".")[0]) >= 6
    assert not os.listdir(tmp_path)


async def test_everything_is_appended_to_a_file_before_it_is_acknowledged(embedded: Redis, tmp_path: Path) -> None:
    options = await embedded.config_get("append*", "port")
    assert (options["appendonly"], options["appendfsync"], options["port"]) == ("yes", "no", "0")
    for number in range(20):
        value = f"said {number}"
        await embedded.set("key", value)
        files = (tmp_path / "valkey" / "appendonlydir").glob("*.incr.aof")
        assert value.encode() in b"".join(file.read_bytes() for file in files)
    await asyncio.to_thread(EmbeddedValkey(tmp_path / "valkey").flush)


async def test_what_was_deleted_leaves_the_disk_when_the_log_is_rewritten(embedded: Redis, tmp_path: Path) -> None:
    def on_disk() -> bool:
        files = list((tmp_path / "valkey" / "appendonlydir").iterdir())
        try:
            return any(b"a secret" in file.read_bytes() for file in files)
        except FileNotFoundError:  # the server renamed or removed a file of its log meanwhile: look again
            return True

    await embedded.set("key", "a secret")
    await embedded.delete("key")
    assert await asyncio.to_thread(on_disk)
    await rewrite_log(embedded)
    await rewrite_log(embedded)
    assert await asyncio.to_thread(eventually, lambda: None if on_disk() else True, 10)


async def test_a_server_that_is_not_there_is_unavailable_and_soon_said_so() -> None:
    async with asyncio.timeout(3):
        with pytest.raises(Unavailable, match="COACH_REDIS_URL"):
            async with connect("redis://127.0.0.1:1/0"):
                pass


async def test_a_wrong_password_is_a_misconfiguration_and_is_not_repeated(embedded: Redis, tmp_path: Path) -> None:
    await embedded.acl_setuser("coach", enabled=True, passwords=["+right"], categories=["+@all"], keys=["*"])
    socket = EmbeddedValkey(tmp_path / "valkey").socket
    async with connect(f"unix://coach:right@{socket}") as client:
        assert await client.ping()
    with pytest.raises(Misconfigured) as refused:
        async with connect(f"unix://coach:wrong-secret@{socket}"):
            pass
    assert "wrong-secret" not in str(refused.value)


async def test_a_missing_password_is_a_misconfiguration(embedded: Redis, tmp_path: Path) -> None:
    await embedded.config_set("requirepass", "secret")
    try:
        async with asyncio.timeout(5):
            with pytest.raises(Misconfigured):
                async with connect(f"unix://{EmbeddedValkey(tmp_path / 'valkey').socket}"):
                    pass
    finally:
        await embedded.config_set("requirepass", "")


async def test_a_command_that_the_user_may_not_give_is_a_misconfiguration(embedded: Redis, tmp_path: Path) -> None:
    await embedded.acl_setuser("guest", enabled=True, nopass=True, categories=["+@all", "-@scripting"], keys=["*"])
    async with connect(f"unix://guest:any@{EmbeddedValkey(tmp_path / 'valkey').socket}") as guest:
        with pytest.raises(Misconfigured), redis_errors():
            await guest.eval("return 1", 0)


async def test_a_server_that_forgot_a_script_is_one_that_went_away(embedded: Redis) -> None:
    """redis-py loads a script that is not known and calls it again: it is unknown then only after a restart."""
    with pytest.raises(Unavailable), redis_errors():
        await embedded.evalsha("0" * 40, 0)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1",
        "redis://:sec/ret@127.0.0.1:6379",
        "redis://127.0.0.1:port",
        "redis://127.0.0.1:1/0?secure=1",
        "redis+cluster://",
        "redis+cluster://127.0.0.1:1?secure=1",
        "redis+cluster://127.0.0.1:1/1",
        "redis+cluster://127.0.0.1:0",
        "redis+sentinel://127.0.0.1:1",
        "redis+sentinel://127.0.0.1:1/coach/0/1",
        "redis+sentinel://127.0.0.1:1/coach?sentinel_secret=1",
        "redis+sentinel://:sec/ret@127.0.0.1:1/coach",
    ],
)
async def test_a_malformed_url_is_a_misconfiguration_and_is_not_repeated(url: str) -> None:
    with pytest.raises(Misconfigured) as refused:
        async with connect(url):
            pass
    assert "sec" not in str(refused.value)


@pytest.mark.parametrize("url", ["rediss://127.0.0.1:6380/0", "rediss+sentinel://127.0.0.1:26380/coach"])
async def test_rediss_means_tls(url: str) -> None:
    async with AsyncExitStack() as stack:
        assert issubclass(client_on(redis_address(url), stack, 1).connection_pool.connection_class, SSLConnection)


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("unix:///run/redis.sock", ("one", (), "", {})),
        ("redis+cluster://one:7000,two", ("cluster", (("one", 7000), ("two", 6379)), "", {"db": 0})),
        ("redis+sentinel://one,two:1/coach", ("sentinel", (("one", 26379), ("two", 1)), "coach", {"db": 0})),
        ("redis+sentinel://[::1]:1/my%20coach/3", ("sentinel", (("::1", 1),), "my coach", {"db": 3})),
        (
            "redis+cluster://linh:p%2Fw%40@one:1/0",
            ("cluster", (("one", 1),), "", {"username": "linh", "password": "p/w@", "db": 0}),
        ),
    ],
)
def test_an_address_names_a_server_sentinels_or_a_cluster(url: str, address: tuple[Any, ...]) -> None:
    read = redis_address(url)
    assert (read.kind, read.hosts, read.service, dict(read.options)) == address


def test_sentinels_have_a_password_of_their_own_and_the_same_tls() -> None:
    read = redis_address("rediss+sentinel://:servers@one/coach?sentinel_password=own&ssl_check_hostname=no")
    assert dict(read.options) == {"password": "servers", "db": 0, "ssl": True, "ssl_check_hostname": False}
    assert dict(read.sentinel_options) == {"password": "own", "ssl": True, "ssl_check_hostname": False}


async def test_an_address_of_another_kind_than_the_server_is_a_misconfiguration(tmp_path: Path) -> None:
    with (
        valkey(tmp_path / "one", maxmemory="100mb", **{"maxmemory-policy": "allkeys-lru"}) as one,
        valkey(tmp_path / "node", **{"cluster-enabled": "yes"}) as node,
        valkey(tmp_path / "sentinel", sentinel="yes") as sentinel,
    ):
        for url, remedy in (
            (node.url, "redis\\+cluster"),
            (sentinel.url, "redis\\+sentinel"),
            (f"redis+cluster://{one.address}", "no Cluster"),
        ):
            with pytest.raises(Misconfigured, match=remedy):
                async with connect(url):
                    pass
        with pytest.raises(Unavailable, match="Sentinel"):
            async with connect(f"redis+sentinel://127.0.0.1:1,{sentinel.address}/unknown"):
                pass
        async with connect(one.url) as client:
            assert "noeviction" in str(await ping(client))


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"redis_version": "7.0.15"}, ("redis", "7.0.15")),
        ({"redis_version": "6.2.14"}, ("redis", "6.2.14")),
        ({"redis_version": "7.2.4", "server_name": "valkey", "valkey_version": "9.1.2"}, ("valkey", "9.1.2")),
        ({"redis_version": "7.2.4", "server_name": "another"}, ("another", "7.2.4")),
    ],
)
def test_the_server_and_its_version_are_read_from_its_info(facts: dict[str, Any], said: tuple[str, str]) -> None:
    assert server_and_version(facts) == said


def test_a_server_older_than_six_is_refused() -> None:
    with pytest.raises(Misconfigured, match=r"5\.0\.14"):
        server_and_version({"redis_version": "5.0.14"})


@pytest.mark.parametrize("thread_id", ["t", "tenant:learner:1", "a}b", "{", "}", "*[x]?", "Trần Thị Mèo", "a/b c%7D"])
def test_all_keys_of_a_thread_share_a_slot_and_name_the_thread(thread_id: str) -> None:
    keys = [thread_key("coach:checkpoints", thread_id), thread_key("coach:lock", thread_id)]
    assert keys[0] != keys[1]
    assert key_slot(keys[0].encode()) == key_slot(keys[1].encode())
    assert [thread_of(key) for key in keys] == [thread_id, thread_id]


def test_a_thread_without_a_name_is_refused() -> None:
    with pytest.raises(BadInput):
        thread_key("coach:lock", "")
