"""The plain form and the form with to: after a modal, want, let, and "would like"."""
# ruff: noqa: E501 (tables: one pattern, one line)

import re
from collections.abc import Iterator

from tools.grammar.lexicon import closed, words
from tools.grammar.lexicon.forms import inflect, reading
from tools.grammar.lexicon.nouns import NOUNS
from tools.grammar.lexicon.verbs import NOUN_LIKE
from tools.grammar.parse import Parse
from tools.grammar.rule import Change, Rule, before, drop, lexical, swap

_AFTER_VERB = words(
    """
    with to people animals children football soccer games in at like tv english badminton video cartoons chess basketball outside milk
    water
    """
)
_BEFORE_TO = words("want need have try learn how able like love hope decide")
_MADE_TO = words("cry laugh smile eat go do clean sleep feel study learn read write wash drink sit stop")


def _after_modal(parse: Parse) -> Iterator[Change]:
    """ "I can to swim", "he can swims", "I will going"."""
    for index, token in enumerate(parse.tokens):
        if token.low not in closed.MODALS - {"'d", "might", "will"} | {"will"} or token.foreign:
            continue
        if (token.low == "will" and token.text[:1].isupper() and index > 0) or (
            token.low == "can" and parse.near(index - 1, index) in {"a", "the", "my"}
        ):
            continue
        verb = index + 1
        while parse.near(verb, index) in closed.NOT | {"also", "always", "really", "never", "just", "only"}:
            verb += 1
        if (
            verb < len(parse.tokens)
            and parse.near(verb, index) == "to"
            and (parse.near(verb + 1, index) == "be" or "base" in reading(parse.near(verb + 1, index))[1])
        ):
            if _all_that_one_can(parse, index):
                continue
            yield drop(parse, verb)
            continue
        word = parse.near(verb, index)
        if word in closed.SUBJECTS:
            continue  # a question: do_support
        base, forms = reading(word)
        if (
            base
            and "base" not in forms
            and forms & {"s", "past", "ing"}
            and word not in {"left", "found", "felt", "saw"}
        ):
            yield swap(parse, verb, base)
        elif word in {"is", "am", "are"} and token.low in {"will", "can", "should"}:
            yield swap(parse, verb, "be")


def _all_that_one_can(parse: Parse, modal: int) -> bool:
    """ "I did everything I could to save him"."""
    return parse.low(modal) in {"can", "could"} and parse.near(modal - 2, modal) in {
        "everything", "all", "anything", "what", "whatever", "best", "that", "hard",
    }  # fmt: skip


def _wanting(parse: Parse) -> Iterator[Change]:
    """ "I want go", "I want eat", "she wants playing", "I want be"."""
    for index, token in enumerate(parse.tokens):
        base = reading(token.low)[0]
        if (
            base not in {"want", "need", "hope", "decide", "forget", "learn", "try", "plan", "refuse", "promise"}
            or token.foreign
        ):
            continue
        nxt, second = parse.near(index + 1, index), parse.near(index + 2, index)
        if base in {"need", "hope", "forget", "learn"} and parse.near(index - 1, index) in closed.DETERMINERS:
            continue
        verb, forms = reading(nxt)
        if nxt == "be" or (
            verb
            and "base" in forms
            and _clearly_verb(nxt, second)
            and not (base == "need" and parse.near(index - 1, index) in closed.NOT)
        ):
            if base == "learn" and nxt not in {"swim", "cook", "speak", "ride", "draw", "sing"}:
                continue
            yield before(parse, index + 1, "to")
        elif forms == {"ing"} and base == "want":
            yield swap(parse, index + 1, "to " + verb)
        elif (
            base == "want"
            and nxt in {"me", "him", "us", "them", "her", "you"}
            and _clearly_verb(second, parse.near(index + 3, index))
            and "base" in reading(second)[1]
        ):
            yield before(parse, index + 2, "to")
        elif (
            base == "want"
            and nxt == "my"
            and second in {"mom", "dad", "mother", "father", "friend", "brother", "sister"}
            and ("base" in reading(parse.near(index + 3, index))[1])
        ):
            yield before(parse, index + 3, "to")


def _clearly_verb(word: str, nxt: str) -> bool:
    if not reading(word)[0]:
        return False
    if word in {"play", "swim", "run", "dance", "jump", "talk"} and nxt in {"", ",", "and", "but", "because", "now"}:
        return True
    if word in NOUN_LIKE:
        return nxt in closed.DETERMINERS | closed.OBJECTS | _AFTER_VERB and not (
            word in {"help", "love", "rest", "sleep", "change"} and nxt in {"with", "to", "in", "at", "from"}
        )
    return True


def _to_form(parse: Parse) -> Iterator[Change]:
    """ "to went", "to plays", "to playing"."""
    for index, token in enumerate(parse.tokens):
        if token.low != "to" or token.foreign:
            continue
        word = parse.near(index + 1, index)
        base, forms = reading(word)
        earlier = parse.near(index - 1, index)
        if not base or "base" in forms:
            continue
        wished = (reading(earlier)[0] or earlier) in _BEFORE_TO
        if "participle" in forms and parse.tag(index + 2).startswith("NN") and not wished:
            continue  # "letters to lost friends"
        if (
            (forms & {"past"} and word not in {"felt", "left", "found", "lost"})
            or (
                forms == {"s"}
                and (base not in NOUN_LIKE or reading(earlier)[0] in {"like", "want", "love", "need", "try"})
            )
            or (
                forms == {"ing"}
                and (reading(earlier)[0] or earlier) in _BEFORE_TO
                and (earlier not in {"like"} or parse.near(index - 2, index) in closed.SUBJECTS)
            )
        ):
            yield swap(parse, index + 1, base)


def _causative(parse: Parse) -> Iterator[Change]:
    """ "let me to go", "let's going", "let him goes", "make me to cry"."""
    for index, token in enumerate(parse.tokens):
        if token.low not in {"let", "lets", "make", "makes", "made"} or token.foreign:
            continue
        at = index + 1
        if parse.near(at, index) in {"'s", "me", "him", "her", "us", "them", "it"}:
            at += 1
        elif parse.near(at, index) == "my" and parse.near(at + 1, index) in NOUNS:
            at += 2
        elif token.low != "lets":
            continue
        word, nxt = parse.near(at, index), parse.near(at + 1, index)
        if word == "to" and "base" in reading(nxt)[1] and (token.low in {"let", "lets"} or nxt in _MADE_TO):
            yield drop(parse, at)
            continue
        base, forms = reading(word)
        let = forms in ({"ing"}, {"s"}) and token.low in {"let", "lets"}
        if let or (base in _MADE_TO - {"stop", "clean"} and "base" not in forms and at > index + 1):
            yield swap(parse, at, base)


def _in_if(match: re.Match[str]) -> str | None:
    """ "if it will rain": the present, not will."""
    who, verb = match.group(0).split()[1].lower(), match["v"].lower()
    if "base" not in reading(verb)[1]:
        return None
    return inflect(verb, "s") if who in {"he", "she", "it"} else verb


RULES = (
    Rule("gerund_infinitive.modal", "gerund_infinitive", _after_modal,
         "After can or will the verb is plain: I can swim.", "Sau can, will động từ ở dạng gốc: I can swim.", 0.95),
    Rule("gerund_infinitive.want", "gerund_infinitive", _wanting,
         "We say want to do something.", "Muốn làm gì thì nói want to.", 0.94),
    Rule("gerund_infinitive.to", "gerund_infinitive", _to_form,
         "After to the verb is plain.", "Sau to động từ ở dạng gốc.", 0.93),
    Rule("gerund_infinitive.let", "gerund_infinitive", _causative,
         "After let and make, no to.", "Sau let, make không có to.", 0.93),
    Rule("gerund_infinitive.would_like", "gerund_infinitive", lexical(
        (r"would like(?P<fix>) (?=(?:eat|go|play|be|have|see|buy|drink|learn|watch|read|swim|try|become|visit|make|know|ask|come|take|sing|draw|meet|sleep|listen)\b)", " to"),
        (r"(?:i|you|he|she|we|they)[’']d like(?P<fix>) (?=(?:eat|go|play|be|have|see|buy|drink|learn|watch|read|swim|try|become|visit|make|know|ask|come|take|sing|draw|meet|sleep|listen)\b)", " to"),
        (r"(?:i|you|he|she|we|they)(?:'m| am| are|'re| is|'s) (?:not |n't )?used to (?P<fix>(?P<v>[a-z]+))\b", lambda m: inflect(m["v"].lower(), "ing") if "base" in reading(m["v"].lower())[1] and m["v"].lower() not in NOUN_LIKE - {"wake", "walk", "play", "swim"} else None),
        (r"(?<!wonder )(?<!know )(?<!see )(?<!ask )(?<!asked )(?<!me )(?<!sure )(?<!him )(?<!her )if (?:i|you|he|she|it|we|they) (?P<fix>will (?P<v>[a-z]+))\b", _in_if),
        (r"wish (?:i|you|he|she|it|we|they) (?P<fix>can|will)\b", lambda m: {"can": "could", "will": "would"}[m["fix"].lower()]),
        (r"(?:it is|it's|it was|this is|that's) (?:the|my) first time (?:i|we|you|they) (?P<fix>(?P<v>see|eat|go|come|play|visit|ride|try|fly|swim|meet|do|make|hear|travel|touch))\b", lambda m: "have " + inflect(m["v"].lower(), "participle")),
        (r"(?:make|makes|made) (?:me|him|her|us|them) (?P<fix>to )(?=(?:practi[cs]e|wear|wait|finish|stand|run|walk|play|say|tell|speak|get|wake|sing|dance|carry|take|give|pay|watch|listen|sit)\b)", ""),
        (r"(?:saw|heard|watched) (?:me|him|her|us|them|it) (?P<fix>to )(?=(?:climb|run|fall|cry|dance|sing|jump|swim|play|walk|eat|take|steal|come|go|leave|break)\b)", ""),
        (r"asked (?:me|him|her|us|them) (?P<fix>that)(?= (?:i|he|she|we|they|you)\b)", "if"),
        (r"(?<!was )(?<!were )(?<!been )(?P<fix>told)(?= (?:that )?(?:he|she|they|we|it) (?:is|was|are|were|has|have|had|can|could|will|would|likes?|wants?|wanted|liked)\b)", "said"),
        (r"(?:busy|spend (?:\w+ )?time) (?P<fix>to (?P<v>do|play|read|study|watch))\b", lambda m: inflect(m["v"].lower(), "ing")),
        (r"(?:go|goes|went|going) (?P<fix>(?P<v>swim|shop|fish|camp|skate|dance))(?=\s*(?:$|[.,!?]|(?:with|in|at|every|on|and)\b))",
         lambda m: {"swim": "swimming", "shop": "shopping", "fish": "fishing", "camp": "camping", "skate": "skating", "dance": "dancing"}[m["v"].lower()]),
        (r"(?:spend|spends|spent) (?:\w+ ){1,2}(?:hours?|minutes?|days?|time|afternoon|morning) (?P<fix>(?P<v>do|play|read|study|watch|learn|draw|write|swim|clean))\b", lambda m: inflect(m["v"].lower(), "ing")),
        (r"(?:it is|it's|it was|its) (?:so |very |really |not |too )?(?:easy|hard|difficult|fun|nice|important|dangerous|good|necessary|healthy)(?P<fix>) (?=(?:learn|see|meet|speak|go|do|make|understand|find|eat|write|draw|read|build|catch|cook|ride|sing|swim|remember|drink|listen|study|play|help|keep|brush|wear|use|be|wash|cross) (?:\w+))", " to"),
        (r"(?:ask|asks|asked|tell|tells|told) (?:me|him|us|them|her)(?P<fix>) (?=(?:close|open|stop|turn|play|put|take|give|bring|get|stay|keep|tidy|hurry|call|run|sleep|finish|say|stand) (?:the|my|a|it|up|down|off|on|here|at|to|in|him|her|me|back|home|away)\b)", " to"),
        (r"look(?:s|ing)? forward to (?P<fix>(?P<v>see|meet|go|play|visit|hear|eat|learn|come|have|be))\b", lambda m: "being" if m["v"].lower() == "be" else inflect(m["v"].lower(), "ing")),
        (r"(?:teach|teaches|taught) (?:me|him|her|us|them)(?P<fix>) (?=(?:swim|cook|play|draw|sing|read|ride|speak)\b)", " to"),
        (r"(?:ask|asks|asked|tell|tells|told) (?:me|him|us|them|her)(?P<fix>) (?=(?:clean|go|do|study|help|wash|come|be|eat|read|write|sit)\b)", " to"),
        (r"(?:know|learn|teach me|learned|taught me) how(?P<fix>) (?=(?:swim|cook|ride|draw|speak|make|play|use|do|get|fix|say|write|spell|solve|open|dance|sing|read)\b)", " to"),
        (r"(?:happy|excited|glad|sorry)(?P<fix>) (?=(?:learn|see|meet|speak|go|do|make|understand|hear) (?:english|you|it|to|this|my|the|him|her|them)\b)", " to"),
        (r"(?:stop|stops|stopped|finish|finished|finishes|enjoy|enjoys|enjoyed|keep|keeps|kept) (?P<fix>to )(?=[a-z]{2,}ing\b)", ""),
        (r"learn(?P<fix>) (?=(?:swim|cook|sing|draw|dance)(?: too\b|\s*(?:$|[.,!?])))", " to"),
    ), "We say would like to, go swimming.", "Mình nói would like to, go swimming.", 0.9),
)  # fmt: skip
