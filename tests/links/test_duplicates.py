"""Copies of reports: found by kind of edit, and nothing else taken for one."""

import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depesche.links import containment, fingerprint, is_copy, same_sentence, words_of

CHANCE = random.Random(11)  # noqa: S311 (variation, not secrets)
WORDS = [f"wort{n}" for n in range(4000)]


def report() -> str:
    """Three hundred words that no other report has in this order."""
    return " ".join(CHANCE.choices(WORDS, k=300))


def reworded(text: str, share: float) -> str:
    """Some words changed, some left out, some added."""
    made: list[str] = []
    for word in text.split():
        draw = CHANCE.random()
        if draw < share / 3:
            continue
        made.append(CHANCE.choice(WORDS) if draw < 2 * share / 3 else word)
        if 2 * share / 3 <= draw < share:
            made.append(CHANCE.choice(WORDS))
    return " ".join(made)


def cut(text: str, share: float) -> str:
    """The beginning of a report."""
    words = text.split()
    return " ".join(words[: int(len(words) * share)])


@pytest.mark.parametrize(
    "edit",
    [
        lambda text: reworded(text, 0.03),
        lambda text: cut(text, 0.6) + " " + cut(report(), 0.2),
        lambda text: cut(text, 0.35),
        lambda text: reworded(text, 0.15),
    ],
    ids=["light edit", "cut to 60%, with boilerplate", "cut to 35%", "heavy edit"],
)
def test_98_of_100_copies_are_found(edit: Callable[[str], str]) -> None:
    """Of every kind of edit."""
    originals = [report() for _ in range(100)]
    assert sum(is_copy(text, edit(text)) for text in originals) >= 98


def test_different_reports_are_none() -> None:
    """Also where they share a sentence of twenty words that both quote."""
    quoted = " ".join(CHANCE.choices(WORDS, k=20))
    pairs = [(f"{report()} {quoted}", f"{quoted} {report()}") for _ in range(200)]
    assert sum(is_copy(one, other) for one, other in pairs) == 0


def test_a_set_phrase_makes_no_copy() -> None:
    """Two short items that begin alike are two items."""
    assert not is_copy(
        "Die Vereinten Nationen haben am Dienstag in Genf erklärt, dass Hilfe in Aleppo angekommen ist.",
        "Die Vereinten Nationen haben am Dienstag in Genf vor einer Hungersnot im Jemen gewarnt und um Geld gebeten.",
    )
    assert not is_copy("Mehr dazu in Kürze", "Mehr dazu in Kürze")


@given(st.text(max_size=300))
def test_every_text_has_a_fingerprint_that_a_database_can_hold(text: str) -> None:
    """63 bits, and the text contains itself."""
    found = fingerprint(text)
    assert all(0 <= value < 2**63 for value in found)
    assert containment(found, found) == (1.0 if found else 0.0)


def test_sentences_are_one_where_most_words_are() -> None:
    """Whatever their order."""
    one = words_of("Kerry traf Lawrow am Freitag in Genf.")
    assert same_sentence(one, words_of("Am Freitag traf Kerry in Genf Lawrow"))
    assert not same_sentence(one, words_of("Am Samstag begann in Wien ein Treffen der Außenminister"))
    assert not same_sentence(one, words_of(""))
