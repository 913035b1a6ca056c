"""Safety: screens what a child says and what the coach is about to say."""

from tools.safety.outgoing import check_sentence
from tools.safety.tool import SafetyTool

__all__ = ["SafetyTool", "check_sentence"]
