"""Opening a Redis: the embedded one, a real one, and every way in which there is none."""

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from redis.asyncio import Redis, SSLConnection
from redis.crc import key_slot

from infra.errors import BadInput, Misconfigured, Unavailable
from infra.filelock import eventually
from infra.redis import (
    _pool,
    connect,
    open_redis,
    ping,
    redis_errors,
    rewrite_log,
    server_and_version,
    thread_key,
    thread_of,
)
from infra.settings import Settings, load_settings
from infra.valkey import EmbeddedValkey
from tests.servers import NO_REDIS, redis_url


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


async def test_everything_is_appended_to_a_file_once_a_second(embedded: Redis) -> None:
    options = await embedded.config_get("append*", "port")
    assert (options["appendonly"], options["appendfsync"], options["port"]) == ("yes", "everysec", "0")


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


@pytest.mark.parametrize("url", ["http://127.0.0.1", "redis://:sec/ret@127.0.0.1:6379", "redis://127.0.0.1:port"])
async def test_a_malformed_url_is_a_misconfiguration_and_is_not_repeated(url: str) -> None:
    with pytest.raises(Misconfigured) as refused:
        async with connect(url):
            pass
    assert "sec" not in str(refused.value)


def test_rediss_means_tls() -> None:
    assert _pool("rediss://127.0.0.1:6380/0").connection_class is SSLConnection


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
