"""What each act says, apart from the question at the end."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from providers.directive import Act, Bilingual, Directive, Recall
from providers.scripted.budget import Part, Weight
from providers.scripted.care import check_in, comfort, safeguard
from providers.scripted.correcting import correction_parts
from providers.scripted.cues import cue
from providers.scripted.glossed import known, shown_term, target
from providers.scripted.limits import VIETNAMESE_SYLLABLES, count_words
from providers.scripted.line import Line
from providers.scripted.recalled import fact
from providers.scripted.responding import opening, praised
from providers.scripted.second_person import to_second_person
from providers.scripted.showing import show, shown_too
from providers.scripted.syllables import parts, slow_word
from providers.scripted.telling import comments
from providers.scripted.turn import Turn, nameable, one_line, opened, sentences_of

FEW_WORDS = 2
LINE_WORDS = 4  # from here on a "term" is a line of the coach's
_LANGUAGES = {"en": "english", "vi": "vietnamese"}


def greet(turn: Turn) -> Iterator[Part]:
    directive = turn.directive
    interest = _interest(turn)
    yield Part(interest or _hello(turn), Weight.ACT)
    yield from correction_parts(turn)
    if cue("greeting", directive.said.text):
        yield Part(turn.chooser.need("greet.how"), Weight.HELP)
    elif directive.remember and fact(directive.remember) and not interest:
        yield from _optional(turn, "greet.remember", Weight.HELP, answer=_remembered(directive.remember))
    elif not directive.returning and not _asks_at_length(directive):
        yield from _optional(turn, "greet.intro", Weight.HELP)


def _interest(turn: Turn) -> Line | None:
    """A greeting that says what the child likes and what the lesson about it is, in the same breath."""
    liked, topic = turn.directive.remember, turn.directive.topic
    if liked is None or topic is None or not fact(liked):
        return None
    return turn.chooser.pick("greet.interest", answer=_remembered(liked), new_topic=_topic_of(topic))


def _hello(turn: Turn) -> Line:
    """A greeting; the first one says in the same breath who speaks, where a long question leaves no room for more."""
    directive = turn.directive
    if directive.returning:
        return turn.chooser.need("greet.welcome_named", "greet.welcome")
    with_pika = ("greet.hello_pika_named", "greet.hello_pika") if _asks_at_length(directive) else ()
    return turn.chooser.need(*with_pika, "greet.hello_named", "greet.hello")


def _asks_at_length(directive: Directive) -> bool:
    return directive.prompt is not None and len(sentences_of(directive.prompt)) > 1


def confirm(turn: Turn) -> Iterator[Part]:
    yield from opening(turn, "respond.confirm")
    yield from shown_too(turn)
    if turn.directive.model and len(turn.directive.said.text.split()) <= FEW_WORDS:
        yield from _optional(turn, "respond.whole", Weight.HELP)


def chat(turn: Turn) -> Iterator[Part]:
    yield from opening(turn, "respond.chat")
    yield from shown_too(turn)


def retry(turn: Turn) -> Iterator[Part]:
    corrected = list(correction_parts(turn))
    praise = praised(turn)
    yield from corrected
    if praise:
        yield Part(praise, Weight.PRAISE)
    elif not corrected:
        yield from _optional(turn, "retry.kind", Weight.RESPONSE)
    yield from _hint(turn)


def move_on(turn: Turn) -> Iterator[Part]:
    yield from correction_parts(turn)
    yield from _optional(turn, "move_on.kind", Weight.RESPONSE)
    if turn.directive.model:
        yield Part(turn.chooser.need("move_on.together"), Weight.ACT)


def explain(turn: Turn) -> Iterator[Part]:
    directive = turn.directive
    yield from correction_parts(turn)
    yield from _optional(turn, "explain.calm", Weight.RESPONSE)
    asked = _short_vietnamese(directive.previous) or (directive.prompt.vi if directive.prompt else "")
    if asked:
        yield Part(turn.chooser.need("explain.means_vi", previous=Line("", asked)), Weight.MUST)
        yield from _hint(turn)
    elif directive.hint and directive.hint.vi:
        yield Part(Line("", directive.hint.vi), Weight.MUST)
    else:
        yield from _hint(turn)


def meaning(turn: Turn) -> Iterator[Part]:
    yield from correction_parts(turn)
    yield from _gloss(turn, say_it=False)


def translate(turn: Turn) -> Iterator[Part]:
    yield from correction_parts(turn)
    yield from _gloss(turn, say_it=True)


def repeat(turn: Turn) -> Iterator[Part]:
    yield from correction_parts(turn)
    word = word_said_slowly(turn)
    if word:
        slow = "... ".join(parts(word))
        yield Part(turn.chooser.need("repeat.word", answer=_both(slow)), Weight.MUST)
        yield from _optional(turn, "gloss.say", Weight.HELP, meaning=_both(word))
        return
    group = "repeat.slowly" if cue("slowly", turn.directive.said.text) else "repeat.sure"
    yield Part(turn.chooser.need(group), Weight.RESPONSE)
    if turn.directive.previous:
        before = [line for line in sentences_of(turn.directive.previous) if not line.asks]
        yield from (Part(line, Weight.ACT) for line in before)


def word_said_slowly(turn: Turn) -> str:
    """The one word that the child wants to hear slowly; "" where it is the whole line."""
    said = turn.directive.said.text
    return slow_word(said) if cue("slowly", said) else ""


def again(turn: Turn) -> Iterator[Part]:
    yield Part(turn.chooser.need(f"again.{turn.directive.unheard or 'no_speech'}"), Weight.MUST)


def tip_parts(turn: Turn) -> Iterator[Part]:
    """One sound: the word to say again, and how the mouth makes it."""
    tip = turn.directive.tip
    if tip is None:
        return
    how = one_line(tip.how)
    if tip.sound:
        yield Part(turn.chooser.need("sound.say", term=_both(tip.word)), Weight.ACT)
        how = Line(how.en, f'"{tip.word}": {how.vi}')
    yield Part(how, Weight.MUST)


def help_with_answer(turn: Turn) -> Iterator[Part]:
    yield from correction_parts(turn)
    homework = cue("tricks", turn.directive.said.text) == "homework"
    yield from _optional(turn, "steady.homework" if homework else "help.together", Weight.RESPONSE)
    yield from _hint(turn)


def recall(turn: Turn) -> Iterator[Part]:
    yield from correction_parts(turn)
    asked = turn.directive.recall
    if asked and asked.known and fact(asked):
        yield Part(turn.chooser.need("recall.known", answer=_remembered(asked)), Weight.MUST)
        return
    about = nameable(to_second_person(asked.about)) if asked else ""
    yield Part(turn.chooser.need("recall.unknown_about", "recall.unknown", about=_both(about)), Weight.MUST)
    yield from _optional(turn, "recall.invite", Weight.HELP)


def redirect(turn: Turn) -> Iterator[Part]:
    yield from correction_parts(turn)
    kind = _of("redirect", "private" if cue("private", turn.directive.said.text) else "", turn)
    homework = cue("tricks", turn.directive.said.text) == "homework"
    yield Part(turn.chooser.need("steady.homework" if homework else kind), Weight.ACT)


def change_topic(turn: Turn) -> Iterator[Part]:
    new = _topic_of(turn.directive.topic or Bilingual())
    yield from correction_parts(turn)
    yield Part(turn.chooser.need("change_topic.named", "change_topic.sure", new_topic=new), Weight.ACT)


def ease(turn: Turn) -> Iterator[Part]:
    yield from correction_parts(turn)
    yield Part(turn.chooser.need(_of("ease", turn.directive.said.mood, turn)), Weight.ACT)
    if cue("wishes", turn.directive.said.text):
        yield Part(turn.chooser.need("ease.game"), Weight.ACT)
    elif turn.directive.hint:
        yield from _hint(turn)
    else:
        yield from _optional(turn, "ease.offer", Weight.HELP)


def wait(turn: Turn) -> Iterator[Part]:
    yield Part(turn.chooser.need("wait.time"), Weight.RESPONSE)
    yield from _hint(turn)


def privacy(turn: Turn) -> Iterator[Part]:
    if cue("private", turn.directive.said.text):
        yield Part(turn.chooser.need("privacy.asked"), Weight.MUST)
    else:
        yield Part(turn.chooser.need("privacy.keep"), Weight.MUST)
        yield from _optional(turn, "privacy.only_family", Weight.HELP)


def calm(turn: Turn) -> Iterator[Part]:
    yield Part(turn.chooser.need("calm.kind"), Weight.MUST)


def steady(turn: Turn) -> Iterator[Part]:
    yield from correction_parts(turn)
    yield Part(turn.chooser.need(_of("steady", cue("tricks", turn.directive.said.text), turn)), Weight.ACT)


def answer(turn: Turn) -> Iterator[Part]:
    """A short answer to what was asked of Pika itself."""
    gloss = turn.directive.gloss
    slots = (
        {}
        if gloss is None
        else {"term": _both(gloss.term), "meaning": _both(gloss.vi or gloss.en), "answer": _both(gloss.en)}
    )
    yield Part(turn.chooser.need(f"answer.{turn.directive.asked or 'unsure'}", "answer.unsure", **slots), Weight.MUST)
    if turn.directive.told and turn.directive.told.kind:
        yield from comments(turn, turn.directive.told)


def identity(turn: Turn) -> Iterator[Part]:
    yield from correction_parts(turn)
    yield Part(turn.chooser.need("identity.robot"), Weight.MUST)
    asked = cue("identity", turn.directive.said.text)
    if asked:
        yield Part(turn.chooser.need(f"identity.{asked}"), Weight.MUST)


def farewell(turn: Turn) -> Iterator[Part]:
    yield from correction_parts(turn)
    yield Part(turn.chooser.need("farewell.bye"), Weight.MUST)
    yield Part(turn.chooser.need("farewell.learned" if turn.directive.learned else "farewell.talked"), Weight.ACT)
    if turn.directive.well_said:
        yield from _optional(turn, "farewell.well_said", Weight.HELP, quote=_both(opened(turn.directive.well_said)))
    yield from _optional(turn, "farewell.again", Weight.HELP)


def propose_farewell(turn: Turn) -> Iterator[Part]:
    yield from opening(turn)
    yield Part(turn.chooser.need("propose_farewell.learned", "propose_farewell.done"), Weight.ACT)
    if not turn.directive.prompt:
        yield Part(turn.chooser.need("propose_farewell.offer"), Weight.ACT)


ACTS: Final[Mapping[Act, Callable[[Turn], Iterator[Part]]]] = {
    Act.GREET: greet,
    Act.CONFIRM: confirm,
    Act.RETRY: retry,
    Act.MOVE_ON: move_on,
    Act.EXPLAIN: explain,
    Act.MEANING: meaning,
    Act.TRANSLATE: translate,
    Act.REPEAT: repeat,
    Act.HELP: help_with_answer,
    Act.RECALL: recall,
    Act.CHAT: chat,
    Act.REDIRECT: redirect,
    Act.CHANGE_TOPIC: change_topic,
    Act.EASE: ease,
    Act.AGAIN: again,
    Act.SHOW: show,
    Act.WAIT: wait,
    Act.COMFORT: comfort,
    Act.SAFEGUARD: safeguard,
    Act.CHECK_IN: check_in,
    Act.PRIVACY: privacy,
    Act.CALM: calm,
    Act.STEADY: steady,
    Act.ANSWER: answer,
    Act.IDENTITY: identity,
    Act.FAREWELL: farewell,
    Act.PROPOSE_FAREWELL: propose_farewell,
}


def _optional(turn: Turn, group: str, weight: Weight, **slots: Line) -> Iterator[Part]:
    line = turn.chooser.pick(group, **slots)
    if line:
        yield Part(line, weight)


def _hint(turn: Turn) -> Iterator[Part]:
    hint = turn.directive.hint
    if hint and (hint.en or hint.vi):
        yield Part(one_line(hint), Weight.HELP)


def _gloss(turn: Turn, *, say_it: bool) -> Iterator[Part]:
    gloss = turn.directive.gloss
    if gloss is None or not known(gloss):
        yield Part(turn.chooser.need("gloss.unknown"), Weight.ACT)
        yield from _optional(turn, "gloss.ask_someone", Weight.HELP)
        return
    to = target(gloss)
    term, answer = shown_term(gloss), gloss.vi if to == "vi" else gloss.en
    slots = {"term": _both(term), "meaning": _both(answer)}
    if to == "vi" and count_words(term) >= LINE_WORDS:
        asked = _short_vietnamese(Bilingual(vi=answer))
        yield Part(turn.chooser.need("explain.means_vi", previous=Line("", asked)), Weight.MUST)
        return
    line = turn.chooser.need(f"gloss.in_{_LANGUAGES[to]}", **slots)
    yield Part(Line("", line.vi) if turn.in_vietnamese else line, Weight.MUST)
    if say_it or to == "en":
        yield from _optional(turn, "gloss.say", Weight.HELP, meaning=_both(answer if to == "en" else term))


def _short_vietnamese(previous: Bilingual | None) -> str:
    """The Vietnamese of the coach's last two sentences; of the last one where they are long."""
    if previous is None or not previous.vi:
        return ""
    last_two = " ".join(line.vi for line in sentences_of(Bilingual(vi=previous.vi))[-2:])
    return last_two if count_words(last_two) <= VIETNAMESE_SYLLABLES else sentences_of(Bilingual(vi=last_two))[-1].vi


def _of(act: str, kind: str, turn: Turn) -> str:
    own = f"{act}.{kind}"
    return own if kind and turn.chooser.has(own) else f"{act}.any"


def _small(topic: str) -> str:
    """The first thing of a topic, for the middle of a sentence: "Hello, my name" -> "hello"."""
    first = topic.split(",")[0].strip()
    return first[:1].lower() + first[1:] if first[1:].islower() else first


def _topic_of(topic: Bilingual) -> Line:
    return Line(_small(to_second_person(topic.en)), _small(topic.vi))


def _remembered(recall: Recall) -> Line:
    return Line(fact(recall), opened(recall.answer) or fact(recall))


def _both(text: str) -> Line:
    return Line(text, text)
