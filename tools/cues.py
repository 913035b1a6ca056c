"""Tables of weighted phrase patterns: how much a line's wording speaks for each label."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tools.loose import loose


@dataclass(frozen=True)
class Cue:
    """A pattern and the log-odds that a match adds to its label."""

    label: str
    weight: float
    pattern: re.Pattern[str]


@dataclass(frozen=True)
class CueTable:
    """Cues of one tool. `second` is what every further matching cue of a label adds to its strongest."""

    cues: tuple[Cue, ...]
    second: float = 0.5

    def weigh(self, spelled: str) -> dict[str, float]:
        """Log-odds per label, for a clean, lower-case, spelled-out line; labels without a match are absent."""
        best: dict[str, float] = {}
        for cue in self.cues:
            if cue.pattern.search(spelled):
                before = best.get(cue.label, 0.0)
                best[cue.label] = max(before, cue.weight) + (self.second if before else 0.0)
        return best


@cache
def read(path: Path) -> CueTable:
    """The table in a file of tab-separated rows: "label, weight name, pattern", or "=NAME, group" for <NAME>.

    Weight names with their log-odds stand in rows "@NAME, number". Lines that begin with # are comments.
    """
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    groups = {f"<{row[0][1:]}>": row[1] for row in rows if row[0].startswith("=")}
    weights = {row[0][1:]: float(row[1]) for row in rows if row[0].startswith("@")}
    cues = [row for row in rows if len(row) == 3]
    return CueTable(tuple(Cue(label, weights[weight], loose(_filled(text, groups))) for label, weight, text in cues))


def _filled(pattern: str, groups: dict[str, str]) -> str:
    for name, group in groups.items():
        pattern = pattern.replace(name, group)
    return pattern
