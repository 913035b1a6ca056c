"""Two light coaches on one Valkey and one database, and everything that can happen to them."""

import asyncio
import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

from redis.asyncio import Redis

from evals.drills.light import Asked, Place, database_in
from graphs.turns import TurnEvent
from infra.clock import new_id
from infra.filelock import eventually
from infra.redis import connect
from infra.settings import ROOT
from infra.valkey import EmbeddedValkey

COACHES = 2
READY_S = 20.0
SETTLE_S = 30.0
PAUSE_S = 0.05
STOP_S = 0.5


class Broken(AssertionError):
    """An invariant does not hold; the message says which, for which turn."""


@dataclass(eq=False)
class Listening:
    """One connection of a client: what it got, and whether it is still open."""

    since: int
    events: list[TurnEvent] = field(default_factory=list)
    task: "asyncio.Task[None] | None" = None
    resumed_from: str | None = None

    @property
    def last_id(self) -> str | None:
        return next((event["id"] for event in reversed(self.events) if "id" in event), self.resumed_from)


@dataclass(eq=False)
class Sent:
    """One message of the child and all that clients did to get its answer. Times are ticks of the world."""

    request: dict[str, Any]
    sent_at: int
    accepted_at: int | None = None
    listenings: list[Listening] = field(default_factory=list)

    @property
    def id(self) -> str:
        return str(self.request["turn_id"])

    @property
    def thread(self) -> str:
        return str(self.request["thread_id"])

    @property
    def is_refused(self) -> bool:
        """Every attempt was told that the conversation is busy: the turn was never accepted."""
        ends = [listening.events[-1] if listening.events else None for listening in self.listenings]
        return all(end is not None and end.get("code") == "conflict" and "id" not in end for end in ends)


class World:
    """Opened once; each `begin` is a new child on the same stores."""

    def __init__(self, folder: Path, *, settle_s: float = SETTLE_S, **variant: Any) -> None:
        """`settle_s`: how long the end of a story may take a turn; `variant`: fields of `Place`."""
        self.folder = folder
        self._settle_s = settle_s
        self.sent: list[Sent] = []
        self.valkey_was_killed = False
        self._variant = variant
        self._pids: dict[int, int] = {}
        self._asleep: set[int] = set()
        self._tick = 0

    # -- opening --------------------------------------------------------------------------------------

    async def open(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._nursery = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "evals.drills.nursery", cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._valkey = EmbeddedValkey(self.folder / "valkey")
        self._socket = await asyncio.to_thread(self._valkey.open)
        self.database = database_in(self.folder, self._variant.get("database_url", ""))
        await self.database.open()
        self._connected = contextlib.AsyncExitStack()
        self.redis: Redis = await self._connected.enter_async_context(connect(self.redis_url))
        await self.all_up()

    async def close(self) -> None:
        for number in tuple(self._pids):
            self.kill(number)
        assert self._nursery.stdin
        self._nursery.stdin.close()
        await self._nursery.wait()
        await self._connected.aclose()
        await self.database.close()
        await asyncio.to_thread(self._valkey.close)

    @property
    def redis_url(self) -> str:
        return f"unix://{quote(str(self._socket))}"

    async def begin(self) -> None:
        """A new child; everybody is awake."""
        self.learner = f"child-{new_id()[:12]}"
        self.sent = []
        self.valkey_was_killed = False
        await self.all_up()

    async def all_up(self) -> None:
        await self.start_valkey()
        for number in range(COACHES):
            self.wake(number)
            await self.start(number)

    # -- clients --------------------------------------------------------------------------------------

    def send(self, thread: str, strategy: str, pause_ms: int, number: int) -> Sent:
        request = {
            "text": f"{len(self.sent)} {pause_ms}",
            "learner_id": self.learner,
            "thread_id": thread,
            "turn_id": new_id(),
            "strategy": strategy,
        }
        sent = Sent(request, self._now())
        self.sent.append(sent)
        self.listen(sent, number)
        return sent

    def listen(self, sent: Sent, number: int, after: str | None = None, how: Asked = "send") -> Listening:
        listening = Listening(self._now(), resumed_from=after)
        sent.listenings.append(listening)
        listening.task = asyncio.create_task(self._listen(sent, listening, number, how))
        return listening

    async def stop(self, sent: Sent, number: int, how: Asked) -> None:
        """Asks a coach to stop the turn; it may be down, or asleep, or not know the turn."""
        with contextlib.suppress(OSError):
            reader, writer = await asyncio.open_unix_connection(self._place(number).socket)
            writer.write(json.dumps({"request": sent.request, "how": how}).encode() + b"\n")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(reader.read(), STOP_S)
            writer.close()

    def hang_up(self, sent: Sent) -> None:
        for listening in sent.listenings:
            if listening.task is not None:
                listening.task.cancel()

    def reconnect(self, sent: Sent, number: int, how: Asked = "send") -> None:
        self.hang_up(sent)
        self.listen(sent, number, sent.listenings[-1].last_id, how)

    async def _listen(self, sent: Sent, listening: Listening, number: int, how: Asked) -> None:
        try:
            reader, writer = await asyncio.open_unix_connection(self._place(number).socket, limit=1 << 20)
        except OSError:
            return
        try:
            asked = {"request": sent.request, "last_event_id": listening.resumed_from, "how": how}
            writer.write(json.dumps(asked).encode() + b"\n")
            while line := await reader.readline():
                if line.endswith(b"\n"):
                    self._heard(sent, listening, json.loads(line))
        except OSError:
            pass
        finally:
            writer.close()

    def _heard(self, sent: Sent, listening: Listening, event: TurnEvent) -> None:
        listening.events.append(event)
        if "id" in event and sent.accepted_at is None:
            sent.accepted_at = self._now()

    def _now(self) -> int:
        self._tick += 1
        return self._tick

    # -- accidents ------------------------------------------------------------------------------------

    def is_up(self, number: int) -> bool:
        return number in self._pids

    async def start(self, number: int) -> None:
        if number in self._pids:
            return
        place = self._place(number)
        place.socket.unlink(missing_ok=True)
        assert self._nursery.stdin
        assert self._nursery.stdout
        self._nursery.stdin.write(place.dumped().encode() + b"\n")
        self._pids[number] = int(await self._nursery.stdout.readline())
        async with asyncio.timeout(READY_S):
            await _answering(place.socket)

    def kill(self, number: int) -> None:
        if number in self._pids:
            self._asleep.discard(number)
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._pids.pop(number), signal.SIGKILL)

    def stall(self, number: int) -> None:
        if number in self._pids:
            self._asleep.add(number)
            os.kill(self._pids[number], signal.SIGSTOP)

    def wake(self, number: int) -> None:
        if number in self._asleep:
            self._asleep.discard(number)
            os.kill(self._pids[number], signal.SIGCONT)

    async def kill_valkey(self) -> None:
        if self._valkey.running:
            self.valkey_was_killed = True
            os.kill(int((self.folder / "valkey" / "valkey.pid").read_text()), signal.SIGKILL)
        await asyncio.to_thread(eventually, lambda: None if self._valkey.running else True, READY_S)

    @property
    def is_valkey_up(self) -> bool:
        return self._valkey.running

    async def start_valkey(self) -> None:
        """Starts it on its folder again; the append-only file has everything that was acknowledged."""
        if not self._valkey.running:
            again = EmbeddedValkey(self.folder / "valkey")
            await asyncio.to_thread(again.open)
            first, self._valkey = self._valkey, again
            await asyncio.to_thread(first.close)

    # -- the end --------------------------------------------------------------------------------------

    async def settle(self) -> dict[str, Sequence[TurnEvent]]:
        """All is well again, and each client asks for its answers until it has them: the whole stream of every turn."""
        await self.all_up()
        for sent in self.sent:
            for listening in sent.listenings:
                assert listening.task is not None
                if not listening.task.done():
                    with contextlib.suppress(TimeoutError):
                        async with asyncio.timeout(self._settle_s):
                            await asyncio.shield(listening.task)
                self._stop(listening)
        return {sent.id: await self._answered(sent) for sent in self.sent if not sent.is_refused}

    @staticmethod
    def _stop(listening: Listening) -> None:
        if listening.task is not None:
            listening.task.cancel()

    async def _answered(self, sent: Sent) -> Sequence[TurnEvent]:
        request = Sent({**sent.request, "strategy": "enqueue"}, 0)
        try:
            async with asyncio.timeout(self._settle_s):
                while True:
                    listening = self.listen(request, 0)
                    assert listening.task is not None
                    await listening.task
                    if listening.events and _is_answer(listening.events[-1]):
                        return listening.events
                    await asyncio.sleep(PAUSE_S)
        except TimeoutError:
            told = [heard.events[-1:] for heard in request.listenings[-2:]]
            raise Broken(f"every accepted turn is answered: {sent.request}, last told {told}") from None

    def _place(self, number: int) -> Place:
        place = Place(self.folder / f"coach-{number}.sock", self.redis_url, self.folder)
        return replace(place, **self._variant)


async def _answering(socket: Path) -> None:
    """Waits until somebody listens."""
    while True:
        try:
            _, writer = await asyncio.open_unix_connection(socket)
        except OSError:
            await asyncio.sleep(PAUSE_S / 5)
        else:
            writer.close()
            return


def _is_answer(last: TurnEvent) -> bool:
    """Whether the turn is over for good: a failed one may be sent again."""
    return "id" in last and (last["event"] == "final" or last.get("code") == "rolled_back")
