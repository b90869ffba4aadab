"""How the language layer's models are learned, on material small enough to see through."""

import numpy as np
import pytest
from training.language.wordnet import gerunds, pasts, with_s
from training.names.corpora import Tagged
from training.names.field import Material, learn
from training.names.train import Plan, exported, follows

from depesche.clauses.hashing import codes
from depesche.clauses.parsing import model
from depesche.clauses.symbols import CLASS, FINE_GROUP, GROUP, rows_of

LABELS = ["O", "B-PER", "E-PER", "S-PER"]


def _material() -> Material:
    """Thirty sentences of three tokens: feature 0 is a lone name, features 1 and 2 a name of two words, 3 and 4 none."""
    sentences = [([0, 3, 4], [3, 0, 0]), ([1, 2, 3], [1, 2, 0]), ([4, 1, 2], [0, 1, 2])] * 10
    return Material(
        rows=np.array([[feature] for rows, _ in sentences for feature in rows], np.int32),
        gold=np.array([label for _, gold in sentences for label in gold], np.int64),
        borders=np.arange(0, 91, 3),
        numbers=np.arange(100, 105, dtype=np.uint32),
        labels=LABELS,
        follows=np.array([[float(follows(a, b)) for b in LABELS] for a in LABELS]),
    )


def test_field_learns_what_tells_labels_apart() -> None:
    """Each feature's heaviest weight is that of the label it goes with, and a name that began likes to end."""
    weights, moves = learn(_material(), rounds=5, seeds=[0], rate=0.1, held=0.0)
    assert weights.argmax(1).tolist() == [3, 1, 2, 0, 0]
    assert moves[1, 2] > 0


def test_field_learns_the_same_again() -> None:
    """Orders and what is held back follow from the seed alone."""
    first, _ = learn(_material(), rounds=4, seeds=[3], rate=0.1, held=0.3)
    again, _ = learn(_material(), rounds=4, seeds=[3], rate=0.1, held=0.3)
    other, _ = learn(_material(), rounds=4, seeds=[4], rate=0.1, held=0.3)
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_export_bars_what_cannot_follow_and_drops_what_says_little() -> None:
    """A name that began cannot be followed by "O", however it was learned; features below the threshold are left out."""
    told = _material()
    weights = np.zeros((5, 4), np.float32)
    weights[0, 3], weights[1, 1], weights[2, 2] = 1.0, 0.5, 0.01
    saved = exported(told, weights, np.zeros((4, 4)), plan=Plan(least=0.1, faint=0.02, steps=100), lists={})
    assert saved["ids"].tolist() == [100, 101]
    assert saved["weights"].tolist() == [[0, 0, 0, 100], [0, 50, 0, 0]]
    assert float(np.asarray(saved["transitions"], np.float64)[1, 0]) == pytest.approx(-30)


def test_sentence_without_words_teaches_nothing() -> None:
    """An empty sentence among the others is passed over."""
    told = _material()
    borders = np.concatenate(([0], told.borders))
    emptied = Material(
        rows=told.rows, gold=told.gold, borders=borders, numbers=told.numbers, labels=told.labels, follows=told.follows
    )
    weights, _ = learn(emptied, rounds=4, seeds=[0], rate=0.1, held=0.0)
    assert np.isfinite(weights).all()
    assert Tagged([], []).words == []


@pytest.mark.parametrize(
    ("verb", "third", "ing", "ed"),
    [
        ("carry", "carries", ["carrying"], ["carried"]),
        ("combat", "combats", ["combating", "combatting"], ["combated", "combatted"]),
        ("seize", "seizes", ["seizing"], ["seized"]),
        ("free", "frees", ["freeing"], ["freed"]),
        ("clash", "clashes", ["clashing"], ["clashed"]),
        ("die", "dies", ["dying"], ["died"]),
        ("stop", "stops", ["stoping", "stopping"], ["stoped", "stopped"]),
    ],
)
def test_regular_forms(verb: str, third: str, ing: list[str], ed: list[str]) -> None:
    """The forms of regular verbs; where a last letter may be doubled, both spellings."""
    assert (with_s(verb), gerunds(verb), pasts(verb)) == (third, ing, ed)


def test_what_a_word_can_be_stands_in_its_row() -> None:
    """English rows tell what WordNet knows of a word, whether or not it has a cluster; of a word nobody knows they tell nothing."""
    text = "bombards bombardment xqzvw"
    starts, ends = np.array([0, 9, 21], np.int64), np.array([8, 20, 26], np.int64)
    rows = rows_of(codes(text), starts, ends, lists=model("en").lists)
    assert rows[0, CLASS] > 0
    assert rows[1, CLASS] > 0
    assert rows[0, CLASS] != rows[1, CLASS]
    assert rows[2, [CLASS, GROUP, FINE_GROUP]].tolist() == [-1, -1, -1]
