"""The words of which a sentence must hold one to tell of speech without a quotation: a test of it before it is read."""

from functools import cache

from depesche.details.speech.lexica import cues, frame
from depesche.details.speech.verbs import features

_SOURCES = ("source", "source_pre", "source_after", "so", "therefore")
_MEMORY = 50_000
"""Words that are remembered at most."""


class Telling(dict[str, bool]):
    """Of each word of one language whether it can be a cue, name a source, or be in the mood of speech; kept for the next time.

    Spelled as in the middle of a sentence: "Sage" is no form of "sagen" there.
    """

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language
        self._irreal = frame(language).all("irreal")
        forms = (form for kind in _SOURCES for form in frame(language).all(kind))
        self._sources = {form.split()[0] for form in forms}
        self._signs = {":", *cues(language)}

    def __missing__(self, word: str) -> bool:
        if len(self) > _MEMORY:
            self.clear()
        lower = word.lower()
        spoken = word == lower and (word in self._irreal or features(self._language, word).reported)
        self[word] = told = word in self._signs or lower in self._sources or spoken
        return told


@cache
def telling(language: str) -> Telling:
    """The telling words of a language."""
    return Telling(language)
