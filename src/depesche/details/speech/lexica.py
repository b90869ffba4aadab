"""What the languages say about speech: cue verbs and the small words around them."""

from functools import cache
from typing import Literal

import msgspec

from depesche.words import lexicon

Takes = Literal[
    "clause", "infinitive", "quote", "fragment", "object", "about", "of", "it", "state", "reflexive", "addressee", "quoted",
    "noun", "from", "bare"
]  # fmt: skip


class Cue(msgspec.Struct, frozen=True):
    """One row of `speech_cues.tsv`: a verb that introduces speech."""

    lemma: str
    forms: tuple[str, ...]
    takes: tuple[Takes, ...]
    example: str
    particle: str = ""


class FrameWord(msgspec.Struct, frozen=True):
    """One row of `speech_frame.tsv`."""

    form: str
    kind: str
    example: str


class Frame:
    """The small words of one language by kind; a kind that a language lacks is empty."""

    def __init__(self, language: str) -> None:
        by_kind: dict[str, set[str]] = {}
        self._kinds: dict[str, set[str]] = {}
        for row in lexicon(language, "speech_frame", FrameWord):
            by_kind.setdefault(row.kind, set()).add(row.form)
            self._kinds.setdefault(row.form, set()).add(row.kind)
        self._by_kind = {kind: frozenset(forms) for kind, forms in by_kind.items()}
        self._endings = {kind: tuple(forms) for kind, forms in by_kind.items()}

    def has(self, kind: str) -> bool:
        """Whether the language has words of a kind."""
        return kind in self._by_kind

    def all(self, kind: str) -> frozenset[str]:
        """All forms of a kind."""
        return self._by_kind.get(kind, frozenset())

    def ends(self, word: str, kind: str) -> bool:
        """Whether a lower-case word has an ending of a kind."""
        return word.endswith(self._endings.get(kind, ()))

    def is_a(self, word: str, *kinds: str) -> bool:
        """Whether a lower-case word is of one of the kinds."""
        known = self._kinds.get(word)
        return known is not None and not known.isdisjoint(kinds)


@cache
def frame(language: str) -> Frame:
    """The small words of a language, loaded once."""
    return Frame(language)


@cache
def cues(language: str) -> dict[str, tuple[Cue, ...]]:
    """Cue verbs by the first word of each form; those with a particle first, since they ask for more."""
    found: dict[str, list[Cue]] = {}
    for row in lexicon(language, "speech_cues", Cue):
        for form in row.forms:
            found.setdefault(form.split()[0], []).append(row)
    return {form: tuple(sorted(rows, key=lambda r: not r.particle)) for form, rows in found.items()}


class VoiceNoun(msgspec.Struct, frozen=True):
    """One row of `speech_voices.tsv`: a noun that can stand for a speaker, and what kind of speaker that is."""

    noun: str
    kind: Literal[
        "person", "document", "report", "media", "population", "police", "military", "government", "ngo", "igo", "judiciary",
        "party", "other",
    ]  # fmt: skip
    example: str


@cache
def voice_nouns(language: str) -> dict[str, str]:
    """Nouns that stand for speakers, lower case, with their kinds."""
    return {row.noun: row.kind for row in lexicon(language, "speech_voices", VoiceNoun)}
