"""The literate cases of `tests/cases/dating`, and the weighing of clues."""

import datetime as dt

import pytest

from depesche.details.actors import Actors
from depesche.details.dating import Dating
from depesche.details.dating.clues import Clue, OfficeClue, SeasonalClue, YearClue
from depesche.details.dating.weighing import at, shortest, weigh
from depesche.details.times import Times
from depesche.details.times.edtf import contains, overlaps
from depesche.record import Article, Meta, Part, Publication, Published, Span
from tests.literate import Case, cases

CASES = [(language, case) for language in ("de", "en") for case in cases(f"dating/{language}")]
SPAN = Span(0, 1)


def dated(case: Case, language: str) -> list[Publication]:
    """What the stage says of a case."""
    given = case.options.get("published")
    published = Published(edtf=given, known_by="metadata", why="test") if given else Published()
    article = Article(
        text=case.text,
        meta=Meta(origin="test", language=language, published=published),
        marks=(Part(span=Span(0, len(case.text)), why="test", label="body"),),
    )
    for stage in (Times(), Actors()):
        article = article.with_marks(tuple(stage(article)))
    return list(Dating()(article))


def holds(line: str, found: list[Publication]) -> bool:
    """Whether an expectation holds: `within EDTF`, `not EDTF`, `contradicted` or `nothing`."""
    what, _, edtf = line.partition(" ")
    if what == "nothing":
        return not found
    if what == "contradicted":
        return bool(found) and found[0].contradicts is not None
    inside = contains(edtf, found[0].edtf) if what == "within" else not overlaps(edtf, found[0].edtf)
    return inside and bool(found[0].reasons)


@pytest.mark.parametrize(("language", "case"), CASES, ids=[f"{language} {case.where}" for language, case in CASES])
def test_dating(language: str, case: Case) -> None:
    """The interval, the doubt or the silence that the case asks for."""
    found = dated(case, language)
    assert [line for line in case.expected if not holds(line, found)] == [], found


def test_two_offices_narrow_to_their_overlap() -> None:
    """The interval lies where both terms do."""
    terms = ((dt.date(2013, 2, 1), dt.date(2017, 1, 20)), (dt.date(2015, 7, 27), dt.date(2018, 8, 17)))
    clues: list[Clue] = [
        OfficeClue(span=SPAN, name=str(i), title="t", office=str(i), terms=(term,))
        for i, term in enumerate(terms)
        for _ in range(3)
    ]
    interval = shortest(weigh(clues), mass=0.9)
    assert dt.date(2015, 7, 1) <= interval.first
    assert interval.last <= dt.date(2017, 2, 1)


def test_a_day_outside_an_office_is_unlikely() -> None:
    """A day before a term weighs far less than one inside it."""
    weights = weigh(
        [OfficeClue(span=SPAN, name="x", title="t", office="o", terms=((dt.date(2013, 1, 1), dt.date(2017, 1, 1)),))]
    )
    assert at(weights, dt.date(2015, 1, 1)) == pytest.approx(0.0)
    assert at(weights, dt.date(2010, 1, 1)) < -3


def test_months_behind_and_ahead() -> None:
    """Told in the past, February lies behind; within a named year the report is of spring."""
    clues: list[Clue] = [
        YearClue(span=SPAN, text="2016", year=2016),
        SeasonalClue(span=SPAN, text="Februar", month=2, day=None, direction="past"),
        SeasonalClue(span=SPAN, text="1. August", month=8, day=1, direction="future"),
    ]
    weights = weigh(clues)
    assert at(weights, dt.date(2016, 7, 1)) > at(weights, dt.date(2016, 11, 1))
