"""Throw-away Valkey servers on free TCP ports: one, a master with replicas under Sentinels, a Cluster."""

import contextlib
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import redis

from infra.valkey import binary

WAIT_S = 20.0
TRIES = 5
SERVICE = "coach"
DOWN_AFTER_MS = 500
SLOTS = 16384


@dataclass
class Server:
    """One process. `options` are those of its configuration, to start it again."""

    folder: Path
    port: int
    options: dict[str, str]
    process: "subprocess.Popen[bytes]"

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def ask(self, *command: str) -> Any:
        with redis.Redis(port=self.port, socket_timeout=WAIT_S, decode_responses=True) as client:
            return client.execute_command(*command)

    def kill(self) -> None:
        """As a crash: nothing is said, nothing is flushed."""
        self.process.send_signal(signal.SIGCONT)
        self.process.kill()
        self.process.wait()

    def pause(self) -> None:
        self.process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self.process.send_signal(signal.SIGCONT)

    def start_again(self) -> None:
        """On the same port and folder."""
        self.process = _run(self.folder, self.port, self.options)
        if not _answers(self):
            raise RuntimeError(f"{self.folder}: the server did not come back")


@contextlib.contextmanager
def valkey(folder: Path, **options: str) -> Iterator[Server]:
    """A server on a free port. Another process may take that port first: then another is tried."""
    server = _started(folder, options)
    try:
        yield server
    finally:
        server.kill()


def _started(folder: Path, options: dict[str, str]) -> Server:
    folder.mkdir(parents=True)
    for _ in range(TRIES):
        port = free_port()
        more = {"cluster-port": str(free_port())} if "cluster-enabled" in options else {}
        server = Server(folder, port, {**options, **more}, _run(folder, port, {**options, **more}))
        is_up = False
        try:
            is_up = _answers(server)
        finally:
            if not is_up:
                server.kill()
        if is_up:
            return server
    raise RuntimeError(f"no Valkey started in {folder}: {(folder / 'log').read_text()[-500:]}")


def _run(folder: Path, port: int, options: dict[str, str]) -> "subprocess.Popen[bytes]":
    config = {"port": str(port), "bind": "127.0.0.1", "dir": str(folder), "save": '""', "appendonly": "yes", **options}
    mode = []
    if "sentinel" in config:
        mode = ["--sentinel"]
        config = {name: config[name] for name in ("port", "bind", "dir")}
    path = folder / "valkey.conf"
    if not mode or not path.exists():
        path.write_text("".join(f"{name} {value}\n" for name, value in config.items()), "utf-8")
    with (folder / "log").open("ab") as log:
        return subprocess.Popen([binary(), str(path), *mode], stdout=log, stderr=log, stdin=subprocess.DEVNULL)


def _answers(server: Server) -> bool:
    def asked() -> bool | None:
        if server.process.poll() is not None:
            return False
        with contextlib.suppress(redis.ConnectionError, redis.BusyLoadingError):
            return bool(server.ask("PING"))
        return None

    return bool(until(asked))


def until(found: Callable[[], Any]) -> Any:
    """What `found` gives once it is not None."""
    deadline = time.monotonic() + WAIT_S
    while (answer := found()) is None:
        if time.monotonic() > deadline:
            raise TimeoutError
        time.sleep(0.02)
    return answer


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Guarded:
    """A master and its replica, watched by Sentinels."""

    master: Server
    replica: Server
    sentinels: tuple[Server, ...]

    def patience(self, milliseconds: int) -> None:
        """How long the master may be silent before the Sentinels take it for dead."""
        for sentinel in self.sentinels:
            sentinel.ask("SENTINEL", "SET", SERVICE, "down-after-milliseconds", str(milliseconds))

    @property
    def url(self) -> str:
        return f"redis+sentinel://{','.join(sentinel.address for sentinel in self.sentinels)}/{SERVICE}/0"


@contextlib.contextmanager
def guarded(folder: Path, sentinels: int = 3) -> Iterator[Guarded]:
    """Ready for a failover: the replica is in step and the Sentinels know of each other."""
    with contextlib.ExitStack() as stack:
        master = stack.enter_context(valkey(folder / "master", **_QUICK))
        follow = {"replicaof": f"127.0.0.1 {master.port}", **_QUICK}
        replica = stack.enter_context(valkey(folder / "replica", **follow))
        watching = [stack.enter_context(valkey(folder / f"s{n}", sentinel="yes")) for n in range(sentinels)]
        for sentinel in watching:
            sentinel.ask("SENTINEL", "MONITOR", SERVICE, "127.0.0.1", str(master.port), str(sentinels // 2 + 1))
            sentinel.ask("SENTINEL", "SET", SERVICE, "failover-timeout", "3000")
        until(lambda: "master_link_status:up" in _info(replica, "replication") or None)
        for sentinel in watching:
            until(lambda s=sentinel: _knows(s, sentinels) or None)  # type: ignore[misc]
        servers = Guarded(master, replica, tuple(watching))
        servers.patience(DOWN_AFTER_MS)
        yield servers


_QUICK = {"repl-diskless-sync-delay": "0"}


def _knows(sentinel: Server, sentinels: int) -> bool:
    master = sentinel.ask("SENTINEL", "MASTER", SERVICE)
    facts = master if isinstance(master, dict) else dict(zip(master[::2], master[1::2], strict=True))
    return int(facts["num-other-sentinels"]) == sentinels - 1 and int(facts["num-slaves"]) == 1


def _info(server: Server, section: str) -> str:
    with redis.Redis(port=server.port, decode_responses=True) as client:
        return "\n".join(f"{name}:{value}" for name, value in client.info(section).items())


@contextlib.contextmanager
def cluster(folder: Path, masters: int = 3) -> Iterator[tuple[Server, ...]]:
    """Nodes that share all slots and agree on it."""
    options = {"cluster-enabled": "yes", "cluster-node-timeout": "2000", "cluster-require-full-coverage": "no"}
    with contextlib.ExitStack() as stack:
        nodes = [stack.enter_context(valkey(folder / f"node{n}", **options)) for n in range(masters)]
        for number, node in enumerate(nodes):
            first, end = number * SLOTS // masters, (number + 1) * SLOTS // masters
            node.ask("CLUSTER", "ADDSLOTSRANGE", str(first), str(end - 1))
            if number:
                other = nodes[0]
                node.ask("CLUSTER", "MEET", "127.0.0.1", str(other.port), other.options["cluster-port"])
        for node in nodes:
            until(lambda n=node: _agrees(n, masters) or None)  # type: ignore[misc]
        yield tuple(nodes)


def _agrees(node: Server, masters: int) -> bool:
    with redis.Redis(port=node.port, decode_responses=True) as client:
        facts: Any = client.execute_command("CLUSTER INFO")
    return bool(facts["cluster_state"] == "ok" and facts["cluster_size"] == str(masters))


def cluster_url(nodes: tuple[Server, ...]) -> str:
    return f"redis+cluster://{','.join(node.address for node in nodes)}"
