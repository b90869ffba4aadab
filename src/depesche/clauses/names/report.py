"""A second look at a whole report: what the model was sure of in one sentence helps it in the others.

A name is said in full once and briefly afterwards ("John Kerry … Kerry"), and a sentence like "Kerry bekräftigte das" alone says little
of what Kerry is.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from depesche.clauses.names.model import Floats, NameModel
from depesche.record import NameKind

KINDS: dict[str, NameKind] = {"PER": "person", "LOC": "place", "ORG": "organisation", "OTH": "other"}
"""What the labels of names mean; the model has others (derived adjectives) that keep words from being names."""
Found = list[tuple[int, int, str, float]]
_SURE = 0.8
"""From this confidence on a name speaks for the same words elsewhere."""
_HELP = 1.5
"""What it adds to the label scores there."""
_LONGEST = 6


def second_look(model: NameModel, sentences: Sequence[Sequence[str]]) -> list[Found]:
    """The names of each sentence of one report."""
    emissions = model.emissions(sentences)
    first = [model.read(scores) for scores in emissions]
    known = _known(sentences, first)
    if not known:
        return first
    found = []
    firsts = {name[0] for name in known}
    for words, scores, before in zip(sentences, emissions, first, strict=True):
        helped = None if firsts.isdisjoint(words) else _helped(model, words, scores, (known, firsts))
        found.append(before if helped is None else model.read(helped))
    return found


def _known(sentences: Sequence[Sequence[str]], found: Sequence[Found]) -> dict[tuple[str, ...], str]:
    """Word sequences that were surely named, with the kind most often given; of a person's full name, the surname too."""
    votes: dict[tuple[str, ...], dict[str, float]] = {}
    for words, names in zip(sentences, found, strict=True):
        for start, end, kind, sure in names:
            if sure < _SURE or end - start > _LONGEST or kind not in KINDS:
                continue
            name = tuple(words[start:end])
            votes.setdefault(name, {}).setdefault(kind, 0.0)
            votes[name][kind] += sure
            if kind == "PER" and end - start > 1:
                votes.setdefault(name[-1:], {}).setdefault(kind, 0.0)
                votes[name[-1:]][kind] += sure
    return {
        name: max(kinds, key=lambda k: kinds[k]) for name, kinds in votes.items() if any(w[:1].isupper() for w in name)
    }


def _helped(
    model: NameModel, words: Sequence[str], scores: Floats, told: tuple[dict[tuple[str, ...], str], set[str]]
) -> Floats | None:
    """The label scores, raised where words of the sentence were surely named elsewhere; None where none was."""
    known, firsts = told
    places = list(_named(words, known, firsts))
    if not places:
        return None
    helped = np.array(scores)
    for start, end in places:
        kind = known[tuple(words[start:end])]
        for i in range(start, end):
            position = "S" if end - start == 1 else "B" if i == start else "E" if i == end - 1 else "I"
            helped[i, model.place[f"{position}-{kind}"]] += _HELP
        if end - start == 1:  # the surname may close a longer name here
            helped[start, model.place[f"E-{kind}"]] += _HELP
    return helped


def _named(words: Sequence[str], known: dict[tuple[str, ...], str], firsts: set[str]) -> Iterator[tuple[int, int]]:
    """Where words that were surely named stand, the longest first; `firsts` are the first words of the known names."""
    end = 0
    for at, word in enumerate(words):
        if word not in firsts or at < end:
            continue
        longest = min(_LONGEST, len(words) - at)
        length = next((n for n in range(longest, 0, -1) if tuple(words[at : at + n]) in known), 0)
        if length:
            end = at + length
            yield at, end
