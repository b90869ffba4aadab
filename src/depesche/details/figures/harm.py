"""Words of human cost and where they stand in a sentence (codebook section 6)."""

from functools import cache
from typing import Literal, NamedTuple

import msgspec

from depesche.details.actors.pieces import Pieces, pieces_of
from depesche.details.figures.numbers import Word
from depesche.record import FigureKind
from depesche.words import lexicon

Role = Literal["counted", "attribute", "patient", "strikes", "suffers", "of", "toll"]
_GAP = "…"
_GAP_REACH = 16


class HarmWord(msgspec.Struct, frozen=True):
    """One row of `figures_harm.tsv`."""

    word: str
    forms: tuple[str, ...]
    what: FigureKind
    role: Role
    example: str


class FrameWord(msgspec.Struct, frozen=True):
    """One row of `figures_frame.tsv`."""

    form: str
    kind: Literal[
        "preposition", "article", "being", "relative", "subordinator", "and", "part", "partitive", "uncertain", "denied", "stop",
        "nouns", "order", "pronoun", "age", "start", "threatened", "demanded",
        "beside",
    ]  # fmt: skip
    example: str


class PeopleWord(msgspec.Struct, frozen=True):
    """One row of `figures_people.tsv`."""

    word: str
    kind: Literal["person", "thing"]
    example: str


class Anchor(NamedTuple):
    """A word of harm at words `[first, last)`; where it is cut in two, `first` and `last` enclose both halves."""

    first: int
    last: int
    what: FigureKind
    role: Role
    word: str
    split: bool


class Harm:
    """The harm lexicon of one language, indexed by first word."""

    def __init__(self, language: str) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], HarmWord]]] = {}
        for row in lexicon(language, "figures_harm", HarmWord):
            for form in row.forms:
                words = tuple(form.split())
                self._by_first.setdefault(words[0], []).append((words, row))
        forms = (words for rows in self._by_first.values() for words, _ in rows)
        longest = {max((w for w in words if w != _GAP), key=len) for words in forms}
        self._telling = frozenset(pieces_of(word).keys[0] for word in longest)

    def told(self, pieces: Pieces) -> list[int]:
        """Where a text has the beginning of the longest word of a harm word: far from these none can stand."""
        telling = self._telling
        return [start for start, key in zip(pieces.starts, pieces.keys, strict=True) if key in telling]

    def find(self, words: list[Word]) -> list[Anchor]:
        """Every reading of every harm word in a sentence; of two that begin alike in one role, the longer."""
        found: dict[tuple[int, Role], Anchor] = {}
        for at, word in enumerate(words):
            rows = self._by_first.get(word.lower)
            if word.text != word.lower and (written := self._by_first.get(word.text)):
                rows = [*rows, *written] if rows else written
            for form, row in rows or ():
                last = _match(words, at, form)
                key = (at, row.role)
                if last is not None and (key not in found or found[key].last < last):
                    found[key] = Anchor(at, last, row.what, row.role, row.word, _GAP in form)
        return sorted(found.values())


def _match(words: list[Word], at: int, form: tuple[str, ...]) -> int | None:
    """Where a form that begins at a word ends; None where it does not stand there."""
    here = at
    for position, piece in enumerate(form):
        if piece == _GAP:
            wanted = form[position + 1]
            reach = range(here, min(here + _GAP_REACH, len(words)))
            stop = next((i for i in reach if words[i].lower == wanted or words[i].text in ";.:"), None)
            if stop is None or words[stop].lower != wanted:
                return None
            here = stop
        elif here < len(words) and piece in {words[here].lower, words[here].text}:
            here += 1
        else:
            return None
    return here


class People:
    """Which nouns count people."""

    def __init__(self, language: str) -> None:
        rows = lexicon(language, "figures_people", PeopleWord)
        self._kind = {row.word: row.kind for row in rows}
        self._longest = max((len(word) for word in self._kind), default=0)

    def kind(self, word: Word) -> Literal["person", "thing", "other"]:
        """What a noun counts; a compound counts what its last part does ("Wahlkämpfer")."""
        lower = word.lower
        if lower in self._kind:
            return self._kind[lower]
        for start in range(max(1, len(lower) - self._longest), len(lower) - 3):
            kind = self._kind.get(lower[start:])
            if kind is not None and (start >= 2 or lower[start - 1] == "-"):  # noqa: PLR2004 (no compound has a one-letter head)
                return kind
        return "other"


class Frame:
    """The small words of one language by kind."""

    def __init__(self, language: str) -> None:
        self._by_kind: dict[str, set[str]] = {}
        self._opening: dict[tuple[str, str], list[tuple[str, ...]]] = {}
        self._closing: dict[tuple[str, str], list[tuple[str, ...]]] = {}
        """Phrases by kind and first or last word, the longest first."""
        for row in sorted(lexicon(language, "figures_frame", FrameWord), key=lambda row: -len(row.form.split())):
            self._by_kind.setdefault(row.kind, set()).add(row.form)
            phrase = tuple(row.form.split())
            self._opening.setdefault((row.kind, phrase[0]), []).append(phrase)
            self._closing.setdefault((row.kind, phrase[-1]), []).append(phrase)

    def is_a(self, word: Word, kind: str) -> bool:
        """Whether a word is of a kind."""
        return word.lower in self._by_kind.get(kind, ())

    def has(self, kind: str, form: str) -> bool:
        """Whether the language has a property: `nouns` written with a `capital`, word `order` that is `free`."""
        return form in self._by_kind.get(kind, ())

    def ends_with(self, words: list[Word], *, at: int, kind: str) -> int | None:
        """Where a phrase of a kind begins that ends right before word `at`, or None."""
        for phrase in self._closing.get((kind, words[at - 1].lower), ()) if at else ():
            if len(phrase) <= at and tuple(w.lower for w in words[at - len(phrase) : at]) == phrase:
                return at - len(phrase)
        return None

    def starts_with(self, words: list[Word], *, at: int, kind: str) -> int | None:
        """Where a phrase of a kind ends that begins at word `at`, or None."""
        for phrase in self._opening.get((kind, words[at].lower), ()) if at < len(words) else ():
            if tuple(w.lower for w in words[at : at + len(phrase)]) == phrase:
                return at + len(phrase)
        return None


@cache
def harm(language: str) -> Harm:
    """The harm lexicon of a language, loaded once."""
    return Harm(language)


@cache
def people(language: str) -> People:
    """The people nouns of a language, loaded once."""
    return People(language)


@cache
def frame(language: str) -> Frame:
    """The small words of a language, loaded once."""
    return Frame(language)
