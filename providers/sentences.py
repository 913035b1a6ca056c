"""Decides where a streamed reply has a whole sentence."""

import re

_END = re.compile(r"(?<=[.!?…])(?P<close>[\"'”’*)\]]*)(?:\s+|$)|\n+")
_ABBREVIATION = re.compile(r"\b(Mr|Mrs|Ms|Dr|St|e\.g|i\.e)\.$")


class SentenceSplitter:
    """Collects deltas; `feed` gives each sentence once the text after it has begun, `rest` what is left."""

    def __init__(self) -> None:
        self._pending = ""

    def feed(self, delta: str) -> list[str]:
        self._pending += delta
        sentences: list[str] = []
        start = 0
        for match in _END.finditer(self._pending):
            end = match.end("close") if match.group("close") is not None else match.start()
            sentence = self._pending[start:end].strip()
            if match.end() == len(self._pending) or _ABBREVIATION.search(sentence):
                continue
            sentences.append(sentence)
            start = match.end()
        self._pending = self._pending[start:]
        return [sentence for sentence in sentences if sentence]

    def rest(self) -> str:
        remaining, self._pending = self._pending.strip(), ""
        return remaining
