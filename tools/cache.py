"""Keeps the newest answers by content key."""

from collections import OrderedDict

from tools.ports import ToolAnswer


class AnswerCache:
    """At most `size` answers; the one not asked for longest leaves first."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._answers: OrderedDict[str, ToolAnswer] = OrderedDict()

    def get(self, key: str) -> ToolAnswer | None:
        if (answer := self._answers.get(key)) is not None:
            self._answers.move_to_end(key)
        return answer

    def keep(self, key: str, answer: ToolAnswer) -> None:
        self._answers[key] = answer
        while len(self._answers) > self._size:
            self._answers.popitem(last=False)

    def clear(self) -> int:
        """Drops every answer; returns how many there were."""
        count = len(self._answers)
        self._answers.clear()
        return count
