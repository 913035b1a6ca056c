"""Nothing crosses from one learner or tenant to another, however alike their ids are."""

import random
from collections import defaultdict

from infra.clock import SystemClock
from infra.database import Database
from infra.scope import Scope
from learners.outbox import OutboxRelay
from learners.ports import OutboxMessage, Profile
from learners.service import SqlLearnerService
from tests.learners.turns import answer, fold, turn

TENANTS = ("local", "Local", "LOCAL", "school", "school-1", "school_1")
LEARNERS = ("minh", "Minh", "MINH", "mInh", "minh-", "minh_", "minh1", "m", "local", "school")
SCOPES = [Scope(tenant, learner) for tenant in TENANTS for learner in LEARNERS]


async def test_random_calls_never_show_or_change_another_learner(
    learners: SqlLearnerService, database: Database
) -> None:
    chance = random.Random(20260302)
    said: defaultdict[Scope, list[str]] = defaultdict(list)
    names: dict[Scope, str] = {}
    for number in range(110):
        scope = chance.choice(SCOPES)
        move = chance.random()
        if move < 0.75:
            word = f"{scope.key} says {number}"
            # The same turn ids and items for everybody: only the scope may tell them apart.
            if await learners.record(scope, turn(f"t{len(said[scope])}", answer(), said=word)):
                said[scope].append(word)
        elif move < 0.9:
            names[scope] = f"name {number}"
            await learners.save_profile(scope, Profile(name=names[scope]))
        else:
            expected = bool(said[scope]) or scope in names
            assert bool(await learners.forget_learner(scope)) is expected
            said.pop(scope)
            names.pop(scope, None)

    for scope in SCOPES:
        assert [line.said for line in await learners.transcript(scope)] == said[scope]
        log = await learners.evidence(scope)
        assert [row.turn_id for row in log] == [f"t{n}" for n in range(len(said[scope]))]
        assert await learners.progress(scope) == (fold({}, log) if log else {})
        profile = await learners.profile(scope)
        assert (profile.name, profile.turns) == (names.get(scope, ""), len(said[scope]))
    await _delivered_within_scopes(learners, database, said)


async def _delivered_within_scopes(
    learners: SqlLearnerService, database: Database, said: dict[Scope, list[str]]
) -> None:
    delivered: defaultdict[Scope, list[str]] = defaultdict(list)

    async def deliver(message: OutboxMessage) -> None:
        delivered[message.scope].append(message.payload["said"])

    await OutboxRelay(database, SystemClock(), {"turn.recorded": [deliver]}).drain()
    assert dict(delivered) == {scope: words for scope, words in said.items() if words}


async def test_rebuilding_one_learner_leaves_its_namesake_alone(learners: SqlLearnerService) -> None:
    small, capital = Scope("local", "minh"), Scope("local", "Minh")
    await learners.record(small, turn("t1", answer("word:cat")))
    await learners.record(capital, turn("t1", answer("word:dog")))
    assert set((await learners.rebuild_progress(small))["items"]) == {"word:cat"}
    assert set((await learners.progress(capital))["items"]) == {"word:dog"}
