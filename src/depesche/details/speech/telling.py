"""The words of which a sentence must hold one to tell of speech without a quotation: a test of it before it is read."""

from functools import cache

from depesche.details.speech.lexica import cues, frame
from depesche.details.speech.verbs import features

_SOURCES = ("source", "source_pre", "source_after", "so", "therefore")
_MEMORY = 50_000
"""Words that are remembered at most."""


class Telling(dict[str, bool]):
    """Of each word of one language whether it can be a cue, name a source, or be in the mood of speech; kept for the next time."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language
        self._irreal = frame(language).all("irreal")
        forms = (form for kind in _SOURCES for form in frame(language).all(kind))
        self._openers = {":", *cues(language), *(form.split()[0] for form in forms)}

    def __missing__(self, word: str) -> bool:
        if len(self) > _MEMORY:
            self.clear()
        lower = word.lower()
        told = word in self._openers or lower in self._openers or lower in self._irreal
        self[word] = told = told or features(self._language, lower).reported
        return told


@cache
def telling(language: str) -> Telling:
    """The telling words of a language."""
    return Telling(language)
