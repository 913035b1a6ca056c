"""Past time words with verbs left in the present, and pasts that children make with -ed."""
# ruff: noqa: E501 (tables: one pattern, one line)

import itertools
from collections.abc import Iterable, Iterator

from tools.grammar.lexicon import closed
from tools.grammar.lexicon.forms import inflect, reading
from tools.grammar.lexicon.verbs import EVENTS, IRREGULAR_PASTS, NOUN_LIKE, PERCEPTION, STATIVE
from tools.grammar.parse import Clause, Parse
from tools.grammar.rule import Change, Rule, lexical, swap
from tools.grammar.rules.common import be_for, first_in_past, habitual, past_of_state, told_in_past

_WRONG_PASTS = {}
for _base, _past in IRREGULAR_PASTS.items():
    _stem = _base[:-1] if _base.endswith("e") else _base
    for _made in {
        _base + "ed",
        _stem + "ed",
        _base + _base[-1] + "ed",
        _past + "ed",
    }:
        _WRONG_PASTS[_made] = _past
for _real in ("sited", "beated", "seed", "winged", "singed", "cost", "hided", "lied", "feed", "need", "wined", "layed", "costed",
              "putted", "weared", "hited", "paied", "payed", "fallen", "fed", "bited", "leted", "fitted", "shaked"):  # fmt: skip
    if _real in {"sited", "seed", "winged", "singed", "feed", "need", "fed", "fallen", "lied"}:
        _WRONG_PASTS.pop(_real, None)
_WRONG_PASTS |= {"goed": "went", "wented": "went", "ated": "ate", "bringed": "brought", "brang": "brought", "buyed": "bought",
                 "thinked": "thought", "costed": "cost", "payed": "paid", "cryed": "cried", "studyed": "studied",
                 "stoped": "stopped", "tryed": "tried", "carryed": "carried", "plaied": "played", "stealed": "stole"}  # fmt: skip


def _invented(parse: Parse) -> Iterable[Change]:
    for token in parse.tokens:
        if not token.foreign and (right := _WRONG_PASTS.get(token.low)):
            # After have or be the participle is wanted; "did goed" is for do-support.
            if parse.near(token.index - 1, token.index) in {"to"} | closed.DO | closed.MODALS | closed.NOT:
                continue
            yield swap(parse, token.index, right)


def _present_in_past(parse: Parse) -> Iterator[Change]:
    for clause in parse.clauses:
        if not told_in_past(parse, clause):
            continue
        if clause.inverted >= 0:
            if parse.low(clause.inverted) in {"do", "does"}:
                yield swap(parse, clause.inverted, "did")
            continue
        yield from _main(parse, clause)


def _main(parse: Parse, clause: Clause) -> Iterator[Change]:
    low, nxt = parse.low(clause.pred), parse.near(clause.pred + 1, clause.pred)
    first = first_in_past(parse, clause)
    if low in {"am", "is", "are", "'m", "'re", "'s"}:
        if low == "'s" and not clause.subject.pronoun:
            return  # "the school's big day"
        if nxt in {"going", "n't"} and not first:
            return
        if reading(nxt)[0] and "base" in reading(nxt)[1]:
            return  # "I am go": the copula rule decides
        adjective = next((w for w in parse.lows(clause.pred + 1, clause.end) if w not in closed.ADVERBS), "")
        if past_of_state(parse, clause, adjective):
            was = be_for(clause.subject.person, past=True)
            yield swap(parse, clause.pred, was if low[0] != "'" else " " + was)
        return
    if low in {"do", "does"} and nxt in closed.NOT:
        yield swap(parse, clause.pred, "did")
        return
    if low in {"can", "ca"} and first:
        yield swap(parse, clause.pred, "could")
        return
    base, forms = reading(low)
    if not base or "past" in forms or not forms & {"base", "s"}:
        return
    if low in {"have", "has"} and ("participle" in reading(nxt)[1] or nxt in {"been", "not", "n't", "never"}):
        return
    if clause.opener in {"said", "says", "say", "know", "knew", "think", "thought"}:
        return  # "yesterday he said it looks good"
    if base in STATIVE and not first and not (base == "have" and clause.opener in {"and", "then", ","}):
        return
    if clause.opener in {"to", "who", "which", "because"} and base in STATIVE:
        return
    if (
        not clause.subject.pronoun
        and base in NOUN_LIKE
        and not parse.tag(clause.pred).startswith("VB")
        and low != "like"
    ):
        return
    yield swap(parse, clause.pred, inflect(base, "past"))


def _second_verbs(parse: Parse) -> Iterator[Change]:
    """ "I went home and eat": the verb after "and" follows the first."""
    for clause in parse.clauses:
        base, forms = reading(parse.low(clause.pred))
        past_now = bool(base) and "past" in forms and ("base" not in forms or told_in_past(parse, clause))
        past_soon = told_in_past(parse, clause) and bool(base) and base not in STATIVE
        if not (past_now or past_soon) or parse.low(clause.pred) in PERCEPTION - {"see", "saw"} or clause.inverted >= 0:
            continue
        if any(
            w in closed.PRESENT_TIME | {"next"} | {"to", "let", "make", "made", "help"}
            for w in _until_last_and(parse, clause)
        ):
            continue
        for at in range(clause.pred + 1, clause.end - 1):
            if parse.low(at) not in {"and", "then"}:
                continue
            verb = at + 1
            while parse.near(verb, at) in {"then", "also", "just"}:
                verb += 1
            yield from _coordinated(parse, clause, verb)


def _coordinated(parse: Parse, clause: Clause, verb: int) -> Iterator[Change]:
    if verb >= clause.end:
        return
    base, forms = reading(parse.low(verb))
    if not base or forms & {"past"} or "base" not in forms or base in {"like", "love", "dance", "hope", "wish"}:
        return
    if (
        base in NOUN_LIKE
        and not parse.tag(verb).startswith("VB")
        and parse.near(verb + 1, verb) not in closed.DETERMINERS
    ):
        return
    if any(word in closed.PRESENT_TIME | {"next"} for word in parse.lows(verb, clause.end)):
        return
    yield swap(parse, verb, inflect(base, "past"))


def _until_last_and(parse: Parse, clause: Clause) -> tuple[str, ...]:
    words = parse.lows(clause.pred + 1, clause.end)
    last = max((at for at, word in enumerate(words) if word in {"and", "then"}), default=0)
    # "to" before a place ("went to school") is no infinitive.
    kept = [
        word for at, word in enumerate(words[:last])
        if word != "to" or (at + 1 < len(words) and "base" in reading(words[at + 1])[1])
    ]  # fmt: skip
    return tuple(kept)


def _second_clauses(parse: Parse) -> Iterator[Change]:
    """ "I went to the park and I play football": no time word, but the story has begun in the past."""
    for one, two in zip(parse.clauses, parse.clauses[1:], strict=False):
        if (
            one.opener in {"if", "because", "that", "who", "which"}
            or not _told(parse, one)
            or not _goes_on(parse, one, two)
        ):
            continue
        base, forms = reading(parse.low(two.pred))
        if not base or base in STATIVE or forms & {"past", "ing", "participle"}:
            continue
        same = parse.low(one.subject.start) == parse.low(two.subject.start) or two.subject.person == "they"
        if (same and two.subject.pronoun and two.opener in {"and", "then"}) or (base in EVENTS and "base" in forms):
            yield swap(parse, two.pred, inflect(base, "past"))


def _told(parse: Parse, clause: Clause) -> bool:
    """Whether the clause is surely in the past: "went", "was", and "hit" after "he"."""
    low = parse.low(clause.pred)
    _, forms = reading(low)
    unmarked = clause.subject.person == "he" and "s" not in forms and not habitual(parse, clause)
    return low in {"was", "were", "did"} or ("past" in forms and ("base" not in forms or unmarked))


def _goes_on(parse: Parse, one: Clause, two: Clause) -> bool:
    """Whether `two` tells what happened next."""
    if two.inverted >= 0 or two.opener not in {"and", "then", "so", "but", ","} or one.inverted >= 0:
        return False
    if parse.tokens[one.subject.start].segment != parse.tokens[two.subject.start].segment:
        return False
    words = parse.lows(max(one.subject.start, two.subject.start - 2), two.end)
    return not any(word in closed.PRESENT_TIME | {"will", "still"} for word in words)


def _when_clauses(parse: Parse) -> Iterator[Change]:
    """ "when I come home my mom was cooking": both halves belong to one past."""
    for one, two in zip(parse.clauses, parse.clauses[1:], strict=False):
        late, form = reading(parse.low(two.pred))
        if (
            two.opener in {"when", "until"}
            and two.inverted < 0
            and late
            and not form & {"past", "ing"}
            and not habitual(parse, two)
        ):
            if _told(parse, one) and one.inverted < 0 and not habitual(parse, one):
                yield swap(parse, two.pred, inflect(late, "past"))
            continue
        if one.opener == "when" and _told(parse, one) and one.inverted < 0 and _then(parse, one, two):
            yield swap(parse, two.pred, _past_of(parse, two))
            continue
        base, forms = reading(parse.low(one.pred))
        if one.opener != "when" or one.inverted >= 0 or not base or "past" in forms or not forms & {"base", "s"}:
            continue
        if two.opener in {"and", "that", "who"} or habitual(parse, two) or habitual(parse, one):
            continue
        if parse.low(two.pred) in {"was", "were"} or reading(parse.low(two.pred))[1] == {"past"}:
            yield swap(parse, one.pred, inflect(base, "past"))


def _then(parse: Parse, one: Clause, two: Clause) -> bool:
    """ "when my brother was born I am at school": the main clause is of the same past."""
    same = parse.tokens[one.subject.start].segment == parse.tokens[two.subject.start].segment
    low, (base, forms) = parse.low(two.pred), reading(parse.low(two.pred))
    if not same or two.inverted >= 0 or two.opener in closed.SUBORDINATORS | {"and", "but"} or habitual(parse, two):
        return False
    if closed.PRESENT_TIME & set(parse.lows(two.subject.start, two.end)) or parse.low(one.pred) == "did":
        return False
    event = base in EVENTS and "base" in forms and "past" not in forms
    return event or (
        low in {"am", "is", "are"} and two.subject.pronoun and parse.near(two.pred + 1, two.pred) in _WHERE
    )


_WHERE = {"at", "in", "on", "very", "so", "too", "not", "scared", "happy", "sad", "tired", "sleeping", "five", "six"}


def _past_of(parse: Parse, clause: Clause) -> str:
    base = reading(parse.low(clause.pred))[0]
    return inflect(base, "past") if base else be_for(clause.subject.person, past=True)


def _will_past(parse: Parse) -> Iterator[Change]:
    """ "Tomorrow I went"."""
    for clause in parse.clauses:
        words = parse.lows(max(0, clause.subject.start - 2), clause.end)
        if not ("tomorrow" in words or ("next", "week") in itertools.pairwise(words)):
            continue
        base, forms = reading(parse.low(clause.pred))
        if (
            clause.opener in {"if", "when", "that", "before", "after"}
            or clause.inverted >= 0
            or not clause.subject.pronoun
        ):
            continue
        if parse.low(clause.pred) in {"supposed", "allowed"}:
            continue  # be is missing
        planned = (
            base in {"go", "visit", "buy", "eat", "meet", "travel", "watch"}
            and forms == {"base"}
            and parse.low(clause.subject.start) != "you"
        )
        if planned or (base and "past" in forms and "base" not in forms and "yesterday" not in words):
            yield swap(parse, clause.pred, f"will {base}")


RULES = (
    Rule("tense.invented_past", "tense", _invented,
         "This word has a special past form.", "Động từ này có dạng quá khứ đặc biệt, không thêm -ed.", 0.97),
    Rule("tense.past_time", "tense", _present_in_past,
         "It is in the past, so the verb changes.", "Chuyện đã xảy ra rồi nên động từ đổi sang quá khứ.", 0.9),
    Rule("tense.second_verb", "tense", _second_verbs,
         "Both things happened in the past.", "Hai việc đều đã xảy ra nên cả hai động từ ở quá khứ.", 0.8),
    Rule("tense.second_clause", "tense", _second_clauses,
         "Both things happened in the past.", "Hai việc đều đã xảy ra nên cả hai động từ ở quá khứ.", 0.75),
    Rule("tense.when", "tense", _when_clauses,
         "Both things happened in the past.", "Hai việc đều đã xảy ra nên cả hai động từ ở quá khứ.", 0.8),
    Rule("tense.future", "tense", _will_past,
         "It is in the future, so we say will.", "Chuyện chưa xảy ra nên mình dùng will.", 0.85),
    Rule("tense.born", "tense", lexical((r"(?<=\bi )(?P<fix>am|'m) born\b", "was"), (r"(?<!\w )(?:i|he|she)(?P<fix>) (?=born (?:in|on)\b)", " was"), (r"(?P<fix>is|are)(?= born (?:in|on)\b)", "was")),
         "You were born in the past, so we say was.", "Mình đã được sinh ra rồi nên nói was born.", 0.9),
)  # fmt: skip
