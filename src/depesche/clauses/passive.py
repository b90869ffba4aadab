"""Who is subject of a passive: what a language's auxiliaries decide, whatever the labels were before.

The German treebanks call 359 of 361 subjects beside "werden" and a participle passive ones; a model that has seen 50,000 words does not always.
"""

from collections.abc import Sequence
from functools import cache

import msgspec

from depesche.words import lexicon

_OPEN = {"aux", "aux:pass", "cop"}


class Passive(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of `words/*/passive.tsv`.

    Attributes:
        entry: lemma of an auxiliary that makes a passive with a participle.
        unless: lemmas of auxiliaries that, beside it, make it something else.
    """

    entry: str
    example: str
    unless: tuple[str, ...] = ()


@cache
def auxiliaries(language: str) -> dict[str, frozenset[str]]:
    """The auxiliaries of the passive, with what undoes them; empty where a language's labels are left as they are."""
    return {row.entry: frozenset(row.unless) for row in lexicon(language, "passive", Passive)}


def relabel(
    labels: list[str], *, heads: Sequence[int], lemmas: Sequence[str], feats: Sequence[str], language: str
) -> None:
    """Correct the labels of one sentence in place.

    Args:
        labels: relations of its tokens.
        heads: their heads within the sentence, -1 for the root.
        lemmas: their lemmas.
        feats: their features.
        language: whose auxiliaries decide.
    """
    makers = auxiliaries(language)
    found = [i for i, lemma in enumerate(lemmas) if lemma in makers and labels[i] in _OPEN and heads[i] >= 0]
    for i in found:
        verb = heads[i]
        beside = {lemmas[k] for k, head in enumerate(heads) if head == verb and labels[k] in _OPEN}
        passive = "VerbForm=Part" in feats[verb] and makers[lemmas[i]].isdisjoint(beside)
        if not passive and "VerbForm=Part" in feats[verb]:
            continue
        if passive or labels[i] == "aux:pass":
            labels[i] = "aux:pass" if passive else "aux"
        for k, head in enumerate(heads):
            if head == verb and labels[k] in {"nsubj", "nsubj:pass"}:
                labels[k] = "nsubj:pass" if passive else "nsubj"
