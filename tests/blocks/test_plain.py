"""Plain text: the flattened text of a page, or nothing but a report. The texts are written for these tests."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from depesche.blocks import article_of
from depesche.record import Article, Dateline, Page, Part, PartLabel

CRAWL = """+
Der Gesandte (l.) und der Minister.

Nach Treffen von Gesandtem und Minister

Vereinte Nationen arbeiten an neuer Waffenruhe

Genf/Kairo - Gibt es eine Chance auf Ruhe im Norden? Die Vereinten Nationen und die Nachbarn des Landes wollen offenbar einen neuen Anlauf wagen.

Die Vereinten Nationen arbeiten an einem Plan für eine neue Waffenruhe im Norden des Landes. Dabei gehe es um sichere Wege für die Helfer und um den Austausch von Gefangenen, sagte der Gesandte am Mittwoch nach einem Gespräch mit dem Minister in Genf.

Parallel zu dem Treffen berieten in Kairo die Außenminister der Nachbarländer über die Lage der Flüchtlinge. Dabei seien „einige Fortschritte“ erreicht worden, sagte einer von ihnen anschließend vor Reportern, ohne auf Einzelheiten einzugehen.

Ein neuer Anlauf zu Verhandlungen zwischen der Regierung und der Opposition werde gegen Ende des Monats erwartet. Bislang haben sich die Gegner nur zu indirekten Gesprächen bereitgefunden, bei denen der Gesandte mit jeder Seite getrennt sprach.

Auch interessant

Meistgelesene Artikel

Ministerin besucht die Truppe im Norden
Die Ministerin sprach mit den Soldaten über den Einsatz und über die Ausrüstung, die ihnen seit Monaten …
Ministerin besucht die Truppe im Norden
Streit um den Haushalt geht in die nächste Runde
Die Fraktionen werden sich nicht einig, wie viel im kommenden Jahr gespart werden soll und an welcher Stelle …
Streit um den Haushalt geht in die nächste Runde

Kommentare"""


def read(text: str | bytes) -> Article:
    """A text from nowhere."""
    content = text.encode() if isinstance(text, str) else text
    return article_of(Page(origin="text.txt", content=content, media_type="text/plain"))


def texts(article: Article, label: PartLabel) -> list[str]:
    """The texts of all parts with one label."""
    return [article.quote(part.span) for part in article.of(Part) if part.label == label]


def test_a_crawled_page_is_cut_into_its_parts() -> None:
    """Kicker, headline, caption, standfirst and body are found without any mark-up."""
    article = read(CRAWL)
    assert texts(article, "kicker") == ["Nach Treffen von Gesandtem und Minister"]
    assert texts(article, "headline") == ["Vereinte Nationen arbeiten an neuer Waffenruhe"]
    assert texts(article, "caption") == ["Der Gesandte (l.) und der Minister."]
    assert len(texts(article, "standfirst")) == 1
    assert len(texts(article, "body")) == 3
    assert texts(article, "chrome") == ["+", "Auch interessant", "Meistgelesene Artikel", "Kommentare"]


def test_its_teasers_are_stubs() -> None:
    """The headline that is printed over and under each blurb stands once."""
    stubs = read(CRAWL).record.article.teasers
    assert [stub.headline for stub in stubs] == [
        "Ministerin besucht die Truppe im Norden",
        "Streit um den Haushalt geht in die nächste Runde",
    ]
    assert all(stub.text.endswith("…") for stub in stubs)


def test_its_dateline_is_read_and_no_date_is_claimed() -> None:
    """Two places; a text that states no date has none."""
    article = read(CRAWL)
    assert [dateline.places for dateline in article.of(Dateline)] == [("Genf", "Kairo")]
    assert (article.meta.published.edtf, article.meta.published.known_by, article.language) == (None, "unknown", "de")


def test_blank_lines_do_not_matter() -> None:
    """A crawl that lost its blank lines, or has them everywhere, has the same parts."""
    dense, loose = (read("\n".join(CRAWL.split("\n\n"))), read(CRAWL.replace("\n", "\n\n")))
    assert [(p.label, dense.quote(p.span)) for p in dense.of(Part)] == [
        (p.label, loose.quote(p.span)) for p in loose.of(Part)
    ]


BODY = CRAWL.split("\n\n")[4:7]
READER = "Ich glaube nicht an diesen Plan, denn keine Seite hat sich je an einen gehalten, und niemand dort hört auf die Vereinten Nationen."


def test_what_follows_the_number_of_comments_is_the_readers() -> None:
    """Sites head their comments with how many there are ("3 Kommentare"), as often as with the word alone."""
    article = read(
        "\n".join([*CRAWL.split("\n\n")[:7], "Der Plan ist " * 40 + "alt.", "3 Kommentare", "Peter P.", READER])
    )
    assert READER in texts(article, "comment")
    assert READER not in texts(article, "body")


@pytest.mark.parametrize(
    ("over", "is_kicker"),
    [
        ("Hintergrund", True),
        ("Nach dem Treffen in Genf", True),
        ("Vereinte Nationen: Neuer Anlauf für den Norden", False),
        ("Vereinte Nationen arbeiten weiter an neuer Waffenruhe", False),
    ],
)
def test_a_kicker_says_something_of_its_own(over: str, is_kicker: bool) -> None:  # noqa: FBT001 (a parameter of the test)
    """One word may be a kicker; the headline as it is written for search engines is none."""
    article = read("\n".join(["Politik", "Ausland", over, "Vereinte Nationen arbeiten an neuer Waffenruhe", *BODY]))
    assert texts(article, "headline") == ["Vereinte Nationen arbeiten an neuer Waffenruhe"]
    assert texts(article, "kicker") == ([over] if is_kicker else [])


def test_numbered_headings_are_the_reports_and_lists_of_what_is_read_are_not() -> None:
    """Lines with "1.", "2.", "3." count as headings where they speak of what the report does."""
    own = [f"{n}. {text}" for n, text in enumerate(("Gesandte im Norden", "Waffenruhe", "Flüchtlinge"), start=1)]
    others = [f"{n}. {text}" for n, text in enumerate(("Rezept für Kuchen", "Wetter am Sonntag", "Rätsel"), start=1)]
    heads = read("\n".join(["Vereinte Nationen arbeiten an neuer Waffenruhe", *BODY, *own]))
    reads = read("\n".join(["Vereinte Nationen arbeiten an neuer Waffenruhe", *BODY, "Meistgelesen", *others]))
    assert set(own) <= {*texts(heads, "subheading"), *texts(heads, "body")}
    assert not set(others) & {*texts(reads, "subheading"), *texts(reads, "body")}


MENU = ("Zum Inhalt springen", "Startseite", "Politik", "Ausland", "Wirtschaft", "Sport", "Kultur", "Anmelden")
FOOT = ("Das könnte Sie auch interessieren", "Streit um den Haushalt geht in die nächste Runde", "Impressum", "Kontakt")
ENGLISH = (
    "Envoy sees progress in talks on northern ceasefire",
    "By Anna Example",
    (
        "GENEVA (AP) — The United Nations and the neighbours of the country are working on a plan for a new ceasefire in the north, the "
        "envoy said on Wednesday after meeting the minister in Geneva."
    ),
    (
        "The talks are about safe roads for aid workers and an exchange of prisoners. Some progress has been made, the envoy told "
        "reporters afterwards, without going into detail."
    ),
)


@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize(
    ("before", "after"),
    [((), ()), (MENU, ()), ((), FOOT), (MENU, FOOT), ((" ".join(MENU),), (" | ".join(FOOT),))],
    ids=["bare", "menu before", "teasers after", "both", "both without their line breaks"],
)
def test_what_a_crawl_leaves_around_a_report_is_not_the_report(
    between: str, before: tuple[str, ...], after: tuple[str, ...]
) -> None:
    """Headline and paragraphs are the same whatever stands around them, with blank lines everywhere or nowhere."""
    german = read(between.join([*before, "Vereinte Nationen arbeiten an neuer Waffenruhe", *BODY, *after]))
    assert texts(german, "headline") == ["Vereinte Nationen arbeiten an neuer Waffenruhe"]
    assert texts(german, "standfirst") + texts(german, "body") == list(BODY)
    english = read(between.join([*before, *ENGLISH, *after]))
    assert (texts(english, "headline"), texts(english, "byline")) == ([ENGLISH[0]], [ENGLISH[1]])
    assert texts(english, "standfirst") + texts(english, "body") == list(ENGLISH[2:])


def test_a_report_on_one_line_is_its_body() -> None:
    """A crawl that joined all paragraphs leaves one long line; its headline still stands apart."""
    article = read("\n".join([*MENU, "Vereinte Nationen arbeiten an neuer Waffenruhe", " ".join(BODY), *FOOT]))
    assert (len(texts(article, "headline")), texts(article, "body")) == (1, [" ".join(BODY)])


def test_lines_wrapped_at_a_fixed_width_are_joined() -> None:
    """A paragraph that a mail program broke at column 65 is one paragraph again."""
    article = read(
        "This is a text that was wrapped at a fixed width of about sixty\ncharacters, as mail programs did, and whose lines therefore do\n"
        "not end where its sentences end. It has two paragraphs.\n\nThe second paragraph begins here and it is also wrapped at the\n"
        "very same width, so that the reader must join the lines again.\nIt ends now."
    )
    assert [text.endswith(("paragraphs.", "now.")) for text in texts(article, "body")] == [True, True]


def test_a_single_sentence_is_a_report() -> None:
    """However short a text is: if it is a sentence, it is read."""
    article = read("Der Minister traf den Gesandten am Dienstag in Genf.")
    assert texts(article, "body") == ["Der Minister traf den Gesandten am Dienstag in Genf."]
    assert (article.language, article.meta.not_article) == ("de", None)


@pytest.mark.parametrize("content", [b"", b" \n ", b"+"])
def test_a_text_without_a_sentence_is_no_article(content: bytes) -> None:
    """The reason is said; nothing fails."""
    assert read(content).meta.not_article is not None


def test_a_dateline_before_a_colon_opens_the_report() -> None:
    """Two places and a colon are a dateline as "Genf/Kairo - " is."""
    article = read(CRAWL.replace("Genf/Kairo - ", "Damaskus/Genf: "))
    assert [dateline.places for dateline in article.of(Dateline)] == [("Damaskus", "Genf")]
    assert texts(article, "kicker") == ["Nach Treffen von Gesandtem und Minister"]


def test_a_written_date_is_known_by_the_text() -> None:
    """A date line near the headline is the publication day."""
    article = read(CRAWL.replace("Genf/Kairo", "26. Juli 2016\n\nGenf/Kairo"))
    assert (article.meta.published.edtf, article.meta.published.known_by) == ("2016-07-26", "text")


@settings(max_examples=80, deadline=None)
@given(
    st.one_of(st.binary(max_size=300), st.text(max_size=300).map(lambda text: text.encode("utf-8", errors="replace")))
)
def test_any_bytes_are_read(content: bytes) -> None:
    """Parts lie in order inside the text, and nothing but blank lines lies between them."""
    article = read(content)
    assert "\n\n".join(article.quote(part.span) for part in article.of(Part)) == article.text
