"""A text being corrected in several passes that still knows where everything was in the original."""

from collections.abc import Iterator
from dataclasses import dataclass

from tools.grammar.rule import Change


@dataclass(frozen=True, slots=True)
class Piece:
    """Original characters [start, end) now read `text`; `rule` names who changed them ("" when unchanged)."""

    start: int
    end: int
    text: str
    rule: str = ""


class Draft:
    """Holds one piece per unchanged character and one per change; texts are short."""

    def __init__(self, text: str) -> None:
        self._original = text
        self._pieces = [Piece(at, at + 1, letter) for at, letter in enumerate(text)]

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self._pieces)

    def replace(self, change: Change, rule: str) -> None:
        """Applies `change`, whose offsets are those of the present `text`. A change of a change joins it."""
        first, last, offset = self._touched(change)
        touched = self._pieces[first:last]
        text = "".join(piece.text for piece in touched)
        right = text[: change.start - offset] + change.right + text[change.end - offset :] if touched else change.right
        at = self._pieces[first].start if first < len(self._pieces) else self._end()
        start = touched[0].start if touched else at
        end = touched[-1].end if touched else at
        named = next((piece.rule for piece in touched if piece.rule), rule)
        self._pieces[first:last] = [Piece(start, end, right, named)]

    def changed(self) -> list[Piece]:
        """The changes against the original, widened to whole words; changes that meet are one."""
        joined: list[tuple[int, int]] = []
        for group in self._groups():
            first, last = self._widened(*group)
            meets = bool(joined) and first <= joined[-1][1]
            joined.append((joined.pop()[0] if meets else first, last))
        made = [self._whole(first, last) for first, last in joined]
        return [piece for piece in made if piece.text != self._original[piece.start : piece.end]]

    def _end(self) -> int:
        return self._pieces[-1].end if self._pieces else 0

    def _touched(self, change: Change) -> tuple[int, int, int]:
        """[first, last) pieces that the change replaces or splits, and the text offset of the first."""
        at, first, last, offset = 0, len(self._pieces), len(self._pieces), 0
        found, insertion = False, change.start == change.end
        for index, piece in enumerate(self._pieces):
            stop = at + len(piece.text)
            hit = at < change.end and stop > change.start if not insertion else at < change.start < stop
            if hit and not found:
                first, offset, found = index, at, True
            if hit:
                last = index + 1
            elif insertion and not found and at >= change.start:
                return (index, index, at)
            at = stop
        return (first, last, offset)

    def _groups(self) -> Iterator[tuple[int, int]]:
        index = 0
        while index < len(self._pieces):
            if not self._pieces[index].rule:
                index += 1
                continue
            start = index
            while index < len(self._pieces) and self._pieces[index].rule:
                index += 1
            yield start, index

    def _whole(self, first: int, last: int) -> Piece:
        pieces = self._pieces[first:last]
        rule = next(piece.rule for piece in pieces if piece.rule)
        text = "".join(piece.text for piece in pieces)
        return Piece(pieces[0].start, pieces[-1].end, text, rule)

    def _widened(self, first: int, last: int) -> tuple[int, int]:
        """Takes the rest of a cut word in; insertions and removals also take a neighbouring word."""
        text = "".join(piece.text for piece in self._pieces[first:last])
        taken = self._pieces[last - 1].end - self._pieces[first].start
        while first > 0 and self._wordy(first - 1) and (text[:1].isalnum() or text[:1] in {"'", "’", ""}):
            first -= 1
            text = self._pieces[first].text + text
        bare = not text.strip() or not taken or text[-1:] == " " or text[:1] == " "
        if text[-1:] == " " or not text:
            last = self._right(last)
        elif text[:1] == " " or (bare and not text.strip()):
            first = self._left(first)
        while last < len(self._pieces) and text[-1:].isalnum() and self._wordy(last):
            last += 1
        return first, last

    def _right(self, last: int) -> int:
        while last < len(self._pieces) and self._wordy(last):
            last += 1
        return last

    def _left(self, first: int) -> int:
        while first > 0 and self._pieces[first - 1].text == " ":
            first -= 1
        while first > 0 and self._wordy(first - 1):
            first -= 1
        return first

    def _wordy(self, index: int) -> bool:
        return bool(self._pieces[index].text) and all(c.isalnum() or c in "'’-" for c in self._pieces[index].text)
