"""What the line reader sees of every line of a plain text, and the label it gives."""

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from depesche.blocks.context import CLASSES
from depesche.blocks.cues import KINDS
from depesche.blocks.features import TEXT_NAMES, Floats, shifted, text_features
from depesche.blocks.forest import Looks
from depesche.blocks.looking import second_look

_WORD = re.compile(r"[^\W\d_]{5,}")
_DATE = re.compile(
    r"\b\d{1,2}[./]\s?\d{1,2}[./]\s?\d{2,4}\b|\b\d{4}-\d\d-\d\d|\b\d{1,2}\.?\s[^\W\d_]{3,9}\.?\s\d{4}\b"
    r"|\b[^\W\d_]{3,9}\.?\s\d{1,2},\s\d{4}\b|\b\d{1,2}[:.]\d\d\s(?:Uhr|h\b|[AaPp]\.?[Mm])"
)
_LONG = 120
_LENGTH, _DIGITS = TEXT_NAMES.index("length"), TEXT_NAMES.index("digits")
NAMES = (
    *TEXT_NAMES, "vocabulary", "vocabulary-1", "vocabulary+1", "dated", "in_next_long", "to_first_long", "all_lines",
    "capitals_name", "headline_like",
)  # fmt: skip
"""Columns of `line_features`."""
CUES = slice(TEXT_NAMES.index(f"cue_{KINDS[0]}"), TEXT_NAMES.index(f"cue_{KINDS[-1]}") + 1)
"""Where among them the cues stand, in the order of `cues.KINDS`."""


def line_features(lines: Sequence[str]) -> Floats:
    """One row a line, the columns of `NAMES`."""
    n = len(lines)
    if not n:
        return np.zeros((0, len(NAMES)), dtype=np.float32)
    text = text_features(lines)
    words = [frozenset(w.casefold() for w in _WORD.findall(line)) for line in lines]
    longs = [number for number, line in enumerate(lines) if len(line) >= _LONG]
    told = _told(words, longs)
    shares = np.array(
        [_share(own, told, also=len(line) >= _LONG) for own, line in zip(words, lines, strict=True)], dtype=np.float32
    )
    first = longs[0] if longs else n
    rows = np.arange(n)
    following = _following(longs, n)
    near = np.array(
        [len(own & words[f]) / max(1, len(own)) if f < n else 0 for own, f in zip(words, following, strict=True)],
        dtype=np.float32,
    )
    dated = np.zeros(n, dtype=np.float32)
    dated[[number for number in np.flatnonzero(text[:, _DIGITS]).tolist() if _DATE.search(lines[number][:160])]] = 1
    capital = np.fromiter((_is_name(line) for line in lines), dtype=np.float32, count=n)
    like = shares * ((text[:, _LENGTH] > 3) & (text[:, _LENGTH] < 5.2))  # noqa: PLR2004 (20 to 180 characters)
    sides = np.stack([shifted(shares[:, None], -1, fill=-1)[:, 0], shifted(shares[:, None], 1, fill=-1)[:, 0]], axis=1)
    extra = np.stack([dated, near, np.clip(first - rows, -30, 30), np.full(n, np.log1p(n)), capital, like], axis=1)
    return np.concatenate([text, shares[:, None], sides, extra], axis=1, dtype=np.float32)


def line_groups(lines: Sequence[str]) -> tuple[npt.NDArray[np.int64], ...]:
    """Lines that belong together: those of one page, and those of like length side by side."""
    n = len(lines)
    runs = np.zeros(n, dtype=np.int64)
    for number in range(1, n):
        same = (len(lines[number]) >= _LONG) == (len(lines[number - 1]) >= _LONG)
        runs[number] = runs[number - 1] + (not same)
    return np.zeros(n, dtype=np.int64), runs


def line_chances(lines: Sequence[str], rows: Floats, *, models: Looks) -> Floats:
    """Class probabilities of each line, in the order of `CLASSES`; `rows` are their `line_features`."""
    sizes = np.fromiter(map(len, lines), dtype=np.float32, count=len(lines))
    return second_look(rows, sizes, line_groups(lines), models=models)


def _told(words: Sequence[frozenset[str]], longs: Sequence[int]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for number in longs:
        for word in words[number]:
            counts[word] = counts.get(word, 0) + 1
    return counts


def _share(own: frozenset[str], told: dict[str, int], *, also: bool) -> float:
    """Which share of a line's words the page's long lines tell (more than once, for a long line itself)."""
    least = 2 if also else 1
    return sum(told.get(word, 0) >= least for word in own) / len(own) if own else 0.0


def _following(longs: Sequence[int], n: int) -> list[int]:
    found, following = [n] * n, n
    marks = set(longs)
    for number in range(n - 1, -1, -1):
        found[number] = following
        if number in marks:
            following = number
    return found


def _is_name(line: str) -> bool:
    """Two to four capitalised words and nothing else: a byline, a person in a list."""
    words = line.split()
    return 2 <= len(words) <= 4 and all(w[0].isupper() and w.replace("-", "").replace(".", "").isalpha() for w in words)  # noqa: PLR2004


assert CLASSES[3] == "body"
