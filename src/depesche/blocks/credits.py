"""Where a caption's credit begins: "John Kerry in Genf. © dpa", "Kerry in Geneva. Photo: Jane Sample"."""

from functools import cache

import ahocorasick_rs

from depesche.blocks.cues import Cue
from depesche.words import languages, lexicon

_SIGN = "©"


@cache
def _automaton() -> "ahocorasick_rs.AhoCorasick":
    """Only the phrases that introduce a name ("Foto:"); an agency's name alone may be in the sentence."""
    cues = [
        cue.cue
        for language in languages()
        for cue in lexicon(language, "blocks_cues", Cue)
        if cue.kind == "credit" and cue.cue.endswith(":")
    ]
    return ahocorasick_rs.AhoCorasick([*dict.fromkeys(cues), _SIGN])


def credit_of(caption: str, *, known: int = -1) -> tuple[int, int] | None:
    """The span of the credit in a caption, in its code points, or None; a caption that is nothing but a credit has one.

    Args:
        caption: its text, folded.
        known: where an element of the page says that the credit begins, or -1.
    """
    if 0 <= known < len(caption):
        return known, len(caption)
    lowered = caption.lower()
    if len(lowered) != len(caption):
        return None
    starts = [start for _, start, _ in _automaton().find_matches_as_indexes(lowered)]
    if not starts:
        return None
    start = starts[0]
    if start and caption[start - 1] in "([":
        start -= 1
    return start, len(caption)
