"""LANGUAGE_DETECTION_TOOL: English, Vietnamese or both, word by word."""

import math
import threading
from collections.abc import Sequence
from typing import ClassVar

from tools.language import names
from tools.language.english import English
from tools.language.labels import Decision, Evidence, decide
from tools.language.vietnamese import Vietnamese
from tools.ports import ToolAnswer, ToolRequest
from tools.schemas import LanguageAnswer, TextRequest, TokenLanguage, TokenTag
from tools.text import clean, has_marks, is_syllable, strip_marks, unstretch

NAME_IN_ENGLISH = 6e-4  # probability of one given name in an English line
NAME_AND_WORD = 1e-4  # the same when the name is a common Vietnamese word too
ALONE = 6.0  # odds that one common English word alone (or repeated) is English: lessons drill single words
ASKED_ABOUT = 1e-4  # an English word before "là gì" is hardly a Vietnamese one
MARKED_ENGLISH = 1e-9
WINDOW_WORDS = 200  # longer lines are judged by their first words; the rest takes the same label
NEUTRAL = Evidence(0.0, 0.0)
LEANING_VIETNAMESE = Evidence(-0.4, 0.0)
EDGES = ".,!?;:\"'()[]{}<>…-–—~*/\\|_=+^&%$#@“”‘’«»"


class LanguageTool:
    """Stateless but for its word tables, which load once."""

    name: ClassVar[str] = "LANGUAGE_DETECTION_TOOL"
    request: ClassVar[type[ToolRequest]] = TextRequest
    answer: ClassVar[type[ToolAnswer]] = LanguageAnswer

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tables: tuple[English, Vietnamese] | None = None

    def warm(self) -> None:
        self._loaded()

    def run(self, request: TextRequest, /) -> LanguageAnswer:
        english, vietnamese = self._loaded()
        tokens = request.text.split()
        reading = _Reading([_core(token) for token in tokens], english, vietnamese)
        decision = reading.decision
        tags = tuple(
            TokenTag(text=token, language=label) for token, label in zip(tokens, reading.labels(), strict=True)
        )
        spoken = {tag.language for tag in tags} - {"other"}
        label = "mixed" if len(spoken) == 2 else spoken.pop() if spoken else "other"
        marked = has_marks(request.text)
        restored = "" if marked or label not in ("vi", "mixed") else _restored(tags, vietnamese)
        return LanguageAnswer(
            language=label,
            tokens=tags,
            diacritics=marked,
            restored=restored,
            confidence=decision.confidence if label != "other" else 0.9,
        )

    def spell(self, text: str) -> str:
        """`text`, cleaned, with its Vietnamese words in full spelling (marks restored, teen spelling undone).

        English words, names and what the phrases do not hold stay as they are.
        """
        cleaned = clean(text)
        tags = self.run(TextRequest(text=cleaned)).tokens
        return _restored(tags, self._loaded()[1])

    def _loaded(self) -> tuple[English, Vietnamese]:
        with self._lock:
            if self._tables is None:
                self._tables = (English(), Vietnamese())
            return self._tables


def _core(token: str) -> str:
    """The word in a token as spoken: cleaned, without the punctuation around it."""
    return clean(token).strip(EDGES)


class _Reading:
    """One utterance: which words carry evidence, and what follows from it."""

    def __init__(self, cores: Sequence[str], english: English, vietnamese: Vietnamese) -> None:
        self._cores = cores
        self._words = [unstretch(core.lower()) for core in cores]
        self._english = english
        self._vietnamese = vietnamese
        self._silent = frozenset(i for i, word in enumerate(self._words) if _silent(word))
        self._places = names.covered(self._words, "places")
        self._loans = names.covered(self._words, "loans")
        self._people = frozenset(i for i in range(len(cores)) if self._names_person(i))
        self._alone = len({word for i, word in enumerate(self._words) if i not in self._silent}) == 1
        self._marked = any(has_marks(word) for i, word in enumerate(self._words) if i not in self._people)
        self._titles = frozenset(i for i in range(len(cores)) if self._titled(i))
        self.decision: Decision = decide([self._evidence(i) for i in range(min(len(cores), WINDOW_WORDS))])

    def labels(self) -> list[TokenLanguage]:
        return [self._label(i) for i in range(len(self._cores))]

    def _label(self, index: int) -> TokenLanguage:
        spoken = self.decision.words
        language = spoken[index] if index < len(spoken) else self.decision.label
        if index in self._silent or index in self._places or index in self._people:
            return "other"
        if language == "en" and (index in self._loans | self._titles or self._only_a_name(self._words[index])):
            return "other"
        return "en" if language in ("en", "mixed") else "vi"

    def _evidence(self, index: int) -> Evidence:
        word, before = self._words[index], self._words[index - 1] if index else ""
        if index in self._silent or index in self._places:
            return NEUTRAL
        if index in self._loans or index in self._titles:
            return LEANING_VIETNAMESE
        english = self._english.probability(word, before)
        if names.is_person(word):
            english = max(english, NAME_AND_WORD if self._vietnamese.common(word) else NAME_IN_ENGLISH)
        if has_marks(word) and not names.is_person(word):
            english = min(english, MARKED_ENGLISH)
        if index in self._people:
            return NEUTRAL
        vietnamese = self._vietnamese.probability(word, before, marked=self._marked)
        if self._alone and self._english.common(word):
            english *= ALONE
        if self._asked_about(index):
            vietnamese *= ASKED_ABOUT
        return Evidence(math.log(english), math.log(vietnamese))

    def _asked_about(self, index: int) -> bool:
        """An English word that a Vietnamese question asks about ("cat la con gi", "tu hat nghia la gi")."""
        word = self._words[index]
        if not self._english.common(word) or self._vietnamese.common(word):
            return False
        following = strip_marks(" ".join(self._words[index + 1 : index + 4]))
        return following.startswith(("la gi", "nghia la", "la con gi", "la cai gi", "la j", "tieng viet"))

    def _only_a_name(self, word: str) -> bool:
        return names.is_person(word) and not self._english.knows(word)

    def _names_person(self, index: int) -> bool:
        """A listed given name that is written or introduced like one, or an unknown capitalised word inside a line."""
        core, word = self._cores[index], self._words[index]
        capital = core[:1].isupper() and not (core.isupper() and len(core) > 1)
        if not names.is_person(word):
            return capital and index > 0 and not self._english.knows(word) and not has_marks(word)
        if self._english.common(word):
            return capital and index > 0
        introduced = index > 0 and names.listed(self._words[index - 1], "introductions")
        return capital or (introduced and not self._vietnamese.common(word))

    def _titled(self, index: int) -> bool:
        """A Vietnamese form of address before a capitalised name ("cô Hạnh"): part of the name."""
        following = self._cores[index + 1] if index + 1 < len(self._cores) else ""
        return names.listed(self._words[index], "titles") and following[:1].isupper() and is_syllable(following.lower())


def _silent(word: str) -> bool:
    return names.listed(word, "interjections") or not any(character.isalpha() for character in word) or _numbered(word)


def _numbered(word: str) -> bool:
    return word[:1].isdigit()


def _restored(tags: Sequence[TokenTag], vietnamese: Vietnamese) -> str:
    """Runs of Vietnamese words in their likely spelling; everything else as it was."""
    shown = [tag.text for tag in tags]
    run: list[int] = []
    for index, tag in enumerate([*tags, TokenTag(text="", language="other")]):
        if tag.language == "vi":
            run.append(index)
            continue
        if run:
            spellings = vietnamese.restore([unstretch(_core(shown[i]).lower()) for i in run])
            for i, spelling in zip(run, spellings, strict=True):
                shown[i] = shown[i].replace(_core(shown[i]), spelling) if _core(shown[i]) else shown[i]
        run = []
    return " ".join(shown)
