"""The stages on articles: parts, dates, and what must hold for any text."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from depesche.details.times import Resolve, Times, find_times
from depesche.record import Article, Meta, Part, Publication, Published, Span, TimeExpression, TimeMention

REPORT = "Er kam am Dienstag."
TEASER = "Sie kommt am Freitag."


def article(*, published: Published | None = None) -> Article:
    """A report with a teaser below it."""
    text = f"{REPORT}\n\n{TEASER}"
    parts = (
        Part(span=Span(0, len(REPORT)), why="test", label="body"),
        Part(span=Span(len(REPORT) + 2, len(text)), why="test", label="teaser"),
    )
    return Article(text=text, meta=Meta(origin="test", language="de", published=published or Published()), marks=parts)


def read(one: Article) -> list[TimeExpression]:
    """The expressions of an article."""
    timed = one.with_marks(tuple(Times()(one)))
    return list(Resolve()(timed))


def test_teasers_are_left_alone() -> None:
    """A day in another report's teaser is no day of this report."""
    found = [article().quote(m.span) for m in Times()(article())]
    assert found == ["Dienstag"]


def test_the_stated_date_is_the_anchor() -> None:
    """With a date the weekday is a day."""
    found = read(article(published=Published(edtf="2016-07-26", known_by="metadata", why="meta")))
    assert [t.edtf for t in found] == ["2016-07-26"]


def test_an_inferred_interval_too_wide_for_a_weekday_leaves_it_open() -> None:
    """An interval of months does not settle a Tuesday."""
    dated = article().with_marks((Publication(span=Span(0, 2), why="test", edtf="2016-04/2016-08"),))
    assert [(t.edtf, t.value) for t in read(dated)] == [(None, "XXXX-WXX-2")]


def test_a_doubted_date_gives_way() -> None:
    """Where the text speaks against the page's date, nothing is anchored to it."""
    doubted = Publication(span=Span(0, 2), why="test", edtf=None, contradicts="an office held")
    dated = article(published=Published(edtf="2019-01-01", known_by="metadata", why="crawl")).with_marks((doubted,))
    assert [t.edtf for t in read(dated)] == [None]


def test_mentions_keep_their_relative_meaning() -> None:
    """Before resolving, a weekday is X and its direction known."""
    mention = next(iter(Times()(article())))
    assert isinstance(mention, TimeMention)
    assert (mention.value, mention.direction, mention.meaning) == ("XXXX-WXX-2", "past", "wd=2")


def test_a_length_reckoned_from_today_keeps_its_days() -> None:
    """A duration has no EDTF value, but what lies five years back lies in a year."""
    (time,) = find_times("Vor fünf Jahren begann der Krieg.", language="de", date="2016-07-26")
    assert (time.timex, time.value, time.edtf) == ("DURATION", "P5Y", None)
    assert (time.earliest, time.latest) == (dt.date(2011, 1, 1), dt.date(2011, 12, 31))


WORDS = "am vom bis seit 3. 5. Mai 2016 2011-2013 Dienstag gestern Abend drei Jahre später Ende vor nach letzten \n\n 18.30 Uhr , - 99999 Ostern v. Chr. jeden"


@given(
    st.lists(st.sampled_from(WORDS.split(" ")), max_size=25).map(" ".join) | st.text(max_size=80),
    st.sampled_from([None, dt.date(2016, 7, 26), dt.date(1, 1, 1), dt.date(9999, 12, 31)]),
)
def test_any_text(text: str, date: dt.date | None) -> None:
    """Whatever the text: spans lie inside it, in order, apart, and earliest is no later than latest."""
    for language in ("de", "en"):
        found = find_times(text, language=language, date=date)
        end = 0
        for time in found:
            assert end <= time.span.start < time.span.end <= len(text)
            end = time.span.end
            assert time.earliest is None or time.latest is None or time.earliest <= time.latest
