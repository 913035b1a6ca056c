"""Whose: "grandma house", "he name"."""
# ruff: noqa: E501 (tables: one pattern, one line)

from tools.grammar.lexicon.adjectives import COMPARATIVES
from tools.grammar.lexicon.nouns import ANIMALS, FEMALE, MALE
from tools.grammar.rule import Rule, lexical

_KIN = "|".join(
    [
        *sorted((FEMALE | MALE) - {"king", "man", "woman", "lady", "boy", "girl", "queen"}),
        "best friend",
        "friend",
        "teacher",
        "cousin",
        "neighbor",
        "classmate",
    ]
)
_PETS = "|".join(sorted(ANIMALS - {"fish", "chicken", "duck"}))
_OWNED = (r"(?:name|house|birthday|car|phone|job|bike|room|bag|hair|dog|cat|book|toy|toys|garden|shirt|shoes|hat|eyes|face|hand|hands|age|"
          r"favou?rite|computer|bedroom|farm|village|school|food|cooking|birthday party|friend|friends|pen|pencil|motorbike|shop|restaurant|dress|"
          r"voice|mother|father|mom|dad|brother|sister|baby|family|picture|glasses|kitchen|teeth|hobby|puppy|kitten)")  # fmt: skip
_NOT_NEXT = r"(?! (?:and me|and i|is my|name is my))"
_THING = r"(?:toy|toys|book|books|house|bag|room|dog|cat|car|bike|pen|pencil|phone|shirt|hat|ball|doll|bedroom|birthday|school|teacher|mother|father|computer|bicycle|shoes|notebook|kite|garden|name)"
_OF_ME = r"(?:pens?|pencils?|toys?|books?|bike|bicycle|ball|doll|shirt|hat|kite|robot|friends?|class|room|family|homework|shoes|notebook|computer|parents|village|city|country|garden|hobby|dream|job|food|drawing)"
_NAMES = (
    r"(?:nam|lan|minh|hoa|mai|linh|bao|khoa|tuan|hung|huy|duc|nga|ngoc|thao|trang|vy|phuong|quan|long|khanh|hieu|dung|son|tien|thu|ha|"
    r"chi|giang|hai|hang|huong|loan|ly|nhi|nhung|phuc|quynh|tam|thanh|trung|tu|tung|van|viet|yen|tom|ben|anna|peter|mary|john|lily|jack)"
)
_ERS = "|".join(sorted(made[0] for made in COMPARATIVES.values()))
_WHOSE = {"me": "my", "him": "his", "us": "our", "them": "their", "you": "your"}
RULES = (
    Rule("possessive.s", "possessive", lexical(
        (rf"(?:my|your|his|her|our|their) (?:older |younger |little |big |best |elder )?(?:{_KIN})(?P<fix>) (?={_OWNED}\b)(?! (?:food (?:is cooking)|school friend|friend and|baby sister|baby brother|dog name))", "'s"),
        (rf"(?:my|your|his|her|our|their|the) (?:{_PETS})(?P<fix>) (?=(?:name|tail|ears?|eyes|nose|legs?|birthday|hair|fur|mouth|wings?|color|favou?rite)\b)", "'s"),
        (r"(?:grandma|grandpa|grandmother|grandfather)(?P<fix>) (?=(?:house|garden|farm|village|birthday|cooking|name)\b)", "'s"),
        (r"(?:at|to|in|from|near) (?:my )?(?:aunt|uncle|friend|teacher|cousin)(?P<fix>) (?=house\b)", "'s"),
        (r"(?:my|his|her|our|their|your) (?:grandparents|parents|friends)(?P<fix>) (?=(?:house|room|car|garden|farm|bedroom|shop)\b)", "'"),
        (rf"(?:my|his|her|our|their) (?:{_KIN}) and (?:my |his |her )?(?:{_KIN})(?P<fix>) (?={_THING}\b)", "'s"),
        (rf"(?:this is|that is|it is|at|in|to|from|near|love|like) (?:{_NAMES})(?P<fix>) (?=(?:{_THING}|mom|mum|dad|family)\b)", "'s"),
        (rf"(?:is|are|was) (?P<fix>of (?P<who>(?:my|his|her|our) (?:{_KIN})|(?:{_NAMES})))(?=\s*(?:$|[.,!?]))", lambda m: f"{m['who']}'s"),
    ), "It is hers, so add 's: grandma's house.", "Của ai thì thêm 's: grandma's house.", 0.93),
    Rule("possessive.pronoun", "possessive", lexical(
        (r"(?<!\w )(?P<fix>he|she|i|you|they|we|it)(?= (?:name|mother|father|mom|dad|hair|house|hobby|birthday|job|favou?rite \w+|sister|brother|dog|cat|teacher|school|eyes)(?: is\b|'s\b| are\b| name\b| like| has| was\b))",
         lambda m: {"he": "his", "she": "her", "i": "my", "you": "your", "they": "their", "we": "our", "it": "its"}[m["fix"].lower()]),
        (r"(?:in|of|with|at|from|about|to|like|love) (?P<fix>you)(?= (?:family|house|school|class|name|room|friends?|teacher|bag|country|city|birthday|dog|cat)\b)", "your"),
        (r"(?:and|because|but|is|what is|what's|with|like|love|likes|loves|of|to|in|at|from|know) (?P<fix>he|she|they|we|him|them|i)(?= (?:name|mother|father|mom|dad|hair|house|hobby|birthday|job|sister|brother|friend|friends|family|teacher|eyes)\b)",
         lambda m: {"he": "his", "she": "her", "they": "their", "we": "our", "him": "his", "them": "their", "i": "my"}[m["fix"].lower()]),
        (r"(?P<fix>it)(?= name (?:is|was)\b)", "its"),
        (r"(?P<fix>him)(?= (?:name|mother|father|house|hair|dog|hobby|job|favou?rite)\b)", "his"),
        (r"(?P<fix>me)(?= (?:name|house|favou?rite|teacher)(?: is|\s*$))", "my"),
        (r"what(?: is|'s) (?P<fix>you)(?= \w+\s*(?:$|\?))(?! (?:doing|like|want|eating|saying))", "your"),
    ), "We say my, your, his, her.", "Mình nói my, your, his, her.", 0.9),
    Rule("possessive.mine", "possessive", lexical(
        (rf"(?<!\ba )(?<!the )(?<!gold )(?P<fix>(?P<w>mine|yours|hers|ours|theirs))(?= (?:new |old |big )?(?:{_OWNED}|homework|pencil case|backpack|parents|classmates?|lesson|ball|teacher)\b)",
         lambda m: {"mine": "my", "yours": "your", "hers": "her", "ours": "our", "theirs": "their"}[m["w"].lower()]),
    ), "Before a thing we say my, not mine.", "Trước danh từ dùng my, không dùng mine.", 0.92),
    Rule("possessive.of_me", "possessive", lexical(
        (rf"(?P<fix>the (?P<what>{_OF_ME}) of (?P<who>me|him|us|them))\b", lambda m: f"{_WHOSE[m['who'].lower()]} {m['what']}"),
        (rf"(?P<fix>the (?P<what>{_OF_ME}|hair|eyes|house|name|mother|father|voice|face|dress) of (?P<who>her|you))(?=\s*(?:$|[.,!?])| (?:is|are|was)\b)",
         lambda m: f"{ {'her': 'her', 'you': 'your'}[m['who'].lower()] } {m['what']}"),
        (rf"(?:is|was|than) (?:{_ERS}|more \w+) than (?P<fix>(?P<w>my|your|our|their))(?=\s*(?:$|[.,!?]))",
         lambda m: {"my": "mine", "your": "yours", "our": "ours", "their": "theirs"}[m["w"].lower()]),
        (rf"(?<![\w,] )(?P<fix>the (?P<what>{_THING}|motorbike|parrot|puppy|kitten|rabbit|son|daughter|brother|sister|baby|farm|shop) of (?P<who>(?:my|his|her|our|their) (?:{_KIN})))(?= \w)",
         lambda m: f"{m['who']}'s {m['what']}"),
        (rf"(?:is|are|'s) (?P<fix>(?:the )?(?P<what>{_THING}|motorbike|parrot|puppy|glasses|drawing|present) of (?P<who>[A-Z][^\W\d_]+))(?=\s*(?:$|[.,!?]))",
         lambda m: f"{m['who']}'s {m['what']}" if m["who"][:1].isupper() else None),
        (rf"(?:this|that|it) (?:is|'s) (?P<fix>(?:the )?(?P<what>{_THING}|motorbike|glasses|drawing|present) of (?P<who>(?:my|his|her|our) (?:{_KIN})))\b",
         lambda m: f"{m['who']}'s {m['what']}"),
        (rf"(?<![\w,] )(?P<fix>(?P<what>{_THING}|mom|dad|sister|brother|grandma|grandpa) of (?P<who>me|him|us|them))(?= (?:is|are|was|has|can|like|likes)\b)",
         lambda m: f"{_WHOSE[m['who'].lower()]} {m['what'].lower()}"),
        (r"(?:this|that|the|these|those) (?!is\b)\w+ (?:is|are) (?P<fix>(?P<w>my|your|our|their|her))(?=\s*(?:$|[.!?]))",
         lambda m: {"my": "mine", "your": "yours", "our": "ours", "their": "theirs", "her": "hers"}[m["w"].lower()]),
        (rf"(?:is|are|'s|in|to|at|with|like|see) (?P<fix>(?P<what>{_THING}) of (?P<who>me|him|us|them|you))(?=\s*(?:$|[.,!?]))",
         lambda m: f"{_WHOSE[m['who'].lower()]} {m['what']}"),
        (rf"(?:is|are|'s|in|to|at|with|like|see) (?P<fix>(?P<what>{_THING}) of (?P<who>(?:my|his|her|your) (?:{_KIN})))(?=\s*(?:$|[.,!?]))",
         lambda m: f"{m['who']}'s {m['what']}"),
        (r"(?:friends?) of (?P<fix>me|him|us|them)(?=\s*(?:$|[.,!?]| is\b| and\b))(?<!picture of me)",
         lambda m: {"me": "mine", "him": "his", "us": "ours", "them": "theirs"}[m["fix"].lower()]),
        (r"(?P<fix>the (?P<what>house|room|bag|book|name|dog|cat|mother|father|teacher|school|hair|car|birthday|phone|bike|sister|brother|color) of (?P<who>me|him|us|them|you))\b",
         lambda m: f"{_WHOSE[m['who'].lower()]} {m['what']}"),
    ), "We say my house.", "Mình nói my house.", 0.88),
)  # fmt: skip
