"""From characters to tokens: which clause each token stands in, and which token stands where."""

import numba
import numpy as np

EXTENT = ("first", "tokens", "start", "end", "predicate", "parent")
"""Columns of a clause: the row of its sentence's first token, and how many it has; where the clause begins and ends in the text, where its
predicate begins, and where that of the clause that embeds it, -1 for none."""


@numba.njit(cache=True, nogil=True)
def _row_at(position, first, tokens, starts):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """The token of a sentence that holds a character; the one before it, where it stands between two."""
    return first + max(0, np.searchsorted(starts[first : first + tokens], position, side="right") - 1)


@numba.njit(cache=True, nogil=True)
def rows_at(asked, starts):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201
    """The tokens at some characters: (asked,).

    Args:
        asked: (asked, 3), the row of the sentence's first token, how many tokens it has, and the character.
        starts: where each token begins.
    """
    found = np.empty(len(asked), np.int64)
    for at in range(len(asked)):
        found[at] = _row_at(asked[at, 2], asked[at, 0], asked[at, 1], starts)
    return found


@numba.njit(cache=True, nogil=True)
def stretched(extents, starts, ends):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201
    """The clauses that tokens and clauses stand in.

    Three columns: for each token the clause whose predicate it is, else the smallest that holds it, -1 for none; whether it is its predicate;
    for each clause the one that embeds it, -1 for none.

    Args:
        extents: (clauses, `EXTENT`).
        starts: where each token begins.
        ends: where it ends.
    """
    found, own = np.full(len(starts), -1), np.full(len(starts), -1)
    parents = np.full(len(extents), -1)
    for clause in range(len(extents)):
        first, tokens, start, end = extents[clause, 0], extents[clause, 1], extents[clause, 2], extents[clause, 3]
        here = starts[first : first + tokens]
        low, high = first + np.searchsorted(here, start), first + np.searchsorted(here, end)
        if high > first and ends[high - 1] > end:
            high -= 1
        for token in range(low, high):
            held = found[token]
            if held < 0 or end - start < extents[held, 3] - extents[held, 2]:
                found[token] = clause
        own[_row_at(extents[clause, 4], first, tokens, starts)] = clause
    for clause in range(len(extents)):
        if extents[clause, 5] >= 0:
            parents[clause] = own[_row_at(extents[clause, 5], extents[clause, 0], extents[clause, 1], starts)]
    return np.where(own < 0, found, own), own >= 0, parents
