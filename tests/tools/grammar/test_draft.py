"""A draft of many passes still tells its changes against the original."""

from hypothesis import given
from hypothesis import strategies as st

from tools.grammar.draft import Draft, Piece
from tools.grammar.rule import Change


def applied(text: str, pieces: list[Piece]) -> str:
    for piece in sorted(pieces, key=lambda piece: piece.start, reverse=True):
        text = text[: piece.start] + piece.text + text[piece.end :]
    return text


@given(
    st.text("ab c'", max_size=20),
    st.lists(st.tuples(st.integers(0, 25), st.integers(0, 5), st.text("xy ", max_size=4)), max_size=5),
)
def test_changes_against_the_original_give_the_present_text(text: str, changes: list[tuple[int, int, str]]) -> None:
    draft, now = Draft(text), text
    for start, length, right in changes:
        first = min(start, len(now))
        last = min(first + length, len(now))
        draft.replace(Change(first, last, right), "rule")
        now = now[:first] + right + now[last:]
        assert draft.text == now
    assert applied(text, draft.changed()) == now


def test_an_insertion_takes_the_next_word_in() -> None:
    draft = Draft("she happy")
    draft.replace(Change(4, 4, "is "), "copula")
    assert draft.changed() == [Piece(4, 9, "is happy", "copula")]


def test_a_removal_takes_the_next_word_in() -> None:
    draft = Draft("mom she sings")
    draft.replace(Change(4, 8, ""), "double")
    assert draft.changed() == [Piece(4, 13, "sings", "double")]


def test_a_change_of_a_change_is_one_change() -> None:
    draft = Draft("i no like it")
    draft.replace(Change(2, 4, "don't"), "negation")
    draft.replace(Change(2, 7, "do not"), "later")
    assert draft.changed() == [Piece(2, 4, "do not", "negation")]
