"""What a turn does with a picture: what Pika sees and says, where the lesson stands then, what it shows of a word."""

from typing import Any

import pytest

from graphs.conversation import Conversation
from graphs.decide import decide
from graphs.decide.sight import KEPT_PICTURES, asks_what_it_is, sight_of, words_asked
from graphs.seeing import sight_in
from lessons.loader import load
from lessons.service import CONTENT, Lessons
from providers.directive import Act, Sight, SightKind
from tests.graphs.views import a_lesson, a_step, a_view, asked, at, intent, mood, safety, verdict
from tests.lessons.conftest import HashedWords
from tools.image.schemas import ImageMatchAnswer

MARK = "0123456789abcdef"
MEETING = a_lesson(steps=tuple(a_step(f"s{number}", kind="meet") for number in range(1, 7)))


def picture(**changes: Any) -> ImageMatchAnswer:
    values = {"match": "unsure", "confidence": 0.5, "seen": "guitar", "seen_confidence": 0.9, "fingerprint": MARK}
    return ImageMatchAnswer.model_validate({**values, **changes})


NOTHING = picture(seen="", seen_confidence=0.0)


@pytest.mark.parametrize(
    ("what", "answer", "wanted", "said", "sight"),
    [
        ("what is asked for", picture(match="yes", seen="cat"), ["cat"], "", Sight(kind="match", word="cat")),
        ("it is, and something else more", picture(match="yes"), ["cat"], "", Sight(kind="match", word="cat")),
        ("the second word", picture(seen="bird"), ["cat", "bird"], "", Sight(kind="match", word="bird")),
        ("it, and the child names it", picture(match="yes", seen="cat"), ["cat"], "a cat!",
         Sight(kind="match", word="cat", named=True)),
        ("something else", picture(match="no"), ["cat"], "", Sight(kind="seen", word="guitar")),
        ("nothing was asked", picture(match="yes"), [], "", Sight(kind="seen", word="guitar")),
        ("less than sure", picture(seen_confidence=0.74), [], "", Sight(kind="unsure")),
        ("less than sure, but the child says so", picture(seen_confidence=0.6), [], "these are my guitars",
         Sight(kind="seen", word="guitar", named=True)),
        ("the child says something else", picture(), [], "my violin", Sight(kind="seen", word="guitar")),
        ("nothing known", NOTHING, ["cat"], "", Sight(kind="unsure")),
        ("shown before", picture(same_as=MARK, match="yes", seen="cat"), ["cat"], "", Sight(kind="again")),
        ("not for a child", picture(safety="unsafe", match="yes"), ["cat"], "", Sight(kind="unsafe")),
        ("for grown-ups", picture(seen="gun", seen_confidence=0.5), [], "", Sight(kind="unsafe")),
        ("no picture", None, ["cat"], "", Sight(kind="unseen")),
    ],
)  # fmt: skip
def test_what_pika_sees(what: str, answer: Any, wanted: list[str], said: str, sight: Sight) -> None:
    assert sight_of(answer, wanted, said) == sight, what


def shown(kind: SightKind, text: str = "", **changes: Any) -> Any:
    """The decision on a turn with a picture, in a lesson that has just asked about a cat."""
    word = "" if kind in ("unsure", "again", "unsafe", "unseen") else "cat" if kind == "match" else "guitar"
    sight = Sight(kind=kind, word=word, vi="đàn ghi-ta" if kind == "seen" else "", named=bool(text))
    values = {"sight": sight, "fingerprint": MARK, "verdict": verdict("none"), "intent": None, "language": None}
    return decide(a_view(text, **{**values, **changes}))


@pytest.mark.parametrize(
    ("kind", "prompt", "stays_asked", "card"),
    [
        ("match", "Small question s1?", True, False),
        ("seen", None, False, True),
        ("unsure", None, False, False),
        ("again", "Small question s1?", True, False),
        ("unsafe", "Small question s1?", True, False),
        ("unseen", "Small question s1?", True, False),
    ],
)
def test_a_picture_without_words_leaves_the_lesson_where_it_is(
    kind: SightKind, prompt: str | None, stays_asked: bool, card: bool
) -> None:
    decision = shown(kind)
    directive = decision.directive
    assert (directive.act, directive.sight.kind) == (Act.SHOW, kind)
    assert (directive.prompt.en if directive.prompt else None) == prompt
    assert (directive.card is not None and directive.card.word == "guitar") is card
    assert (decision.conversation.asked, decision.conversation.step_id) == (stays_asked, "s1")
    assert decision.conversation.hints == 0


def test_what_was_asked_for_is_named_by_the_child_and_its_answer_counts() -> None:
    places: dict[str, Any] = {"position": at(0, MEETING), "following": at(1, MEETING)}
    decision = shown("match", **places)
    assert (decision.directive.prompt, decision.directive.card) == (None, None)  # the card would tell the word
    assert decision.conversation.asked
    then = decide(a_view("a cat", conversation=decision.conversation, **places))
    assert (then.directive.act, then.conversation.step_id) == (Act.CONFIRM, "s2")


@pytest.mark.parametrize(
    ("what", "text", "changes", "act"),
    [
        ("a right answer", "i like cats", {"verdict": verdict("right")}, Act.CONFIRM),
        ("an own story", "this is my guitar", {}, Act.CHAT),
        ("another answer", "i like dogs", {"verdict": verdict("wrong")}, Act.CHAT),
        ("a question about it", "what is this", {"intent": intent("ask_meaning")}, Act.SHOW),
        ("goodbye", "bye", {"intent": intent("goodbye")}, Act.FAREWELL),
        ("a danger", "he hits me", {"safety": safety("abuse_disclosure")}, Act.SAFEGUARD),
        ("a sad child", "i am so sad", {"mood": mood("sad")}, Act.COMFORT),
        ("not heard", "", {"unheard": "too_noisy"}, Act.SHOW),
    ],
)
def test_words_with_a_picture_are_answered_first(what: str, text: str, changes: dict[str, Any], act: Act) -> None:
    directive = shown("seen", text, **changes).directive
    assert directive.act is act, what
    assert (directive.sight is not None) is (act in (Act.SHOW, Act.CONFIRM, Act.CHAT))


def test_an_unsafe_picture_is_left_whatever_is_said_with_it() -> None:
    directive = shown("unsafe", "i like cats", verdict=verdict("right")).directive
    assert (directive.act, directive.sight) == (Act.SHOW, Sight(kind="unsafe", named=True))


@pytest.mark.parametrize(
    "text", ["what is this?", "What's that in English", "đây là cái gì", "cái này là gì", "con này là con gì"]
)
def test_a_question_about_the_picture_is_known(text: str) -> None:
    assert asks_what_it_is(text)
    assert not asks_what_it_is("this is what I like")


@pytest.mark.parametrize(
    ("kind", "text", "evidence"),
    [
        ("match", "", [("shown", "word:cat")]),
        ("match", "my cat", [("shown", "word:cat"), ("word_used", "word:cat")]),
        ("seen", "", []),
        ("seen", "my guitar", [("word_used", "word:guitar")]),
        ("unsure", "my thing", []),
        ("again", "", []),
    ],
)
def test_what_it_shows_of_a_word(kind: SightKind, text: str, evidence: list[tuple[str, str]]) -> None:
    found = shown(kind, text).evidence
    assert [(one.kind, one.item) for one in found if one.kind in ("shown", "word_used")] == evidence
    assert all(one.correct for one in found)


def test_a_word_is_not_counted_twice_where_the_answer_counts_it() -> None:
    found = shown("match", "i like cats", verdict=verdict("right", words=("cat",))).evidence
    assert [one.item for one in found if one.kind == "word_used"] == ["word:cat"]


def test_pictures_are_known_again_and_only_so_many() -> None:
    known = tuple(f"{number:016x}" for number in range(KEPT_PICTURES))
    talk = asked(pictures=known)
    assert shown("seen", conversation=talk).conversation.pictures == (*known[1:], MARK)
    assert shown("again", conversation=talk).conversation.pictures == known
    assert decide(a_view(conversation=talk)).conversation.pictures == known


@pytest.mark.parametrize(
    ("conversation", "words"),
    [
        (asked(), ("cat",)),
        (asked(review="word:dog"), ("dog",)),
        (asked(review="sound:TH"), ()),
        (asked(asked=False), ()),
        (Conversation(), ()),
    ],
)
def test_a_picture_is_held_against_the_open_question(conversation: Conversation, words: tuple[str, ...]) -> None:
    assert words_asked(conversation, at(0)) == words


@pytest.mark.parametrize(
    ("seen", "kind", "vi"),
    [("cat", "seen", "con mèo"), ("accordion", "seen", ""), ("zorgle", "unsure", "")],
)
def test_pika_names_only_what_its_own_words_know(seen: str, kind: str, vi: str) -> None:
    lessons = Lessons(load(CONTENT), HashedWords())
    answer = picture(seen=seen).model_dump(mode="json")
    sight, mark = sight_in({"answer": answer}, "", Conversation(), at(0), lessons)
    assert sight is not None
    assert (sight.kind, sight.vi, mark) == (kind, vi, MARK)
    assert sight_in({}, "", Conversation(), at(0), lessons) == (None, "")
