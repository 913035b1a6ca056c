"""What a line names: the term asked about, the topic, names, and whom a question is about."""

import re
from collections import defaultdict
from functools import cache
from pathlib import Path

from tools.language import names as listed
from tools.loose import loose
from tools.schemas import IntentLabel, LanguageAnswer
from tools.text import words


@cache
def _table() -> dict[str, list[str]]:
    rows = (Path(__file__).parent / "slots.tsv").read_text("utf-8").splitlines()
    kinds: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if row and not row.startswith("#"):
            kind, pattern = row.split("\t", 1)
            kinds[kind].append(pattern)
    return dict(kinds)


def _patterns(kind: str) -> list[re.Pattern[str]]:
    return [loose(pattern) for pattern in _table()[kind]]


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(_table()["stop"][0].split())


_ASKED = frozenset[IntentLabel]({"ask_meaning", "ask_translation"})


def term(label: IntentLabel, spelled: str) -> str:
    """The word or line asked about; "" when the line only points ("this word") or asks something else."""
    if label not in _ASKED:
        return ""
    for pattern in _patterns("term"):
        found = pattern.search(spelled)
        cut = _patterns("term_edge")[0].sub("", found["term"].strip(" \"'?.!,")) if found else ""
        if cut and not _patterns("pointing")[0].match(cut):
            return cut
    return ""


def topic(label: IntentLabel, spelled: str, language: LanguageAnswer) -> str:
    """The wanted topic of change_topic; of an answer or small talk its last content words (at most three).

    Where two languages are mixed it is the English words that count: the child chose them.
    """
    if label == "change_topic":
        return _wanted(spelled)
    if label not in ("answer", "small_talk", "off_topic"):
        return ""
    english = " ".join(token.text.lower() if token.language == "en" else "|" for token in language.tokens)
    return (_content(english) if language.language == "mixed" else "") or _content(spelled)


def _wanted(spelled: str) -> str:
    for pattern in _patterns("wanted"):
        found = pattern.search(spelled)
        if found and (wanted := _patterns("topic_tail")[0].sub("", found["topic"]).strip(" .,!?")):
            return wanted
    return ""


def _content(spelled: str) -> str:
    runs: list[list[str]] = [[]]
    for word in words(spelled.replace("|", " a ")):
        if word in _stop_words():
            runs.append([])
        else:
            runs[-1].append(word)
    full = [run for run in runs if run]
    return " ".join(full[-1][-3:]) if full else ""


def found_names(text: str, language: LanguageAnswer) -> tuple[str, ...]:
    """Names in the text as the child typed them, in order, once each."""
    introduced = [match["name"] for match in _patterns("named")[0].finditer(text)]
    tagged = _runs(language)
    apart = [name for name in introduced if _nameable(name) and not any(name in run.split() for run in tagged)]
    return tuple(dict.fromkeys([*tagged, *apart]))


def _runs(language: LanguageAnswer) -> list[str]:
    """Neighbouring name tokens joined ("Hà Nội"); punctuation after one ends the run."""
    runs: list[list[str]] = [[]]
    for token in language.tokens:
        name = token.text.strip(".,!?;:\"'").removesuffix("'s").removesuffix("’s")
        if token.language == "other" and _nameable(name):
            runs[-1].append(name)
        if token.language != "other" or not token.text.endswith(name):
            runs.append([])
    return [" ".join(run) for run in runs if run]


def _nameable(name: str) -> bool:
    low = name.lower()
    return (
        name.isalpha() and not listed.listed(low, "interjections") and low not in ("pika", "phở", "pho", "tết", "tet")
    )


def asks_coach(label: IntentLabel, spelled: str) -> bool:
    """Whether the line asks about the coach itself."""
    if label not in ("small_talk", "greet") or asks_memory(spelled):
        return False
    return bool(_patterns("question")[0].search(spelled) and _patterns("coach")[0].search(spelled))


def asks_memory(spelled: str) -> bool:
    """Whether the line asks for something that the child told before."""
    return any(pattern.search(spelled) for pattern in _patterns("memory"))
