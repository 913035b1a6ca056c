"""What must hold of a child's conversation after whatever happened: every accepted turn answered exactly once."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from evals.drills.light import learners_on
from evals.drills.world import Broken, Sent, World
from graphs.checkpoint import RedisSaver
from graphs.turns import TurnEvent
from graphs.turns.ledger import position
from infra.scope import scope_of

Streams = Mapping[str, Sequence[TurnEvent]]
MOST_TURNS = 1000


def require(holds: bool, what: str, of: object) -> None:
    if not holds:
        raise Broken(f"{what}: {of}")


async def check(world: World, streams: Streams) -> None:
    """Raises Broken. `streams`: the whole stream of every turn that was accepted, as `World.settle` gives it."""
    for sent in world.sent:
        if sent.id in streams:
            _check_stream(sent, streams[sent.id])
            _check_heard(sent, streams[sent.id], may_begin_again=world.valkey_was_killed)
    await _check_stores(world, streams)


def _check_stream(sent: Sent, events: Sequence[TurnEvent]) -> None:
    kinds = [event["event"] for event in events]
    require(kinds[0] == "status", "a stream begins with its status", kinds)
    require(all(kind == "token" for kind in kinds[1:-1]), "one end, at the end", kinds)
    ids = [position(event["id"]) for event in events]
    require(all(one < two for one, two in pairwise(ids)), "ids grow", ids)
    if kinds[-1] == "final":
        outcome = events[-1]["outcome"]
        require(outcome["turn_id"] == sent.id, "a turn gets its own answer", sent.request)
        spoken = "".join(event["delta"] for event in events[1:-1])
        require(spoken == outcome["reply"], "the reply is what was said", (spoken, outcome["reply"]))


def _check_heard(sent: Sent, events: Sequence[TurnEvent], *, may_begin_again: bool) -> None:
    """Each connection got a piece of the stream without gap or repeat, from where it asked."""
    whole = list(events)
    ids = [event["id"] for event in whole]
    for listening in sent.listenings:
        heard = [event for event in listening.events if "id" in event]
        if not heard:
            continue
        if heard[0]["id"] not in ids:
            require(may_begin_again, "what was sent stays", (heard, whole))
            continue
        start = ids.index(heard[0]["id"])
        require(heard == whole[start : start + len(heard)], "no gap, no repeat, no other words", (heard, whole))
        after = listening.resumed_from
        if after is None or after in ids:
            expected = 0 if after is None else ids.index(after) + 1
            require(start == expected, "the rest begins where the listener was", (after, heard, ids))


async def _check_stores(world: World, streams: Streams) -> None:
    """Transcript = checkpoint = evidence = what clients were told, in the order in which turns were accepted."""
    learners, scope = learners_on(world.database), scope_of(world.learner)
    lines = await learners.transcript(scope, limit=MOST_TURNS)
    answered = {id: events[-1]["outcome"] for id, events in streams.items() if events[-1]["event"] == "final"}
    recorded = [line.turn_id for line in lines]
    require(sorted(recorded) == sorted(answered), "the transcript has each answered turn once", (recorded, answered))
    for line in lines:
        require(line.replied == answered[line.turn_id]["reply"], "recorded as it was said", line)
    evidence = [seen.turn_id for seen in await learners.evidence(scope)]
    require(evidence == recorded, "evidence once a turn", (evidence, recorded))
    progress = await learners.progress(scope)
    require(progress.get("seen", 0) == len(recorded), "progress counts each turn once", progress)
    for thread in {sent.thread for sent in world.sent}:
        name = f"{scope.key}:{thread}"
        told = [(line.turn_id, line.said, line.replied) for line in lines if line.thread_id == name]
        require(await _checkpointed(world, name) == told, "the checkpoint is the transcript", (thread, told))
        _check_order([sent for sent in world.sent if sent.thread == thread], [id for id, _, _ in told], world)


async def _checkpointed(world: World, thread: str) -> list[tuple[str, str, str]]:
    saver = RedisSaver(world.redis, ttl_days=1)
    found = await saver.aget_tuple({"configurable": {"thread_id": thread}})
    messages: list[Any] = [] if found is None else found.checkpoint["channel_values"].get("messages", [])
    turns: list[tuple[str, str, str]] = []
    for message in messages:
        if message.type == "human":
            turns.append((message.id, message.text, ""))
        else:
            turns[-1] = (*turns[-1][:2], message.text)
    return turns


def _check_order(sent: Sequence[Sent], recorded: Sequence[str], world: World) -> None:
    if world.valkey_was_killed:  # a turn that failed then may have been opened again later
        return
    placed = {id: place for place, id in enumerate(recorded)}
    answered = [turn for turn in sent if turn.id in placed]
    for first in answered:
        for second in answered:
            if first.accepted_at is not None and first.accepted_at < second.sent_at:
                require(placed[first.id] < placed[second.id], "in order of arrival", (first.request, second.request))
