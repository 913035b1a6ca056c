"""A coach whose turns are cheap but whose turn safety is the real one, in a process that may be killed.

Real: the graph's shape, its reply and record nodes, checkpoints, ledger, locks, recovery, SQL. Light: what is found out
about a text, and the words: three sentences that differ each time they are worded, like a model's.
"""

import asyncio
import importlib
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast

from langchain_core.messages import AnyMessage
from langgraph.checkpoint.serde.base import SerializerProtocol
from langgraph.runtime import Runtime
from redis.asyncio import Redis

from graphs.coach import coach_graph
from graphs.conversation import Conversation
from graphs.nodes import CoachNodes
from graphs.services import Services, TurnContext
from graphs.state import CoachState, last_human
from graphs.turns import CoachService, TurnEvent, TurnLedger, TurnRequest, TurnSaver
from infra.clock import SystemClock, new_id
from infra.database import Database
from infra.errors import CoachError
from infra.redis import connect
from infra.scope import scope_of
from infra.settings import load_settings
from learners.ports import Evidence, StoredEvidence
from learners.service import SqlLearnerService
from providers.directive import Act, Directive
from providers.ports import Sentence

Asked = Literal["send", "follow", "interrupt", "rollback"]
SENTENCES = 3
LEASE_MS = 900
_DAYS = 1.0


class LightLessons:
    """One lesson without content."""

    def at(self, lesson_id: str, step_id: str) -> Any:
        return _Position()


class _Title:
    def model_dump(self) -> dict[str, str]:
        return {"en": "", "vi": ""}


class _Position:
    """A place in a lesson, as far as an outcome shows it."""

    id, index, title = "light", 0, _Title()
    steps: Sequence[Any] = ()

    @property
    def lesson(self) -> "_Position":
        return self

    @property
    def step(self) -> "_Position":
        return self


class LightWording:
    """Three sentences, a little apart; never the same twice."""

    async def sentences(
        self, directive: Directive, instructions: str, history: Sequence[AnyMessage]
    ) -> AsyncIterator[Sentence]:
        pause, name = pause_of(directive.said.text), new_id()
        for number in range(SENTENCES):
            if pause:  # without one the sentences come together, like the scripted coach's
                await asyncio.sleep(pause)
            yield {"text": f"Reply {number} {name[:8]}.", "vi": "", "provider": "light", "message_id": name}


def pause_of(text: str) -> float:
    """Seconds between sentences, from a text like "17 5": the second number is milliseconds."""
    return int(text.split()[1]) / 1000


class LightNodes(CoachNodes):
    """The graph's nodes, those that find things out replaced; a decision depends on what was recorded before."""

    async def screen(self, state: CoachState, runtime: Runtime[TurnContext]) -> dict[str, Any]:
        message = last_human(state["messages"])
        opening = await self._services.learners.opening(runtime.context.scope, str(message.id))
        if opening.is_recorded:
            runtime.context.was_recorded()
        learner = {"profile": {}, "progress": opening.progress}
        return {"screened": {"text": message.text, "safety": None}, "learner": learner}

    async def read(self, state: CoachState, runtime: Runtime[TurnContext]) -> dict[str, Any]:
        return {"reading": {}}

    async def recall(self, state: CoachState, runtime: Runtime[TurnContext]) -> dict[str, Any]:
        return {"recalled": {}}

    async def place(self, state: CoachState, runtime: Runtime[TurnContext]) -> dict[str, Any]:
        return {"placed": {}}

    async def plan(self, state: CoachState, runtime: Runtime[TurnContext]) -> dict[str, Any]:
        seen = state["learner"]["progress"].get("seen", 0)
        text = state["screened"]["text"]
        directive = Directive.model_validate({"act": Act.CHAT, "said": {"text": text}})
        evidence = Evidence(kind="word_used", item=f"word:{text}", detail={"seen": seen})
        return {
            "decision": {
                "directive": directive.model_dump(mode="json"),
                "evidence": [evidence.model_dump(mode="json")],
                "conversation": (state.get("conversation") or Conversation().model_dump(mode="json")),
            }
        }

    async def record(self, state: CoachState, runtime: Runtime[TurnContext]) -> dict[str, Any]:
        update = await super().record(state, runtime)
        await asyncio.sleep(pause_of(state["screened"]["text"]))  # as if the checkpoint were far away
        return update


@dataclass(frozen=True)
class Place:
    """Where a light coach lives: the socket it listens on and the stores it shares with its siblings."""

    socket: Path
    redis_url: str
    folder: Path
    database_url: str = ""  # SQLite in the folder
    lease_ms: int = LEASE_MS
    ledger: str = "graphs.turns.ledger:TurnLedger"  # another class shows what happens without the ledger or its lock
    fenced: bool = True

    def dumped(self) -> str:
        return json.dumps({**vars(self), "socket": str(self.socket), "folder": str(self.folder)})

    @classmethod
    def loaded(cls, text: str) -> "Place":
        stored = json.loads(text)
        return cls(**{**stored, "socket": Path(stored["socket"]), "folder": Path(stored["folder"])})

    def ledger_on(self, redis: Redis, serde: SerializerProtocol) -> TurnLedger:
        module, _, name = self.ledger.partition(":")
        made: TurnLedger = getattr(importlib.import_module(module), name)(redis, lease_ms=self.lease_ms, serde=serde)
        return made


def learners_on(database: Database) -> SqlLearnerService:
    def fold(known: Mapping[str, Any], seen: Sequence[StoredEvidence]) -> dict[str, Any]:
        return {"seen": known.get("seen", 0) + len(seen)}

    return SqlLearnerService(database, SystemClock(), fold)


def database_in(folder: Path, url: str = "") -> Database:
    return Database.of(load_settings({"COACH_DATA_DIR": str(folder), "COACH_DATABASE_URL": url}))


def services_on(database: Database) -> Services:
    """What a light coach's nodes call."""
    return Services(
        tools=cast(Any, None),
        embedder=cast(Any, None),
        memory=cast(Any, None),
        lessons=cast(Any, LightLessons()),
        learners=learners_on(database),
        wording=LightWording(),
        instructions=lambda directive, memories: "",
        forget_upload=cast(Any, None),
        clock=SystemClock(),
        recall_deadline_ms=100,
    )


def service_on(redis: Redis, database: Database, place: Place) -> CoachService:
    """A light coach on these stores; not started."""
    services = services_on(database)
    saver = TurnSaver(redis, ttl_days=_DAYS, fenced=place.fenced)
    graph = coach_graph(services, LightNodes(services)).compile(checkpointer=saver)
    ledger = place.ledger_on(redis, saver.serde)
    return CoachService(graph, saver, ledger, services.clock)


def run(place: Place) -> None:
    """A process of its own: serves until it is killed."""
    asyncio.run(_serve(place))


async def _asked(
    service: CoachService, request: Mapping[str, Any], how: Asked, last_event_id: str | None = None
) -> AsyncIterator[TurnEvent]:
    """The events of the turn, sent or known by its id; nothing where it shall be stopped."""
    wanted = TurnRequest.model_validate(request)
    known = (scope_of(wanted.learner_id), wanted.thread_id, str(wanted.turn_id))
    if how == "send":
        events = service.stream(wanted, known[0], last_event_id=last_event_id)
    elif how == "follow":
        events = service.follow(*known, last_event_id=last_event_id)
    else:
        await service.stop(*known, how)
        return
    async for event in events:
        yield event


async def _serve(place: Place) -> None:
    database = database_in(place.folder, place.database_url)
    await database.open()
    async with connect(place.redis_url) as redis:
        service = service_on(redis, database, place)
        await service.start()

        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            try:
                asked = json.loads(await reader.readline() or "null")
                if asked is None:  # somebody looked whether we are up
                    return
                async for event in _asked(service, **asked):
                    writer.write(json.dumps(event).encode() + b"\n")
                    await writer.drain()
            except (ConnectionError, CoachError):
                pass
            finally:
                writer.close()

        place.socket.unlink(missing_ok=True)
        server = await asyncio.start_unix_server(talk, place.socket, limit=1 << 20)
        await server.serve_forever()
