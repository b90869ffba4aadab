"""Which language a text is in: what the caller or the page says, checked where the text plainly speaks against it."""

import re
from collections import Counter
from functools import cache

import msgspec

from depesche.words import languages, lexicon

_WORD, _RUN = re.compile(r"[^\W\d_]+"), re.compile(r"\w+")
_SAMPLE = 3000
_ENOUGH_WORDS = 20
_ENOUGH_LETTERS = 15
_SHORT = 100
_CLEAR_SHARE = 0.12
_MACRO = {"nb": "no", "nn": "no", "iw": "he", "in": "id", "jw": "jv"}


class FunctionWord(msgspec.Struct, frozen=True, kw_only=True):
    """A small word that gives a language away.

    Attributes:
        word: lower case.
        example: a sentence that holds it.
    """

    word: str
    example: str


@cache
def _function_words() -> dict[str, str]:
    """Word → language, for words that belong to one of the languages only."""
    counted: dict[str, list[str]] = {}
    for language in languages():
        for entry in lexicon(language, "blocks_function_words", FunctionWord):
            counted.setdefault(entry.word, []).append(language)
    return {word: found[0] for word, found in counted.items() if len(found) == 1}


def code_of(tag: str | None) -> str | None:
    """The ISO 639-1 code of a language tag ("de-AT" → "de"), or None where it is no tag."""
    match = re.match(r"\s*([A-Za-z]{2})(?:$|[-_\s])", tag or "")
    return _MACRO.get(match[1].lower(), match[1].lower()) if match else None


def given_or_detected(tag: str | None, *, text: str) -> str:
    """The caller's language where one is given, else the one the text is written in."""
    return code_of(tag) or detected(text)


def declared_or_detected(tag: str | None, *, text: str) -> str:
    """The page's own declaration, unless the function words of its text plainly belong to another language.

    Templates are copied: German pages with `<html lang="en">` are common.
    """
    declared = code_of(tag)
    seen = _by_function_words(text)
    if seen:
        return seen
    if declared and declared not in languages():
        return declared
    return declared or detected(text)


def detected(text: str) -> str:
    """ISO 639-1 code of the language that a text is in; "und" where it has too few words to tell."""
    if seen := _by_function_words(text):
        return seen
    letters = sum(c.isalpha() for c in text[:_SAMPLE])
    if letters < _ENOUGH_LETTERS:
        return "und"
    from py3langid import rank  # noqa: PLC0415 (its model takes a second to load; most texts never need it)

    ranked = [str(code) for code, _ in rank(text[:_SAMPLE])]
    # A line or two can look like any of ninety languages; of those it is read in, it looks like one.
    code = next(c for c in ranked if c in languages()) if letters < _SHORT else ranked[0]
    return _MACRO.get(code, code)


def _by_function_words(text: str) -> str | None:
    known = _function_words()
    words = _words(text[:_SAMPLE].lower())
    if len(words) < _ENOUGH_WORDS:
        return None
    told = Counter(map(known.get, words))
    told.pop(None, None)
    counts = told.most_common(2)
    if not counts or counts[0][1] < _CLEAR_SHARE * len(words):
        return None
    if len(counts) > 1 and counts[1][1] * 3 > counts[0][1]:
        return None
    return counts[0][0]


def _words(text: str) -> list[str]:
    """The runs of letters in a text."""
    runs = _RUN.findall(text)
    if all(map(str.isalpha, runs)):
        return runs
    return [word for run in runs for word in ((run,) if run.isalpha() else _WORD.findall(run))]


def is_function_word(word: str) -> bool:
    """Whether a word is a small word of any language that we know ("Die", "The")."""
    return word.lower() in _all_function_words()


@cache
def _all_function_words() -> frozenset[str]:
    return frozenset(
        entry.word for language in languages() for entry in lexicon(language, "blocks_function_words", FunctionWord)
    )
