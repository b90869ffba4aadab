"""The event lexicons: their entries, and how words are looked up among them."""

import pytest

from depesche.events.lexicon import Entry, Lexicon, lexicon_of, matches
from depesche.events.ontology import kinds
from depesche.words import languages, lexicon

FILES = ("events_verbs", "events_nouns", "events_phrases")


@pytest.mark.parametrize("language", languages())
def test_entries_name_types_and_modes_of_the_ontology(language: str) -> None:
    """An entry with a type or a mode that the codebook lacks would never be scored."""
    strange = [
        e.lemma
        for f in FILES
        for e in lexicon(language, f, Entry)
        if e.type != "NONE" and (e.type, e.mode) not in kinds()
    ]
    assert strange == []


def _speaks_of(entry: Entry) -> bool:
    """Whether a word of the example begins like a part of the entry: "rief" for "anrufen" by its first letter."""
    words = [w.strip("*-").lower() for w in entry.lemma.split()]
    told = [w.strip(".,").lower() for w in entry.example.split()]
    return any(
        t[:1] == w[:1] or t[:2] in {w[i : i + 2] for i in range(len(w) - 1)} or w in t for w in words for t in told
    )


@pytest.mark.parametrize("language", languages())
def test_priors_and_examples(language: str) -> None:
    """Every entry has a prior between 0 and 1 and an example in which the start of one of its words occurs."""
    wrong = [e.lemma for f in FILES for e in lexicon(language, f, Entry) if not 0 < e.prior < 1 or not _speaks_of(e)]
    assert wrong == []


@pytest.mark.parametrize("language", languages())
def test_no_entry_stands_twice(language: str) -> None:
    """A lemma may have several types, but each only once."""
    keys = [(e.lemma, e.pos, e.type, e.mode) for f in FILES for e in lexicon(language, f, Entry)]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("language", languages())
def test_the_lexicons_are_wide(language: str) -> None:
    """Width decides recall: no event is found whose word nobody knows."""
    assert sum(len(lexicon(language, f, Entry)) for f in FILES) >= 2100


@pytest.mark.parametrize(
    ("lemma", "upos", "expected", "how"),
    [
        ("Angriff", "NOUN", "ASSAULT", "exact"),
        ("Mörserangriff", "NOUN", "ASSAULT", "exact"),
        ("Messerstecherangriff", "NOUN", "ASSAULT", "tail"),
        ("US-Raketentest", "NOUN", "MOBILIZE", "tail"),
        ("entführt", "ADJ", "ASSAULT", "other"),
        ("Tisch", "NOUN", None, "none"),
    ],
)
def test_looking_up_german_words(lemma: str, upos: str, expected: str | None, how: str) -> None:
    """Words themselves, last parts of compounds, and participles."""
    found = lexicon_of("de").of_word(lemma, upos)
    assert how == found.how
    assert expected is None or expected in {e.type for e in found.entries}


def _met(lexicon_: Lexicon, lemmas: list[str], at: int) -> set[str]:
    return {p.entry.lemma for p in lexicon_.phrases.get(lemmas[at], ()) if matches(p, lemmas, at)}


def test_a_phrase_is_met_whatever_its_order() -> None:
    """The parts of a light-verb construction stand on either side of each other."""
    main = ["die", "waffenruhe", "treten", "in", "kraft", "."]
    late = ["weil", "die", "waffenruhe", "in", "kraft", "treten", "."]
    assert "in *Kraft treten" in _met(lexicon_of("de"), main, 4)
    assert "in *Kraft treten" in _met(lexicon_of("de"), late, 4)


def test_a_compound_needs_its_parts_side_by_side() -> None:
    """An air strike is one, a strike that follows talk of the air is none."""
    assert "air strike" in _met(lexicon_of("en"), ["the", "air", "strike", "hit"], 2)
    assert "air strike" not in _met(lexicon_of("en"), ["in", "the", "air", "a", "strike"], 4)
