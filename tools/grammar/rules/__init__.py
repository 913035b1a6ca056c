"""All rules, the surest and those that others build on first."""

from tools.grammar.rule import Rule
from tools.grammar.rules import (
    adjective_order,
    agreement,
    article,
    aspect,
    collocation,
    comparative,
    conjunction,
    copula,
    copula_extra,
    countability,
    do_support,
    double_subject,
    gerund_infinitive,
    gerund_subject,
    infinitive,
    missing_subject,
    negation,
    owner,
    plural,
    plural_general,
    possessive,
    preposition,
    pronoun,
    pronoun_gender,
    question_order,
    spelling,
    tense,
    there_is,
    very_like,
    word_form,
)

# Tense stands before agreement: "yesterday he go" is "went", not "goes".
FAMILIES = (
    very_like, there_is, double_subject, conjunction, possessive, owner, pronoun, collocation, countability,
    comparative, question_order, missing_subject, negation, do_support, infinitive, gerund_subject,
    gerund_infinitive, aspect, copula_extra, copula,
    tense, agreement, adjective_order, plural, plural_general, article, preposition, word_form, pronoun_gender,
    spelling,
)  # fmt: skip

ALL_RULES: tuple[Rule, ...] = tuple(rule for family in FAMILIES for rule in family.RULES)
