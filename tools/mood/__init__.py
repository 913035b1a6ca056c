"""How the child feels, as far as one line shows it."""

from tools.mood.tool import MoodTool

__all__ = ["MoodTool"]
