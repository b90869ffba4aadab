"""What the clause view knows of a language: auxiliaries, small words, verbs and event nouns, from `words/*/clauses_*.tsv`."""

from functools import cache
from typing import Literal

import msgspec

from depesche.words import lexicon

Form = Literal["finite", "infinitive", "participle", "gerund"]
Meaning = Literal["perfect", "resultative", "passive", "progressive", "future", "modal", "support"]
WordRole = Literal[
    "negation", "not_only", "negative_article", "contraction", "agent", "relative", "complementizer", "time", "one",
    "infinitive_particle", "reflexive", "quantity",
]  # fmt: skip


class Auxiliary(msgspec.Struct, frozen=True, kw_only=True):
    """A lemma over a form of a verb, and what the two mean together."""

    entry: str
    over: Form
    means: Meaning
    example: str


class SmallWord(msgspec.Struct, frozen=True, kw_only=True):
    """A closed-class word; `value` is the preposition inside a contraction."""

    entry: str
    role: WordRole
    example: str
    value: str = ""


class VerbHabit(msgspec.Struct, frozen=True, kw_only=True):
    """A verb whose perfect takes "sein", whose object does what its infinitive says, or that reports speech."""

    entry: str
    role: Literal["perfect_with_sein", "object_control", "saying"]
    example: str


class NounHabit(msgspec.Struct, frozen=True, kw_only=True):
    """An ending or noun that names an event, or one that does not although it looks so."""

    entry: str
    role: Literal["ending", "noun", "not_event"]
    example: str


class Grammar(msgspec.Struct, frozen=True, kw_only=True):
    """One language's tables, ready to be asked."""

    auxiliaries: dict[str, dict[str, str]]
    negations: frozenset[str]
    not_only: frozenset[str]
    negative_articles: frozenset[str]
    contractions: dict[str, str]
    agents: frozenset[str]
    relatives: frozenset[str]
    complementizers: frozenset[str]
    times: frozenset[str]
    ones: frozenset[str]
    infinitive_particles: frozenset[str]
    reflexives: frozenset[str]
    quantities: frozenset[str]
    with_sein: frozenset[str]
    object_control: frozenset[str]
    saying: frozenset[str]
    endings: tuple[str, ...]
    nouns: frozenset[str]
    not_events: frozenset[str]


@cache
def grammar(language: str) -> Grammar:
    """The tables of one language."""
    auxiliaries: dict[str, dict[str, str]] = {}
    for row in lexicon(language, "clauses_auxiliaries", Auxiliary):
        auxiliaries.setdefault(row.entry, {})[row.over] = row.means
    words = lexicon(language, "clauses_words", SmallWord)
    verbs = lexicon(language, "clauses_verbs", VerbHabit)
    nouns = lexicon(language, "clauses_nouns", NounHabit)

    def role(name: str) -> frozenset[str]:
        return frozenset(w.entry for w in words if w.role == name)

    return Grammar(
        auxiliaries=auxiliaries,
        negations=role("negation"),
        not_only=role("not_only"),
        negative_articles=role("negative_article"),
        contractions={w.entry: w.value for w in words if w.role == "contraction"},
        agents=role("agent"),
        relatives=role("relative"),
        complementizers=role("complementizer"),
        times=role("time"),
        ones=role("one"),
        infinitive_particles=role("infinitive_particle"),
        reflexives=role("reflexive"),
        quantities=role("quantity"),
        with_sein=frozenset(v.entry for v in verbs if v.role == "perfect_with_sein"),
        saying=frozenset(v.entry for v in verbs if v.role == "saying"),
        object_control=frozenset(v.entry for v in verbs if v.role == "object_control"),
        endings=tuple(n.entry for n in nouns if n.role == "ending"),
        nouns=frozenset(n.entry.lower() for n in nouns if n.role == "noun"),
        not_events=frozenset(n.entry.lower() for n in nouns if n.role == "not_event"),
    )


@cache
def names_event(lemma: str, language: str) -> bool:
    """Whether a noun names an event, by itself, by the last part of a compound, or by its ending."""
    told = grammar(language)
    low = lemma.lower()
    known = _longest(low, told.nouns)
    excepted = _longest(low, told.not_events)
    if known or excepted:
        return known >= excepted
    return len(low) > 5 and low.endswith(told.endings)  # noqa: PLR2004 (shorter nouns end in "ung" or "al" by chance)


def _longest(low: str, entries: frozenset[str]) -> int:
    """Length of the longest entry that the noun is or, as a compound, ends with; 0 for none."""
    for start in range(len(low) - 2):
        if low[start:] in entries and (start == 0 or start > 1):
            return len(low) - start
    return 0
