"""The coach's reply prompt: what a provider's model is told about one turn."""

from collections.abc import Sequence
from typing import Any, Final

from prompts.library import PromptLibrary
from providers.directive import Act, Bilingual, Correction, Directive, Gloss, Means, Recall, Sight, SoundTip
from providers.scripted.correcting import recast_of
from providers.scripted.limits import CARE_EXTRA_SENTENCES, SENTENCES_BEFORE_QUESTION, WORDS
from providers.scripted.line import plain
from providers.scripted.showing import asks_about_it
from providers.scripted.wording import CARE

REPLY: Final = "coach_reply"
CHILD_CHARACTERS: Final = 600
MEMORIES: Final = 5
MEMORY_CHARACTERS: Final = 200
RECENT_SENTENCES: Final = 12
ALWAYS_VIETNAMESE: Final = frozenset({Act.EXPLAIN, Act.MEANING, Act.TRANSLATE, Act.SAFEGUARD})
NOT_QUOTED: Final = frozenset({Act.PRIVACY, Act.CALM})  # what must not be repeated is not shown either


def reply_instructions(library: PromptLibrary, directive: Directive, memories: Sequence[str]) -> str:
    """The system instructions for a model that words `directive`; `memories` are what the child told, best first."""
    return library.render(REPLY, **reply_parameters(directive, memories)).text


def reply_parameters(directive: Directive, memories: Sequence[str]) -> dict[str, Any]:
    """The parameters of the reply prompt. What a child said goes in as one line without angle brackets."""
    said, learner = directive.said, directive.learner
    is_care = directive.act in CARE
    return {
        "act": directive.act.value,
        "child": as_data(learner.name),
        "age": str(learner.age or ""),
        "level": learner.level,
        "address": learner.address,
        "words": WORDS[learner.level],
        "sentences": SENTENCES_BEFORE_QUESTION[learner.level] + (CARE_EXTRA_SENTENCES if is_care else 0),
        "vietnamese": _speaks_vietnamese(directive),
        "said": {
            "text": "" if directive.act in NOT_QUOTED else as_data(said.text),
            "english": "" if directive.act in NOT_QUOTED else as_data(said.english),
            "mood": said.mood,
        },
        "praise": as_data(directive.praise),
        "correction": _correction(directive.correction, said.text) if _is_corrected(directive) else {},
        "tip": _tip(directive.tip) if _is_corrected(directive) else {},
        "unheard": directive.unheard,
        "sight": _sight(directive),
        "hint": _lines(directive.hint),
        "model": as_data(directive.model),
        "gloss": _gloss(directive.gloss),
        "recall": _recall(directive.recall or directive.remember),
        "previous": _lines(directive.previous),
        "topic": _lines(directive.topic),
        "danger": directive.danger,
        "follow_up": directive.follow_up,
        "returning": directive.returning,
        "learned": list(directive.learned),
        "well_said": as_data(directive.well_said),
        "prompt": {} if _has_no_question(directive) else _lines(directive.prompt),
        "recent": [as_data(plain(sentence)) for sentence in directive.recent[-RECENT_SENTENCES:]],
        "memories": [] if is_care else [as_data(text)[:MEMORY_CHARACTERS] for text in memories[:MEMORIES]],
    }


def as_data(text: str) -> str:
    """`text` as it may stand in a prompt: one line, bounded, without the brackets that mark where data ends."""
    return " ".join(text.replace("<", "(").replace(">", ")").split())[:CHILD_CHARACTERS]


def _speaks_vietnamese(directive: Directive) -> bool:
    cares_in_vietnamese = directive.act in CARE and directive.said.language == "vi"
    return directive.vietnamese or directive.act in ALWAYS_VIETNAMESE or cares_in_vietnamese


def _is_corrected(directive: Directive) -> bool:
    return directive.act not in CARE and directive.act not in NOT_QUOTED


def _has_no_question(directive: Directive) -> bool:
    first_danger = directive.act is Act.SAFEGUARD and not directive.follow_up
    return first_danger or directive.act is Act.FAREWELL


def _correction(correction: Correction | None, said: str) -> dict[str, str]:
    if correction is None:
        return {}
    recast = recast_of(correction, said)
    return {
        "means": correction.means.value,
        "recast": f'"{plain(recast.quote)}"' if recast.odd else plain(recast.flip),
        "quote": plain(recast.quote),
        "wrong": as_data(correction.wrong) if correction.means is Means.PROMPT else "",
        "right": as_data(correction.right),
        "why": correction.explanation.en,
        "why_vietnamese": correction.explanation.vi,
    }


def _tip(tip: SoundTip | None) -> dict[str, str]:
    return {} if tip is None else {"word": as_data(tip.word), "how": tip.how.en, "how_vietnamese": tip.how.vi}


def _sight(directive: Directive) -> dict[str, Any]:
    sight: Sight | None = directive.sight
    if sight is None:
        return {}
    word = "" if sight.kind == "match" and directive.prompt is None else as_data(sight.word)
    asks = directive.act is Act.SHOW and asks_about_it(directive)
    return {"kind": sight.kind, "word": word, "vi": as_data(sight.vi), "asks": asks}


def _lines(text: Bilingual | None) -> dict[str, str]:
    return {} if text is None else {"en": as_data(text.en), "vi": as_data(text.vi)}


def _gloss(gloss: Gloss | None) -> dict[str, Any]:
    if gloss is None:
        return {}
    return {"term": as_data(gloss.term), "en": as_data(gloss.en), "vi": as_data(gloss.vi), "known": gloss.known}


def _recall(recall: Recall | None) -> dict[str, Any]:
    if recall is None:
        return {}
    answer = as_data(recall.answer or recall.quote)
    return {"about": as_data(recall.about), "answer": answer if recall.known else "", "known": recall.known}
