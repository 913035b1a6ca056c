"""The form of a pronoun: I or me, he or him."""
# ruff: noqa: E501 (tables: one pattern, one line)

import re

from tools.grammar.rule import Rule, lexical

_TO_OBJECT = {"he": "him", "she": "her", "they": "them", "we": "us", "i": "me"}
_VERBS = r"(?:like|likes|love|loves|loved|liked|help|helps|helped|see|saw|call|calls|called|meet|met|miss|misses|missed|hug|hugs|hugged|kiss|tell|told|ask|asked|give|gave|teach|teaches|taught|hit|visit|visited|thank|know|feed|hate|hates|with|for|to|of|about|at|from)"
_STOP = r"(?=\s*(?:$|[.,!?]| very much\b| so much\b| too\b| because\b| every\b| a lot\b| yesterday\b| and (?:i|he|she|we|they|it)\b))"


_MET = r"(?:saw|see|sees|meet|met|help|helps|helped|visit|visited|follow|followed|hit|love|loves|miss|like|likes|take|takes|took|call|called|invite|invited)"


def _object(match: re.Match[str]) -> str:
    return _TO_OBJECT[match["who"].lower()]


_TO_SUBJECT = {"me": "I", "him": "he", "her": "she", "them": "they", "us": "we"}
_DOES = (
    "wants?|likes?|goes|go|went|came|comes?|eats?|ate|lives?|lived|said|says|loves?|knows?|gets?|got|has|had|have|did|does|sleeps|"
    "plays|played|runs|ran|makes?|made|takes?|took|see|sees|saw|gave|give|gives|thinks?|thought|will|isn't|don't|doesn't|didn't|can't|cannot"
)
_GOT = "bought|gave|made|saw|like|likes|love|loves|want|found|got|wear|wears|drew|wrote|read|borrowed|lost"
RULES = (
    Rule("pronoun.resumed", "double_subject", lexical(
        (rf"(?:which|that) (?:i|we|he|she|they|my \w+) (?:{_GOT}) (?P<fix>(?:it|them) ?)(?=(?:for|from|at|in|yesterday|last|is|was)\b)", ""),
        (r"(?:girl|boy|man|woman|friend|teacher|person|student|kid|dog|cat) (?:who|that|which) (?P<fix>(?:he|she|it) )(?=(?:is|has|was|sits|lives|works|wears|teaches|looks|sells)\b)", ""),
    ), "Say it only once: the bike that dad bought.", "Chỉ nói một lần: the bike that dad bought.", 0.9),
    Rule("pronoun.object", "other", lexical(
        (rf"{_VERBS} (?P<fix>(?P<who>he|she|they|we)){_STOP}", _object),
        (r"(?:with|to|for|of|give|help|love|loves|teach|teaches|tell|told|call|helps|gave|taught|ask|likes) (?P<fix>(?P<who>i))(?=\s*(?:$|[.,!?]| every\b| very much\b| so much\b| a lot\b| english\b| a\b))", _object),
        (r"(?:give|gave|tell|told|teach|teaches|taught|show|buy|bought) (?P<fix>(?P<who>he|she|they|we))(?= (?:a|an|the|my|some|english|how)\b)", _object),
        (rf"{_MET} (?P<fix>(?P<who>he|she|they|we))(?= (?:at|in|on|to|with|for|every|yesterday|from|near)\b)", _object),
        (r"(?:play|plays|go|talk|talks|live|lives|played|went|talked) with (?P<fix>(?P<who>he|she|they|we))\b", _object),
    ), "After a verb we say me, him, her, them.", "Sau động từ dùng me, him, her, them.", 0.93),
    Rule("pronoun.subject", "other", lexical(
        (r"(?<!\w )(?<!, )(?P<fix>me)(?= (?:like|love|want|have|am|go|play|see|don't|can|eat|likes|wants)\b)", "I"),
        (r"(?<!\w )(?P<fix>him)(?= (?:is|likes?|has|can|was|goes|plays|wants?)\b)", "he"),
        (rf"(?<!\w )(?P<fix>(?P<who>me|him|her|them|us))(?= (?:{_DOES})(?![\w'-]))(?! (?:{_DOES})\s*(?:and|$))", lambda m: _TO_SUBJECT[m["who"].lower()]),
        (rf"(?:because|but|when|if) (?P<fix>(?P<who>me|him|them|us))(?= (?:{_DOES})(?![\w'-]))", lambda m: _TO_SUBJECT[m["who"].lower()]),
        (r"(?<!\w )(?P<fix>her)(?= (?:is|has|was|can) )(?! is\s*$)", "she"),
        (r"(?<!\w )(?P<fix>them)(?= (?:are|like|have|can|were|play|go)\b)", "they"),
        (r"(?<!\w )(?P<fix>us)(?= (?:are|like|have|can|were|play|go)\b)", "we"),
    ), "At the start we say I, he, she, they.", "Đứng đầu câu dùng I, he, she, they.", 0.92),
)  # fmt: skip
