"""The turn ledger in Redis: what was asked, what was already said, and how it ended."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, cast

from langgraph.checkpoint.serde.base import SerializerProtocol
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer
from redis.asyncio import Redis

from graphs.checkpoint_layout import framed, unframed
from graphs.turns.keys import GROUPS, group_of, open_turns, thread_key
from graphs.turns.run_book import RunBook
from graphs.turns.schemas import TurnEvent, TurnRequest
from graphs.turns.scripts import APPEND, CLOSE, FOLLOW, LOAD, OPEN, RELEASE, RENEW, STOP, TAKE
from infra.errors import Conflict, RateLimited, TurnMismatch
from infra.redis import answers, redis_errors, replicated
from infra.redis_client import is_guarded
from infra.scope import Scope

HOUR_MS = 60 * 60 * 1000
OPEN_TTL_MS = 7 * 24 * HOUR_MS
CLOSED_TTL_MS = 24 * HOUR_MS
LONGEST_QUEUE = 64
MOST_EVENTS = 512
BUSY_RETRY_S = 1.0

State = Literal["open", "done", "failed", "rolled_back"]
Mark = Literal["", "interrupt", "rollback", "committed"]
Stop = Literal["interrupt", "rollback"]


class LeaseLost(Exception):
    """Somebody else has the thread now: whatever this holder still wants to write is too late."""


class Withdrawn(Exception):
    """A later message took this turn back before its reply was recorded."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of one thread; `thread` names tenant, learner and thread as the checkpointer does."""

    thread: str
    id: str


@dataclass(frozen=True, slots=True)
class Input:
    """What a turn was asked: enough to run it in another process."""

    request: TurnRequest
    tenant: str
    correlation_id: str

    @property
    def scope(self) -> Scope:
        return Scope(tenant=self.tenant, learner_id=self.request.learner_id)

    @property
    def hash(self) -> str:
        """Of what makes the turn the same turn: not of its id, nor of how it came into the queue."""
        return hashlib.sha256(self._json(exclude={"turn_id", "strategy"}).encode()).hexdigest()

    def dumped(self) -> str:
        return json.dumps({"request": self._json(), "tenant": self.tenant, "correlation_id": self.correlation_id})

    def _json(self, exclude: set[str] | None = None) -> str:
        return self.request.model_dump_json(exclude=exclude)

    @classmethod
    def loaded(cls, text: bytes) -> "Input":
        stored = json.loads(text)
        return cls(TurnRequest.model_validate_json(stored["request"]), stored["tenant"], stored["correlation_id"])


@dataclass(frozen=True, slots=True)
class Opened:
    """`first_id`: of the status event, None for a turn that was known. `head`: what to run, when we got the lock."""

    first_id: str | None = None
    head: str | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """A turn to run, and what earlier attempts left: finished steps, sentences that were said, what others want."""

    turn: Turn
    input: Input
    attempts: int = 0
    steps: Mapping[str, Any] = field(default_factory=dict)
    said: Sequence[Mapping[str, str]] = ()
    mark: Mark = ""


@dataclass(frozen=True, slots=True)
class Followed:
    """Events after the one asked for, oldest first. `state` is None when the ledger does not know the turn."""

    events: Sequence[tuple[str, TurnEvent]]
    state: State | None
    is_held: bool


class TurnLedger:
    """Every method is one round trip and raises Unavailable when Redis is down.

    `lease_ms`: how long a holder may be silent before another may take its thread. `prefix` starts every key.
    """

    def __init__(
        self,
        client: Redis,
        *,
        lease_ms: int = 6000,
        prefix: str = "coach",
        serde: SerializerProtocol | None = None,
    ) -> None:
        self.lease_ms = lease_ms
        self._client = client
        self._is_guarded = is_guarded(client)
        self._prefix = prefix
        self._serde = serde or JsonPlusSerializer()
        self._scripts = {
            script: client.register_script(script)
            for script in (OPEN, STOP, TAKE, LOAD, APPEND, CLOSE, RENEW, RELEASE, FOLLOW)
        }

    def run_book(self) -> RunBook:
        """Beside the ledger's own keys."""
        return RunBook(self._client, self._prefix)

    async def forget(self, turn: Turn) -> None:
        """Takes the turn off the list of those that may be open: it has expired, or never was."""
        with redis_errors():
            await self._client.zrem(open_turns(self._prefix, group_of(turn.thread)), f"{turn.id} {turn.thread}")

    async def unfinished(self, before: float, start: int, count: int) -> Sequence[Turn]:
        """Open turns, of each group the oldest first, at most `count` from number `start` on.

        A part of a Cluster that is down hides its own turns only.
        """
        page = ("-inf", before, "LIMIT", start, count)
        lists = [("ZRANGEBYSCORE", open_turns(self._prefix, group), *page) for group in range(GROUPS)]
        found = [member.decode() for members in await self._answers(lists) for member in members]
        return [Turn(thread, id) for id, _, thread in (member.partition(" ") for member in found)]

    async def busy(self, threads: Sequence[str]) -> Sequence[bool]:
        """Whether each of the threads has open turns; one round trip for all."""
        queues = [("EXISTS", self._key("turn-queue", thread)) for thread in threads]
        with redis_errors():
            found = await answers(self._client, queues)
            for answer in found:
                if isinstance(answer, Exception):
                    raise answer
        return [bool(answer) for answer in found]

    async def open(self, turn: Turn, input: Input, token: str, status: TurnEvent, at: float) -> Opened:
        """Makes the turn durable, at the end of its thread's queue; the lock goes with it when it is free.

        `at`: Unix time, for the list that recovery reads. Raises TurnMismatch when the id has another body, Conflict
        under `reject` while another turn is open, RateLimited when too many wait.
        """
        strategy, status_event = input.request.strategy, json.dumps(status)
        arguments = [turn.id, turn.thread, input.hash, input.dumped(), strategy, token, self.lease_ms, OPEN_TTL_MS]
        answer = await self._promise(OPEN, turn, [*arguments, status_event, LONGEST_QUEUE, at])
        kind = answer[0].decode()
        if kind == "mismatch":
            raise TurnMismatch("This turn_id was used with another body: take a new id for a new message.")
        if kind == "busy":
            raise Conflict("Another turn of this conversation is running: wait for it.", retry_after=BUSY_RETRY_S)
        if kind == "full":
            raise RateLimited("Too many messages of this conversation wait.", retry_after=BUSY_RETRY_S)
        return Opened() if kind == "known" else Opened(answer[1].decode(), _text(answer, 2))

    async def stop(self, turn: Turn, how: Stop) -> State | None:
        """Asks the open turn to speak no more or to be taken back, unless its reply is being recorded already.

        The turn's state as it was found; None when the ledger does not know the turn.
        """
        state = bytes(await self._call(STOP, turn, [turn.id, how, OPEN_TTL_MS])).decode()
        return cast(State, state) if state else None

    async def asked(self, turn: Turn) -> Input | None:
        """What an open turn was asked; None for one that has ended."""
        with redis_errors():
            stored = cast(bytes | None, await self._client.hget(self._of_turn(turn)[0], "input"))
        return None if stored is None else Input.loaded(stored)

    async def take(self, thread: str, token: str, *, forced: bool = False) -> str | None:
        """The turn to run first, when the thread has open turns and its lock was free (or `forced`)."""
        keys = [self._key("turn-queue", thread), self._key("turn-lock", thread)]
        with redis_errors():
            head = await self._scripts[TAKE](keys, [token, self.lease_ms, int(forced)])
        return None if head is None else bytes(head).decode()

    async def load(self, turn: Turn, token: str) -> Work | str | None:
        """The open turn; for one that is not open the id of the next, None when there is none. Raises LeaseLost."""
        answer = await self._call(LOAD, turn, [turn.id, turn.thread, token])
        if answer[0] == b"lost":
            raise LeaseLost
        if answer[0] == b"gone":
            return _text(answer, 1)
        _, stored, attempts, journal, mark, entries = answer
        said = [json.loads(fields[b"sentence"]) for _, fields in map(_entry, entries) if b"sentence" in fields]
        steps = unframed(self._serde, journal) if journal else {}
        return Work(turn, Input.loaded(stored), int(attempts), steps, said, cast(Mark, mark.decode()))

    async def append(
        self,
        turn: Turn,
        token: str,
        place: int,
        said: Sequence[tuple[TurnEvent, Mapping[str, str]]],
        steps: Mapping[str, Any] | None,
        *,
        is_whole: bool = False,
    ) -> Sequence[str]:
        """The ids of the events, the first being number `place` of its turn; none when the turn shall speak no more.

        `is_whole`: with these events the reply is, and `steps` hold it: they are committed in the same step. Raises
        LeaseLost or Withdrawn.
        """
        journal = b"" if steps is None else framed(self._serde, steps)
        entries = [json.dumps(part) for pair in said for part in pair]
        whole = "whole" if is_whole else ""
        arguments = [turn.id, token, place, journal, whole, OPEN_TTL_MS, MOST_EVENTS, *entries]
        answer = await self._promise(APPEND, turn, arguments)
        return [event_id.decode() for event_id in answer[1:]] if _allowed(answer) else []

    async def commit(self, turn: Turn, token: str, steps: Mapping[str, Any]) -> None:
        """Makes a reply that ended early durable before anything is recorded. Raises LeaseLost or Withdrawn."""
        await self.append(turn, token, 0, (), steps, is_whole=True)

    async def close(self, turn: Turn, token: str, state: State, event: TurnEvent) -> tuple[str, str | None]:
        """Ends the turn with its last event: the event's id, and the next turn of the thread, if any.

        Raises LeaseLost.
        """
        arguments = [turn.id, turn.thread, token, state, json.dumps(event), CLOSED_TTL_MS, self.lease_ms]
        answer = await self._call(CLOSE, turn, arguments)
        if not answer[0]:
            raise LeaseLost
        return answer[0].decode(), _text(answer, 1)

    async def renew(self, turn: Turn, token: str) -> Mark:
        """Lengthens the lock that runs `turn`; gives what others want of the turn. Raises LeaseLost."""
        keys = [self._key("turn-lock", turn.thread), self._key("turn-marks", turn.thread)]
        with redis_errors():
            mark = bytes(await self._scripts[RENEW](keys, [token, self.lease_ms, turn.id])).decode()
        if mark == "lost":
            raise LeaseLost
        return cast(Mark, mark)

    async def release(self, thread: str, token: str) -> None:
        with redis_errors():
            await self._scripts[RELEASE]([self._key("turn-lock", thread)], [token])

    async def follow(self, turn: Turn, after: str) -> Followed:
        """What happened after the event with the id `after`."""
        keys = [*self._of_turn(turn), self._key("turn-lock", turn.thread)]
        with redis_errors():
            entries, state, is_held = await self._scripts[FOLLOW](keys, [_following(after)])
        events = [(id, json.loads(fields[b"event"])) for id, fields in map(_entry, entries)]
        return Followed(events, cast(State, state.decode()) if state else None, bool(is_held))

    async def _answers(self, commands: Sequence[tuple[Any, ...]]) -> Sequence[Any]:
        """The answers there are. Raises Unavailable when there is none."""
        found = await answers(self._client, commands)
        given = [answer for answer in found if not isinstance(answer, Exception)]
        if not given:
            with redis_errors():
                raise found[0]
        return given

    async def _call(self, script: str, turn: Turn, arguments: Sequence[Any]) -> Any:
        with redis_errors():
            return await self._scripts[script](self._keys(turn), arguments)

    async def _promise(self, script: str, turn: Turn, arguments: Sequence[Any]) -> Any:
        """A step that is told to others when it is done: where a replica may take over, it has the step too by then."""
        if not self._is_guarded:
            return await self._call(script, turn, arguments)
        with redis_errors():
            return await replicated(self._client, self._scripts[script], self._keys(turn), arguments)

    def _keys(self, turn: Turn) -> list[str]:
        of_thread = (self._key(kind, turn.thread) for kind in _OF_THREAD)
        return [*self._of_turn(turn), *of_thread, open_turns(self._prefix, group_of(turn.thread))]

    def _of_turn(self, turn: Turn) -> tuple[str, str]:
        return self._key(f"turn:{turn.id}", turn.thread), self._key(f"turn-events:{turn.id}", turn.thread)

    def _key(self, kind: str, thread: str) -> str:
        return thread_key(self._prefix, kind, thread)


_OF_THREAD = ("turn-queue", "turn-lock", "turn-marks")


def _allowed(answer: Sequence[bytes]) -> bool:
    """Whether the turn may go on speaking. Raises LeaseLost or Withdrawn."""
    if answer[0] == b"lost":
        raise LeaseLost
    if answer[0] == b"rollback":
        raise Withdrawn
    return answer[0] == b"ok"


def _entry(entry: Sequence[Any]) -> tuple[str, dict[bytes, bytes]]:
    id, fields = entry
    return id.decode(), dict(zip(fields[::2], fields[1::2], strict=True))


def _text(answer: Sequence[bytes | None], index: int) -> str | None:
    """The optional part of an answer: Lua drops what is nil at the end."""
    value = answer[index] if len(answer) > index else None
    return None if value is None else value.decode()


def position(event_id: str) -> tuple[int, int]:
    """The place of an event in its stream. Raises ValueError for what is not an event id."""
    milliseconds, _, sequence = event_id.partition("-")
    return int(milliseconds), int(sequence)


def _following(event_id: str) -> str:
    milliseconds, sequence = position(event_id)
    return f"{milliseconds}-{sequence + 1}"
