"""Whether words stand in what was said."""

import pytest

from tools.grounding import is_grounded


@pytest.mark.parametrize(
    ("words", "said", "is_said"),
    [
        ("Rex", "my dog is called rex", True),
        ("9", "I am nine", True),
        ("tám", "con 8 tuổi", True),
        ("ha noi", "con ở Hà Nội", True),
        ("dogs", "a dog", True),
        ("Max", "my dog is called rex", False),
        ("10", "I am nine", False),
        ("", "anything", True),
    ],
)
def test_words_are_grounded_in_what_was_said(words: str, said: str, is_said: bool) -> None:
    assert is_grounded(words, said) == is_said
