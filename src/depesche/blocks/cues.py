"""Cue phrases: by which words a line gives away that it is a byline, a credit, a share bar or the head of a teaser box.

The phrases of all languages are asked at once: which language a page is in is not yet known when its lines are read.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal

import ahocorasick_rs
import msgspec
import numpy as np
import numpy.typing as npt

from depesche.words import languages, lexicon

CueKind = Literal[
    "chrome", "comment_head", "teaser_head", "byline", "credit", "update", "paywall", "live", "missing", "consent"
]
KINDS: tuple[CueKind, ...] = (
    "chrome", "comment_head", "teaser_head", "byline", "credit", "update", "paywall", "live", "missing", "consent",
)  # fmt: skip
_COLUMNS: dict[str, int] = {kind: column for column, kind in enumerate(KINDS)}
# A paragraph that mentions a newsletter is no newsletter box.
_LONGEST = 240


class Cue(msgspec.Struct, frozen=True, kw_only=True):
    """One phrase, lower case, and where in a line it must stand.

    Attributes:
        kind: what a line with it is.
        match: `whole` line, `start` of the line (a word's end must follow), or anywhere `inside`.
        example: a line that holds it.
    """

    kind: CueKind
    cue: str
    match: Literal["whole", "start", "inside"]
    example: str


@cache
def _automaton() -> tuple[tuple[Cue, ...], "ahocorasick_rs.AhoCorasick"]:
    cues = tuple(cue for language in languages() for cue in lexicon(language, "blocks_cues", Cue))
    return cues, ahocorasick_rs.AhoCorasick([cue.cue for cue in cues])


def cue_matrix(lines: Sequence[str]) -> npt.NDArray[np.float32]:
    """Which kinds of cue each line holds: one row a line, one column for each of `KINDS`, 1 where it does.

    Long lines hold none.
    """
    cues, automaton = _automaton()
    if not lines:
        return np.zeros((0, len(KINDS)), dtype=np.float32)
    lowered = [line.lower() if len(line) <= _LONGEST else "" for line in lines]
    found = np.zeros((len(lines), len(KINDS)), dtype=np.float32)
    hits = automaton.find_matches_as_indexes("\n".join(lowered), overlapping=True)
    row, offset, end_of_row = 0, 0, len(lowered[0])
    # Hits come in the order of their ends.
    for number, start, end in hits:
        while end > end_of_row:
            offset = end_of_row + 1
            row += 1
            end_of_row = offset + len(lowered[row])
        cue = cues[number]
        if _stands(lowered[row], start - offset, end - offset, match=cue.match):
            found[row, _COLUMNS[cue.kind]] = 1
    return found


def holds(texts: Sequence[str], kind: CueKind) -> bool:
    """Whether any of a few lines holds a cue of that kind."""
    cues, automaton = _automaton()
    for text in texts:
        line = text.lower() if len(text) <= _LONGEST else ""
        for number, start, end in automaton.find_matches_as_indexes(line, overlapping=True):
            if cues[number].kind == kind and _stands(line, start, end, match=cues[number].match):
                return True
    return False


def _stands(line: str, start: int, end: int, *, match: str) -> bool:
    """Whether a phrase found at [start, end) stands where it must."""
    if match == "inside":
        return True
    if _LETTER.search(line, 0, start) or line[end : end + 1].isalnum():
        return False
    return match == "start" or _LETTER.search(line, end) is None


_LETTER = re.compile(r"[^\W_]")


def without_cue(text: str, kind: CueKind) -> str:
    """A line without the phrase of that kind that opens it ("Von Anna Beispiel" → "Anna Beispiel")."""
    cues, automaton = _automaton()
    lowered = text.lower()
    if len(lowered) != len(text):
        return text
    cut = 0
    for number, start, end in automaton.find_matches_as_indexes(lowered, overlapping=True):
        cue = cues[number]
        if cue.kind == kind and cue.match == "start" and _stands(lowered, start, end, match="start"):
            cut = max(cut, end)
    return text[cut:].strip(" :") or text
