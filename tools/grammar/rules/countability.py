"""Stuff that is not counted: "many homework", "informations"."""
# ruff: noqa: E501 (tables: one pattern, one line)

import re

from tools.grammar.lexicon.nouns import ALSO_MASS, COUNTABLE, INVARIANT, MASS, PLURALS, plural_of
from tools.grammar.rule import Rule, lexical

_STUFF = "|".join(
    sorted(
        MASS
        - {
            "work",
            "help",
            "love",
            "air",
            "english",
            "sand",
            "ice",
            "hair",
            "math",
            "maths",
            "paper",
            "weather",
            "sunshine",
            "lightning",
            "thunder",
            "soup",
            "cheese",
        }
    )
)
_PLURAL_STUFF = {
    "homeworks": "homework", "informations": "information", "advices": "advice", "furnitures": "furniture", "musics": "music",
    "moneys": "money", "monies": "money", "breads": "bread", "rices": "rice", "milks": "milk", "luggages": "luggage", "equipments": "equipment",
    "knowledges": "knowledge", "traffics": "traffic", "houseworks": "housework", "weathers": "weather", "rubbishes": "rubbish", "butters": "butter",
    "meats": "meat", "waters": "water", "dirts": "dirt", "muds": "mud", "clothings": "clothing", "stuffs": "stuff", "golds": "gold", "garbages": "garbage", "trashes": "trash", "fruits juice": "fruit juice", "hairs": "hair",
}  # fmt: skip
_ENDED = (
    r"(?=\s*(?:$|[.,!?])| (?:in|on|at|to|for|and|but|so|because|from|with|today|yesterday|tonight|tomorrow|every|when|about|"
    r"here|there|this|last|i|we|he|she|it|they|after|before|now|of|left|than|as|is|was|that|do|does|did|you|are|have|has)\b)"
)
_THINGS = "|".join(sorted(PLURALS, key=len, reverse=True))


_ONES = "|".join(sorted(COUNTABLE - ALSO_MASS - INVARIANT - {"people", "time"}, key=len, reverse=True))


def _many(match: re.Match[str]) -> str:
    lead = match.string[max(0, match.start() - 25) : match.start()].lower()
    negative = re.search(
        r"(?:n't|not|don't|dont|doesn't|didn't|never|do you|does he|does she|too|so|very|how)\W+(?:\w+\W+)?$", lead
    )
    return "much" if negative or match["q"].lower() != "many" else "a lot of"


RULES = (
    Rule("countability.plural", "countability", lexical(
        *((rf"(?P<fix>{wrong})\b", right) for wrong, right in _PLURAL_STUFF.items() if wrong not in {"waters", "milks", "hairs"}),
        (r"(?:long|short|black|brown|blond|blonde|curly|straight|beautiful|golden|her|my|his) (?P<fix>hairs)\b", "hair"),
        (r"(?:many|some|drink|drinks|drank|the) (?P<fix>(?P<n>water|milk|juice)s)\b", lambda m: m["n"]),
    ), "We cannot count this, so no s.", "Từ này không đếm được nên không thêm s.", 0.95),
    Rule("countability.many", "countability", lexical(
        (rf"(?<!how )(?<!too )(?<!so )(?<!very )(?<!a )(?P<fix>(?P<q>many))(?= (?:{_STUFF}){_ENDED})", _many),
        (rf"(?:how|too|so|very) (?P<fix>(?P<q>many))(?= (?:{_STUFF}){_ENDED})", "much"),
        (rf"(?<!how )(?<!too )(?<!so )(?<!very )(?<!a )(?P<fix>(?P<q>many))(?= (?:delicious |good |yummy |fresh |clean |dirty |tasty |useful |new )(?:{_STUFF}){_ENDED})", _many),
        (r"(?:doesn't|don't|didn't|dont|doesnt|not) have (?P<fix>many)(?= time (?:to|for|with|at|today|now)\b)", "much"),
        (rf"(?P<fix>how much (?P<n>{_ONES}))(?= (?:do|does|did|are|is|you|have|can)\b)", lambda m: "how many " + plural_of(m["n"].lower())),
        (rf"(?P<fix>a little)(?= (?:new |good )?(?:{_THINGS}|people|children)\b(?! (?:\w+s)\b))", "a few"),
        (rf"(?P<fix>a few|few)(?= (?:{_STUFF})\b)", lambda m: "a little" if m["fix"].lower() == "a few" else "little"),
        (rf"(?:how|too|so|very|not) (?P<fix>much)(?= (?:\w+ful |big |new )?(?:{_THINGS}|people|children|friends)\b)", "many"),
        (rf"(?:eat|eats|ate|drink|drinks|drank) (?P<fix>an? )(?=(?:{_STUFF})\s*(?:$|[.,!?]| every\b| in the\b))", ""),
        (rf"(?:have|has|had|are|aren't|weren't|not|see|saw|eat|buy|got) (?P<fix>much)(?= (?:{_THINGS}|people|children|friends)\b)", "many"),
        (rf"(?P<fix>(?:a|an) )(?=(?:{'|'.join(sorted({'homework', 'information', 'advice', 'furniture', 'music', 'money', 'rice', 'luggage', 'housework', 'traffic', 'weather', 'equipment'}))})\s*(?:$|[.,!?]))", ""),
        (r"(?P<fix>(?:a|an))(?= (?:bread|meat|pork|beef|butter)\s*(?:$|[.,!?]))", "some"),
    ), "We cannot count this: a lot of homework.", "Từ không đếm được: a lot of homework.", 0.94),
)  # fmt: skip
