"""Numbers in words and digits: "250 000", "9.000", "4,5 Millionen", "sechsundfünfzig", "ein Dutzend", "tens of thousands".

The words and signs come from `words/{language}/numbers.tsv`; the arithmetic is the same for every language.
"""

import re
from functools import cache
from typing import Literal, NamedTuple

import msgspec

from depesche.words import lexicon

Kind = Literal[
    "unit", "ten", "hundred", "scale", "dozen", "decimal", "stem", "joint", "thousands", "point", "vague", "article", "none"
]  # fmt: skip
_FEW_TIMES_LOW = 2  # "mehrere hundert", "several dozen": at least two of them (codebook section 6: Dutzende is 24-null)
_FEW = 3
_MEMORY = 50_000  # words remembered as numbers or none
_made = tuple.__new__
"""Half the cost of calling the class."""
_INSIDE = frozenset({"unit", "ten", "hundred", "scale", "stem", "joint", "article"})


class NumberWord(msgspec.Struct, frozen=True):
    """One row of `numbers.tsv`."""

    form: str
    value: float
    kind: Kind
    example: str


class Word(NamedTuple):
    """A piece of text between white space and signs, with its span; a number in digits is one word."""

    text: str
    lower: str
    start: int
    end: int


class Number(NamedTuple):
    """What was read at words `[first, last)`.

    Attributes:
        low: lower bound, inclusive.
        high: upper bound, None where the word itself leaves it open ("Hunderte").
        article: whether it is nothing but an indefinite article.
    """

    first: int
    last: int
    low: int
    high: int | None
    article: bool


class Numbers:
    """The number reader of one language."""

    def __init__(self, language: str) -> None:
        rows = lexicon(language, "numbers", NumberWord)
        self._by_kind: dict[str, dict[str, float]] = {}
        for row in rows:
            self._by_kind.setdefault(row.kind, {})[row.form] = row.value
        signs = "".join(map(re.escape, self._by_kind.get("thousands", {})))
        point = "".join(map(re.escape, self._by_kind.get("point", {})))
        self._thousands = re.compile(rf"(?<=\d)[{signs}\u00a0\u202f\u2009](?=\d{{3}}(?!\d))")
        self._point = re.compile(rf"[{point}]")
        digits = rf"\d{{1,3}}(?:[{signs}\u00a0\u202f\u2009]\d{{3}})+(?!\d)|\d+[{point}]\d+|\d+"
        self._word = re.compile(
            rf"[^\W\d]\w*(?:[-’'/]\w+)*|[^\w\s]|(?:{digits})(?!\w|-[^\W\d])|\d[\d.,]*-?[^\W\d][\w-]*"
        )
        self._digits = re.compile(digits)
        parts = {form: (kind, value) for kind in _INSIDE for form, value in self._by_kind.get(kind, {}).items()}
        self._parts = sorted(parts.items(), key=lambda item: -len(item[0]))
        self._phrases: dict[str, list[tuple[tuple[str, ...], float]]] = {}
        for form, value in sorted(self._by_kind.get("vague", {}).items(), key=lambda item: -len(item[0].split(" "))):
            phrase = tuple(form.split(" "))
            self._phrases.setdefault(phrase[0], []).append((phrase, value))
        self._known: dict[str, list[tuple[str, float]] | None] = {}
        self._read: dict[str, list[tuple[str, float]] | None] = {}

    def words(self, text: str, *, start: int, end: int) -> list[Word]:
        """The words of `text[start:end]`."""
        found = self._word.finditer(text, start, end)
        return [_made(Word, ((form := m[0]), form.lower(), m.start(), m.end())) for m in found]

    def opens(self, word: Word) -> bool:
        """Whether a number can begin with a word: a cheap test for `read`."""
        return word.lower in self._phrases or self._pieces(word) is not None

    def read(self, words: list[Word], at: int) -> Number | None:
        """The number that begins at one word, the longest reading."""
        return self._vague(words, at) or self._exact(words, at)

    def _vague(self, words: list[Word], at: int) -> Number | None:
        for phrase, value in self._phrases.get(words[at].lower, ()):
            last = at + len(phrase)
            if tuple(w.lower for w in words[at:last]) != phrase:
                continue
            low = int(value)
            multiple = self._multiple(words[last].lower) if low == _FEW and last < len(words) else None
            if multiple:
                return Number(at, last + 1, _FEW_TIMES_LOW * multiple, None, article=False)
            return Number(at, last, low, None, article=False)
        return None

    def _multiple(self, lower: str) -> int | None:
        for kind in ("hundred", "scale", "dozen"):
            if lower in self._by_kind.get(kind, {}):
                return int(self._by_kind[kind][lower])
        return None

    def _exact(self, words: list[Word], at: int) -> Number | None:
        pieces: list[tuple[str, float]] = []
        last = at
        while last < len(words):
            more = self._pieces(words[last])
            if more is None or (pieces and not _continues(pieces[-1][0], more[0][0])):
                break
            pieces += more
            last += 1
        while pieces and pieces[-1][0] == "joint":
            pieces.pop()
            last -= 1
        if (
            not pieces
            or pieces[0][0] == "joint"
            or not any(kind in {"digits", "unit", "ten", "article", "hundred", "scale"} for kind, _ in pieces)
        ):
            return None
        if pieces[0][0] in {"scale", "dozen", "joint"} and len(pieces) == 1 and pieces[0][1] != _bare_thousand:
            return None
        value = _value(pieces)
        return Number(at, last, value, value, article=len(pieces) == 1 and pieces[0][0] == "article")

    def _pieces(self, word: Word) -> list[tuple[str, float]] | None:
        """The number parts of a word; kept for the next time, and so not to be written to."""
        if word.text not in self._read:
            if len(self._read) > _MEMORY:
                self._read.clear()
            self._read[word.text] = self._parted(word)
        return self._read[word.text]

    def _parted(self, word: Word) -> list[tuple[str, float]] | None:
        if self._digits.fullmatch(word.text):
            plain = self._thousands.sub("", word.text)
            return [("digits", float(self._point.sub(".", plain)))]
        for kind in ("dozen", "decimal"):
            if word.lower in self._by_kind.get(kind, {}):
                return [(kind, self._by_kind[kind][word.lower])]
        pieces: list[tuple[str, float]] = []
        for chunk in word.lower.split("-"):
            inside = self._split(chunk)
            if not inside:
                return None
            pieces += inside
        return pieces

    def _split(self, chunk: str) -> list[tuple[str, float]] | None:
        """A word cut into number parts without a rest, longest parts first: "sechsundfünfzig" is 6 and 50."""
        if not chunk:
            return []
        if chunk not in self._known:
            self._known[chunk] = self._cut(chunk)
            if len(self._known) > _MEMORY:
                self._known.clear()
                return self._cut(chunk)
        return self._known[chunk]

    def _cut(self, chunk: str) -> list[tuple[str, float]] | None:
        for form, part in self._parts:
            if chunk.startswith(form):
                rest = self._split(chunk[len(form) :])
                if rest is not None:
                    return [part, *rest]
        return None


_bare_thousand = 1000  # "tausend Menschen" counts a thousand; "Million" alone says nothing


def _continues(before: str, after: str) -> bool:
    """Whether a word with this first part goes on with the number: "2,3 Millionen", "two hundred and ten"; never "zwei drei"."""
    if after in {"scale", "hundred", "dozen"}:
        return before != "joint"
    if after == "joint":
        return before in {"hundred", "scale"}
    if "decimal" in {before, after}:
        return "article" in {before, after}
    return before in {"joint", "hundred", "scale"} and after in {"unit", "ten", "digits"}


def _value(pieces: list[tuple[str, float]]) -> int:
    total = current = 0.0
    for kind, value in pieces:
        if kind == "hundred":
            current = (current or 1) * value
        elif kind == "scale":
            total += (current or 1) * value
            current = 0
        elif kind == "dozen":
            current = (current or 1) * value
        elif kind == "decimal":
            current = value  # "eine halbe Million"
        elif kind != "joint" and not (kind == "article" and current):  # "half a million"
            current += value
    return round(total + current)


@cache
def numbers(language: str) -> Numbers:
    """The number reader of a language, made once."""
    return Numbers(language)
