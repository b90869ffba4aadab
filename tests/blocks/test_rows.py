"""Rows: the caller's cutting is trusted, the text is folded exactly as `docs/record.md` says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depesche.blocks import article_of
from depesche.errors import RowError
from depesche.record import Dateline, Part, Row


def row(body: str, **fields: str) -> Row:
    """A row from nowhere."""
    return Row(origin="rows.jsonl#1", body=body, **fields)


def test_text_is_headline_blank_line_body() -> None:
    """Headline and body are joined by one blank line, and each paragraph is a part."""
    article = article_of(row("Er kam.\n\nEr ging.", headline="Ein Besuch"))
    assert article.text == "Ein Besuch\n\nEr kam.\n\nEr ging."
    assert [(p.label, article.quote(p.span)) for p in article.of(Part)] == [
        ("headline", "Ein Besuch"),
        ("body", "Er kam."),
        ("body", "Er ging."),
    ]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("a\u00a0b\u2009c", "a b c"),
        ("a \n b", "a\n\nb"),
        ("a\n\n\n\t b", "a\n\nb"),
        ("  a  ", "a"),
        ("Gespra\u0308che", "Gespräche"),
        ("a\r\nb", "a\n\nb"),
    ],
)
def test_white_space_is_folded(body: str, text: str) -> None:
    """A run with a newline is one blank line, any other run one space, the ends are stripped, the rest is NFC."""
    assert article_of(row(body)).text == text


@pytest.mark.parametrize("headline", [None, "", " \n "])
def test_without_a_headline_the_text_is_the_body(headline: str | None) -> None:
    """Absent, null and empty headlines are one."""
    article = article_of(Row(origin="x", body="Er kam.", headline=headline))
    assert article.text == "Er kam."
    assert [p.label for p in article.of(Part)] == ["body"]


def test_the_first_paragraph_may_open_with_a_dateline() -> None:
    """The dateline is a span inside the body part, dash and space included."""
    article = article_of(row("Berlin (dpa) - Der Minister reist ab.", headline="Minister reist ab"))
    (dateline,) = article.of(Dateline)
    assert (dateline.places, dateline.agencies, article.quote(dateline.span)) == (
        ("Berlin",),
        ("dpa",),
        "Berlin (dpa) - ",
    )


@pytest.mark.parametrize("published", ["2016-07-26", "2016-07-26T10:00:00Z", " 2016-07-26 "])
def test_an_iso_date_is_given(published: str) -> None:
    """The day of an ISO date or time, known because the caller gave it."""
    found = article_of(row("Er kam.", published=published)).meta.published
    assert (found.edtf, found.known_by) == ("2016-07-26", "given")


@pytest.mark.parametrize("published", ["26.07.2016", "gestern", "2016-13-01", "", "2016-07-26x"])
def test_another_date_is_an_error_of_the_row(published: str) -> None:
    """The error names the row and the form that is valid."""
    with pytest.raises(RowError, match=r"rows\.jsonl#1: published .* write it as 2016-07-26"):
        article_of(row("Er kam.", published=published))


@pytest.mark.parametrize("body", ["", " \n ", "a\ud800b"])
def test_a_row_without_readable_text_is_an_error(body: str) -> None:
    """Nothing, white space and lone surrogates are refused, with the row's name."""
    with pytest.raises(RowError, match=r"rows\.jsonl#1"):
        article_of(row(body))


def test_the_language_is_the_given_one_or_found() -> None:
    """A tag is cut to its ISO 639-1 code; without one the words decide."""
    german = "Der Minister sprach mit dem Botschafter, und die Gespräche sind nach seinen Worten auf einem guten Weg, aber noch nicht am Ende."
    english = "The minister spoke with the ambassador, and he said that the talks were on a good way but had not come to their end."
    assert article_of(row(german, language="de-AT")).language == "de"
    assert (article_of(row(german)).language, article_of(row(english)).language) == ("de", "en")


@given(st.text(max_size=200), st.one_of(st.none(), st.text(max_size=60)))
def test_parts_tile_the_text(body: str, headline: str | None) -> None:
    """Whatever the caller writes, parts lie in order inside the text, and nothing but blank lines lies between them."""
    try:
        article = article_of(Row(origin="x", body=body, headline=headline))
    except RowError:
        return
    parts = article.of(Part)
    assert "\n\n".join(article.quote(p.span) for p in parts) == article.text
    assert all("\n" not in article.quote(p.span) for p in parts if p.label == "body")
