"""The embedded Valkey: one server a folder, whoever dies and whoever comes."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from infra.errors import Unavailable
from infra.filelock import eventually
from infra.settings import ROOT
from infra.valkey import LONGEST_SOCKET_BYTES, EmbeddedValkey, socket_for

DIES_WITHOUT_CLOSING = """
import os, pathlib, sys, redis
from infra.valkey import EmbeddedValkey
with redis.Redis(unix_socket_path=str(EmbeddedValkey(pathlib.Path(sys.argv[1])).open())) as client:
    client.set("said before dying", 1)
os.kill(os.getpid(), 9)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "valkey"
    last = EmbeddedValkey(tmp_path / "valkey")
    if last.running:
        last.open()
        last.close()


def asked(valkey: EmbeddedValkey, *command: str) -> object:
    with redis.Redis(unix_socket_path=str(valkey.socket), decode_responses=True) as client:
        return client.execute_command(*command)


def run_id(valkey: EmbeddedValkey) -> str:
    with redis.Redis(unix_socket_path=str(valkey.socket), decode_responses=True) as client:
        return str(client.info("server")["run_id"])


def test_what_was_stored_is_there_after_a_clean_stop_and_start(folder: Path) -> None:
    first = EmbeddedValkey(folder)
    first.open()
    asked(first, "SET", "key", "value")
    first.close()
    assert not first.running
    second = EmbeddedValkey(folder)
    second.open()
    assert asked(second, "GET", "key") == "value"
    second.close()


def test_many_who_come_at_once_share_one_server_and_the_last_one_stops_it(folder: Path) -> None:
    users = [EmbeddedValkey(folder) for _ in range(6)]
    threads = [threading.Thread(target=user.open) for user in users]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({run_id(user) for user in users}) == 1
    for user in users[:-1]:
        user.close()
        assert user.running
    users[-1].close()
    assert not users[-1].running


def test_the_server_outlives_a_killed_parent_and_the_next_user_takes_it_over(folder: Path) -> None:
    parent = subprocess.run([sys.executable, "-c", DIES_WITHOUT_CLOSING, str(folder)], cwd=ROOT, check=False)
    assert parent.returncode == -signal.SIGKILL
    heir = EmbeddedValkey(folder)
    assert heir.running
    heir.open()
    assert asked(heir, "GET", "said before dying") == "1"
    heir.close()
    assert not heir.running


def test_a_killed_server_loses_nothing_that_it_acknowledged(folder: Path) -> None:
    valkey = EmbeddedValkey(folder)
    valkey.open()
    asked(valkey, "SET", "key", "value")
    os.kill(int((folder / "valkey.pid").read_text()), signal.SIGKILL)
    assert eventually(lambda: None if valkey.running else True, timeout_s=5)
    assert valkey.socket.exists(), "a stale socket must be what the next start finds"
    valkey.close()
    again = EmbeddedValkey(folder)
    again.open()
    assert asked(again, "GET", "key") == "value"
    again.close()


def test_a_server_whose_socket_was_deleted_is_named_and_not_doubled(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("infra.valkey.WAIT_S", 0.2)
    valkey = EmbeddedValkey(folder)
    valkey.open()
    aside = valkey.socket.rename(folder / "aside")
    with pytest.raises(Unavailable, match="does not answer"):
        EmbeddedValkey(folder).open()
    aside.rename(valkey.socket)
    valkey.close()
    assert not valkey.running


def test_a_server_that_cannot_read_its_file_is_reported_with_its_log(folder: Path) -> None:
    valkey = EmbeddedValkey(folder)
    valkey.open()
    valkey.close()
    manifest = next((folder / "appendonlydir").glob("*.manifest"))
    manifest.write_text("not a manifest\n")
    with pytest.raises(Unavailable, match=r"valkey\.log"):
        valkey.open()
    assert not valkey.running


def test_closing_twice_or_without_opening_is_harmless(folder: Path) -> None:
    valkey = EmbeddedValkey(folder)
    valkey.close()
    valkey.open()
    valkey.close()
    valkey.close()
    assert not valkey.running


def test_a_folder_deeper_than_a_socket_path_may_be_still_works(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 60) / ("ê" * 60)
    valkey = EmbeddedValkey(deep)
    socket = valkey.open()
    assert len(os.fsencode(socket)) <= LONGEST_SOCKET_BYTES
    assert socket.parent.stat().st_mode & 0o077 == 0
    assert asked(valkey, "PING") is True
    valkey.close()
    assert not socket.exists()


def test_folders_have_sockets_of_their_own(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 100)
    assert len({socket_for(deep / "a"), socket_for(deep / "b"), socket_for(Path("/a")), socket_for(Path("/b"))}) == 4
    assert socket_for(deep / "a") == socket_for(deep / "a")
