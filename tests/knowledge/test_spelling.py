"""Folding and consonant skeletons."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depesche.knowledge.spelling import edit_distance, fold, name_keys


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Jazenjuk", "Yatsenyuk"), ("Dschalil", "Jalil"), ("Chruschtschow", "Khrushchev"), ("Chamenei", "Khamenei"),
        ("Abdel Hakim", "Abdelhakim"), ("Schewardnadse", "Shevardnadze"), ("Scharon", "Sharon"),
    ],
)  # fmt: skip
def test_transliterations_share_a_key(a: str, b: str) -> None:
    """What both languages hear is what the key keeps."""
    assert name_keys(a) & name_keys(b)


def test_different_names_share_none() -> None:
    """Lavrov is not Ivanov."""
    assert not name_keys("Sergei Lavrov") & name_keys("Sergei Ivanov")


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    """A folded form is its own key."""
    once = fold(text)
    assert fold(once) == once


def _by_table(a: str, b: str) -> int:
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, start=1):
        before, row[0] = row[0], i
        for j, y in enumerate(b, start=1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (x != y))
    return row[-1]


@given(st.text("abcd é", max_size=12), st.text("abcd é", max_size=12))
def test_distance_is_a_distance(a: str, b: str) -> None:
    """Symmetric, zero only for equal texts, and what the table of Wagner and Fischer says."""
    assert edit_distance(a, b) == edit_distance(b, a) == _by_table(a, b)
    assert (edit_distance(a, b) == 0) == (a == b)
