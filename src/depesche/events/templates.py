"""Features named by templates: "r:{role}:{type}" filled from a table, hashed to the rows of their weights and summed, whole tables at once.

A feature is a name, and its row is the CRC-32 of that name (see `slots`). The CRC of two strings side by side follows from the CRC and the
length of each, so the names are never written out: a table holds each value as its code, CRC and length in one integer.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import chain
from typing import NamedTuple
from zlib import crc32

import numba
import numpy as np
import numpy.typing as npt

from depesche.events.slots import BITS

Table = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
ABSENT = -1
"""Stands in a table where there is no value: templates that ask for it name nothing."""
_KEPT_CODES = 100_000
_MASK = (1 << BITS) - 1
_LENGTH = 32
_CRC = (1 << _LENGTH) - 1
_LONGEST = 48
"""Longer pieces are taken in several steps."""
_GAP = re.compile(r"\{([^{}]+)\}")


class Codes(dict[str, int]):
    """The code of each string: its CRC-32, and above it its length in bytes. Begun anew beyond so many strings."""

    def __missing__(self, text: str) -> int:
        """The code of a string met for the first time."""
        if len(self) >= _KEPT_CODES:
            self.clear()
        encoded = text.encode()
        found = self[text] = crc32(encoded) | len(encoded) << _LENGTH
        return found


CODES = Codes()
NUMBERS = tuple(CODES[str(n)] for n in range(32))
"""Codes of small numbers, by number."""
TRUTHS: Table = np.array([CODES["False"], CODES["True"]])


def codes(texts: Sequence[str]) -> Table:
    """The codes of many strings."""
    return np.fromiter(map(CODES.__getitem__, texts), np.int64, len(texts))


def number(value: int) -> int:
    """The code of a whole number."""
    return CODES[str(value)]


class Templates:
    """Names of features with gaps.

    Args:
        names: the gaps name columns of a table: "w-1:{word}:{side}".
        columns: of that table, in order.
        fixed: gaps that are the same throughout, with what they hold.
    """

    def __init__(self, names: Sequence[str], columns: Sequence[str], *, fixed: Mapping[str, str] | None = None) -> None:
        self.names = tuple(names)
        self.columns = tuple(columns)
        places, literals, ends = [], [], [0]
        for name in names:
            for part, text in enumerate(_GAP.split(_with(name, fixed or {}))):
                if part % 2:
                    places.append(self.columns.index(text))
                    literals.append(0)
                elif text:
                    places.append(-1)
                    literals.append(CODES[text])
            ends.append(len(places))
        self.plan: Plan = Plan(np.array(ends), np.array(places), np.array(literals))


class Plan(NamedTuple):
    """Templates in pieces.

    Attributes:
        ends: where the pieces of each template begin; one more for the end of the last.
        places: of each piece, the column that it is taken from, -1 for one that stands in the template.
        literals: of each piece, its code if it stands in the template.
    """

    ends: Table
    places: Table
    literals: Table


def _with(name: str, fixed: Mapping[str, str]) -> str:
    for gap, value in fixed.items():
        name = name.replace(f"{{{gap}}}", value)
    return name


class Facts(NamedTuple):
    """What is known of some items, and the templates that make features of it.

    Attributes:
        table: (rows, columns) codes, as `templates` wants them.
        owners: (rows,), which item each row is about.
    """

    templates: Templates
    table: Table
    owners: Table


def rows_of_facts(facts: Sequence[Facts], *, items: int) -> list[list[int]]:
    """The rows of weights of each item's features, for learning."""
    found: list[list[int]] = [[] for _ in range(items)]
    for templates, table, owners in facts:
        if len(table):
            names = _named(np.ascontiguousarray(table), *templates.plan, shifts())
            for owner, rows in zip(owners.tolist(), names.tolist(), strict=True):
                found[owner] += (row for row in rows if row >= 0)
    return found


def add_scores(facts: Sequence[Facts], *, used: npt.NDArray[np.uint8], weights: Floats, scores: Floats) -> None:
    """Add the weights of all features to each item's scores: (items, classes).

    Args:
        facts: of the items.
        used: one bit a row of the weights, set where there are any: it lies in the nearest cache, the weights do not.
        weights: (rows, classes).
        scores: are added to.
    """
    for templates, table, owners in facts:
        if len(table):
            _add(np.ascontiguousarray(table), owners, *templates.plan, shifts(), used, weights, scores)


def filled(rows: Sequence[tuple[int, ...]], *, columns: int) -> Table:
    """Rows as a table."""
    return np.fromiter(chain.from_iterable(rows), np.int64, len(rows) * columns).reshape(-1, columns)


def side_by_side(*parts: Table) -> Table:
    """Columns and tables of as many rows as one table."""
    return np.concatenate([part[:, None] if part.ndim == 1 else part for part in parts], axis=1)


@cache
def shifts() -> npt.NDArray[np.uint32]:
    """What becomes of a CRC when more bytes follow: by their number, the place of a byte in the CRC (0 the lowest), and that byte.

    Source: the linearity that `crc32_combine` of zlib rests on.
    """
    step = np.arange(256, dtype=np.uint32)
    for _ in range(8):
        step = np.where(step & 1, np.uint32(0xEDB88320) ^ (step >> np.uint32(1)), step >> np.uint32(1))
    found = np.zeros((_LONGEST + 1, 4, 256), np.uint32)
    for place in range(4):
        found[0, place] = np.arange(256, dtype=np.uint32) << np.uint32(8 * place)
    for count in range(1, _LONGEST + 1):
        found[count] = step[found[count - 1] & np.uint32(255)] ^ (found[count - 1] >> np.uint32(8))
    return found


@numba.njit(cache=True, nogil=True)
def _moved(crc, length, shift):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """What a CRC is once so many bytes follow, before they are told apart."""
    while length > 0:
        step = min(length, _LONGEST)
        crc = np.int64(
            shift[step, 0, crc & 255]
            ^ shift[step, 1, (crc >> 8) & 255]
            ^ shift[step, 2, (crc >> 16) & 255]
            ^ shift[step, 3, (crc >> 24) & 255]
        )
        length -= step
    return crc


@numba.njit(cache=True, nogil=True)
def joined(front, back, shift):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201
    """The code of two strings side by side, from the codes of both and `shifts`."""
    crc = _moved(front & _CRC, back >> _LENGTH, shift)
    return (crc ^ (back & _CRC)) | ((front >> _LENGTH) + (back >> _LENGTH)) << _LENGTH


@numba.njit(cache=True, nogil=True)
def _crc(table, item, start, end, places, literals, shift):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202, PLR0913, PLR0917
    """The CRC of one name, -1 where a value is absent."""
    crc = np.int64(0)
    for piece in range(start, end):
        code = literals[piece] if places[piece] < 0 else table[item, places[piece]]
        if code < 0:
            return np.int64(-1)
        crc = _moved(crc, code >> _LENGTH, shift) ^ (code & _CRC)
    return crc


@numba.njit(cache=True, nogil=True)
def _named(table, ends, places, literals, shift):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    found = np.empty((len(table), len(ends) - 1), np.int64)
    for item in range(len(table)):
        for name in range(len(ends) - 1):
            crc = _crc(table, item, ends[name], ends[name + 1], places, literals, shift)
            found[item, name] = crc if crc < 0 else crc & _MASK
    return found


@numba.njit(cache=True, nogil=True)
def _add(table, owners, ends, places, literals, shift, used, weights, scores):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202, PLR0913, PLR0917
    # First all rows of an item, then their weights: so the processor waits for many of them at once.
    rows = np.empty(len(ends) - 1, np.int64)
    for item in range(len(table)):
        size = 0
        for name in range(len(ends) - 1):
            crc = _crc(table, item, ends[name], ends[name + 1], places, literals, shift)
            if crc >= 0:
                row = crc & _MASK
                if used[row >> 3] >> (row & 7) & 1:
                    rows[size] = row
                    size += 1
        own = scores[owners[item]]
        for at in range(size):
            row = rows[at]
            for kind in range(len(own)):
                own[kind] += weights[row, kind]


@numba.njit(cache=True, nogil=True)
def spread(which, ends):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201
    """What belongs to each of some things: (owners, members), where those of thing `t` are numbered from `ends[t]` to `ends[t + 1]`.

    Args:
        which: the things asked for; -1 for none.
        ends: (things + 1,).
    """
    total = 0
    for thing in which:
        if thing >= 0:
            total += ends[thing + 1] - ends[thing]
    owners, members = np.empty(total, np.int64), np.empty(total, np.int64)
    at = 0
    for owner in range(len(which)):
        thing = which[owner]
        if thing >= 0:
            for member in range(ends[thing], ends[thing + 1]):
                owners[at], members[at] = owner, member
                at += 1
    return owners, members
