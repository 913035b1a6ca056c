"""Lists what a child may say to a step, good answers first: among these the ear decides which was said."""

from collections.abc import Iterator, Sequence
from itertools import chain, zip_longest

from lessons.patterns import Pattern
from lessons.schemas import Lesson, Step

MAX_PHRASES = 40
GOOD_PHRASES = 30  # the rest is room for the likely wrong answers
_SILENT = str.maketrans(",.!?", "    ")
_SHORT = {
    "i am": "i'm", "it is": "it's", "he is": "he's", "she is": "she's", "what is": "what's", "that is": "that's",
    "they are": "they're", "do not": "don't", "does not": "doesn't", "can not": "can't", "cannot": "can't",
}  # fmt: skip


def expected(lesson: Lesson, step: Step) -> tuple[str, ...]:
    """At most `MAX_PHRASES` phrases, each once: the model answer, then short ones of every pattern in turn."""
    words = tuple(word.en for word in lesson.words)
    good = chain([step.model], _of(step.accept, words, GOOD_PHRASES))
    wrong = _of([each.match for each in step.wrong], words, MAX_PHRASES)
    phrases = [*_each_once(good)][:GOOD_PHRASES]
    return tuple(_each_once([*phrases, *wrong]))[:MAX_PHRASES]


def named(word: str) -> tuple[str, ...]:
    """What a child may say when it is asked for a word."""
    article = "an" if word[0] in "aeiou" else "a"
    return (word, f"{article} {word}", f"it is {article} {word}", f"it's {article} {word}", f"this is {article} {word}")


def _of(sources: Sequence[str], words: Sequence[str], limit: int) -> Iterator[str]:
    """Phrases of all patterns without a `*` (those say too little), one of each in turn, with their short forms."""
    patterns = [pattern for pattern in (Pattern(source, words) for source in sources) if not pattern.wild]
    columns = [pattern.phrases(limit) for pattern in patterns]
    for phrase in chain.from_iterable(zip_longest(*columns)):
        if phrase is not None:
            yield from _with_short_form(phrase)


def _with_short_form(phrase: str) -> Iterator[str]:
    yield phrase
    padded = f" {phrase} "
    for long, short in _SHORT.items():
        if f" {long} " in padded:
            yield padded.replace(f" {long} ", f" {short} ", 1).strip()
            return


def _each_once(phrases: Iterator[str] | Sequence[str]) -> Iterator[str]:
    """The phrases without those that sound like one before."""
    seen: set[str] = set()
    for phrase in phrases:
        sounding = " ".join(phrase.lower().translate(_SILENT).split())
        if sounding not in seen:
            seen.add(sounding)
            yield phrase
