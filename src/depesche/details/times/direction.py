"""Whether the grammar around a time expression looks back or ahead, from tense, mood and words of planning.

"Im Februar hatten…" looks back, "wird am Dienstag…" and "Ende August erwartet" ahead, "soll am Freitag getötet worden sein" back again.
Works on plain text with the cues of `words/*/times_tense.tsv`; a sentence is cut at its commas and quotation marks, and the piece
that holds the expression speaks first, then its neighbours.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache
from typing import Literal

import msgspec

from depesche.record import Clause
from depesche.words import lexicon

Direction = Literal["past", "future", "unknown"]
Cue = Literal[
    "past",
    "future",
    "plan",
    "plan_noun",
    "ahead",
    "behind",
    "aux",
    "done",
    "participle",
    "present",
    "infinitive",
    "article",
    "bare",
    "running",
    "ing",
    "perfect",
    "pronoun",
    "order",
    "none",
]

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|[,;:()„“”\"»«–—]|\s-\s")
_CUTS = frozenset(',;:()„“”"»«–—')
_SENTENCE_END = re.compile(
    r"(?<![A-ZÄÖÜ\d])(?<![^\W\d_]\.[^\W\d_])[.!?][\"“”»«')]*\s+(?=[^\W\d_a-zäöü]|[\"„“»«])|\n\s*(?![a-z\d\s])"
)
_PAST = frozenset({"past", "perfect", "pluperfect"})
_STOPS = frozenset(".!?")
_REACH = 1000
"""Characters within which a sentence is read: lists and tables run on without a full stop."""
_MEMORY = 50_000
"""Words that are remembered at most."""
_SHORTEST = 4
"""Letters from which on an ending such as -ed or -te makes a verb."""
_WHOLE_SENTENCE = 4
"""Words from which on a piece of text counts as a sentence rather than a title."""


_Piece = list[tuple[int, str, frozenset[str]]]
"""The words of a stretch between commas: start, form and cues."""


class TenseWord(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `times_tense.tsv`: forms that give a cue, with an example sentence."""

    forms: tuple[str, ...]
    cue: Cue
    example: str


class _Cues(dict[str, frozenset[str]]):
    """The cues of the forms of one language, each kept for the next time it is met.

    `verb_first` where the verb stands before the date it takes ("said Friday", "to meet Friday").
    """

    def __init__(self, rows: Iterable[TenseWord]) -> None:
        super().__init__()
        exact: dict[str, set[str]] = {}
        self._patterns: list[tuple[re.Pattern[str], str]] = []
        for row in rows:
            for form in row.forms:
                if "*" in form:
                    self._patterns.append((re.compile(form.replace("*", "[^\\W\\d_]*")), row.cue))
                else:
                    exact.setdefault(form, set()).add(row.cue)
        self.verb_first = any("order" in cues for cues in exact.values())
        self._exact = {form: frozenset(cues - {"none", "order"}) for form, cues in exact.items()}

    def __missing__(self, word: str) -> frozenset[str]:
        if len(self) > _MEMORY:
            self.clear()
        found = self[word] = self._looked_up(word)
        return found

    def _looked_up(self, word: str) -> frozenset[str]:
        known = self._exact.get(word)
        if known is None:
            known = self._exact.get(word.lower())
        if known is not None:
            return known
        if not word.islower() or len(word) < _SHORTEST:
            return frozenset()
        return frozenset(cue for pattern, cue in self._patterns if pattern.fullmatch(word))


@cache
def _cues(language: str) -> _Cues:
    return _Cues(lexicon(language, "times_tense", TenseWord))


class Sentences:
    """The sentences of one text, cut and read for cues only where an expression asks for them."""

    def __init__(
        self, text: str, *, language: str, spans: tuple[tuple[int, int], ...] = (), clauses: tuple[Clause, ...] = ()
    ) -> None:
        self._text = text
        self._clauses = [clause for clause in clauses if clause.kind != "nominal"]
        self._cues = _cues(language)
        self._spans = spans
        self._read: dict[tuple[int, int], list[_Piece]] = {}

    def around(self, position: int) -> tuple[int, int]:
        """The span of the sentence that holds a position; of one without end the stretch nearby."""
        if not self._spans:
            self._spans = tuple(_cut(self._text))
        place = bisect_right(self._spans, (position, len(self._text) + 1)) - 1
        start, end = self._spans[max(place, 0)]
        if not start <= position < end:
            start, end = 0, len(self._text)
        if end - start > 2 * _REACH:
            # The same window for all expressions of a stretch, so that it is read once.
            middle = position - position % _REACH
            start, end = max(start, middle - _REACH // 2), min(end, middle + _REACH + _REACH // 2)
        return start, end

    def direction(self, start: int, *, ranged: bool = False) -> Direction:
        """What the sentence around an expression says; unknown where it has no cue.

        Args:
            start: where the expression begins.
            ranged: it is the first end of a range, so that "vom" before it says nothing of the past.
        """
        span = self.around(start)
        pieces = self._pieces(span)
        if not ranged and self._attributed(span, start):
            return "past"
        own = max((i for i, piece in enumerate(pieces) if piece and piece[0][0] <= start), default=0)
        order = sorted(range(len(pieces)), key=lambda i: (abs(i - own), -i))
        for i in order:
            nearest = self._cues.verb_first and i == own
            said = _nearest(pieces[i], at=start) if nearest else "unknown"
            if said == "unknown":
                said = _said(pieces[i], at=start if i == own else None)
            if said != "unknown":
                return said
        if {"aux", "participle"} <= {cue for piece in pieces for _, _, found in piece for cue in found}:
            # "Am Samstag ist ein Hubschrauber vom Typ „UH-60“ … abgestürzt": quotation marks part what belongs together.
            return "past"
        parsed = self._by_clause(start)
        if parsed != "unknown":
            return parsed
        # A whole sentence without a sign of the past stands in the present, which speaks of days to come.
        words = [word for piece in pieces for word in piece]
        closed = self._text[: span[1]].rstrip()[-1:] in _STOPS
        return "future" if len(words) >= _WHOLE_SENTENCE and closed else "unknown"

    def planned(self, start: int) -> bool:
        """Whether the words right around an expression say outright that it is to come: "der Lehrgang soll im Frühjahr 2015 starten".

        Stricter than `direction`, so that a date which the sentence puts ahead may speak against the date of the page.
        """
        span = self.around(start)
        pieces = self._pieces(span)
        own = max((i for i, piece in enumerate(pieces) if piece and piece[0][0] <= start), default=0)
        if pieces[own] and not _CUTS.isdisjoint(self._text[pieces[own][-1][0] : start]):
            # "positiv auswirken: "2014 generierte die Holding": a number opens the next piece.
            own = min(own + 1, len(pieces) - 1)
        cues = {cue for _, _, found in pieces[own] for cue in found}
        # "stattfinden sollte", "hat angekündigt": what was planned may lie behind.
        behind = (
            {"past", "done", "perfect"} & cues
            or ("aux" in cues and "future" not in cues)
            or {"aux", "participle"} <= cues
        )
        return bool({"future", "plan"} & cues) and not behind and not self._attributed(span, start)

    def _attributed(self, span: tuple[int, int], start: int) -> bool:
        """Whether the expression hangs on a noun by the word right before it: "bei der Wahl vom Sonntag"."""
        before = self._text[span[0] : start].split()[-2:]
        return len(before) > 1 and before[0].lstrip('(„“"')[:1].isupper() and "behind" in self._cues[before[1]]

    def _by_clause(self, position: int) -> Direction:
        """What the parsed clause around a position says, for verbs that no lexicon of cues holds."""
        around = [clause for clause in self._clauses if clause.span.start <= position < clause.span.end]
        if not around:
            return "unknown"
        nearest = min(around, key=lambda clause: clause.span.end - clause.span.start)
        if nearest.tense in _PAST:
            return "past"
        ahead = nearest.tense == "future" or nearest.kind == "infinitive" or bool(nearest.modals)
        return "future" if ahead else "unknown"

    def _pieces(self, span: tuple[int, int]) -> list[_Piece]:
        if span not in self._read:
            pieces: list[_Piece] = [[]]
            piece, first, cues = pieces[0], True, self._cues
            for found in _WORD.finditer(self._text, *span):
                word = found[0]
                if word in _CUTS or word[0].isspace():  # a sign, or a dash between spaces
                    piece = []
                    pieces.append(piece)
                elif first:
                    # The first word's capital is the sentence's, not its own: "Angefangen hat es Ende Juli".
                    piece.append((found.start(), word, cues[word] or cues[word.lower()]))
                    first = False
                else:
                    piece.append((found.start(), word, cues[word]))
            self._read[span] = [_weighed(piece) for piece in pieces]
        return self._read[span]


def _weighed(piece: _Piece) -> _Piece:
    """The cues that hold in their surroundings.

    An infinitive's "to" counts only before a word that can be a verb: not "to the", not "to Geneva"; a form in -ed is no verb
    after an article ("the besieged town") or after "be" ("to be held").
    """
    kept: _Piece = []
    for i, (start, word, cues) in enumerate(piece):
        if not cues:
            kept.append(piece[i])
            continue
        lost: set[str] = set()
        if "infinitive" in cues:
            follows = piece[i + 1] if i + 1 < len(piece) else None
            if follows is None or follows[0] > start + 4 or not follows[1].islower() or "article" in follows[2]:
                lost.add("infinitive")
        if "ing" in cues and i and "running" in piece[i - 1][2]:
            # "is travelling to Somalia on Tuesday"
            cues = cues | {"present"}  # noqa: PLW2901 (the cue that holds here)
        if "perfect" in cues and i == len(piece) - 1 and i and "participle" in piece[i - 1][2]:
            # "soll sich am Samstag ereignet haben"
            cues = cues | {"done"}  # noqa: PLW2901 (the cue that holds here)
        if "past" in cues and i and piece[i - 1][2] & {"article", "bare"} and "pronoun" not in piece[i - 1][2]:
            lost.add("past")
        kept.append((start, word, cues - lost))
    return kept


def _cut(text: str) -> list[tuple[int, int]]:
    ends = [m.end() for m in _SENTENCE_END.finditer(text)]
    return list(zip([0, *ends], [*ends, len(text)], strict=True))


_SAYS: dict[str, Direction] = {
    "done": "past", "past": "past", "infinitive": "future", "future": "future", "plan": "future", "present": "future",
}  # fmt: skip


def _nearest(piece: _Piece, *, at: int) -> Direction:
    """What the nearest verb says, the one before the expression first: "said Friday it will", "agreed to meet on Friday"."""
    before = [found for start, _, found in piece if start < at]
    after = [found for start, _, found in piece if start >= at]
    if (
        before
        and "ahead" in before[-1]
        and any(found & {"plan", "future", "plan_noun", "infinitive"} for found in before)
    ):
        return "future"
    for found in (*reversed(before), *after):
        for cue, direction in _SAYS.items():
            if cue in found:
                return direction
    return "unknown"


def _said(piece: _Piece, *, at: int | None) -> Direction:
    """What all cues of a piece say together, the strongest first; `at` is where the expression stands, if in this piece."""
    cues = {cue for _, _, found in piece for cue in found}
    if "done" in cues:
        return "past"
    if at is not None and (direction := _before(piece, at=at, cues=cues)) is not None:
        return direction
    for cue, direction in _STRENGTH:
        if cue <= cues:
            return direction
    return "unknown"


_STRENGTH: tuple[tuple[set[str], Direction], ...] = (
    ({"plan"}, "future"), ({"past"}, "past"), ({"future"}, "future"), ({"aux", "participle"}, "past"), ({"present"}, "future"),
    ({"plan_noun"}, "future"),
)  # fmt: skip


def _before(piece: _Piece, *, at: int, cues: set[str]) -> Direction | None:
    before = [found for start, _, found in piece if start < at]
    # "auf Freitag", "für Freitag": the word right before the expression.
    if before and "ahead" in before[-1] and (cues & {"plan", "future"} or "past" not in cues):
        return "future"
    for found in reversed(before):
        if "infinitive" in found:
            return "future"
        if found & {"past", "future", "plan"}:
            break
    return None
