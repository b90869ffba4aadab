"""What the actor and place stages share of one article: its pieces, the known names and noun phrases in it, the countries it speaks of."""

from collections import Counter, OrderedDict
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from depesche.details.actors.dictionary import Hit, known_names
from depesche.details.actors.drafts import Phrase
from depesche.details.actors.lexicon import ActorWords, actor_words
from depesche.details.actors.phrases import Grammar, PhraseReader, grammar_of
from depesche.details.actors.pieces import Pieces, pieces_of
from depesche.details.actors.vocabulary import HEAD, NAME, vocabulary
from depesche.knowledge.actors import known_actors
from depesche.knowledge.forms import forms
from depesche.record import REPORT_LABELS, Article, Dateline, Part, Span, Token

_KEPT = 128
_BACK = 5
"""Words between a preposition and its name: "in der laotischen Hauptstadt Vientiane"."""


class Reading(NamedTuple):
    """One article, read for actors and places.

    Attributes:
        countries: how often each country is spoken of, ISO 3166-1 alpha-3, from its name, adjective, people or capital.
        dateline: pieces that stand in a dateline; `opening` those that open a headline.
        outside: pieces that are no evidence for this report (teasers, comments, chrome, bylines).
        marks: what each piece can do by itself (`vocabulary.Word`).
    """

    pieces: Pieces
    hits: list[Hit]
    phrases: list[Phrase]
    words: ActorWords
    grammar: Grammar
    countries: Counter[str]
    dateline: frozenset[int]
    opening: frozenset[int]
    outside: frozenset[int]
    marks: npt.NDArray[np.int64]

    def able(self, mark: int) -> list[int]:
        """The pieces that can do something (`vocabulary.PLACE` …)."""
        return _able(self.marks, mark)

    def preposition(self, first: int) -> str:
        """The folded word that governs the name at a piece: the nearest before it that is no article, adjective or "city of"."""
        pieces, words = self.pieces, self.words
        i = first
        for _ in range(_BACK):
            if i == 0 or pieces.gaps[i] != " ":
                return ""
            i -= 1
            key = pieces.keys[i]
            if words.is_part(key, "place_preposition", "two_sided_preposition", "actor_preposition"):
                return key
            upos = self.grammar.upos(pieces.starts[i])
            declined = pieces.texts[i][0].islower() and key.endswith("en")
            if not (upos == "ADJ" or declined or words.is_part(key, "determiner", "landscape")):
                return ""
        return ""

    def span(self, first: int, last: int) -> Span:
        """The characters of the pieces `first` to `last`."""
        return Span(self.pieces.starts[first], self.pieces.ends[last])


_readings: OrderedDict[tuple[str, str, int], Reading] = OrderedDict()


def reading_of(article: Article) -> Reading:
    """The reading of an article; kept for the stages that follow."""
    key = (article.text, article.language, len(article.of(Token)))
    known = _readings.get(key)
    if known is None:
        known = _readings[key] = _read(article, grammar_of(article))
        if len(_readings) > _KEPT:
            _readings.popitem(last=False)
    return known


def _read(article: Article, grammar: Grammar) -> Reading:
    pieces = pieces_of(article.text)
    words = actor_words(article.language)
    outside = _outside(article, pieces)
    marks = vocabulary(article.language).marks(pieces.texts)
    hits = known_names(pieces, article.language, starts=_able(marks, NAME))
    hits = [h for h in hits if h.first not in outside] if outside else hits
    phrases = [
        p
        for p in PhraseReader(
            pieces,
            hits,
            words=words,
            known=forms(article.language).senses,
            grammar=grammar,
        ).read(_able(marks, HEAD))
        if p.last not in outside
    ]
    dateline = {i for mark in article.of(Dateline) for i in pieces.within(mark.span)}
    heads = (pieces.at.get(part.span[0]) for part in article.of(Part) if part.label == "headline")
    opening = frozenset(i for i in heads if i is not None)
    countries = _countries(hits)
    return Reading(pieces, hits, phrases, words, grammar, countries, frozenset(dateline), opening, outside, marks)


def _able(marks: npt.NDArray[np.int64], mark: int) -> list[int]:
    found: list[int] = np.flatnonzero(marks & mark).tolist()
    return found


def _outside(article: Article, pieces: Pieces) -> frozenset[int]:
    parts = [p for p in article.of(Part) if p.label not in REPORT_LABELS]
    if not parts:
        return frozenset()
    spans = [p.span for p in parts]
    return frozenset(i for i, start in enumerate(pieces.starts) if any(a <= start < b for a, b in spans))


def _countries(hits: list[Hit]) -> Counter[str]:
    base = known_actors()
    counted: Counter[str] = Counter()
    for hit in hits:
        countries = {
            actor.country
            for s in hit.senses
            if s.how != "surname" and (actor := base.actors.get(s.entity)) and actor.kind != "person" and actor.country
        }
        if len(countries) == 1 and (country := countries.pop()):
            counted[country] += 1
    return counted
