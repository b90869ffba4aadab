"""The stage that says of each word what it is: lemma, part of speech, features, head and relation."""

import itertools
import logging
import time
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial

import msgspec
import numpy as np

from depesche.clauses.cutting import tokens
from depesche.clauses.hashing import codes
from depesche.clauses.lemma import lemma_of
from depesche.clauses.mood import finite_only, settled
from depesche.clauses.parsing import Model, Parsed, model, parse
from depesche.clauses.passive import auxiliaries, relabel
from depesche.clauses.symbols import rows_of
from depesche.record import Article, Mark, Sentence, Span, Token
from depesche.record.collecting import uncollected

_LOG = logging.getLogger(__name__)
_SLOW = 5.0
"""Seconds after which a first call must have been busy compiling."""
_PARTICLE = "compound:prt"
_LONGEST = 200
"""Tokens of the longest stretch that is parsed at once: time grows with its square, and such a "sentence" is a list or a ruined page."""


class Words:
    """Finds the words of every sentence, with their grammar in terms of Universal Dependencies.

    The first article on a fresh machine takes some seconds longer, while the inner loops are compiled for it; the machine code is kept.
    """

    name = "words"
    version = 2
    needs: frozenset[type[Mark]] = frozenset({Sentence})
    gives: frozenset[type[Mark]] = frozenset({Token})

    def __call__(self, article: Article) -> Iterator[Token]:
        """The tokens of one article, in reading order."""
        return iter(next(iter(self.many([article]))))

    def many(self, articles: Sequence[Article]) -> Iterator[list[Token]]:
        """The tokens of each article; articles of one language are read together."""
        with uncollected():
            found: dict[int, list[Token]] = {}
            for language in {article.language for article in articles}:
                chosen = [i for i, article in enumerate(articles) if article.language == language]
                found.update(zip(chosen, _read([articles[i] for i in chosen], language), strict=False))
        for i in range(len(articles)):
            yield found.get(i, [])


def _read(articles: Sequence[Article], language: str) -> list[list[Token]]:
    """The tokens of articles of one language; nothing where none has any."""
    cuts = [_cut(article) for article in articles]
    if not any(cut.spans for cut in cuts):
        return []
    known = model(language)
    began = time.perf_counter()
    places = [
        np.fromiter(itertools.chain.from_iterable(cut.spans), np.int64, 2 * len(cut.spans)).reshape(-1, 2)
        for cut in cuts
    ]
    rows = [
        rows_of(codes(article.text), own[:, 0].copy(), own[:, 1].copy(), lists=known.lists)
        for article, own in zip(articles, places, strict=True)
    ]
    ends = np.cumsum([0, *(len(own) for own in rows)])
    borders = [0, *(int(end) + b for cut, end in zip(cuts, ends, strict=False) for b in cut.pieces[1:])]
    parsed = parse(np.concatenate(rows), np.array(borders, np.int64), known=known)
    if time.perf_counter() - began > _SLOW:
        _LOG.info("compiled the language layer for this machine; this happens once")
    return [
        _tokens(article, cut, parsed=parsed.part(end, end + len(cut.spans)), known=known)
        for article, cut, end in zip(articles, cuts, ends.tolist(), strict=False)
    ]


class Cut(msgspec.Struct, frozen=True, kw_only=True):
    """An article in tokens.

    Attributes:
        spans: where they are in the text.
        borders: where its sentences begin among them, and the number of tokens.
        pieces: the same with very long sentences cut up, as they are parsed.
    """

    spans: list[tuple[int, int]]
    borders: list[int]
    pieces: list[int]


def _cut(article: Article) -> Cut:
    spans: list[tuple[int, int]] = []
    borders, pieces = [0], [0]
    for sentence in article.of(Sentence):
        spans += tokens(article.quote(sentence.span), article.language, origin=sentence.span.start)
        pieces += [*range(borders[-1] + _LONGEST, len(spans), _LONGEST), len(spans)]
        borders.append(len(spans))
    return Cut(spans=spans, borders=borders, pieces=pieces)


def _tokens(article: Article, cut: Cut, *, parsed: Parsed, known: Model) -> list[Token]:
    spans, borders = cut.spans, cut.borders
    if not spans:
        return []
    text, grammar, why = article.text, known.grammar, f"model {known.grammar.language}/words"
    forms = [text[start:end] for start, end in spans]
    language = article.language
    told = zip(forms, (parsed.tags * _BUNDLES + parsed.bundles).tolist(), strict=True)
    lemmas, parts, feats = map(list, zip(*map(_readings(grammar.language).__getitem__, told), strict=True))
    heads, labels = parsed.heads.tolist(), list(map(grammar.labels.__getitem__, parsed.labels.tolist()))
    if len(cut.pieces) > len(borders):
        _join(heads, cut)
    for k in [k for k, label in enumerate(labels) if label == "root" and heads[k] >= 0]:
        labels[k] = "parataxis"
    makers = auxiliaries(language)
    passive = [k for k, lemma in enumerate(lemmas) if lemma in makers]
    for start, end in _around(passive, borders):
        own, said = heads[start:end], labels[start:end]
        relabel(said, heads=own, lemmas=lemmas[start:end], feats=feats[start:end], language=language)
        labels[start:end] = said
    if grammar.compounds and _PARTICLE in labels:
        particles = [k for k, label in enumerate(labels) if label == _PARTICLE and heads[k] >= 0]
        for start, end in _around(particles, borders):
            own_particles = [k for k in particles if start <= k < end]
            _whole(lemmas, {start + heads[k]: forms[k] for k in own_particles}, parts=parts)
    finite = [k for k, own in enumerate(feats) if "VerbForm=Fin" in own]
    for start, end in _around(finite, borders):
        for k in finite[bisect_left(finite, start) : bisect_left(finite, end)]:
            feats[k] = settled(forms, k, language=language, feats=feats[k], clause=(start, end))
    return [
        Token(span=span, why=why, lemma=lemma, upos=upos, feats=told, head=head, deprel=label)
        for span, lemma, upos, told, head, label in zip(
            map(_SPAN, spans), lemmas, parts, feats, heads, labels, strict=True
        )
    ]


_SPAN = partial(tuple.__new__, Span)
"""A span from a pair, in a fifth of the time that `Span._make` takes."""


def _whole(lemmas: list[str], particles: Mapping[int, str], *, parts: Sequence[str]) -> None:
    """Put the particles of verbs before their lemmas: "lehnte … ab" is "ablehnen"."""
    for k, written in particles.items():
        particle = written.lower()
        if parts[k] == "VERB" and not lemmas[k].startswith(particle):
            lemmas[k] = particle + lemmas[k]


def _join(heads: list[int], cut: Cut) -> None:
    """Hang the trees of a cut-up sentence on the first of them."""
    first, starts = 0, set(cut.borders)
    for start, end in itertools.pairwise(cut.pieces):
        first = start if start in starts else first
        for i in range(start, end):
            if heads[i] >= 0:
                heads[i] += start - first
            elif start != first:
                heads[i] = 0


def _around(chosen: Sequence[int], borders: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The sentences, as `[start, end)`, that hold any of the tokens, which are in order."""
    end = 0
    for k in chosen:
        if k >= end:
            after = bisect_right(borders, k)
            end = borders[after]
            yield borders[after - 1], end


_BUNDLES = 1 << 16
"""More than a tag has bundles."""
_MOST_READINGS = 1 << 16


class _Readings(dict[tuple[str, int], tuple[str, str, str]]):
    """What `reading_of` says of forms met before, by form and tag and bundle in one number."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language

    def __missing__(self, told: tuple[str, int]) -> tuple[str, str, str]:
        if len(self) >= _MOST_READINGS:
            self.clear()
        form, (tag, bundle) = told[0], divmod(told[1], _BUNDLES)
        found = self[told] = reading_of(model(self._language), form, tag=tag, bundle=bundle)
        return found


@cache
def _readings(language: str) -> _Readings:
    return _Readings(language)


def reading_of(known: Model, form: str, *, tag: int, bundle: int) -> tuple[str, str, str]:
    """Lemma, universal part of speech and features of a form under a tag and a bundle.

    A form that a dictionary knows as a finite verb and as nothing else is one, whatever the tag ("unberührt lasse" is no adjective).
    """
    upos = known.grammar.tags[tag].split("#")[1]
    feats = known.grammar.bundles[tag][bundle]
    feats = "" if feats == "_" else feats
    verb = (
        finite_only(known.grammar.language, form) if known.grammar.dictionary and "VerbForm=Fin" not in feats else None
    )
    if verb is not None:
        upos, feats = verb.upos, verb.feats
    return lemma_of(form, upos=upos, feats=feats, known=known.lemmas), upos, feats
