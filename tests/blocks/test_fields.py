"""Fields of a page: dates, JSON-LD, headlines, names, encodings, language."""

import pytest

from depesche.blocks.bylines import written_names
from depesche.blocks.credits import credit_of
from depesche.blocks.dates import day_of
from depesche.blocks.decode import decoded
from depesche.blocks.headline import without_site
from depesche.blocks.jsonld import linked_facts
from depesche.blocks.languages import declared_or_detected, detected
from depesche.blocks.markup import bit, meaning


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2016-07-26T23:30:00-04:00", "2016-07-26"),
        ("26.07.2016, 18:05 Uhr", "2016-07-26"),
        ("Stand: 26. Juli 2016", "2016-07-26"),
        ("July 26, 2016 10:00 am", "2016-07-26"),
        ("Updated 3 Sept. 2016", "2016-09-03"),
        ("2016年7月26日", "2016-07-26"),
        ("20160726", "2016-07-26"),
        ("1469520000", "2016-07-26"),
        ("31.02.2016", None),
        ("heute, 18 Uhr", None),
    ],
)
def test_a_written_day_is_read(written: str, day: str | None) -> None:
    """The day is the one that is written, in its own time zone; what is no day is none."""
    assert day_of(written) == day


@pytest.mark.parametrize(
    "script",
    [
        '{"@type":"NewsArticle","headline":"Ein Titel"}',
        '<!-- {"@type":"NewsArticle","headline":"Ein Titel"} -->',
        '//<![CDATA[\n{"@type":"NewsArticle","headline":"Ein Titel",}\n//]]>',
        '{"@graph":[{"@type":"WebPage"},{"@type":["NewsArticle"],"headline":"Ein Titel"}]}',
        '{"@type":"NewsArticle","headline":"Ein Titel","description":"zwei\nZeilen"}',
        '{"@type":"Organization","name":"X"}{"@type":"NewsArticle","headline":"Ein Titel"}',
        "{&quot;@type&quot;:&quot;NewsArticle&quot;,&quot;headline&quot;:&quot;Ein Titel&quot;}",
    ],
)
def test_json_ld_survives_the_usual_errors(script: str) -> None:
    """Comments, CDATA, trailing commas, bare newlines, objects in a row, escaped quotes."""
    assert linked_facts([script]).headline == "Ein Titel"


@pytest.mark.parametrize(
    "script", ["", "kein JSON", "[" * 50_000, '{"@type":1,"headline":[null]}', '{"@graph":' * 5_000]
)
def test_what_is_no_json_ld_is_passed_over(script: str) -> None:
    """Nothing is found and nothing fails, however deep it nests."""
    assert linked_facts([script]).headline is None


def test_authors_are_found_by_reference() -> None:
    """The author may be an id that stands elsewhere in the graph."""
    script = '{"@graph":[{"@type":"NewsArticle","headline":"T","author":{"@id":"#a"}},{"@type":"Person","@id":"#a","name":"Anna Beispiel"}]}'
    assert linked_facts([script]).authors == ["Anna Beispiel"]


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("Gesandter in Genf | Beispielblatt", "Gesandter in Genf"),
        ("Gesandter in Genf - Beispielblatt", "Gesandter in Genf"),
        ("Beispielblatt: Gesandter in Genf", "Beispielblatt: Gesandter in Genf"),
        ("Krieg - und kein Ende", "Krieg - und kein Ende"),
    ],
)
def test_site_names_are_stripped(title: str, headline: str) -> None:
    """Only what is known to be the site's name, or stands behind a bar, is cut."""
    assert without_site(title, {"beispielblatt"}) == headline


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("Von Anna Beispiel und Bernd Muster, Genf 05.08.2024, 20:59 Uhr", ["Anna Beispiel", "Bernd Muster", "Genf"]),
        ("By Jane Sample | 3 May", ["Jane Sample"]),
        ("26.07.2016", []),
    ],
)
def test_names_of_a_byline(byline: str, names: list[str]) -> None:
    """The opening word is cut, and what follows a digit or a bar."""
    assert list(written_names(byline)) == names


@pytest.mark.parametrize(
    ("caption", "credit"),
    [
        ("Kerry in Genf. © dpa", "© dpa"),
        ("Kerry in Geneva (Photo: Jane Sample)", "(Photo: Jane Sample)"),
        ("Kerry in Genf.", None),
    ],
)
def test_a_credit_is_told_from_its_caption(caption: str, credit: str | None) -> None:
    """From the sign or the introducing word to the end, brackets included."""
    span = credit_of(caption)
    assert (caption[span[0] : span[1]] if span else None) == credit


@pytest.mark.parametrize(
    ("content", "charset"),
    [
        ("Größe".encode(), None),
        ("Größe".encode("utf-8-sig"), None),
        ("Größe".encode("utf-16"), None),
        ("Größe".encode("latin-1"), "iso-8859-1"),
        (b'<meta charset="iso-8859-1">' + "Größe".encode("latin-1"), None),
        (b'<meta charset="iso-8859-1">' + "Größe".encode(), None),
        ("Größe".encode(), "latin-1"),
    ],
)
def test_encodings(content: bytes, charset: str | None) -> None:
    """Marks, transport and the page's word are heeded, but bytes that are UTF-8 are UTF-8 whatever is said of them."""
    assert decoded(content, charset=charset).endswith("Größe")


def test_one_bad_byte_does_not_change_the_encoding() -> None:
    """A page in UTF-8 with a stray byte loses that one character only."""
    assert decoded("Größe und ".encode() * 9 + b"\xff" + "Größe".encode(), charset="utf-8").endswith("\ufffdGröße")


def test_a_wrong_declaration_is_overruled_by_the_words() -> None:
    """Templates are copied: `<html lang="en">` over German text is common."""
    german = "Der Minister sprach mit dem Gesandten, und die Gespräche sind nach seinen Worten auf einem guten Weg, aber noch nicht am Ende."
    assert (declared_or_detected("en", text=german), declared_or_detected("de", text=""), detected("")) == (
        "de",
        "de",
        "und",
    )


def test_names_in_markup_are_cut_at_every_border() -> None:
    """Hyphens, underscores and capitals part words; two words may be one."""
    assert meaning("ArticleBody__text--2f3a") & bit("body")
    assert meaning("most-read-list") & bit("teaser")
    assert meaning("css-1x2y3z") == 0
