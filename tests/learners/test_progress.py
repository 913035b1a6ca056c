"""Stored progress is a cache: it equals the replay of the evidence log bit for bit."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import count
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from infra.clock import SystemClock
from infra.columns import canonical_json
from infra.database import Database
from infra.scope import Scope, scope_of
from learners.ports import Evidence, StoredEvidence
from learners.service import SqlLearnerService
from tests.learners.turns import START, answer, fold, turn

_numbers = count()

observations = st.builds(
    Evidence,
    kind=st.sampled_from(["answer", "word_used", "error", "review"]),
    item=st.one_of(st.sampled_from(["word:cat", "pattern:i-like", "word:má", "word:ma"]), st.text(max_size=8)),
    correct=st.sampled_from([None, True, False]),
    hints=st.integers(0, 3),
    detail=st.dictionaries(st.text(max_size=4), st.floats(allow_nan=False, allow_infinity=False), max_size=2),
)
turns = st.lists(st.tuples(st.lists(observations, max_size=4), st.integers(0, 10_000_000_000)), min_size=1, max_size=8)


async def stored_text(database: Database, scope: Scope) -> str | None:
    async with database.reading() as connection:
        found: str | None = await connection.scalar(
            text("SELECT state FROM progress WHERE tenant = :tenant AND learner_id = :learner_id"),
            {"tenant": scope.tenant, "learner_id": scope.learner_id},
        )
        return found


@given(history=turns)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_stored_progress_equals_the_replay_bit_for_bit(
    learners: SqlLearnerService, database: Database, history: list[tuple[list[Evidence], int]]
) -> None:
    scope = scope_of(f"learner{next(_numbers)}")
    for number, (evidence, microseconds) in enumerate(history):
        moment = START + timedelta(microseconds=microseconds)
        await learners.record(scope, turn(f"t{number}", *evidence).model_copy(update={"at": moment}))
    stored = await stored_text(database, scope)

    log = await learners.evidence(scope)
    assert len(log) == sum(len(evidence) for evidence, _ in history)
    assert (stored or "{}") == canonical_json(fold({}, log) if log else {})

    await learners.rebuild_progress(scope)
    assert (await stored_text(database, scope)) == (stored or canonical_json(fold({}, []) if log else {}))


async def test_a_replay_longer_than_a_page_equals_the_stored_progress(
    learners: SqlLearnerService, database: Database
) -> None:
    scope = scope_of("long")
    for number in range(5):
        evidence = (answer(f"word:{n % 17}", n % 3 != 0) for n in range(450))
        await learners.record(scope, turn(f"t{number}", *evidence, minutes=number))
    stored = await stored_text(database, scope)
    await learners.rebuild_progress(scope)
    assert await stored_text(database, scope) == stored


async def test_a_new_version_of_the_fold_replays_the_log_when_progress_is_next_needed(database: Database) -> None:
    def counted(progress: Mapping[str, Any], observed: Sequence[StoredEvidence]) -> dict[str, Any]:
        return {"answers": progress.get("answers", 0) + len(observed)}

    first, second = scope_of("first"), scope_of("second")
    old = SqlLearnerService(database, SystemClock(), fold)
    for scope in (first, second):
        for number in range(3):
            await old.record(scope, turn(f"t{number}", answer()))

    new = SqlLearnerService(database, SystemClock(), counted, fold_version="2")
    assert await new.progress(first) == {"answers": 3}
    await new.record(second, turn("t3", answer(), answer()))
    assert await new.progress(second) == {"answers": 5}
    assert await stored_text(database, first) == '{"answers":3}'


async def test_a_turn_without_evidence_leaves_progress_as_it_is(
    learners: SqlLearnerService, database: Database
) -> None:
    scope = scope_of("quiet")
    await learners.record(scope, turn("t1"))
    assert await learners.progress(scope) == {}
    await learners.record(scope, turn("t2", answer()))
    stored = await stored_text(database, scope)
    await learners.record(scope, turn("t3"))
    assert await stored_text(database, scope) == stored
