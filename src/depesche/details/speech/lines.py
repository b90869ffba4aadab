"""Sentences as pieces and segments: words with what the form dictionary knows of them, cut at commas outside quotations."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from depesche.clauses.forms import readings
from depesche.details.speech.lexica import frame
from depesche.details.speech.trees import Tree
from depesche.record import Article, Part, Sentence, Span, Token

_PIECE = re.compile(
    r"[^\W\d_][^\W_]*(?:[-’'.][^\W_]+)*(?:['’](?=\s))?"  # first, since most are words
    r"|\d[\d.,:]*\d(?![\w-])|\d+-[^\W\d_]+|[^\W_]+(?:[-’'.][^\W_]+)*(?:['’](?=\s))?|''|--|[^\w\s]"
)
_CLOSING = {"„": '“”"', "“": '”"', "‟": "”", "»": "«", "«": "»", '"': '"', "”": "”"}
_DOUBLED = frozenset({"''", "``"})
"""Marks of two characters, as wires and typewriters write them; both kinds close with two apostrophes."""
_MARK = re.compile("''|``|[" + "".join(_CLOSING) + "]")
_LONGEST_QUOTE, _LONG_QUOTE = 3000, 8
_made = tuple.__new__
"""Half the cost of calling the class, of which a report makes a thousand."""
_STOPS = frozenset({".", "!", "?", "…"})
_SIGNS = frozenset({",", ":", ";", "–", "-", "--"})
_CUTS = frozenset({",", ";", ":", "–", "—", "-", "--"})


class Quote(NamedTuple):
    """A quotation with its marks; `closed` says whether its end was marked."""

    span: Span
    closed: bool


class Piece(NamedTuple):
    """A word or sign of a sentence; `quote` is the number of the quotation it stands in, -1 outside."""

    text: str
    lower: str
    span: Span
    quote: int
    bracket: bool


class Segment(NamedTuple):
    """Pieces `[first, last)` between two cuts; `cut` is the sign before it, empty at the start."""

    first: int
    last: int
    cut: str


class Line(NamedTuple):
    """One sentence, ready to be searched for speech."""

    sentence: Sentence
    pieces: list[Piece]
    segments: list[Segment]
    quotes: list[Quote]
    tree: Tree

    def span(self, first: int, last: int) -> Span:
        """The characters of pieces `[first, last)`."""
        return Span(self.pieces[first].span.start, self.pieces[last - 1].span.end)

    def segment_of(self, at: int) -> int:
        """The number of the segment that holds a piece; a cut sign belongs to the segment before it."""
        return max((i for i, s in enumerate(self.segments) if s.first <= at), default=0)

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

    @property
    def end(self) -> int:
        """Where the words end: the index of the closing full stop, outside a quotation; of a sentence in brackets, the bracket."""
        last = len(self.pieces)
        closing = _STOPS | {")"} if self.pieces[0].text == "(" else _STOPS
        while last and self.pieces[last - 1].text in closing and self.pieces[last - 1].quote < 0:
            last -= 1
        return last


def quotes_of(text: str, span: Span) -> list[Quote]:
    """The quotations of a part, in order, never nested."""
    found: list[Quote] = []
    at = span.start
    while (sign := _MARK.search(text, at, span.end)) is not None:
        at = sign.start()
        if sign[0] in _DOUBLED:
            after = _past_doubled(text, at, span)
            if after > at:
                found.append(Quote(Span(at, after), closed=True))
            at = max(at + 2, after)
            continue
        mark = text[at]
        opens = at == span.start or text[at - 1] in " \n([–—-/" or mark in "„«»“"
        if mark in "«»" and at > span.start and text[at - 1] not in " \n(":
            opens = False
        if not opens:
            at += 1
            continue
        closing = next(
            (i for i in range(at + 1, min(span.end, at + _LONGEST_QUOTE)) if text[i] in _CLOSING[mark]), None
        )
        if closing is None:
            found.append(Quote(Span(at, span.end), closed=False))
            return found
        found.append(Quote(Span(at, closing + 1), closed=True))
        at = closing + 1
    return found


def _past_doubled(text: str, at: int, span: Span) -> int:
    """Where a quotation in doubled apostrophes ends that opens here; `at` itself where none does.

    "''It is like a 'Mad Max' movie,'' he said": of three apostrophes the last two close.
    """
    opens = (at == span.start or text[at - 1] in " \n([–—-/") and text[at + 2 : at + 3].strip() != ""
    closing = text.find("''", at + 2, min(span.end, at + _LONGEST_QUOTE)) if opens else -1
    if closing < 0:
        return at
    while text[closing + 2 : closing + 3] == "'" and closing + 2 < span.end:
        closing += 1
    return closing + 2


def lines_of(article: Article, part: Part) -> Iterator[Line]:
    """The sentences of a part."""
    quotes = quotes_of(article.text, part.span)
    for sentence in article.within(Sentence, part.span):
        pieces = list(_pieces(article.text, sentence.span, quotes))
        if pieces:
            tree = Tree(article.within(Token, sentence.span), [p.span for p in pieces])
            yield Line(sentence, pieces, list(_segments(pieces)), quotes, tree)


def _pieces(text: str, span: Span, quotes: list[Quote]) -> Iterator[Piece]:
    found = _PIECE.finditer(text, span.start, span.end)
    number = bisect_right([q.span.end for q in quotes], span.start)  # the first quotation that ends behind here
    if (number == len(quotes) or quotes[number].span.start >= span.end) and text.find("(", *span) < 0:
        for match in found:  # nothing is quoted and nothing in brackets
            word = match[0]
            yield _made(Piece, (word, word.lower(), _made(Span, match.span()), -1, False))
        return
    depth = 0
    for match in found:
        depth += match[0] == "(" and match.start() > span.start  # a sentence in brackets is a sentence
        while number < len(quotes) and quotes[number].span.end <= match.start():
            number += 1
        inside = number if number < len(quotes) and quotes[number].span.start <= match.start() else -1
        word = match[0]
        yield _made(Piece, (word, word.lower(), _made(Span, match.span()), inside, depth > 0))
        depth -= match[0] == ")" and depth > 0


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


def _regular_past(language: str, word: str) -> bool:
    """Whether a known participle is a past tense, too, whatever the dictionary has met: "Soldiers fired back"."""
    participle = any("VerbForm=Part" in r.feats for r in readings(language, word))
    return participle and frame(language).ends(word, "regular_past")


@lru_cache(maxsize=1 << 15)
def _features(language: str, word: str) -> tuple[bool, bool, bool, bool, bool]:
    """(can be finite, is Konjunktiv I, can be a noun or name, can be an infinitive, can be an adjective)."""
    known = [r for r in readings(language, word) if "Typo=Yes" not in r.feats]
    small = any(r.upos in {"DET", "PRON", "ADP", "CCONJ", "SCONJ"} for r in known)
    # "eine" and "einige" are Konjunktiv of "einen" and "einigen" in the dictionary, and nowhere else
    past = frame(language).ends(word, "past_ending") if not known else _regular_past(language, word)
    finite = [r for r in known if not small and "VerbForm=Fin" in r.feats and "Mood=Imp" not in r.feats]
    subjunctive = any("Mood=Sub" in r.feats and "Tense=Pres" in r.feats and r.slots & 0b100100 for r in finite)
    # "habe" is indicative with "ich" alone; "sagen" is both in the plural and so tells nothing
    subjunctive = subjunctive and all(r.upos in {"VERB", "AUX"} for r in known)
    indicative = any("Mood=Ind" in r.feats and r.slots & 0b111100 for r in finite)
    nominal = any(r.upos in {"NOUN", "PROPN"} for r in known)
    infinitive = any("VerbForm=Inf" in r.feats for r in known)
    adjective = any(r.upos == "ADJ" for r in known)
    return bool(finite) or past, subjunctive and not indicative, nominal, infinitive, adjective


class Verbs(NamedTuple):
    """What the dictionary says of the forms of one language."""

    language: str

    def finite(self, piece: Piece) -> bool:
        """Whether a piece can be a finite verb (never a capitalised noun inside a sentence)."""
        return piece.text == piece.lower and _features(self.language, piece.lower)[0]

    def reported(self, piece: Piece) -> bool:
        """Whether a form marks speech by itself: Konjunktiv I that cannot be the indicative."""
        return piece.text == piece.lower and _features(self.language, piece.lower)[1]

    def past(self, piece: Piece) -> bool:
        """Whether a piece can be a finite past tense."""
        known = readings(self.language, piece.lower)
        return piece.text == piece.lower and any("Tense=Past" in r.feats and "VerbForm=Fin" in r.feats for r in known)

    def nominal(self, piece: Piece, *, unknown: bool = False) -> bool:
        """Whether a piece can be a noun or name; `unknown` says whether a word that no dictionary holds can."""
        return _features(self.language, piece.text)[2] or (unknown and not readings(self.language, piece.text))

    def descriptive(self, piece: Piece) -> bool:
        """Whether a word at the head of a sentence is an adjective or adverb and no noun: "Besorgt", "Sinngemäß"."""
        here = _features(self.language, piece.lower)
        return here[4] and not any(
            r.upos in {"NOUN", "PROPN"} for r in readings(self.language, piece.lower.capitalize())
        )

    def adjective(self, piece: Piece) -> bool:
        """Whether a piece can be an adjective."""
        return piece.text == piece.lower and _features(self.language, piece.lower)[4]

    def infinitive(self, piece: Piece) -> bool:
        """Whether a piece can be an infinitive."""
        return piece.text == piece.lower and _features(self.language, piece.lower)[3]
