"""Perfect and progressive forms."""
# ruff: noqa: E501 (tables: one pattern, one line)

import itertools
import re
from collections.abc import Iterator

from tools.grammar.lexicon import closed, words
from tools.grammar.lexicon.forms import inflect, reading
from tools.grammar.lexicon.verbs import NEVER_PROGRESSIVE, NOUN_LIKE
from tools.grammar.parse import Clause, Parse
from tools.grammar.rule import Change, Rule, lexical, span, swap
from tools.grammar.rules.common import be_for, finite, habitual, told_in_past

_UNMISTAKEN = words("eat play read draw watch cook write sing dance drink")  # "I sleep now" may be a plan
_ACTIONS = words(
    """
    eat play read write draw watch cook run swim sing dance drink sleep do fly wash jump cry rain study learn
    """
)
_KEPT = words(
    """
    dog cat brother sister dogs cats sisters brothers bike car house pet friends toys computer phone
    """
)
_LASTING = words("live learn study know play have work like love teach")
_DONE = words("finish eat do see buy clean write drink forget lose break brush wash tell come arrive")


def _perfect(parse: Parse) -> Iterator[Change]:
    """ "have went", "has see", "have did"."""
    for clause in parse.clauses:
        at = clause.inverted if clause.inverted >= 0 else clause.pred
        if parse.low(at) not in {"have", "has", "'ve", "had"}:
            continue
        if clause.inverted >= 0 and parse.near(at - 1, at) not in closed.WH | {"", ","} | closed.INTERJECTIONS:
            continue  # "I will have he repair it"
        verb = clause.pred if clause.inverted >= 0 else at + 1
        helped = clause.inverted >= 0
        while parse.near(verb, at) in {"already", "just", "never", "ever", "not", "n't", "also", "always"}:
            helped = True
            verb += 1
        word = parse.near(verb, at)
        base, forms = reading(word)
        if not base or forms & {"participle", "ing"} or word in {"to"}:
            continue
        if (
            ("past" in forms and "base" not in forms)
            or (
                helped
                and forms == {"base"}
                and (word not in NOUN_LIKE or parse.near(verb + 1, at) in closed.DETERMINERS)
            )
            or (
                forms == {"base"}
                and base in {"see", "eat", "know", "live", "learn", "finish"}
                and parse.low(at) != "had"
                and _so_far(parse, clause)
            )
        ):
            yield swap(parse, verb, inflect(base, "participle"))


def _so_far(parse: Parse, clause: Clause) -> bool:
    """ "I have see it three times": without such a word "have see" may want "to"."""
    words = set(parse.lows(clause.subject.start, clause.end))
    return bool(words & {"already", "just", "never", "ever", "before", "times", "twice", "once", "since", "yet", "for"})


def _perfect_with_past_time(parse: Parse) -> Iterator[Change]:
    """ "I have seen it yesterday"."""
    for clause in parse.clauses:
        at = clause.pred
        if parse.low(at) not in {"have", "has", "'ve"} or not told_in_past(parse, clause) or clause.inverted >= 0:
            continue
        base, forms = reading(parse.near(at + 1, at))
        if parse.near(at + 1, at) == "been" and parse.near(at + 2, at) == "to" and parse.low(at)[0] != "'":
            yield span(parse, at, at + 1, "went")
            continue
        if (
            base
            and "participle" in forms
            and set(parse.lows(clause.subject.start - 2 if clause.subject.start > 1 else 0, clause.end))
            & {"yesterday", "ago", "last"}
        ):
            gap = " " if parse.low(at)[0] == "'" else ""
            start = parse.tokens[at].start
            yield Change(start, parse.tokens[at + 1].end, gap + inflect(base, "past"))


def _now(parse: Parse) -> Iterator[Change]:
    """ "Look! he run", "I eat right now"."""
    for clause in parse.clauses:
        words = parse.lows(clause.subject.start, clause.end)
        pairs = set(itertools.pairwise(words))
        start = max(0, clause.subject.start - 2)
        opening = parse.lows(start, clause.subject.start)
        right_now = (
            ("right", "now") in pairs
            or "moment" in words
            or opening[-2:] == ("right", "now")
            or (words[-1:] == ("now",))
            or opening[-1:] == ("now",)
        )
        looking = (
            0 < clause.subject.start <= 2
            and parse.low(0) in {"look", "listen", "shh", "hush"}
            and (parse.low(1) in {"!", ",", "."} or clause.subject.start == 1)
        )
        if (
            not (right_now or looking)
            or clause.inverted >= 0
            or clause.subject.person == "?"
            or habitual(parse, clause)
        ):
            continue
        base, forms = reading(parse.low(clause.pred))
        strong = ("right", "now") in pairs or "moment" in words or looking
        if base == "do" and parse.near(clause.pred + 1, clause.pred) in closed.NOT:
            continue
        if base not in _ACTIONS or not forms & {"base", "s"} or ("past" in forms and base != "read"):
            continue
        if not strong and base not in _UNMISTAKEN:
            continue
        yield span(
            parse, clause.pred, clause.pred, f"{be_for(clause.subject.person, past=False)} {inflect(base, 'ing')}"
        )


def _never_progressive(parse: Parse) -> Iterator[Change]:
    """ "I am knowing", "he is wanting"."""
    for clause in parse.clauses:
        base, forms = reading(parse.near(clause.pred + 1, clause.pred))
        be = parse.low(clause.pred)
        if clause.inverted >= 0 or be not in closed.FINITE_BE or forms != {"ing"} or clause.subject.person == "?":
            continue
        nxt = parse.near(clause.pred + 2, clause.pred)
        having = (
            base == "have"
            and nxt in {"a", "two", "one", "many", "three"}
            and parse.near(clause.pred + 3, clause.pred) in _KEPT
        )
        if base in NEVER_PROGRESSIVE or having:
            past = be in {"was", "were"}
            gap = " " if be[0] == "'" else ""
            yield Change(
                parse.tokens[clause.pred].start,
                parse.tokens[clause.pred + 1].end,
                gap + finite(base, clause.subject.person, past=past),
            )


def _since(parse: Parse) -> Iterator[Change]:
    """ "I live here since 2020", "I learn English for three years"."""
    for clause in parse.clauses:
        words = parse.lows(clause.pred, clause.end)
        if clause.inverted >= 0 or clause.subject.person == "?" or habitual(parse, clause):
            continue
        since = "since" in words and clause.subject.start < clause.pred
        joined = " ".join(words)
        years = bool(re.search(r"\bfor (?:\w+ |a (?:few|long) )?(?:years|months)", joined))
        base, forms = reading(parse.low(clause.pred))
        if not (since or years) or base not in _LASTING:
            continue
        if (
            not forms & {"base", "s"}
            or parse.near(clause.pred + 1, clause.pred) in {"to", "been"} | closed.NOT
            or (base == "have" and (bool(reading(words[1])[0]) or parse.tag(clause.pred + 1) == "VBN" or not since))
        ):
            continue
        have = "has" if clause.subject.person == "he" else "have"
        yield swap(parse, clause.pred, f"{have} {inflect(base, 'participle')}")


def _progressive_since(parse: Parse) -> Iterator[Change]:
    """ "I am learning the piano since last year"."""
    for clause in parse.clauses:
        base, forms = reading(parse.near(clause.pred + 1, clause.pred))
        be = parse.low(clause.pred)
        if (
            (
                be in {"am", "is", "are", "'m", "'s", "'re"}
                and forms == {"ing"}
                and clause.inverted < 0
                and clause.subject.person != "?"
            )
            and "since" in parse.lows(clause.pred, min(len(parse.tokens), clause.end))
            and base
        ):
            have = "has" if clause.subject.person == "he" else "have"
            gap = " " if be[0] == "'" else ""
            yield Change(parse.tokens[clause.pred].start, parse.tokens[clause.pred].end, f"{gap}{have} been")


def _was_base(parse: Parse) -> Iterator[Change]:
    """ "I have been go", "I was born" stays; "he is go" belongs to copula."""
    for index, token in enumerate(parse.tokens):
        if token.low == "been" and not token.foreign:
            base, forms = reading(parse.near(index + 1, index))
            if forms == {"base"} and (base not in NOUN_LIKE or parse.near(index + 2, index) in closed.PREPOSITIONS):
                yield swap(parse, index + 1, inflect(base, "ing"))


def _already(parse: Parse) -> Iterator[Change]:
    """ "I already finish my homework"."""
    for clause in parse.clauses:
        base, forms = reading(parse.low(clause.pred))
        if clause.inverted >= 0 or clause.subject.person == "?" or clause.pred == clause.subject.end:
            continue
        if parse.low(clause.pred - 1) not in {"already", "just"} or not forms & {"base", "s"} or "past" in forms:
            continue
        sure = _DONE
        if (base in sure and parse.low(clause.pred - 1) == "already") or base in {"finish", "wake", "arrive"}:
            yield swap(parse, clause.pred, inflect(base, "past"))


def _never_before(parse: Parse) -> Iterator[Change]:
    """ "I never see snow before"."""
    for clause in parse.clauses:
        base, forms = reading(parse.low(clause.pred))
        never = parse.low(clause.pred - 1) == "never" and clause.pred > clause.subject.end
        if (
            never
            and "base" in forms
            and parse.low(clause.end - 1) == "before"
            and clause.subject.person in {"i", "you", "they", "he"}
        ):
            have = "has" if clause.subject.person == "he" else "have"
            yield span(parse, clause.pred - 1, clause.pred, f"{have} never {inflect(base, 'participle')}")


RULES = (
    Rule("aspect.never_before", "aspect", _never_before,
         "Not one time before now: I have never seen.", "Chưa bao giờ làm trước đây: I have never seen.", 0.88),
    Rule("aspect.past_time", "aspect", _perfect_with_past_time,
         "With yesterday we say I saw, not I have seen.", "Có yesterday thì dùng quá khứ đơn.", 0.9),
    Rule("aspect.participle", "aspect", _perfect,
         "After have we use seen, gone, eaten.", "Sau have dùng dạng cột ba: seen, gone, eaten.", 0.94),
    Rule("aspect.since", "aspect", _since,
         "It began before and goes on: have learned.", "Việc bắt đầu từ trước và vẫn tiếp tục: have learned.", 0.85),
    Rule("aspect.progressive_since", "aspect", _progressive_since,
         "It began before and goes on: have been living.", "Việc bắt đầu từ trước: have been living.", 0.85),
    Rule("aspect.now", "aspect", _now,
         "It happens now, so we say is doing.", "Đang xảy ra thì dùng be + động từ -ing.", 0.85),
    Rule("aspect.never_progressive", "aspect", _never_progressive,
         "Know and want do not take -ing.", "Know, want không dùng -ing.", 0.92),
    Rule("aspect.been", "aspect", _was_base,
         "After been use -ing.", "Sau been dùng -ing.", 0.9),
    Rule("aspect.already", "aspect", _already,
         "It is done, so the verb is in the past.", "Việc đã xong nên động từ ở quá khứ.", 0.8),
    Rule("aspect.never_seen", "aspect", lexical(
        (r"i (?P<fix>never see)(?= (?:snow|an? (?:real )?(?!movie|film|doctor|dentist|show)\w+)\s*(?:$|[.!]))", "have never seen"),
    ), "Not one time before now: I have never seen.", "Chưa bao giờ: I have never seen.", 0.85),
    Rule("aspect.never_ever", "aspect", lexical(
        (r"(?:have|has) (?P<fix>(?:been|gone) in)(?= (?:ha ?noi|hue|da ?nang|sapa|sa pa|japan|korea|england|america|the (?:zoo|beach))\s*(?:$|[.!?]))", "been to"),
    ), "We say have been to.", "Mình nói have been to.", 0.85),
)  # fmt: skip
