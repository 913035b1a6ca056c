"""The kinds of error the grammar tool tells apart."""

from typing import Literal, get_args

ErrorType = Literal[
    "tense", "third_person_s", "article", "plural", "copula", "double_subject", "very_like", "adj_order",
    "question_order", "preposition", "countability", "do_support", "negation", "pronoun_gender", "possessive",
    "comparative", "there_is", "gerund_infinitive", "collocation", "aspect", "conjunction", "word_form", "other",
]  # fmt: skip

ERROR_TYPES: tuple[str, ...] = get_args(ErrorType)
