"""Deciding: pure functions from what is known of a turn to its Directive. No model, no clock, no storage."""

from graphs.decide.plan import Decision, decide
from graphs.decide.view import TurnView

__all__ = ["Decision", "TurnView", "decide"]
