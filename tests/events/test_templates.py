"""Features named by templates."""

from zlib import crc32

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from depesche.events.model import Linear
from depesche.events.slots import BITS, slot
from depesche.events.templates import ABSENT, CODES, Facts, Templates, joined, rows_of_facts, shifts, spread

_NAMES = Templates(
    ("{language}:w-1:{word}:{side}", "{word}", "k:{side}{word}"), ("word", "side"), fixed={"language": "de"}
)


@settings(deadline=None)  # compiles on first use
@given(st.text(), st.text(max_size=3))
def test_a_feature_is_the_hash_of_its_name(word: str, side: str) -> None:
    """Whatever fills a template, of any length, its row is that of the name written out."""
    word, side = (text.encode(errors="ignore").decode() for text in (word * 3, side))
    table = np.array([[CODES[word], CODES[side]]])
    names = [f"de:w-1:{word}:{side}", word, f"k:{side}{word}"]
    assert rows_of_facts([Facts(_NAMES, table, np.array([0]))], items=1) == [[slot(name) for name in names]]


@settings(deadline=None)
@given(st.text(), st.text())
def test_codes_of_strings_join_to_that_of_both(front: str, back: str) -> None:
    """What is written side by side has the code of the whole."""
    front, back = (text.encode(errors="ignore").decode() for text in (front, back * 9))
    assert joined(CODES[front], CODES[back], shifts()) == CODES[front + back]


def test_what_is_absent_names_nothing() -> None:
    """A template with an empty gap has no feature, the others of its row do."""
    table = np.array([[CODES["angriff"], ABSENT]])
    assert rows_of_facts([Facts(_NAMES, table, np.array([1]))], items=2) == [[], [slot("angriff")]]


def test_scores_are_sums_of_weights() -> None:
    """What is reckoned from tables is what the rows say, each item's own."""
    weights = np.random.default_rng(0).normal(size=(1 << BITS, 3)).astype(np.float32)
    weights[::2] = 0
    model = Linear(weights, classes=("a", "b", "c"))
    table = np.array([[CODES["angriff"], CODES["a"]], [CODES["treffen"], CODES["b"]], [CODES["truppen"], ABSENT]])
    facts = [Facts(_NAMES, table, np.array([1, 0, 1]))]
    expected = [model.score(rows) for rows in rows_of_facts(facts, items=2)]
    assert np.array(expected) == pytest.approx(model.of_facts(facts, items=2), abs=1e-5)


def test_codes_hold_hash_and_length() -> None:
    """The length counts bytes, not characters."""
    assert CODES["ä"] == crc32("ä".encode()) | 2 << 32


def test_members_are_spread_over_their_owners() -> None:
    """Each thing that is asked for has its members, none where it is -1."""
    owners, members = spread(np.array([1, -1, 0, 1]), np.array([0, 2, 3]))
    assert (owners.tolist(), members.tolist()) == ([0, 2, 2, 3], [2, 0, 1, 2])
