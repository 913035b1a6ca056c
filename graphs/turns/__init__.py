"""Turns: one request of a child in, a stream of events out."""

from graphs.turns.gate import TurnSaver
from graphs.turns.ledger import TurnLedger
from graphs.turns.schemas import TurnEvent, TurnRequest
from graphs.turns.service import CoachService

__all__ = ["CoachService", "TurnEvent", "TurnLedger", "TurnRequest", "TurnSaver"]
