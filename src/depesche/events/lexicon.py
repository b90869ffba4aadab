"""The words and phrases that name acts, and how a lemma is looked up among them.

Lexicons are `words/{language}/events_{verbs,nouns,phrases}.tsv`; their examples are sentences with the entry in use.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal

import msgspec

from depesche.record import EventType
from depesche.words import lexicon

Sense = EventType | Literal["NONE"]
"""A type of the codebook, or NONE for a meaning that is no act."""

_FILES = ("events_verbs", "events_nouns", "events_phrases")
_SHORTEST_TAIL = 4
_SHORTEST_FRONT = 3
_REACH = 10
"""How many words off the parts of a phrase may stand: a German clause puts its subject between verb and object."""
_KEPT_WORDS = 50_000
_GLUE = 4
"""Lower-case words of so few letters ("in", "zu", "auf") may be missing or contracted where a phrase is met."""


class Entry(msgspec.Struct, frozen=True):
    """One meaning of one word or phrase.

    Attributes:
        lemma: dictionary form; "-angriff" is the last part of a compound; in a phrase `*` marks the trigger.
        prior: how surely a word met in a report on conflict or diplomacy names such an act, 0..1.
    """

    lemma: str
    pos: Literal["VERB", "NOUN", "PHRASE"]
    type: Sense
    prior: float
    example: str
    mode: str | None = None


class Found(msgspec.Struct, frozen=True):
    """The entries that stand behind a word.

    Attributes:
        how: `exact`; `tail` for the last part of a compound; `other` where the word has another part of speech than the
            entry ("getötet" as an adjective); `none` where the lexicon does not know it.
    """

    entries: tuple[Entry, ...]
    how: Literal["exact", "tail", "other", "none"]


class Phrase(msgspec.Struct, frozen=True):
    """A phrase entry, ready for matching: the lemmas that must stand near the trigger, before and after it, and all of them."""

    entry: Entry
    before: tuple[str, ...]
    after: tuple[str, ...]
    others: frozenset[str]


UNKNOWN = Found((), "none")


class Lexicon:
    """All entries of one language, indexed by lower-case lemma."""

    def __init__(self, language: str) -> None:
        entries = [entry for file in _FILES for entry in lexicon(language, file, Entry)]
        self.verbs: dict[str, tuple[Entry, ...]] = {}
        self.nouns: dict[str, tuple[Entry, ...]] = {}
        self.tails: dict[str, tuple[Entry, ...]] = {}
        self.phrases: dict[str, tuple[Phrase, ...]] = {}
        for entry in entries:
            key = entry.lemma.lower()
            if " " in key:
                self._add_phrase(entry, entry.lemma.split())
            elif "-" in key[1:]:  # some tokenisers part "cease-fire"; the tail is what counts
                self._add_phrase(entry, re.split(r"(-)", entry.lemma))
                table = self.verbs if entry.pos == "VERB" else self.nouns
                table[key] = (*table.get(key, ()), entry)
            elif key.startswith("-"):
                self.tails[key[1:]] = (*self.tails.get(key[1:], ()), entry)
            else:
                table = self.verbs if entry.pos == "VERB" else self.nouns
                table[key] = (*table.get(key, ()), entry)
        self._met: dict[tuple[str, str], Found] = {}
        self._participles = {form: lemma for lemma in self.verbs for form in _participles(lemma, language)}

    def of_word(self, lemma: str, upos: str) -> Found:
        """What the lexicon knows of a word; words come again and again."""
        known = self._met.get((lemma, upos))
        if known is None:
            if len(self._met) >= _KEPT_WORDS:
                self._met.clear()
            known = self._met[lemma, upos] = self._look_up(lemma.lower(), upos)
        return known

    def _look_up(self, key: str, upos: str) -> Found:
        first, second = (self.verbs, self.nouns) if upos in {"VERB", "AUX", "ADJ"} else (self.nouns, self.verbs)
        if upos != "ADJ" and key in first:
            return Found(first[key], "exact")
        if upos not in {"VERB", "AUX"} and (tail := self._tail(key)):
            return Found(tail, "tail")
        if key in first or key in second:
            return Found(first.get(key) or second[key], "other")
        if (verb := self._participles.get(key)) is not None:
            return Found(self.verbs[verb], "other")
        return UNKNOWN

    def _tail(self, key: str) -> tuple[Entry, ...]:
        for cut in range(_SHORTEST_FRONT, len(key) - _SHORTEST_TAIL + 1):
            rest = key[cut:].lstrip("-")
            if rest in self.tails:
                return self.tails[rest]
            # A language that writes compounds in one has entries for last parts; elsewhere "commission" is no mission.
            joined = bool(self.tails) and rest not in self.verbs
            if rest in self.nouns and (joined or key[cut - 1] == "-"):
                return self.nouns[rest]
        return ()

    def _add_phrase(self, entry: Entry, words: list[str]) -> None:
        # A verb with a particle of its own word ("blow up") is triggered by the verb, a compound ("air strike") by its head.
        default = 0 if entry.pos == "VERB" and "-" not in words else len(words) - 1
        at = next((i for i, word in enumerate(words) if word.startswith("*")), default)
        names = [word.removeprefix("*").lower() for word in words]
        keep = [word for word in words if not (word.islower() and len(word) <= _GLUE and entry.pos == "PHRASE")]
        needed = {word.removeprefix("*").lower() for word in (keep if len(keep) > 1 else words)}
        before, after = (tuple(n for n in side if n in needed) for side in (names[:at], names[at + 1 :]))
        phrase = Phrase(entry, before, after, frozenset(before + after))
        self.phrases[names[at]] = (*self.phrases.get(names[at], ()), phrase)


def matches(phrase: Phrase, lemmas: Sequence[str], at: int) -> bool:
    """Whether a phrase stands around the trigger, on either side of it: "took effect", "an agreement was signed".

    Args:
        phrase: the entry.
        lemmas: lower-case lemmas of the sentence.
        at: where the trigger is among them.
    """
    if phrase.entry.pos != "PHRASE":  # a compound or a particle verb: side by side, the particle a few words off
        front = lemmas[max(0, at - len(phrase.before)) : at]
        return tuple(front) == phrase.before and all(w in lemmas[at + 1 : at + 5] for w in phrase.after)
    around = lemmas[max(0, at - _REACH) : at + 1 + _REACH]
    return all(word in around for word in phrase.before + phrase.after)


def _participles(lemma: str, language: str) -> Iterator[str]:
    """The participles that a lemmatiser may have left as adjectives: "angreifend", "entführt", "festgenommen" only where regular."""
    forms = lexicon(language, "events_participles", ParticipleRule)
    for form in forms:
        if lemma.endswith(form.ending) and not lemma.startswith(form.not_before or ("\0",)):
            yield form.front + lemma.removesuffix(form.ending) + form.becomes


class ParticipleRule(msgspec.Struct, frozen=True):
    """How a participle is formed: `ending` of the lemma `becomes` another, with `front` before it, save for lemmas with these prefixes."""

    becomes: str
    example: str
    ending: str = ""
    front: str = ""
    not_before: tuple[str, ...] = ()


@cache
def lexicon_of(language: str) -> Lexicon:
    """The lexicon of a language, read once."""
    return Lexicon(language)
