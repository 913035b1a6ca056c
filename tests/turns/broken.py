"""Ledgers that lack what makes turns safe, to see that the drill notices."""

from typing import Any

from graphs.turns.ledger import TurnLedger
from infra.clock import new_id


class Lockless(TurnLedger):
    """Every process has a lock of its own: each believes that it is alone on a thread."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._own = new_id()

    def _key(self, kind: str, thread: str) -> str:
        return super()._key(f"{kind}:{self._own}" if kind == "turn-lock" else kind, thread)


class Forgetful(TurnLedger):
    """What was asked is known to one process alone, and gone with it."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **{**named, "prefix": f"coach:{new_id()}"})
