"""Cue phrases: by which words a line gives away that it is a byline, a credit, a share bar or the head of a teaser box.

The phrases of all languages are asked at once: which language a page is in is not yet known when its lines are read.
"""

import re
from functools import cache
from typing import Literal

import msgspec

from depesche.words import languages, lexicon

CueKind = Literal[
    "chrome", "comment_head", "teaser_head", "byline", "credit", "update", "paywall", "live", "missing", "consent"
]


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
def _patterns() -> dict[CueKind, re.Pattern[str]]:
    found: dict[CueKind, dict[str, list[str]]] = {}
    for language in languages():
        for cue in lexicon(language, "blocks_cues", Cue):
            found.setdefault(cue.kind, {}).setdefault(cue.match, []).append(re.escape(cue.cue))
    return {kind: re.compile("|".join(_alternatives(by))) for kind, by in found.items()}


def _alternatives(by_match: dict[str, list[str]]) -> list[str]:
    frames = {"whole": r"\A(?:{})\W*\Z", "start": r"\A\W*(?:{})(?!\w)", "inside": r"(?:{})"}
    return [frames[match].format("|".join(cues)) for match, cues in by_match.items()]


def has_cue(text: str, kind: CueKind) -> bool:
    """Whether a line holds a phrase of that kind."""
    pattern = _patterns().get(kind)
    return bool(pattern and pattern.search(text.lower()))


def without_cue(text: str, kind: CueKind) -> str:
    """A line without the phrase of that kind that opens it ("Von Anna Beispiel" → "Anna Beispiel")."""
    pattern = _patterns().get(kind)
    match = pattern.match(text.lower()) if pattern else None
    return text[match.end() :].strip(" :") if match and match.end() < len(text) else text
