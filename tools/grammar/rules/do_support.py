"""Questions whose do, does or did is missing or goes with the wrong verb form."""
# ruff: noqa: E501 (tables: one pattern, one line)

from collections.abc import Iterator

from tools.grammar.lexicon import closed, words
from tools.grammar.lexicon.adjectives import ADJECTIVES, FEELINGS
from tools.grammar.lexicon.forms import reading
from tools.grammar.lexicon.nouns import MASS, PEOPLE, PLURALS
from tools.grammar.parse import Clause, Parse
from tools.grammar.rule import Change, Rule, span, swap
from tools.grammar.rules.common import be_for, do_for, told_in_past


def _bare_verb(parse: Parse) -> Iterator[Change]:
    """ "did you went", "does he likes", "can she swims"."""
    for clause in parse.clauses:
        if clause.inverted < 0:
            continue
        low = parse.low(clause.inverted)
        if low not in closed.DO | closed.MODALS:
            continue
        base, forms = reading(parse.low(clause.pred))
        if base and "base" not in forms and forms & {"past", "s"}:
            yield swap(parse, clause.pred, base)
        elif low in closed.DO and forms == {"ing"}:
            yield swap(parse, clause.inverted, be_for(clause.subject.person, past=low == "did"))
        elif low in closed.DO and parse.low(clause.pred) in {"can", "could", "will", "should"}:
            words = parse.text[parse.tokens[clause.subject.start].start : parse.tokens[clause.subject.end - 1].end]
            yield span(parse, clause.inverted, clause.pred, f"{parse.low(clause.pred)} {words}")


def _be_question(parse: Parse) -> Iterator[Change]:
    """ "do you happy" and "are you like pizza"."""
    for clause in parse.clauses:
        if clause.inverted < 0 or (not clause.subject.pronoun and clause.subject.person == "?"):
            continue
        low, person = parse.low(clause.inverted), clause.subject.person
        word, nxt = parse.low(clause.pred), parse.near(clause.pred + 1, clause.pred)
        if (
            low in closed.DO
            and (
                word in FEELINGS | {"tall", "beautiful", "good", "old", "cute"}
                or (word in ADJECTIVES and not reading(word)[0])
            )
            and nxt in {"", "?", "today", "now", "at", "in", "of", "yesterday"}
        ):
            yield swap(parse, clause.inverted, be_for(person, past=low == "did"))
        elif low in {"is", "are", "am", "was", "were"} and (_plain(parse, clause.pred) or _at_work(parse, clause)):
            if parse.near(clause.inverted - 1, clause.inverted) in closed.DEMONSTRATIVES or nxt in closed.NOT:
                continue  # "that is my bag don't touch"
            past = low in {"was", "were"} or told_in_past(parse, clause)
            yield swap(parse, clause.inverted, do_for(person, past=past))


_WORK = words("work cook swim sing teach speak")


def _plain(parse: Parse, index: int) -> bool:
    base, forms = reading(parse.low(index))
    nxt = parse.near(index + 1, index)
    if base == "like":
        return forms == {"base"} and (
            nxt in PLURALS
            or nxt in MASS
            or nxt in {"to", "eat", "pizza", "ice", "school"}
            or reading(nxt)[1] == {"ing"}
        )
    return forms in ({"base"}, {"s"}) and base in {"go", "eat", "want", "know", "have", "play", "live", "need", "watch", "understand", "speak", "think", "see",
                                           "do", "study", "learn", "agree", "sleep", "remember", "get", "love", "drink", "come"} and parse.low(index) not in {"love"}  # fmt: skip


def _at_work(parse: Parse, clause: Clause) -> bool:
    """ "is your father work here": a person and what a person does."""
    somebody = clause.subject.head in PEOPLE or (clause.subject.pronoun and clause.subject.head != "it")
    return somebody and parse.low(clause.pred) in _WORK and parse.low(clause.inverted) in {"is", "are"}


RULES = (
    Rule("do_support.bare_verb", "do_support", _bare_verb,
         "After do, does, did or can the verb is plain.", "Sau do, does, did, can động từ ở dạng gốc.", 0.95),
    Rule("do_support.be", "do_support", _be_question,
         "Are you goes with how you feel, do you goes with a verb.", "Are you đi với tính từ, do you đi với động từ.", 0.9),
)  # fmt: skip
