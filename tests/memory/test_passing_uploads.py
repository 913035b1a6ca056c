"""Forgetting a child deletes what was uploaded for turns of theirs that had not ended."""

from pathlib import Path
from typing import Any, cast

from graphs.erasure.passing_keepers import UploadsKeeper
from graphs.erasure.redis_keepers import TurnsKeeper
from graphs.turns import TurnRequest
from graphs.turns.ledger import Input, Turn, TurnLedger
from graphs.turns.schemas import TurnEvent
from graphs.turns.service import thread_key
from infra.clock import ManualClock
from infra.files import StoredFiles
from infra.redis import open_redis
from infra.scope import Scope, scope_of
from infra.settings import load_settings

AN, BINH = scope_of("an"), scope_of("binh")


async def test_uploads_of_open_turns_go_and_those_of_others_stay(tmp_path: Path, clock: ManualClock) -> None:
    files = StoredFiles(tmp_path / "uploads", clock)
    voice, picture, others = (files.put("local", content) for content in (b"voice", b"picture", b"of another child"))
    async with open_redis(load_settings({"COACH_DATA_DIR": str(tmp_path)})) as redis:
        ledger = TurnLedger(redis)

        async def asked(scope: Scope, recording: str, shown: str) -> None:
            request = TurnRequest(text="hello", learner_id=scope.learner_id, recording=recording, picture=shown)
            turn = Turn(thread_key(scope, request.thread_id), f"turn-of-{scope.learner_id}")
            event: TurnEvent = {"event": "status", "turn_id": turn.id}
            await ledger.open(turn, Input(request, scope.tenant, ""), "token", event, clock.now().timestamp())

        await asked(AN, voice, picture)
        await asked(BINH, others, "")
        canaries = await TurnsKeeper(redis, cast(Any, None)).canaries(AN)
    keeper = UploadsKeeper(files)
    assert sorted(canaries) == sorted((voice, picture))
    assert await keeper.traces(AN, canaries) == 2
    assert await keeper.remove(AN, [*canaries, "a sentence"]) == 2
    assert await keeper.traces(AN, canaries) == 0
    assert files.read(others) == b"of another child"
