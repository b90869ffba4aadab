"""Words that may be triggers, and what is known of them wherever they stand.

A candidate is any content word. What is known of the word itself (spelling, lexicon entries) does not depend on where it stands, so
the model scores it once a word; only words that may be triggers at all are looked at in their sentence.
"""

from collections.abc import Container

import msgspec

from depesche.events.kinship import STRANGER, kinship
from depesche.events.lexicon import Entry, Found, Lexicon, lexicon_of, matches
from depesche.events.lines import CONTENT, Line
from depesche.events.scene import Scene
from depesche.events.slots import SLOTS, rows_of
from depesche.record import Span


class Candidate(msgspec.Struct, frozen=True):
    """A word that may be a trigger.

    Attributes:
        at: token number in its line.
        span: the trigger's characters: the word, or all words of a compound ("air strikes").
        phrases: phrase entries that stand around it.
        found: lexicon entries of the word itself.
    """

    line: Line
    at: int
    span: Span
    lemma: str
    upos: str
    phrases: tuple[Entry, ...]
    found: Found

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Phrase entries first: "in Kraft treten" says more than "treten"."""
        return self.phrases + self.found.entries


def candidates(line: Line, lexicon: Lexicon, *, hopeless: Container[tuple[str, str]] = frozenset()) -> list[Candidate]:
    """Every word of a sentence that could be a trigger, in reading order.

    Args:
        line: the sentence.
        lexicon: of its language.
        hopeless: lemmas with their parts of speech that are passed over unless a phrase of the lexicon stands around them.
    """
    found, lemmas, tokens, all_phrases = [], line.lemmas, line.tokens, lexicon.phrases
    present = set(lemmas)
    for at, word in enumerate(zip(lemmas, line.parts, strict=True)):
        lemma, upos = word
        if word in hopeless and lemma not in all_phrases:
            continue
        phrases = all_phrases.get(lemma)
        met = tuple([p for p in phrases if p.others <= present and matches(p, lemmas, at)]) if phrases else ()
        if not met and (word in hopeless or not may_be_trigger(lemma, upos, lexicon)):
            continue
        span = tokens[at].span
        if met:
            whole = max((len(p.before) for p in met if p.entry.pos == "NOUN"), default=0)
            span = Span(tokens[at - whole].span.start, span.end)
        entries = tuple([p.entry for p in met])
        found.append(Candidate(line, at, span, lemma, upos, entries, lexicon.of_word(lemma, upos)))
    return found


def may_be_trigger(lemma: str, upos: str, lexicon: Lexicon) -> bool:
    """Whether a word is a candidate without a phrase around it: any content word, of others those that the lexicon knows."""
    return upos in CONTENT or (upos in _KNOWN_ONLY and lexicon.of_word(lemma, upos).how != "none")


_KNOWN_ONLY = frozenset({"PROPN", "AUX", "X", "NUM", "ADV"})


def word_features(lemma: str, upos: str, *, found: Found, language: str) -> list[int]:
    """What is known of the word wherever it stands."""
    names = ["bias", f"u:{upos}", f"{language}:l:{lemma}", f"{language}:lu:{lemma}:{upos}"]
    names += [f"{language}:e{n}:{lemma[-n:]}" for n in (3, 4, 5, 6) if len(lemma) > n]
    names += [f"{language}:b{n}:{lemma[:n]}" for n in (4, 6) if len(lemma) > n]
    kin = kinship(language).of(lemma)
    if kin is not STRANGER:
        names += [f"{language}:kf:{kin.fine}", f"{language}:kc:{kin.coarse}", f"{language}:kc:{kin.coarse}:{upos}"]
    names += [name for kind in kin.types for name in (kind, f"{kind}:{upos}", f"{kind}:{found.how}")]
    return rows_of(names) + SLOTS.rows(entry_features(found.entries, how=found.how))


def entry_features(entries: tuple[Entry, ...], *, how: str) -> list[str]:
    """What the lexicon says, in terms that hold for both languages."""
    if not entries:
        return [f"x:{how}"]
    strongest = max(entries, key=lambda e: e.prior)
    names = [f"x:{how}", f"x:n{min(len(entries), 4)}:{how}", f"x:top:{strongest.type}:{how}", f"x:pos:{strongest.pos}"]
    for entry in entries:
        names += [
            f"x:{entry.type}",
            f"x:{entry.type}:{entry.prior:.1f}",
            f"x:{entry.type}:{entry.mode}",
            f"x:{entry.type}:{how}:{len(entries) == 1}",
        ]
    return names


def all_candidates(scene: Scene) -> list[list[Candidate]]:
    """The candidates of every sentence."""
    lexicon = lexicon_of(scene.language)
    return [candidates(line, lexicon) for line in scene.lines]
