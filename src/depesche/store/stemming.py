"""The words of a sentence as the stemmed index holds them (Snowball stems, lower case)."""

import re
from functools import cache

import Stemmer

_WORD = re.compile(r"\w+")


@cache
def _stemmer(language: str) -> Stemmer.Stemmer | None:
    try:
        return Stemmer.Stemmer(language)  # takes ISO 639 codes, though it lists only names
    except KeyError:
        return None


def stemmed(text: str, language: str) -> str:
    """Stems of all words, parted by blanks; the words themselves where the language has no stemmer.

    >>> stemmed("Die Luftangriffe auf Aleppo", "de")
    'die luftangriff auf aleppo'
    """
    words = _WORD.findall(text.lower())
    stemmer = _stemmer(language)
    return " ".join(stemmer.stemWords(words) if stemmer else words)
