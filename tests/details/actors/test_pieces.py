"""Pieces of a text, and what a word can be by itself."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depesche.details.actors.pieces import pieces_of
from depesche.details.actors.vocabulary import CAPITAL, HEAD, NAME, PLACE, vocabulary


@given(st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from(" .,-'’\nAbß"), max_size=60))
def test_pieces_are_the_runs_of_letters_and_digits(text: str) -> None:
    """Whatever stands in a text, its pieces are what the expression finds, and no name reaches over what parts names."""
    pieces = pieces_of(text)
    runs = list(re.finditer(r"[^\W_]+", text))
    assert pieces.texts == [run[0] for run in runs]
    assert list(zip(pieces.starts, pieces.ends, strict=True)) == [run.span() for run in runs]
    assert all(i <= last < len(runs) for i, last in enumerate(pieces.reach))
    for i, last in enumerate(pieces.reach):
        assert not {"|", ","} & set(pieces.gaps[i + 1 : last + 1])
    assert all(one == other or one < i + 1 for i, (one, other) in enumerate(pairwise(pieces.reach)))


@pytest.mark.parametrize(
    ("text", "able", "unable"),
    [
        ("Lawrows", NAME | CAPITAL, PLACE),
        ("lawrows", 0, NAME | PLACE | CAPITAL),
        ("Genfer", PLACE | CAPITAL, HEAD),
        ("Südthailand", PLACE | CAPITAL, HEAD),
        ("Bundeswehrsoldaten", HEAD | CAPITAL, NAME | PLACE),
        ("geht", 0, NAME | PLACE | HEAD | CAPITAL),
    ],
)
def test_words_tell_what_they_can_do(text: str, able: int, unable: int) -> None:
    """A word that can begin nothing is never looked at again; one that can, inflected or compound, is."""
    marks = vocabulary("de")[text]
    assert marks & able == able
    assert not marks & unable


def test_two_words_open_a_name_in_any_case() -> None:
    """The second of two words may be inflected, the first may not."""
    known = vocabulary("de")
    assert known.opens("sergej lawrow")
    assert known.opens("sergej lawrows")
    assert not known.opens("sergejs lawrow")
