"""The literate cases of `tests/cases/dating`, and the weighing of clues."""

import datetime as dt
from pathlib import Path

import pytest

import depesche.knowledge
from depesche.details.actors import Actors
from depesche.details.dating import Dating
from depesche.details.dating.clues import (
    Clue,
    ExistenceClue,
    NamedClue,
    OfficeClue,
    PersonClue,
    SeasonalClue,
    YearClue,
)
from depesche.details.dating.happenings import HappeningRow, named
from depesche.details.dating.weighing import at, least, shortest, weigh
from depesche.details.times import Times
from depesche.details.times.edtf import contains, overlaps
from depesche.knowledge.actors import first_day
from depesche.record import Article, Meta, Part, Publication, Published, Span
from depesche.tables import read_table
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


@pytest.mark.parametrize("year", range(1990, 2027, 3))
def test_the_cheap_bound_never_passes_what_is_weighed(year: int) -> None:
    """What is accepted without weighing every day would be accepted by weighing, too."""
    term = (dt.date(2013, 1, 1), dt.date(2017, 1, 1))
    clues: list[Clue] = [
        OfficeClue(span=SPAN, name="x", title="t", office="o", terms=(term,)),
        PersonClue(span=SPAN, name="y", terms=(term,)),
        ExistenceClue(span=SPAN, name="z", first=dt.date(2001, 9, 1)),
        YearClue(span=SPAN, text="t", year=2014, month=3, day=9),
        YearClue(span=SPAN, text="2011", year=2011),
        SeasonalClue(span=SPAN, text="Februar", month=2, day=None, direction="past"),
        NamedClue(span=SPAN, name="x", day=dt.date(2005, 8, 29)),
    ]
    day = dt.date(year, 3, 9)
    assert least(clues, day) < at(weigh(clues), day)
    assert all(least([clue], day) == pytest.approx(at(weigh([clue]), day), abs=1e-5) for clue in clues)


def test_months_behind_and_ahead() -> None:
    """Told in the past, February lies behind; within a named year the report is of spring."""
    clues: list[Clue] = [
        YearClue(span=SPAN, text="2016", year=2016),
        SeasonalClue(span=SPAN, text="Februar", month=2, day=None, direction="past"),
        SeasonalClue(span=SPAN, text="1. August", month=8, day=1, direction="future"),
    ]
    weights = weigh(clues)
    assert at(weights, dt.date(2016, 7, 1)) > at(weights, dt.date(2016, 11, 1))


def test_a_full_date_with_its_weekday_outweighs_one_without() -> None:
    """Nobody gives the weekday of a day long past, so its month is the likeliest by far."""
    days = [
        weigh([YearClue(span=SPAN, text="t", year=2006, month=12, day=4, weekday=weekday)]) for weekday in (True, False)
    ]
    later = [at(weights, dt.date(2012, 6, 1)) for weights in days]
    assert later[0] < later[1] - 1


def test_a_happening_is_unheard_of_before_it_came() -> None:
    """A name weighs against the days before it and fades in those after."""
    weights = weigh([NamedClue(span=SPAN, name="x", day=dt.date(2005, 8, 29))])
    assert at(weights, dt.date(2004, 8, 1)) < -3
    assert at(weights, dt.date(2005, 9, 10)) == pytest.approx(0.0)
    assert at(weights, dt.date(2012, 9, 10)) < -1


def test_named_happenings_are_read_with_their_case() -> None:
    """Phrases are whole words in their own spelling, each happening once."""
    found = [(row.name, span) for row, span in named("Nach Hurrikan Katrina kam Hurrikan Katrina, nicht katrina.")]
    assert found == [("Hurricane Katrina", Span(5, 21))]


def test_phrases_name_one_happening_each() -> None:
    """No phrase stands for two happenings, and every row has a date that can be read."""
    path = Path(depesche.knowledge.__path__[0]) / "happenings.tsv"
    table = read_table(path, HappeningRow)
    phrases = [(phrase, row.name) for row in table for phrase in {*row.phrases, *row.phrases_de}]
    assert len(phrases) == len({phrase for phrase, _ in phrases})
    assert all(first_day(row.date) > dt.date.min and row.source for row in table)
