"""What the child wants with a line: to answer, to ask, to chat, to stop."""

from tools.intent.tool import IntentTool

__all__ = ["IntentTool"]
