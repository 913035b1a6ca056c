"""Decides one turn: its Directive, its evidence and where the conversation stands after it."""

import re
from dataclasses import dataclass

from graphs.conversation import Conversation
from graphs.decide.asked import answer_gloss
from graphs.decide.care import MOOD_CONFIDENCE, next_care
from graphs.decide.correction import choose_correction, paced, repaired
from graphs.decide.evidence import observe
from graphs.decide.interest import opened_with, topic_liked
from graphs.decide.lesson import Move, move
from graphs.decide.routing import route
from graphs.decide.sight import pictures_kept, sight_told
from graphs.decide.sound import choose_tip, practised_well
from graphs.decide.talk import next_talk, told_in
from graphs.decide.view import TurnView
from learners.ports import Evidence
from memory.ports import Memory
from providers.directive import Act, Bilingual, Correction, Directive, Gloss, Learner, Recall, Said, SoundTip
from providers.scripted import to_second_person

NOT_UNDERSTOOD_BEFORE_VIETNAMESE = 2
MAX_LEARNED_NAMED = 3
_ALWAYS_BILINGUAL = frozenset(
    {Act.EXPLAIN, Act.MEANING, Act.TRANSLATE, Act.SAFEGUARD, Act.COMFORT, Act.HELP, Act.PRIVACY}
)
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”]?\s+")
_TOPIC_END = re.compile(r"[,:;]")
_LESSON_PRAISE = frozenset({Act.CONFIRM})


@dataclass(frozen=True, slots=True)
class Decision:
    """What one turn shall do (`directive`), what it showed (`evidence`), and the thread's memory before the reply."""

    directive: Directive
    evidence: tuple[Evidence, ...]
    conversation: Conversation


def decide(view: TurnView) -> Decision:
    """The decision for one turn: a pure function of the view."""
    act = route(view)
    view = opened_with(view, act)
    after = move(view, act)
    correction = choose_correction(view, act)
    tip = choose_tip(view, act, corrected=correction is not None)
    return Decision(
        directive=_directive(view, act, after, correction, tip),
        evidence=observe(view, act, after),
        conversation=_after(view, act, after, tip, correction),
    )


def _directive(view: TurnView, act: Act, after: Move, correction: Correction | None, tip: SoundTip | None) -> Directive:
    return Directive(
        act=act,
        learner=_learner(view),
        said=_said(view),
        vietnamese=_speaks_vietnamese(view, act),
        praise=_praise(view, act, correction),
        correction=correction,
        tip=tip,
        unheard=view.unheard if act is Act.AGAIN else "",
        sight=sight_told(view, act),
        hint=after.hint,
        model=after.model,
        gloss=_gloss(view, act),
        recall=_recall(view) if act is Act.RECALL else None,
        asked=view.asked if act is Act.ANSWER else "",
        told=told_in(view, act, back=_lesson_name(after)),
        previous=_previous(view, act),
        topic=_topic(view, after) if act is Act.CHANGE_TOPIC else topic_liked(view),
        danger=_danger(view, act),
        follow_up=_follows_up(view, act),
        prompt=after.prompt,
        card=after.card,
        learned=tuple(view.learned[-MAX_LEARNED_NAMED:]) if act in (Act.FAREWELL, Act.PROPOSE_FAREWELL) else (),
        well_said=view.well_said if act is Act.FAREWELL else "",
        returning=act is Act.GREET and view.profile.turns > 0,
        remember=_remembered_thing(view) if act is Act.GREET else None,
        recent=tuple(sentence for turn in view.conversation.recent for sentence in turn),
        variant=view.seed,
    )


def _learner(view: TurnView) -> Learner:
    profile = view.profile
    return Learner(name=profile.name, age=profile.age, level=profile.level, address=profile.address)


def _said(view: TurnView) -> Said:
    intent, language, mood = view.intent, view.language, view.mood
    return Said(
        text=view.text,
        language=language.language if language is not None else "en",
        english=view.english,
        topic=intent.topic if intent is not None else "",
        names=intent.names if intent is not None else (),
        mood=mood.mood if mood is not None and mood.confidence >= MOOD_CONFIDENCE else "neutral",
    )


def _speaks_vietnamese(view: TurnView, act: Act) -> bool:
    """English first; Vietnamese when asked for, not understood, answered in Vietnamese, or in need."""
    if view.profile.vietnamese_help or view.is_vietnamese or act in _ALWAYS_BILINGUAL:
        return True
    return view.conversation.not_understood >= NOT_UNDERSTOOD_BEFORE_VIETNAMESE


def _praise(view: TurnView, act: Act, correction: Correction | None) -> str:
    """The good form to name: a target word the child used, a word it practised. Nothing beside a correction."""
    if repaired(view):
        return view.conversation.recast
    if act is Act.CHAT:
        return practised_well(view)
    if act not in _LESSON_PRAISE or correction is not None or view.verdict is None or not view.verdict.words:
        return ""
    return view.verdict.words[0]


def _gloss(view: TurnView, act: Act) -> Gloss | None:
    if act is Act.MEANING:
        return _meaning(view)
    if act is Act.ANSWER:
        return answer_gloss(view, view.asked)
    return _translation(view) if act is Act.TRANSLATE else None


def _meaning(view: TurnView) -> Gloss:
    """What was asked about: a word of the lexicon, else the coach's last line."""
    if view.gloss is not None:
        return Gloss(term=view.term or view.gloss.en, en=view.gloss.en, vi=view.gloss.vi)
    if view.term:
        return Gloss(term=view.term, vi=view.gloss_line, known=bool(view.gloss_line))
    previous = view.conversation.previous
    return Gloss(term=previous.en, en=previous.en, vi=view.vietnamese, known=bool(view.vietnamese))


def _translation(view: TurnView) -> Gloss:
    term = view.term
    if view.gloss is not None:
        return Gloss(term=term or view.gloss.vi, en=view.gloss.en, vi=view.gloss.vi)
    if term:
        return Gloss(term=term, en=view.gloss_line, vi=term, known=bool(view.gloss_line))
    return Gloss(term=view.text, en=view.english, vi=view.text, known=bool(view.english))


def _recall(view: TurnView) -> Recall | None:
    found = view.remembered
    if found is None:
        return None
    return Recall(question=found.question, answer=found.answer, about=found.about, quote=found.quote, known=found.known)


def _remembered_thing(view: TurnView) -> Recall | None:
    """One fact to mention when a child comes back: told on another day, never invented."""
    if view.profile.turns == 0:
        return None
    fact = next((memory for memory in view.highlights if _is_worth_saying(memory) and _fits(view, memory)), None)
    if fact is None:
        return None
    return Recall(question="", answer=fact.value, about=fact.about, quote=fact.quote, known=True)


def _fits(view: TurnView, memory: Memory) -> bool:
    """With a lesson about what the child likes, that is what is remembered."""
    return view.suits is None or memory.value == view.suits.like


def _is_worth_saying(memory: Memory) -> bool:
    return bool(memory.about) and memory.subject_key.startswith(("pet:", "me:likes:", "me:favorite:"))


def _previous(view: TurnView, act: Act) -> Bilingual | None:
    """What is said again, or explained: the open question rather than all that was said around it."""
    if act is Act.EXPLAIN and view.conversation.talk.question:
        previous = view.conversation.previous
        return Bilingual(en=_SENTENCE_END.split(previous.en)[-1], vi=_SENTENCE_END.split(previous.vi)[-1])
    if act is Act.EXPLAIN and view.conversation.asked and not view.conversation.review:
        return Bilingual(en=view.position.step.ask.en, vi=view.position.step.ask.vi)
    return view.conversation.previous if act in (Act.REPEAT, Act.EXPLAIN) else None


def _topic(view: TurnView, after: Move) -> Bilingual:
    """The new topic as the child named it in English, else as the lesson does."""
    lesson = after.position.lesson.topic
    named = view.intent.topic if view.intent is not None else ""
    english = named if (named.isascii() and not view.is_vietnamese) or named.startswith("my ") else ""
    return Bilingual(en=to_second_person(english) if english else lesson.en, vi=lesson.vi)


def _lesson_name(after: Move) -> Bilingual:
    """What the lesson is about, as a bridge to it names it; empty for the first, which is about saying hello."""
    if after.position.lesson.order == 1 or after.prompt is None:
        return Bilingual()
    topic = after.position.lesson.topic
    return Bilingual(en=to_second_person(_TOPIC_END.split(topic.en)[0]), vi=_TOPIC_END.split(topic.vi)[0])


def _danger(view: TurnView, act: Act) -> str:
    if act is not Act.SAFEGUARD:
        return ""
    following = next_care(view, act)
    return following.about if following is not None else ""


def _follows_up(view: TurnView, act: Act) -> bool:
    following = next_care(view, act)
    return act in (Act.SAFEGUARD, Act.COMFORT) and following is not None and following.turns > 1


def _after(view: TurnView, act: Act, after: Move, tip: SoundTip | None, correction: Correction | None) -> Conversation:
    not_understood = view.conversation.not_understood + 1 if act in (Act.EXPLAIN, Act.HELP) else 0
    return view.conversation.model_copy(
        update={
            "lesson_id": after.position.lesson.id,
            "step_id": after.position.step.id,
            "asked": after.asked,
            "tries": after.tries,
            "hints": after.hints,
            "review": after.review,
            "reviewed": view.conversation.reviewed or bool(after.review),
            "tips": (*view.conversation.tips, *(() if tip is None else (tip.sound,))),
            "practise": "" if tip is None or not tip.sound else tip.word,
            "pictures": pictures_kept(view),
            "not_understood": not_understood,
            "care": next_care(view, act),
            "talk": next_talk(view, act),
            "farewell_proposed": view.conversation.farewell_proposed or act is Act.PROPOSE_FAREWELL,
            "last_act": act.value,
            "asked_of": view.asked if act is Act.ANSWER else "",
            "recast": "" if correction is None else correction.recast,
            **paced(view, correction is not None or tip is not None),
        }
    )
