"""How the reader learns which words name an act: the first look at each word, and the second at the likely ones.

There are two second looks, one for whole reports and one for texts of a few sentences, where there is no report to look at. Both learn from
what a first look that had not seen the report makes of it.
"""

from collections.abc import Sequence

import msgspec
import numpy as np
import numpy.typing as npt
from sklearn.model_selection import GroupKFold
from training.events.coded import Coded
from training.events.fitting import FOLDS, Examples, Recipe, as_linear, grown, out_of_fold, write

from depesche.events.chances import Chance, surest
from depesche.events.context import context_features
from depesche.events.detecting import LEAST
from depesche.events.model import MODELS
from depesche.events.ontology import TYPES
from depesche.events.second_look import judged, weighed
from depesche.events.triggers import Candidate, word_features

Numbers = npt.NDArray[np.int64]
STRENGTH = 0.3
"""Inverse of the penalty on large weights."""
SENTENCE = 0.7
"""What an example from a sentence coded alone, or from a report written for training, counts beside one from a real report."""
ENOUGH = 250
"""A type with so many examples stands on its own feet; of a rarer one each counts the more, up to `MOST_LIFT` times."""
MOST_LIFT = 5.0
THINNED = 0.3
"""Share of the words beyond the lexicon in sentences coded alone that are learned from, when they name no act; each counts the more."""
NEARLY = 0.004
"""So much F1 lies within the noise of a threshold."""
TREES = Recipe(rounds=150, leaves=4, rate=0.06, leaf=30, penalty=5.0)


class Text(msgspec.Struct, frozen=True):
    """A text to learn from.

    Attributes:
        origin: number of the report that it is or comes from; what comes from one report is never split.
        weight: what it counts in a second look.
        learned: whether the first look learns from it; if not, it is only looked at.
        choosing: whether thresholds are chosen by it.
        alone: whether it is one or a few sentences, not a whole report.
    """

    coded: Coded
    origin: int
    weight: float = 1.0
    learned: bool = True
    choosing: bool = False
    alone: bool = False


def spotting(texts: Sequence[Text]) -> None:
    """Fit and write the models that find triggers.

    Args:
        texts: the whole reports that choose thresholds first.
    """
    examples, kept = trigger_examples(texts)
    lift_rare(examples)
    like = sum(text.choosing and not text.alone for text in texts)
    chances = iter(out_of_fold(examples, strength=STRENGTH, own=like))
    lists = [[Chance(c, next(chances)[: len(TYPES)].astype(np.float32)) for c in candidates] for candidates in kept]
    write("triggers", as_linear(examples, strength=STRENGTH, own=like))
    for name, alone in (("reports", False), ("sentences", True)):
        own = [n for n, text in enumerate(texts) if text.alone == alone]
        second_look(name, [texts[n] for n in own], [lists[n] for n in own])


def trigger_examples(texts: Sequence[Text]) -> tuple[Examples, list[list[Candidate]]]:
    """Every candidate of every text, of the least telling ones in sentences coded alone a part; and the candidates of each text."""
    found, kept = Examples((*TYPES, "NONE")), list[list[Candidate]]()
    chance = np.random.default_rng(0)
    for text in texts:
        coded, learned = text.coded, []
        usual = SENTENCE if coded.marked or coded.alone else 1.0
        for candidate in (c for line in coded.candidates for c in line):
            event = coded.triggers.get((candidate.line.number, candidate.at))
            weight = usual
            if coded.alone and event is None and not candidate.entries:
                if chance.random() > THINNED:
                    continue
                weight /= THINNED
            learned.append((candidate, event.type if event else "NONE", weight if text.learned else 0.0))
        kept.append([candidate for candidate, _, _ in learned])
        around = context_features(kept[-1], coded.scene)
        for (candidate, label, weight), rows in zip(learned, around, strict=True):
            word = word_features(candidate.lemma, candidate.upos, found=candidate.found, language=coded.scene.language)
            found.add(word + rows, label, report=text.origin, weight=weight)
    return found, kept


def lift_rare(examples: Examples) -> None:
    """Let each act of a rare type count for several: a broken truce stands in few reports, and a model that saw few believes none."""
    learned = [label for label, weight in zip(examples.labels, examples.weights, strict=True) if weight]
    often = np.bincount(learned, minlength=len(examples.classes))
    lift = np.clip(ENOUGH / np.maximum(often, 1), 1, MOST_LIFT)
    examples.weights = [w * float(lift[label]) for w, label in zip(examples.weights, examples.labels, strict=True)]


def second_look(name: str, texts: Sequence[Text], lists: Sequence[Sequence[Chance]]) -> None:
    """Fit and write the model that looks at each likely trigger again, with the whole text in view.

    It learns whether the likeliest type is the right one, not whether there is an event at all: what is said is the type.
    """
    tables, right, numbers = [], list[bool](), list[int]()
    for number, (text, chances) in enumerate(zip(texts, lists, strict=True)):
        likely = [c for c in chances if c.event > LEAST]
        tables.append(weighed(likely, text.coded.scene))
        for chance in likely:
            event = text.coded.triggers.get((chance.candidate.line.number, chance.candidate.at))
            right.append(event is not None and event.type == surest(chance)[0])
            numbers.append(number)
    table, kind, place = np.concatenate(tables), np.array(right), np.array(numbers)
    origin = np.array([text.origin for text in texts])[place]
    weight = np.array([text.weight for text in texts])[place]
    sure = np.zeros(len(kind))
    for learn, test in GroupKFold(FOLDS).split(table, kind, origin):
        sure[test] = judged(grown(table[learn], kind[learn], recipe=TREES, weights=weight[learn]), table[test])
    least = _threshold(name, texts, kind=kind, sure=sure, place=place)
    gate = least if texts[0].alone else _gate(texts, sure=sure, place=place, least=least)
    forest = grown(table, kind, recipe=TREES, weights=weight)
    arrays = msgspec.structs.asdict(forest) | {"least": np.float32(least), "gate": np.float32(gate)}
    np.savez_compressed(MODELS / f"{name}.npz", allow_pickle=False, **arrays)


def _threshold(
    name: str, texts: Sequence[Text], *, kind: npt.NDArray[np.bool_], sure: npt.NDArray[np.float64], place: Numbers
) -> float:
    """The threshold for one trigger: the middle of those nearly as good as the best, by F1 over the texts that choose."""
    real = np.array([text.choosing for text in texts])[place]
    total = sum(len(t.coded.report.events) for t in texts if t.choosing and t.coded.report is not None)
    thresholds = np.arange(0.14, 0.6, 0.02)
    scores = np.array([2 * (kind & real & (sure > t)).sum() / ((real & (sure > t)).sum() + total) for t in thresholds])
    least = float(np.median(thresholds[scores >= scores.max() - NEARLY]))
    print(f"second look at {name}: cross-validated F1 {100 * scores.max():.1f}, threshold {least:.2f}")
    return least


def _gate(texts: Sequence[Text], *, sure: npt.NDArray[np.float64], place: Numbers, least: float) -> float:
    """How sure the likeliest trigger of a report must be for it to hold any event."""
    tops = [
        (sure[place == n].max(initial=0.0), text.coded.report is not None and bool(text.coded.report.events))
        for n, text in enumerate(texts)
        if text.choosing
    ]
    gates = np.arange(least, 0.9, 0.01)
    right = np.array([sum((top > g) == has for top, has in tops) for g in gates])
    gate = float(np.median(gates[right >= right.max() - 2]))  # the middle of the plateau, not its luckiest point
    print(f"gate {gate:.2f}, reports right {sum((top > gate) == has for top, has in tops)} of {len(tops)}")
    return gate
