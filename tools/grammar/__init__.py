"""The grammar tool: minimal corrections of a learner's English, each with a reason."""

from tools.grammar.tool import GrammarTool

__all__ = ["GrammarTool"]
