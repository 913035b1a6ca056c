"""Language by a model: a label for each word, and a spelling that only adds marks."""

from typing import Any

from tools.model_route.task import HIGHEST, Refused, Shape, Task
from tools.schemas import LanguageAnswer, TextRequest, TokenLanguage, TokenTag
from tools.text import has_marks, strip_marks


class ModelLanguage(Shape):
    """`words`: one label for each word, split at spaces. `restored`: the text with full Vietnamese spelling."""

    words: list[TokenLanguage]
    restored: str


def settle(request: TextRequest, embedded: LanguageAnswer, shaped: ModelLanguage, source: str) -> LanguageAnswer:
    words = request.text.split()
    if len(shaped.words) != len(words):
        raise Refused("it does not label every word")
    if any(label == "en" and has_marks(word) for word, label in zip(words, shaped.words, strict=True)):
        raise Refused("it takes Vietnamese letters for English")
    spoken = set(shaped.words) - {"other"}
    label: Any = "mixed" if len(spoken) == 2 else spoken.pop() if spoken else "other"
    return LanguageAnswer(
        language=label,
        tokens=tuple(
            TokenTag(text=word, language=language) for word, language in zip(words, shaped.words, strict=True)
        ),
        diacritics=embedded.diacritics,
        restored=_restored(request.text, shaped.restored) if embedded.restored else "",
        confidence=HIGHEST,
        source=source,
    )


def _restored(text: str, restored: str) -> str:
    if strip_marks(restored).lower().split() != strip_marks(text).lower().split():
        raise Refused("its spelling changes more than marks")
    return restored


LANGUAGE = Task("tool_language", ModelLanguage, settle, exact=True)
