"""The page of one report: complete, escaped, each row tied to its words."""

import html
import json
import re
from typing import get_args

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from depesche.document import record_of
from depesche.record import Article, EventType, Meta, Part, Span
from depesche.web import page_of
from depesche.web.families import FAMILIES, family_of
from depesche.web.segments import Anchor, anchors, pieces
from tests.factories import BY, article, record

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)> \"'&{{ 7*7 }}"


def test_nothing_from_an_article_can_run() -> None:
    """A hostile headline is text in the page, its title and its JSON; the policy allows one script by hash and no address."""
    text = f"{HOSTILE}\n\nEin Satz."
    marks = (
        Part(span=Span(0, len(HOSTILE)), label="headline", **BY),
        Part(span=Span(len(HOSTILE) + 2, len(text)), label="body", **BY),
    )
    page = page_of(record_of(Article(text=text, meta=Meta(origin="x", language="de", source=HOSTILE), marks=marks)))
    assert page.count("<script") == 2
    assert "<img" not in page
    assert "default-src 'none'" in page
    assert "49" not in re.findall(r"<h1>(.*?)</h1>", page)[0]
    embedded = re.search(r'<script type="application/json" id="record">(.*?)</script>', page, re.DOTALL)
    assert embedded
    assert json.loads(embedded[1])["article"]["headline"] == HOSTILE


def test_the_page_needs_no_network() -> None:
    """No address is loaded from anywhere."""
    page = page_of(record())
    assert not re.findall(r"<[^>]+\s(?:src|href)=", page)
    assert "url(" not in page


def test_events_are_coloured_and_counted_by_family() -> None:
    """Each type has one (PLOVER's quad classes); its trigger, its row and its switch share the class."""
    assert {family_of(kind) for kind in get_args(EventType)} == {name.replace(" ", "-") for name in FAMILIES}
    page = page_of(record())
    assert re.findall(r'data-family="([\w-]+)" aria-pressed="true">([^<]+)<', page) == [
        ("verbal-cooperation", "verbal cooperation 1")
    ]
    assert 'class="trigger verbal-cooperation"' in page
    assert 'data-row="e0" tabindex="0" class="verbal-cooperation"' in page


def test_what_is_told_again_stands_under_what_it_repeats() -> None:
    """One happening told twice is not two to look at."""
    made = record()
    first = made.events[0]
    again = msgspec.structs.replace(first, id="again", same_as=first.id)
    page = page_of(msgspec.structs.replace(made, events=(first, again)))
    assert 'data-row="e1" tabindex="0" class="verbal-cooperation again"' in page
    assert page.count(">again CONSULT") == 1


def test_every_row_has_its_words_in_the_text() -> None:
    """What lights up for a row is what the record says it rests on."""
    page = page_of(record())
    rows = set(re.findall(r'data-row="(\w+)"', page))
    tied = {key for keys in re.findall(r'data-rows="([\w ]+)"', page) for key in keys.split()}
    assert rows == tied == {"e0", "s0", "f0", "a0", "a1", "p0"}


def test_the_text_of_the_page_is_the_text_of_the_report() -> None:
    """Cutting at borders loses and adds nothing."""
    shown = html.unescape(re.sub(r"<[^>]+>", "", page_of(record()).split("<main>")[1].split("</main>")[0]))
    assert article().text.split("\n\n")[1] in " ".join(shown.split())


@given(st.lists(st.tuples(st.integers(0, 29), st.integers(1, 30)), max_size=8))
def test_pieces_join_to_the_part_and_lie_wholly_in_their_anchors(borders: list[tuple[int, int]]) -> None:
    """However anchors overlap."""
    text = "abcdefghijklmnopqrstuvwxyzäöüß"
    found = [Anchor(span=Span(min(p), max(p[0] + 1, p[1])), row=f"e{n}", role="x") for n, p in enumerate(borders)]
    within = Span(3, 27)
    cut = list(pieces(text, within=within, found=found))
    assert "".join(p.text for p in cut) == text[3:27]
    position = 3
    for piece in cut:
        span = Span(position, position + len(piece.text))
        assert set(piece.anchors) == {a for a in found if a.span.overlaps(span)}
        position = span.end


def test_a_document_that_was_read_back_gives_the_same_page() -> None:
    """The page is a view of the document alone."""
    first = record()
    again = msgspec.json.decode(first.json(), type=type(first))
    assert page_of(again) == page_of(first)
    assert list(anchors(again)) == list(anchors(first))
