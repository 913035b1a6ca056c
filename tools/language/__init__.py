"""Which language the child speaks, word by word, and the likely spelling of unmarked Vietnamese."""

from tools.language.tool import LanguageTool

__all__ = ["LanguageTool"]
