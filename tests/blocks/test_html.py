"""Web pages: parts, fields and what is said of pages that are no report. The pages are written for these tests."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from depesche.blocks import article_of
from depesche.record import Article, Dateline, Page, Part, PartLabel

STORY = """<!DOCTYPE html><html lang="de"><head><title>Gesandter reist nach Genf | Beispielblatt</title>
<meta property="og:site_name" content="Beispielblatt"><meta property="og:title" content="Gesandter reist zu neuen Gesprächen nach Genf">
<meta property="article:published_time" content="2016-08-24T18:05:00+02:00"><link rel="canonical" href="https://blatt.example/genf">
<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"Gesandter reist zu neuen Gesprächen nach Genf",
"datePublished":"2016-08-24T18:05:00+02:00","dateModified":"2016-08-25T08:00:00+02:00","author":[{"@type":"Person","name":"Anna Beispiel"}],
"articleSection":"Politik","isAccessibleForFree":true,}</script></head><body>
<nav class="main-nav"><ul><li><a href="/">Startseite</a></li><li><a href="/politik">Politik</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<main><article class="article"><header><span class="article-kicker">Krieg in Syrien</span><h1>Gesandter reist zu neuen Gesprächen nach Genf</h1></header>
<p class="article-lead">Genf (dpa) - Der Gesandte der Vereinten Nationen will die Gegner noch in dieser Woche wieder an einen Tisch bringen.</p>
<p class="author">Von Anna Beispiel</p>
<figure><img src="a.jpg" alt=""><figcaption>Der Gesandte am Dienstag vor dem Palast der Nationen in Genf. <span class="copyright">© Beispielbild</span></figcaption></figure>
<div class="article-body">
<p>Der Gesandte der Vereinten Nationen hat am Mittwoch angekündigt, dass er die Regierung und die Opposition zu einer neuen Runde einladen wird.</p>
<p>Nach seinen Worten haben beide Seiten zugesagt, ohne Vorbedingungen zu kommen, auch wenn die Kämpfe im Norden des Landes weitergehen.</p>
<h2>Hilfe kommt nicht durch</h2>
<p>In der belagerten Stadt warten nach Angaben der Helfer noch immer mehr als 250 000 Menschen auf Lebensmittel, Wasser und Arzneien.</p>
<p>Ein Sprecher des Hilfswerks sagte, die Lastwagen stünden seit zehn Tagen an der Grenze, weil ihnen die Genehmigung fehle.</p>
</div></article>
<section class="related-teasers"><h2>Auch interessant</h2>
<div class="teaser"><a href="/a"><h3>Ministerin besucht die Truppe im Norden</h3><p>Die Ministerin sprach mit den Soldaten über den Einsatz und …</p></a></div>
<div class="teaser"><a href="/a"><h3>Ministerin besucht die Truppe im Norden</h3></a></div>
<div class="teaser"><a href="/b"><h3>Streit um den Haushalt geht in die nächste Runde</h3><p>Die Fraktionen werden sich nicht einig, wie viel gespart werden …</p></a></div></section>
</main><footer><a href="/impressum">Impressum</a> <a href="/datenschutz">Datenschutz</a></footer></body></html>"""


def read(html: str | bytes, **fields: str) -> Article:
    """A page from nowhere."""
    content = html.encode() if isinstance(html, str) else html
    return article_of(Page(origin="page.html", content=content, media_type="text/html", **fields))  # type: ignore[arg-type]


def texts(article: Article, label: PartLabel) -> list[str]:
    """The texts of all parts with one label."""
    return [article.quote(part.span) for part in article.of(Part) if part.label == label]


def test_headline_kicker_and_standfirst_are_told_apart() -> None:
    """The three lines over a report are three parts."""
    article = read(STORY)
    assert texts(article, "headline") == ["Gesandter reist zu neuen Gesprächen nach Genf"]
    assert texts(article, "kicker") == ["Krieg in Syrien"]
    (standfirst,) = texts(article, "standfirst")
    assert standfirst.startswith("Genf (dpa) - Der Gesandte")


def test_the_body_is_the_paragraphs_of_the_report_and_nothing_else() -> None:
    """Four paragraphs, one heading between them; no teaser, no menu."""
    article = read(STORY)
    assert [text.split()[0] for text in texts(article, "body")] == ["Der", "Nach", "In", "Ein"]
    assert texts(article, "subheading") == ["Hilfe kommt nicht durch"]


def test_the_dateline_lies_inside_the_standfirst() -> None:
    """Its places and agencies are read, its span covers the dash."""
    article = read(STORY)
    (dateline,) = article.of(Dateline)
    assert (dateline.places, dateline.agencies, article.quote(dateline.span)) == (("Genf",), ("dpa",), "Genf (dpa) - ")


def test_a_caption_keeps_its_credit_apart() -> None:
    """The credit is a span at the end of the caption."""
    article = read(STORY)
    (caption,) = [part for part in article.of(Part) if part.label == "caption"]
    assert caption.credit is not None
    assert article.quote(caption.credit) == "© Beispielbild"


def test_teasers_are_stubs_and_a_repeated_headline_stands_once() -> None:
    """Two other reports, each with headline, text and link."""
    stubs = read(STORY).record.article.teasers
    assert [(stub.headline, stub.url) for stub in stubs] == [
        ("Ministerin besucht die Truppe im Norden", "/a"),
        ("Streit um den Haushalt geht in die nächste Runde", "/b"),
    ]
    assert all(stub.text.endswith("…") for stub in stubs)


def test_fields_come_from_the_head_in_spite_of_a_trailing_comma() -> None:
    """JSON-LD with the usual error is still read."""
    meta = read(STORY).meta
    assert (meta.published.edtf, meta.published.known_by, meta.updated) == ("2016-08-24", "metadata", "2016-08-25")
    assert (meta.bylines, meta.section, meta.source) == (("Anna Beispiel",), "Politik", "Beispielblatt")
    assert (meta.language, meta.canonical_url, meta.not_article) == ("de", "https://blatt.example/genf", None)


def test_a_given_date_wins() -> None:
    """What the caller says stands over what the page says."""
    published = read(STORY, published="2016-08-23").meta.published
    assert (published.edtf, published.known_by) == ("2016-08-23", "given")


def test_every_part_says_where_it_stood() -> None:
    """A CSS path for each part, for a reviewer to find it."""
    assert all(part.at for part in read(STORY).of(Part))


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("", "no text"),
        ("<title>404 - Seite nicht gefunden</title><h1>Seite nicht gefunden</h1>", "not found"),
        ("<frameset><frame src=a></frameset>", "no text"),
        ("<h1>Weiter mit Werbung lesen</h1><p>Alle akzeptieren</p>", "consent"),
    ],
)
def test_a_page_that_is_no_report_says_why(html: str, reason: str) -> None:
    """The reason is in words, and the page is still an article without body."""
    article = read(html)
    assert article.meta.not_article is not None
    assert reason in article.meta.not_article


def test_a_drop_cap_belongs_to_its_word() -> None:
    """A letter in an element of its own and the rest of its word are one word."""
    story = STORY.replace(
        "<p>Der Gesandte der Vereinten Nationen hat",
        '<p><span class="initial-letter">N</span> <span>ach dem Gesandten hat',
    )
    assert any(text.startswith("Nach dem Gesandten") for text in texts(read(story), "body"))


def test_a_page_that_writes_itself_is_read_from_its_script() -> None:
    """Where nothing is shown before the scripts run, the paragraphs in a script's string are the report."""
    paragraph = "\\u003cp\\u003eDer Gesandte will die Gegner noch in dieser Woche an einen Tisch bringen, sagte sein Sprecher am Mittwoch in Genf vor Reportern.\\u003c/p\\u003e"
    page = (
        f'<meta property="og:type" content="article"><body><div id=root></div><script>load("{paragraph * 4}")</script>'
    )
    assert len(texts(read(page), "body")) == 4


def test_deep_nesting_is_read_in_bounded_time() -> None:
    """100,000 open elements would take the parser twenty seconds; the report inside is found all the same."""
    page = "<div>" * 100_000 + STORY[STORY.index("<main>") : STORY.index("</main>")]
    assert len(texts(read(page), "body")) >= 4


def test_no_path_is_as_long_as_the_nesting_is_deep() -> None:
    """2,000 levels around each of 2,000 paragraphs would be eighty million characters of paths."""
    page = "<div>" * 2_000 + "<p>Ein Satz, der hier steht.<i></i></p>" * 2_000
    assert max(len(part.at or "") for part in read(page).of(Part)) < 4_000


def test_an_address_that_is_none_is_passed_over() -> None:
    """A bracket in the canonical address is no reason to fail."""
    assert read(STORY.replace("https://blatt.example", "https://[blatt.example")).meta.bylines == ("Anna Beispiel",)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.integers(0, len(STORY) - 1))
def test_no_damage_makes_it_fail(noise: bytes, place: int) -> None:
    """Whatever is spliced into a page, its parts lie in order inside its text, separated by blank lines."""
    raw = STORY.encode()
    article = read(raw[:place] + noise + raw[place:])
    parts = article.of(Part)
    assert "\n\n".join(article.quote(part.span) for part in parts) == article.text


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<b>",
                "<table>",
                "<td>",
                "<h1>",
                "</h1>",
                "<script>",
                "<a href=x>",
                "Wort. ",
                "<li>",
                "<time datetime=2016>",
                "<!--",
                "&#xD800;",
                "<br><br>",
            ]
        ),
        max_size=60,
    )
)
def test_no_soup_makes_it_fail(pieces: list[str]) -> None:
    """Tags in any order are read, and reading them twice gives the same article."""
    soup = "".join(pieces)
    assert read(soup) == read(soup)


def test_a_script_of_stray_quotes_is_passed_over_in_one_pass() -> None:
    """A million escaped quotes without an end: the search for strings must not start over at each of them."""
    page = b'<meta property="og:type" content="article"><script>"<p>' + b'"\\' * 1_000_000 + b"</script>"
    assert read(page).meta.not_article is not None


def test_authors_in_elements_of_their_own_are_told_apart() -> None:
    """Three names side by side without a comma, and no author in the head."""
    names = "".join(f"<span>{name}</span> " for name in ("Anna Beispiel", "Jan Maria Muster", "Uwe Probe"))
    page = STORY.replace(',"author":[{"@type":"Person","name":"Anna Beispiel"}]', "").replace(
        "Von Anna Beispiel", names
    )
    assert read(page).meta.bylines == ("Anna Beispiel", "Jan Maria Muster", "Uwe Probe")


def test_the_pictures_of_a_gallery_keep_their_captions() -> None:
    """What stands behind "2 of 12 |" tells a picture, whatever the slides are called."""
    slides = "".join(
        f'<div class="carousel-slide"><span class="lead">{number} of 2 |</span><div class="lead"><p>{text}</p></div></div>'
        for number, text in (
            (1, "Helfer laden in der Nacht Säcke von einem Lastwagen."),
            (2, "Der Gesandte winkt vor dem Palast."),
        )
    )
    found = texts(read(STORY.replace('<div class="article-body">', f'{slides}<div class="article-body">')), "caption")
    assert found[1:] == ["Helfer laden in der Nacht Säcke von einem Lastwagen.", "Der Gesandte winkt vor dem Palast."]


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("<p>Anna Beispiel</p></div></article>", "</div></article>"),
        ('<div>Anna Beispiel | 24.08.2016</div><p class="article-lead">', '<p class="article-lead">'),
    ],
)
def test_a_name_in_the_place_of_a_byline_is_one(line: str, place: str) -> None:
    """Below the last paragraph, or with the day below the headline, where nobody else is named."""
    page = STORY.replace('<p class="author">Von Anna Beispiel</p>', "").replace(
        ',"author":[{"@type":"Person","name":"Anna Beispiel"}]', ""
    )
    assert read(page).meta.bylines == ()
    assert read(page.replace(place, line)).meta.bylines == ("Anna Beispiel",)


def test_the_number_of_an_article_dates_it_where_nothing_else_does() -> None:
    """As in "/news/article/A2026012914320005196"; a day that the page states wins."""
    page = "<html><head><title>Gesandter reist nach Genf</title></head><body><h1>Gesandter reist nach Genf</h1></body></html>"
    told = read(page, url="https://blatt.example/news/A2016082418050005196").meta.published
    assert (told.edtf, told.known_by) == ("2016-08-24", "url")
    assert read(STORY, url="https://blatt.example/news/A2015010118050005196").meta.published.edtf == "2016-08-24"


def test_a_short_line_between_paragraphs_is_one_of_them() -> None:
    """It ends in no full stop, but it stands in the middle of the report."""
    article = read(
        STORY.replace("<h2>Hilfe kommt nicht durch</h2>", "<p>Und die Rebellen, die noch im Osten der Stadt stehen</p>")
    )
    assert [text.split()[0] for text in texts(article, "body")] == ["Der", "Nach", "Und", "In", "Ein"]


def test_a_table_between_paragraphs_belongs_to_the_report() -> None:
    """Row by row, whatever wraps it."""
    table = '<div class="scroll"><table><tbody><tr><td>Aleppo</td><td>31</td></tr><tr><td>Homs</td><td>7</td></tr></tbody></table></div>'
    found = texts(read(STORY.replace("<h2>Hilfe", f"{table}<h2>Hilfe")), "body")
    assert found[2:4] == ["Aleppo 31", "Homs 7"]


def test_paragraphs_over_the_headline_and_hidden_copies_are_no_body() -> None:
    """A list of other reports over the headline, and data that a script reads."""
    other = "Die Ministerin sprach am Montag mit den Soldaten über den Einsatz im Norden und versprach ihnen neue Fahrzeuge."
    page = STORY.replace("<main>", f"<main><div><p>{other}</p></div>").replace(
        "</article>", f'</article><div class="hidden"><p>{other.replace("Montag", "Freitag")}</p></div>'
    )
    page = page.replace("250 000", "250 000 Alte, Kranke, Frauen, Kinder und andere").replace(
        "seit zehn Tagen", "seit " + "sehr " * 40
    )
    assert [text.split()[0] for text in texts(read(page), "body")] == ["Der", "Nach", "In", "Ein"]


def test_a_paragraph_that_only_points_elsewhere_is_no_body() -> None:
    """A line like "SEE MORE: …" between two paragraphs is a teaser; a paragraph with a link in it stays."""
    pointer = '<p><a href="/c">MEHR DAZU: Ministerin besucht am Montag die Truppe im Norden des Landes</a></p>'
    article = read(
        STORY.replace("<h2>Hilfe", f"{pointer}<h2>Hilfe").replace(
            "ohne Vorbedingungen", '<a href="/d">ohne Vorbedingungen</a>'
        )
    )
    assert [text.split()[0] for text in texts(article, "body")] == ["Der", "Nach", "In", "Ein"]
