"""What helps this child learn: rules over a turn for help language, pace and games; nothing is concluded from one."""

import re
from collections.abc import Iterator

from memory.facts.fact import Fact
from memory.ports import Said
from memory.text import fold

_VIETNAMESE = re.compile(
    r"\b(?:in|speak|say it in|use) vietnamese\b|\btieng viet\b|\b(?:con|em|minh) khong hieu\b|\bnghia la gi\b|\bla gi\b"
)
_ENGLISH = re.compile(
    r"\b(?:only|just|speak|in|use) english\b(?! class| lesson| test)|\bno vietnamese\b|\bnoi tieng anh\b"
)
_SLOWER = re.compile(
    r"\b(?:slow(?:er|ly)?|too fast|say (?:it|that) again|one more time|repeat)\b|\b(?:cham|nhanh qua|noi lai|lap lai)\b"
)
_FASTER = re.compile(
    r"\b(?:too easy|so easy|boring|harder|i know (?:it|this) already|de qua|chan qua|kho hon|biet roi)\b"
)
_GAME = re.compile(
    r"\b(?:play (?:a )?game|let'?s play|another game|riddle|quiz|guess(?:ing)? game)\b"
    r"|\bchoi (?:tro )?choi\b|\bdo vui\b"
)
_STORY = re.compile(
    r"\b(?:tell (?:me )?a story|story please|read (?:me )?a story)\b|\bke chuyen\b|\bke (?:con|em) nghe\b"
)
_SONG = re.compile(r"\b(?:sing (?:a|with)|let'?s sing|a song please)\b|\bhat (?:mot )?bai\b|\bhat di\b")

_RULES = (
    ("hint_language", "Vietnamese", _VIETNAMESE),
    ("hint_language", "English", _ENGLISH),
    ("pace", "slower", _SLOWER),
    ("pace", "faster", _FASTER),
    ("way", "games", _GAME),
    ("way", "stories", _STORY),
    ("way", "songs", _SONG),
)
_ABOUT = {"hint_language": "the language you like help in", "pace": "your pace", "way": "how you like to learn"}
CONFIDENCE = 0.5  # of one observation


def habits(said: Said) -> Iterator[Fact]:
    """Observations of kind "procedural". Told again they grow stronger; the newest of several counts."""
    flat = fold(said.text)
    for attribute, value, pattern in _RULES:
        if pattern.search(flat):
            key = f"learns:{attribute}" + (f":{value}" if attribute == "way" else "")
            quote = said.text.strip()
            yield Fact(key, value, _ABOUT[attribute], quote, kind="procedural", confidence=CONFIDENCE)
