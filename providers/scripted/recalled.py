"""Words a remembered fact as a sentence to the child."""

from providers.directive import Recall
from providers.scripted.correcting import lowered
from providers.scripted.second_person import to_second_person
from providers.scripted.turn import opened

_SUBJECTS = frozenset(
    {"you", "your", "i", "my", "we", "our", "it", "he", "she", "they", "the", "his", "her", "their", "yes", "no"}
)
_PLURAL_ENDINGS = ("s", "children", "people")
_SINGULAR_ENDINGS = ("ss", "'s", "us", "is")
_YES_NO = frozenset({"yes", "no"})
_CLAUSE = "what "
SENTENCE_WORDS = 3


def fact(recall: Recall) -> str:
    """The remembered thing as a statement without its end, to the child: "your dog's name is Rex". "" for nothing.

    `about` may be a noun phrase ("your dog's name"), the same with the value ("your dog's name: Rex")
    or a clause ("what you like"); `answer` a value, a sentence, yes or no, or the child's own words.
    """
    answer = opened(recall.answer)
    told = f'you told me: "{recall.quote.strip()}"' if recall.quote.strip() else ""
    if not answer or answer == opened(recall.quote):
        return told
    if answer.lower() in _YES_NO:
        return f"{answer.lower()}, {told}" if told else answer.lower()
    if _is_sentence(answer):
        return lowered(to_second_person(answer))
    return _stated(to_second_person(recall.about.partition(":")[0].strip()), answer)


def _stated(about: str, answer: str) -> str:
    if not about:
        return answer
    if about.startswith(_CLAUSE):
        return f"{about.removeprefix(_CLAUSE)} {answer}"
    return f"{about} {_be(about)} {answer}"


def _is_sentence(answer: str) -> bool:
    words = answer.split()
    return len(words) >= SENTENCE_WORDS and words[0].strip(",").lower() in _SUBJECTS


def _be(about: str) -> str:
    last = about.lower().split()[-1]
    plural = last.endswith(_PLURAL_ENDINGS) and not last.endswith(_SINGULAR_ENDINGS)
    return "are" if plural or " and " in about else "is"
