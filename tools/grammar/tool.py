"""GRAMMAR_CHECKER_TOOL: our rules first, then what harper is sure of."""

from typing import ClassVar

from tools.grammar.correct import correct
from tools.grammar.draft import Piece
from tools.grammar.harper import HARPER_RULE, Harper
from tools.grammar.parser import Parser
from tools.grammar.rule import Rule
from tools.grammar.rules import ALL_RULES
from tools.ports import ToolAnswer, ToolRequest
from tools.schemas import Edit, GrammarAnswer, TextRequest

CONFIDENCE_UNTOUCHED = 0.85  # that a text without a finding is right: rules miss more than they invent


class GrammarTool:
    """Thread-safe. Missing capitals and punctuation are never errors; Vietnamese words are never touched."""

    name: ClassVar[str] = "GRAMMAR_CHECKER_TOOL"
    request: ClassVar[type[ToolRequest]] = TextRequest
    answer: ClassVar[type[ToolAnswer]] = GrammarAnswer

    def __init__(self, rules: tuple[Rule, ...] = ALL_RULES) -> None:
        self._parser = Parser()
        self._harper = Harper()
        self._rules = (*rules, self._harper.rule())
        self._by_id = {rule.id: rule for rule in self._rules}

    def warm(self) -> None:
        self._parser.warm()
        self._harper.warm()
        self.run(TextRequest(text="yesterday I go to school"))

    def run(self, request: TextRequest, /) -> GrammarAnswer:
        corrected, pieces = correct(request.text, self._rules, self._parser.parse)
        edits = tuple(self._edit(request.text, piece) for piece in pieces)
        confidence = min((edit.confidence for edit in edits), default=CONFIDENCE_UNTOUCHED)
        return GrammarAnswer(corrected=corrected, edits=edits, confidence=confidence)

    def _edit(self, text: str, piece: Piece) -> Edit:
        rule = self._by_id[piece.rule]
        return Edit(
            start=piece.start,
            end=piece.end,
            wrong=text[piece.start : piece.end],
            right=piece.text,
            type=rule.type,
            rule="harper" if rule.id == HARPER_RULE else rule.id,
            confidence=rule.confidence,
            blocks_meaning=rule.blocks_meaning,
            explanation_en=rule.english,
            explanation_vi=rule.vietnamese,
        )
