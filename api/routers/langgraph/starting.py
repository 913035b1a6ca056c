"""Starts the run that a client asks for, on a thread or without one."""

from api.routers.langgraph.asked import asked, learner_of
from api.routers.langgraph.room import Room, new_uuid
from api.routers.langgraph.runs import Run
from api.routers.langgraph.schemas import RunCreate
from api.routers.langgraph.views import check_assistant
from infra.errors import Conflict, NotFound
from infra.scope import Scope
from learners.threads import Thread

DEFAULT_STRATEGY = "enqueue"


async def start(room: Room, tenant: str, thread_id: str, body: RunCreate) -> Run:
    """The run of an accepted turn. Raises NotFound for another assistant or no thread, BadInput for what is no turn,
    Conflict for another learner's thread or, with the strategy `reject`, a busy one."""
    check_assistant(body.assistant_id)
    thread = await _thread(room, tenant, thread_id, body)
    scope = Scope(tenant, learner_of(body, thread.labels, thread.learner_id))
    run_id = new_uuid()
    request = asked(body, scope.learner_id, thread_id, run_id)
    await room.threads.claim(scope, thread_id)
    return await room.runs.start(
        run_id,
        request,
        scope,
        strategy=body.multitask_strategy or DEFAULT_STRATEGY,
        modes=body.stream_mode,
        metadata=body.metadata or {},
    )


async def start_alone(room: Room, tenant: str, body: RunCreate) -> Run:
    """A run on a thread of its own; the caller removes the thread afterwards unless it shall be kept."""
    check_assistant(body.assistant_id)
    thread_id = new_uuid()
    return await start(room, tenant, thread_id, body.model_copy(update={"if_not_exists": "create"}))


async def _thread(room: Room, tenant: str, thread_id: str, body: RunCreate) -> Thread:
    try:
        return await room.threads.get(tenant, thread_id)
    except NotFound:
        if body.if_not_exists != "create":
            raise
    try:
        return await room.threads.create(tenant, thread_id, {})
    except Conflict:  # made by another request meanwhile
        return await room.threads.get(tenant, thread_id)
