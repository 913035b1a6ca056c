"""Tables of word forms."""

import pytest

from lessons.inflection import forms, participle, past, plural, third_person


@pytest.mark.parametrize(
    ("noun", "expected"),
    [
        ("cat", "cats"), ("bus", "buses"), ("baby", "babies"), ("toy", "toys"), ("fish", "fish"), ("rice", "rice"),
        ("ice cream", "ice cream"), ("teddy bear", "teddy bears"), ("child", "children"), ("tomato", "tomatoes"),
    ],
)  # fmt: skip
def test_plurals(noun: str, expected: str) -> None:
    assert plural(noun) == expected


@pytest.mark.parametrize(
    ("verb", "s", "ed", "ing"),
    [
        ("play", "plays", "played", "playing"),
        ("go", "goes", "went", "going"),
        ("get up", "gets up", "got up", "getting up"),
        ("swim", "swims", "swam", "swimming"),
        ("ride a bike", "rides a bike", "rode a bike", "riding a bike"),
        ("cry", "cries", "cried", "crying"),
        ("watch TV", "watches TV", "watched TV", "watching TV"),
        ("have", "has", "had", "having"),
        ("see", "sees", "saw", "seeing"),
        ("lie", "lies", "lay", "lying"),
    ],
)
def test_verb_forms(verb: str, s: str, ed: str, ing: str) -> None:
    assert (third_person(verb), past(verb), participle(verb)) == (s, ed, ing)


def test_forms_hold_the_participle_of_irregular_verbs() -> None:
    assert {"eat", "eats", "ate", "eaten", "eating"} <= forms("eat")
