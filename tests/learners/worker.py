"""Another process for tests: `python -m tests.learners.worker open|record|hang URL [prefix count]`."""

import asyncio
import sys

from sqlalchemy import make_url

from infra.clock import SystemClock
from infra.database import Database
from infra.scope import scope_of
from learners.outbox import OutboxRelay
from learners.ports import OutboxMessage
from learners.relay_policy import RelayPolicy
from learners.service import SqlLearnerService
from tests.learners.turns import answer, fold, turn


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


async def record(database: Database, prefix: str, count: int) -> None:
    service = SqlLearnerService(database, SystemClock(), fold)
    for number in range(count):
        await service.record(scope_of("minh"), turn(f"{prefix}{number}", answer(), minutes=number))
        if number == 0:
            say("recording")


async def hang(database: Database) -> None:
    async def never_ends(message: OutboxMessage) -> None:
        say(f"delivering {message.payload['turn_id']}")
        await asyncio.sleep(3600)

    policy = RelayPolicy(lease_seconds=1.0)
    await OutboxRelay(database, SystemClock(), {"turn.recorded": [never_ends]}, policy).drain(3600)


async def main(task: str, url: str, prefix: str = "", count: str = "0") -> None:
    database = Database(make_url(url))
    await database.open()
    if task == "open":
        say("opened")
    elif task == "record":
        await record(database, prefix, int(count))
    else:
        silent = SqlLearnerService(database, SystemClock(), fold)
        for number in range(int(count)):
            await silent.record(scope_of("minh"), turn(f"{prefix}{number}"))
        await hang(database)
    await database.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
