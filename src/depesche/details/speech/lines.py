"""Sentences as pieces and segments: words with what the form dictionary knows of them, cut at commas outside quotations."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import accumulate, repeat
from typing import NamedTuple

from depesche.details.speech.pieces import Piece, Quote, Segment, quotes_of
from depesche.details.speech.telling import telling
from depesche.details.speech.trees import Tree
from depesche.record import Article, Part, Sentence, Span, Token

_PIECE = re.compile(
    r"[^\W\d_][^\W_]*(?:[-’'.][^\W_]+)*(?:['’](?=\s))?"  # first, since most are words
    r"|\d[\d.,:]*\d(?![\w-])|\d+-[^\W\d_]+|[^\W_]+(?:[-’'.][^\W_]+)*(?:['’](?=\s))?|''|--|[^\w\s]"
)
_PARTED = re.compile(f"({_PIECE.pattern})")
_LONG_QUOTE = 8
_made = tuple.__new__
"""Half the cost of calling the class, of which a report makes a thousand."""
_STOPS = frozenset({".", "!", "?", "…"})
_SIGNS = frozenset({",", ":", ";", "–", "-", "--"})
_CUTS = frozenset({",", ";", ":", "–", "—", "-", "--"})


class Quotes(NamedTuple):
    """The quotations of a part, and where each ends."""

    found: list[Quote]
    ends: list[int]


class Line:
    """One sentence, ready to be searched for speech; it is cut only when somebody asks for its pieces.

    Args:
        article: whose sentence it is.
        sentence: its mark.
        quotes: the quotations of its part, with where each ends.

    Attributes:
        words: the texts of its pieces.
        telling: whether one of them can tell of speech (`Telling`); without, no rule but those of quotations finds anything.
        quoted: whether a quotation reaches into it.
        subjects: who speaks before the cue at a piece, where that was asked before; `nearest` the phrase right before a verb group.
    """

    def __init__(self, article: Article, sentence: Sentence, *, quotes: Quotes) -> None:
        self.sentence = sentence
        self.quotes = quotes.found
        self.subjects: dict[int, tuple[int, int] | None] = {}
        self.nearest: dict[int, tuple[int, int] | None] = {}
        self._article = article
        self._parts = _PARTED.split(
            article.quote(sentence.span)
        )  # what stands between, a piece, what stands between, …
        self.words = self._parts[1::2]
        tells = telling(article.language)
        self.telling = any(map(tells.__getitem__, self.words)) or (bool(self.words) and tells[self.words[0].lower()])
        self._next = bisect_right(quotes.ends, sentence.span.start)  # the first quotation that ends behind here
        self.quoted = self._next < len(self.quotes) and self.quotes[self._next].span.start < sentence.span.end

    @cached_property
    def lowers(self) -> list[str]:
        """Its words in small letters."""
        return list(map(str.lower, self.words))

    @cached_property
    def pieces(self) -> list[Piece]:
        """Its words and signs."""
        words = self.words
        edges = list(accumulate(map(len, self._parts), initial=self.sentence.span.start))
        starts = edges[1:-1:2]
        numbers: Iterable[int] = repeat(-1)
        brackets: Iterable[bool] = repeat(False)  # noqa: FBT003 (what is repeated)
        if self.quoted or "(" in words:
            numbers, brackets = self._standing(starts)
        each = zip(words, self.lowers, starts, edges[2::2], numbers, brackets, strict=False)
        return list(map(_made, repeat(Piece), each))

    def _standing(self, starts: list[int]) -> tuple[list[int], list[bool]]:
        """The quotation and whether in brackets, of each piece."""
        numbers, brackets = [], []
        number, depth, quotes = self._next, 0, self.quotes
        for word, start in zip(self.words, starts, strict=True):
            depth += word == "(" and start > self.sentence.span.start  # a sentence in brackets is a sentence
            while number < len(quotes) and quotes[number].span.end <= start:
                number += 1
            numbers.append(number if number < len(quotes) and quotes[number].span.start <= start else -1)
            brackets.append(depth > 0)
            depth -= word == ")" and depth > 0
        return numbers, brackets

    @cached_property
    def segments(self) -> list[Segment]:
        """Its stretches between cuts."""
        return list(_segments(self.pieces))

    @cached_property
    def tree(self) -> Tree:
        """Its parse."""
        tokens = self._article.within(Token, self.sentence.span)
        return Tree(tokens, [piece.start for piece in self.pieces])

    def span(self, first: int, last: int) -> Span:
        """The characters of pieces `[first, last)`."""
        return Span(self.pieces[first].start, self.pieces[last - 1].end)

    def segment_of(self, at: int) -> int:
        """The number of the segment that holds a piece; a cut sign belongs to the segment before it."""
        for number in range(len(self.segments) - 1, 0, -1):
            if self.segments[number].first <= at:
                return number
        return 0

    def whole(self, first: int, last: int) -> Span:
        """The span of pieces without signs at its ends, grown to the whole of a quotation that it begins or ends in."""
        while last > first + 1 and self.pieces[last - 1].text in _SIGNS:
            last -= 1
        while first < last - 1 and self.pieces[first].text in _SIGNS:
            first += 1
        start, end = self.span(first, last)
        if self.pieces[first].quote >= 0:
            start = self.quotes[self.pieces[first].quote].span.start
        if self.pieces[last - 1].quote >= 0:
            end = self.quotes[self.pieces[last - 1].quote].span.end
        return Span(start, end)

    @cached_property
    def end(self) -> int:
        """Where the words end: the index of the closing full stop, outside a quotation; of a sentence in brackets, the bracket."""
        last = len(self.pieces)
        closing = _STOPS | {")"} if self.pieces[0].text == "(" else _STOPS
        while last and self.pieces[last - 1].text in closing and self.pieces[last - 1].quote < 0:
            last -= 1
        return last


def lines_of(article: Article, part: Part) -> Iterator[Line]:
    """The sentences of a part."""
    found = quotes_of(article.text, part.span)
    quotes = Quotes(found, [quote.span.end for quote in found])
    for sentence in article.within(Sentence, part.span):
        line = Line(article, sentence, quotes=quotes)
        if line.words:
            yield line


def _segments(pieces: list[Piece]) -> Iterator[Segment]:
    first, cut = 0, ""
    for i, piece in enumerate(pieces):
        if piece.text in _CUTS and piece.quote < 0 and not piece.bracket:
            if i > first:
                yield Segment(first, i, cut)
            first, cut = i + 1, piece.text
        elif i and piece.quote < 0 <= pieces[i - 1].quote and first < i and _long(pieces, i - 1):
            yield Segment(first, i, cut)
            first, cut = i, '"'
    if first < len(pieces):
        yield Segment(first, len(pieces), cut)


def _long(pieces: list[Piece], at: int) -> bool:
    """Whether the quotation that ends at a piece is more than a name or a word in quotation marks."""
    inside = [p for p in pieces[: at + 1] if p.quote == pieces[at].quote]
    return len(inside) >= _LONG_QUOTE or (len(inside) > 1 and inside[-2].text in {".", "!", "?", ","})
