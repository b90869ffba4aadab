"""The stage that says of each word what it is: lemma, part of speech, features, head and relation."""

import itertools
import logging
import time
from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from depesche.clauses.cutting import tokens
from depesche.clauses.hashing import codes
from depesche.clauses.lemma import lemma_of
from depesche.clauses.mood import settled
from depesche.clauses.parsing import Model, Parsed, model, parse
from depesche.clauses.passive import relabel
from depesche.clauses.symbols import rows_of
from depesche.record import Article, Mark, Sentence, Span, Token

_LOG = logging.getLogger(__name__)
_SLOW = 5.0
"""Seconds after which a first call must have been busy compiling."""
_PARTICLE = "compound:prt"


class Words:
    """Finds the words of every sentence, with their grammar in terms of Universal Dependencies.

    The first article on a fresh machine takes some seconds longer, while the inner loops are compiled for it; the machine code is kept.
    """

    name = "words"
    version = 1
    needs: frozenset[type[Mark]] = frozenset({Sentence})
    gives: frozenset[type[Mark]] = frozenset({Token})

    def __call__(self, article: Article) -> Iterator[Token]:
        """The tokens of one article, in reading order."""
        sentences = article.of(Sentence)
        if not sentences:
            return
        known = model(article.language)
        spans: list[tuple[int, int]] = []
        borders = [0]
        for sentence in sentences:
            origin = sentence.span.start
            spans += [(origin + a, origin + b) for a, b in tokens(article.quote(sentence.span), article.language)]
            borders.append(len(spans))
        began = time.perf_counter()
        places = np.array(spans, np.int64).reshape(-1, 2)
        rows = rows_of(codes(article.text), places[:, 0].copy(), places[:, 1].copy(), lists=known.lists)
        parsed = parse(rows, np.array(borders, np.int64), known=known)
        if time.perf_counter() - began > _SLOW:
            _LOG.info("compiled the language layer for this machine; this happens once")
        yield from _tokens(article, spans, borders, parsed=parsed, known=known)


def _tokens(
    article: Article, spans: list[tuple[int, int]], borders: list[int], *, parsed: Parsed, known: Model
) -> Iterator[Token]:
    text, grammar, why = article.text, known.grammar, f"model {known.grammar.language}/words"
    forms = [text[start:end] for start, end in spans]
    readings = [
        _reading(known.grammar.language, form, tag, bundle)
        for form, tag, bundle in zip(forms, parsed.tags.tolist(), parsed.bundles.tolist(), strict=True)
    ]
    heads, numbers = parsed.heads.tolist(), parsed.labels.tolist()
    for start, end in itertools.pairwise(borders):
        if start == end:
            continue
        lemmas, parts, feats = (list(column) for column in zip(*readings[start:end], strict=True))
        labels = [grammar.labels[number] for number in numbers[start:end]]
        own = heads[start:end]
        relabel(labels, heads=own, lemmas=lemmas, feats=feats, language=article.language)
        particles = {own[k]: forms[start + k].lower() for k, label in enumerate(labels) if label == _PARTICLE}
        for k, lemma in enumerate(lemmas):
            told = feats[k]
            if "VerbForm=Fin" in told:
                told = settled(forms, start + k, language=article.language, feats=told, clause=(start, end))
            particle = particles.get(k) if grammar.compounds and parts[k] == "VERB" else None
            whole = particle + lemma if particle and not lemma.startswith(particle) else lemma  # "lehnte … ab"
            yield Token(
                span=Span(*spans[start + k]),
                why=why,
                lemma=whole,
                upos=parts[k],
                feats=told,
                head=own[k],
                deprel=labels[k],
            )


@lru_cache(maxsize=1 << 16)
def _reading(language: str, form: str, tag: int, bundle: int) -> tuple[str, str, str]:
    """Lemma, universal part of speech and features of a form under a tag and a bundle."""
    known = model(language)
    upos = known.grammar.tags[tag].split("#")[1]
    feats = known.grammar.bundles[tag][bundle]
    feats = "" if feats == "_" else feats
    return lemma_of(form, upos=upos, feats=feats, known=known.lemmas), upos, feats
