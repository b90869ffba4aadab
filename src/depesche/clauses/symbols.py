"""What the models see of each token: one row of numbers, made straight from the code points."""

# Compiled loops take their arrays one by one and know no keywords; their numbers are those of the tables at the head of the module.
# ruff: noqa: ANN001, C901, PLR0913, PLR0915, PLR0917, PLR2004
# mypy: disallow-untyped-defs=False, disallow-incomplete-defs=False, warn-return-any=False

from functools import cache
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

from depesche.clauses.compiled import compiled
from depesche.clauses.forms import table
from depesche.clauses.hashing import Codes, U, find, hash_codes, scramble

_MODELS = Path(__file__).parent.parent / "models"
Ints = npt.NDArray[np.int64]
Places = npt.NDArray[np.int64]

(
    FORM,
    LOW,
    SUFFIX2,
    SUFFIX3,
    SUFFIX5,
    PREFIX3,
    SHAPE,
    CLASS,
    SMALL_CLASS,
    SLOTS,
    FINITE,
    GROUP,
    NOUN_SLOTS,
    FINE_GROUP,
    WIDTH,
) = range(15)
"""Columns of a row: the form, the form in lower case with digits as zeros, endings, beginning, the pattern of capitals and digits, the
dictionary's word classes of the form and of its lower-case twin, slots of the paradigms (see `forms.Analysis`), the word cluster, coarse
and fine."""

_KNOWN_CODES = 0x2400
_UPPER, _LOWER, _DIGIT = 1, 2, 3
_CAP_KEPT = 12
"""How many characters a shape looks at."""
FINE_BITS, CLUSTER_BITS = 10, 20
"""Where the numbers of word classes are parted: fine cluster, coarse cluster, and what a dictionary without paradigms says of the word."""
COMPOUND = 1 << 24
"""Added to the class of a word that is known by its last part only."""


class Lists(msgspec.Struct, frozen=True, kw_only=True):
    """The tables behind the columns; arrays of length zero where a language has none.

    Attributes:
        fold: lower case of the first code points.
        kind: what they are: upper, lower, digit.
        offsets, rest, classes, marks: the full forms (`forms.Table`).
        group_offsets, group_rest, groups: word classes by the hash of the lower-case form (see `CLUSTER_BITS`).
    """

    fold: npt.NDArray[np.uint32]
    kind: npt.NDArray[np.uint8]
    offsets: npt.NDArray[np.uint32]
    rest: npt.NDArray[np.uint32]
    classes: npt.NDArray[np.uint16]
    marks: npt.NDArray[np.int64]
    group_offsets: npt.NDArray[np.uint32]
    group_rest: npt.NDArray[np.uint32]
    groups: npt.NDArray[np.uint32]


@cache
def case_tables() -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint8]]:
    """Lower case and kind of the code points below U+2400; above them we take letters for small ones."""
    fold = np.arange(_KNOWN_CODES, dtype=np.uint32)
    kind = np.zeros(_KNOWN_CODES, np.uint8)
    for point in range(_KNOWN_CODES):
        sign = chr(point)
        low = sign.lower()
        if len(low) == 1:
            fold[point] = ord(low)
        kind[point] = _UPPER if sign.isupper() else _DIGIT if sign.isdigit() else _LOWER if sign.isalpha() else 0
    return fold, kind


@compiled
def _class_of(key: np.uint64, offsets, rest, classes) -> int:
    if len(rest) == 0:
        return -1
    row = find(key, offsets, rest)
    if row < 0:
        return -1
    return int(classes[row])


@compiled
def _resolve(small, big, form_class, length, upper, lists) -> int:
    """The class of a form: as written, in lower case, with a capital, by its last part; -1 where nothing is known."""
    offsets, rest, classes = lists
    if form_class >= 0 or len(rest) == 0:
        return form_class
    found = _class_of(hash_codes(small, 0, length), offsets, rest, classes)
    if found < 0 and not upper:
        first = small[0]
        small[0] = big[0]
        found = _class_of(hash_codes(small, 0, length), offsets, rest, classes)
        small[0] = first
    if found >= 0 or length < 7:
        return found
    for start in range(1, length - 3):
        first = small[start]
        if upper:
            small[start] = big[start]
        found = _class_of(hash_codes(small, start, length), offsets, rest, classes)
        small[start] = first
        if found >= 0:
            return found + COMPOUND
    return -1


@compiled
def describe(text, starts, ends, fold, kind, lists, marks, groups, rows) -> None:
    """Fill one row for each token.

    Args:
        text: code points.
        starts: where each token begins in it.
        ends: and where it ends.
        fold: lower case of code points (`case_tables()`).
        kind: what they are.
        lists: (offsets, rest, classes) of the full forms.
        marks: `forms.Table.marks`.
        groups: (offsets, rest, numbers) of the word clusters.
        rows: int64 of shape (tokens, WIDTH), overwritten.
    """
    small = np.empty(512, np.uint32)
    big = np.empty(512, np.uint32)
    group_offsets, group_rest, group_numbers = groups
    offsets, rest, classes = lists
    limit = len(fold)
    for i in range(len(starts)):
        start, end = starts[i], ends[i]
        length = min(end - start, 512)
        shape = U(0)
        last = before = U(9)
        digits = length > 0
        for k in range(length):
            code = text[start + k]
            is_known = code < limit
            small[k] = fold[code] if is_known else code
            sort = U(kind[code]) if is_known else U(_LOWER)
            big[k] = small[k] - U(32) if (97 <= small[k] <= 122 or 224 <= small[k] <= 254) else small[k]
            if k < _CAP_KEPT:
                seen = sort if sort > U(0) else U(4) + U(code)
                if seen != last or last != before:
                    shape = scramble(shape * U(31) + seen)
                before = last
                last = seen
            if sort != U(_DIGIT):
                digits = False
        upper = kind[text[start]] == _UPPER if text[start] < limit else False
        row = rows[i]
        form = hash_codes(text, start, start + length)
        row[FORM] = np.int64(form >> U(1))
        form_class = _class_of(form, offsets, rest, classes)
        small_class = -1
        if upper:
            small_class = _class_of(hash_codes(small, 0, length), offsets, rest, classes)
        resolved = _resolve(small, big, form_class, length, upper, lists)
        if digits:
            for k in range(length):
                small[k] = 48
            low = hash_codes(small, 0, min(length, 4))
        else:
            low = hash_codes(small, 0, length)
        row[LOW] = np.int64(low >> U(1))
        row[SUFFIX2] = np.int64(hash_codes(small, max(0, length - 2), length) >> U(1))
        row[SUFFIX3] = np.int64(hash_codes(small, max(0, length - 3), length) >> U(1))
        row[SUFFIX5] = np.int64(hash_codes(small, max(0, length - 5), length) >> U(1))
        row[PREFIX3] = np.int64(hash_codes(small, 0, min(3, length)) >> U(1))
        row[SHAPE] = np.int64(shape >> U(1))
        row[SMALL_CLASS] = marks[small_class, 0] if small_class >= 0 else -1
        row[CLASS] = row[SLOTS] = row[FINITE] = row[NOUN_SLOTS] = -1
        if resolved >= 0:
            plain = resolved & (COMPOUND - 1)
            row[CLASS] = marks[plain, 0] + (resolved & COMPOUND)
            row[SLOTS], row[FINITE], row[NOUN_SLOTS] = marks[plain, 1], marks[plain, 2], marks[plain, 3]
        at = find(low, group_offsets, group_rest) if len(group_rest) else -1
        number = np.int64(group_numbers[at]) if at >= 0 else np.int64(0)
        cluster = number & ((1 << CLUSTER_BITS) - 1)
        row[GROUP] = cluster >> FINE_BITS if cluster else -1
        row[FINE_GROUP] = cluster & ((1 << FINE_BITS) - 1) if cluster else -1
        if number >> CLUSTER_BITS:
            row[CLASS] = number >> CLUSTER_BITS


def rows_of(text: Codes, starts: Places, ends: Places, *, lists: Lists) -> Ints:
    """The rows of all tokens of a text, int64 of shape (tokens, WIDTH)."""
    rows = np.empty((len(starts), WIDTH), np.int64)
    describe(
        text, starts, ends, lists.fold, lists.kind, (lists.offsets, lists.rest, lists.classes), lists.marks,
        (lists.group_offsets, lists.group_rest, lists.groups), rows,
    )  # fmt: skip
    return rows


def lists_of(language: str, *, dictionary: bool) -> Lists:
    """The lists of a language.

    Args:
        language: its code.
        dictionary: whether its full forms tell more than the text that the models learned from, so that they may lean on them.
    """
    fold, kind = case_tables()
    forms = table(language)
    with np.load(_MODELS / language / "groups.npz", allow_pickle=False) as stored:
        counts, group_rest, groups = stored["counts"], stored["rest"], stored["groups"]
    return Lists(
        fold=fold,
        kind=kind,
        offsets=forms.offsets,
        rest=forms.rest if dictionary else forms.rest[:0],
        classes=forms.classes,
        marks=forms.marks,
        group_offsets=np.concatenate(([0], np.cumsum(counts, dtype=np.int64))).astype(np.uint32),
        group_rest=group_rest,
        groups=groups,
    )
