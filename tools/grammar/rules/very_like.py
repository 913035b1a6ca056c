""" "I very like" for "I really like"."""
# ruff: noqa: E501 (tables: one pattern, one line)

from tools.grammar.rule import Rule, lexical

_LIKING = r"(?:like|likes|liked|love|loves|loved|enjoy|enjoys|enjoyed|want|wants|wanted|hate|hates|miss|need|needs)"
RULES = (
    Rule("very_like.very", "very_like", lexical(
        (rf"(?:i|you|we|they|he|she|it|mom|mum|mother|dad|father|brother|sister|friend|friends|dog|cat|also|and|teacher|grandma|grandpa|parents|who|don't|people|baby|cousin) (?P<fix>very very|so very|very|so much)(?= {_LIKING}\b)",
         "really"),
        (r"(?:i|you|we|they|he|she|it)(?P<fix>(?: (?:am|is|are)|'m|'s|'re) very)(?= (?:like|likes|love|loves|want|wants|enjoy)\b)", " really"),
        (r"(?:i|we|they|he|she) (?P<fix>so)(?= (?:like|likes|love|loves|enjoy|enjoys|hate|hates) (?!much\b))", "really"),
        (rf"(?P<fix>very)(?= {_LIKING}\b(?!-))", "really"),
        (r"(?P<fix>very much (?=(?:like|love|enjoy)s?\b))", "really "),
    ), "We say really like, or like very much.", "Mình nói really like hoặc like ... very much.", 0.95),
    Rule("very_like.order", "very_like", lexical(
        (r"(?P<verb>(?:like|love|enjoy)s?) (?P<fix>(?P<much>very much|so much) (?P<what>[a-z]+(?:s|ing)|it|english|music|football|milk|rice|him|her|them|you))(?=\s*(?:$|[.,!?]| and\b| because\b| but\b))",
         lambda m: f"{m['what']} {m['much']}"),
        (r"(?P<verb>(?:like|love|enjoy)s?) (?P<fix>(?P<much>very much|so much) (?P<what>(?:my|the|your|this|to) [a-z]+(?: [a-z]+)?))(?=\s*(?:$|[.,!?]))",
         lambda m: f"{m['what']} {m['much']}"),
    ), "Very much goes to the end.", "Very much đứng ở cuối câu.", 0.85),
    Rule("very_like.very_much", "very_like", lexical(
        (r"(?:like|likes|love|loves|liked|loved|enjoy|enjoys) [^.,!?;]{1,30}? (?P<fix>very)(?=\s*(?:$|[.!?]))", "very much"),
        (r"thank you (?P<fix>very)(?=\s*(?:$|[.!?]))", "very much"),
    ), "We say very much at the end.", "Ở cuối câu mình nói very much.", 0.9),
)  # fmt: skip
