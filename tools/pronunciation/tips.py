"""Decides which faults of a spoken sentence deserve a tip, most useful first, and words it from tips.yaml."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from infra.marked_yaml import read_marked
from providers.directive import Bilingual, SoundTip
from tools.pronunciation.phones import VOWELS
from tools.schemas import PhoneHeard, SoundHeard, WordHeard

FILE = Path(__file__).parent / "tips.yaml"

MAX_TIPS = 3
MIN_CONFIDENCE = 0.5  # of the judgement as a whole: below it nothing is said about single sounds
UNCLEAR_BELOW = 0.35  # a score under which a sound is called unclear although nothing else was heard in its place

Place = Literal["end", "group", "other"]


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Sound(_Row):
    spelled: str
    watched: bool
    words: tuple[str, ...] = Field(min_length=3)
    sentence: str
    en: str
    vi: str


class _Swap(_Row):
    asked: str
    heard: tuple[str, ...]
    meaning: bool
    pair: tuple[str, str]
    en: str
    vi: str


class _Manner(_Row):
    sounds: tuple[str, ...]
    en: str
    vi: str


class _End(_Row):
    puff: _Manner
    hiss: _Manner
    hum: _Manner
    pairs: Mapping[str, tuple[str, str]]


class _Group(_Row):
    together: _Manner
    pairs: Mapping[str, tuple[str, str]]


class _Dropped(_Row):
    end: _End
    group: _Group


class TipBook(_Row):
    """What tips.yaml holds."""

    sounds: Mapping[str, _Sound]
    swaps: tuple[_Swap, ...]
    dropped: _Dropped
    omitted: Bilingual

    def swap(self, asked: str, heard: str) -> _Swap | None:
        return next((row for row in self.swaps if row.asked == asked and heard in row.heard), None)

    def manners(self, place: Place) -> Sequence[_Manner]:
        if place == "other":
            return ()
        end = self.dropped.end
        return (self.dropped.group.together,) if place == "group" else (end.puff, end.hiss, end.hum)

    def pairs(self, place: Place) -> Mapping[str, tuple[str, str]]:
        if place == "other":
            return {}
        return self.dropped.group.pairs if place == "group" else self.dropped.end.pairs


@cache
def tip_book() -> TipBook:
    """The tips that ship. Raises ContentInvalid where the file is not YAML."""
    return TipBook.model_validate(read_marked(FILE).value)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that was not as asked: a sound of a word, or (`phone` None) the whole word left out."""

    word: WordHeard
    phone: PhoneHeard | None
    place: Place
    meaning: bool

    @property
    def sound(self) -> str:
        return "" if self.phone is None else self.phone.phone

    @property
    def clearness(self) -> float:
        """How plainly it went wrong, 0..1."""
        return 1.0 - (self.word.score if self.phone is None else self.phone.score)


def tips_for(
    words: Sequence[WordHeard], confidence: float, targets: Collection[str] = (), limit: int = MAX_TIPS
) -> tuple[SoundTip, ...]:
    """At most `limit` tips, each for another sound, most useful first."""
    return tuple(_tip(fault) for fault in chosen(words, confidence, targets)[:limit])


def chosen(words: Sequence[WordHeard], confidence: float, targets: Collection[str] = ()) -> list[Fault]:
    """Faults worth a tip, one a sound: what changes the meaning first, then what is practised, then the plainest."""
    if confidence < MIN_CONFIDENCE:
        return []
    ranked = sorted(faults(words), key=lambda fault: _rank(fault, targets), reverse=True)
    first: dict[str, Fault] = {}
    for fault in ranked:
        first.setdefault(fault.sound, fault)
    return list(first.values())


def _rank(fault: Fault, targets: Collection[str]) -> tuple[bool, bool, bool, float]:
    return fault.meaning, fault.sound in targets, fault.phone is not None, fault.clearness


def faults(words: Sequence[WordHeard]) -> Iterator[Fault]:
    """What was plainly not as asked, in the order of the sentence."""
    for word in words:
        if word.omitted:
            yield Fault(word, None, "other", meaning=False)
            continue
        for index, phone in enumerate(word.phones):
            if _is_fault(phone):
                place = place_of([each.phone for each in word.phones], index)
                yield Fault(word, phone, place, _changes_meaning(phone, place))


def _is_fault(phone: PhoneHeard) -> bool:
    """A fluent voice may score well on a sound that was another one: what was heard instead counts by itself."""
    return phone.heard is not None or phone.score < UNCLEAR_BELOW


def _changes_meaning(phone: PhoneHeard, place: Place) -> bool:
    if phone.heard is None:
        return False
    swap = tip_book().swap(phone.phone, phone.heard)
    return phone.phone in tip_book().pairs(_lost(phone, place)) if swap is None else swap.meaning


def _lost(phone: PhoneHeard, place: Place) -> Place:
    """Where a sound was lost: one that was left out, or one at the end that became something else without a row."""
    return place if phone.heard == "" or place == "end" else "other"


def place_of(phones: Sequence[str], index: int) -> Place:
    """Where a sound stands: among the consonants that end its word, beside another consonant, or elsewhere."""
    if phones[index] in VOWELS:
        return "other"
    if index and all(phone not in VOWELS for phone in phones[index:]):
        return "end"
    beside = [*phones[max(0, index - 1) : index], *phones[index + 1 : index + 2]]
    return "group" if any(phone not in VOWELS for phone in beside) else "other"


def sounds_of(words: Sequence[WordHeard], confidence: float) -> tuple[SoundHeard, ...]:
    """How the sounds that Vietnamese speakers find hard went, each once, in order; none of an uncertain judgement."""
    if confidence < MIN_CONFIDENCE:
        return ()
    found: dict[str, list[PhoneHeard]] = {}
    for phone in (phone for word in words if not word.omitted for phone in word.phones):
        if tip_book().sounds[phone.phone].watched:
            found.setdefault(phone.phone, []).append(phone)
    return tuple(_sound(name, phones) for name, phones in found.items())


def _sound(name: str, phones: Sequence[PhoneHeard]) -> SoundHeard:
    wrong = [phone for phone in phones if _is_fault(phone)]
    mean = sum(phone.score for phone in phones) / len(phones)
    heard = next((phone.heard for phone in wrong if phone.heard is not None), None)
    return SoundHeard(sound=name, score=round(mean, 4), correct=not wrong, heard=heard)


def drills() -> Mapping[str, Sequence[str]]:
    """Words to practise each hard sound (ARPAbet) with, easy first."""
    return {name: row.words for name, row in tip_book().sounds.items() if row.watched}


def _tip(fault: Fault) -> SoundTip:
    book, phone = tip_book(), fault.phone
    if phone is None:
        return SoundTip(sound="", spelled="", word=fault.word.text, heard="", how=book.omitted)
    sound = book.sounds[phone.phone]
    why, pair = _contrast(fault, phone)
    return SoundTip(
        sound=phone.phone,
        spelled=sound.spelled,
        word=fault.word.text,
        heard=phone.heard,
        meaning=fault.meaning,
        how=Bilingual(en=sound.en, vi=sound.vi),
        why=why,
        pair=pair,
        practise=sound.words[0],
        sentence=sound.sentence,
    )


def _contrast(fault: Fault, phone: PhoneHeard) -> tuple[Bilingual | None, tuple[str, str] | None]:
    """How the sound differs from what was heard, and two words to compare; None where that is not known."""
    book = tip_book()
    if phone.heard is None:
        return None, None
    swap = book.swap(phone.phone, phone.heard)
    if swap is not None:
        return Bilingual(en=swap.en, vi=swap.vi), swap.pair
    place = _lost(phone, fault.place)
    manner = next((row for row in book.manners(place) if phone.phone in row.sounds), None)
    why = None if manner is None else Bilingual(en=manner.en, vi=manner.vi)
    return why, book.pairs(place).get(phone.phone)
