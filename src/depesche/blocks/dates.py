"""Publication and update day, in the order of trust: JSON-LD, meta, time elements, URL, visible text (codebook section 1)."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from functools import cache

import msgspec

from depesche.blocks.jsonld import Linked
from depesche.blocks.markup import bit
from depesche.blocks.tree import TAGS, TimeElement, Tree
from depesche.record import Published
from depesche.words import languages, lexicon

_EARLIEST = 1994
_PUBLISHED_META = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "date", "dc.date.issued",
    "dc.date", "dcterms.created", "dcterms.date", "dcterms.issued", "sailthru.date", "parsely-pub-date", "publish-date",
    "publishdate", "publish_date", "pubdate", "publication_date", "article.published", "originalpublicationdate",
    "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "last-published", "iptc:date", "article_date_original",
    "vr:published_time", "rnews:datepublished", "weibo:article:create_at", "citation_publication_date", "prism.publicationdate",
    "datecreated", "article:post_date", "shareaholic:article_published_time", "published_at", "displaydate", "created", "release_date",
)  # fmt: skip
_MODIFIED_META = (
    "article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified", "article:updated_time",
    "lastmod", "revised", "article.updated",
)  # fmt: skip
_NUMERIC = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)")
_DAY_FIRST = re.compile(r"(?<![\d.])(\d{1,2})[./](\d{1,2})[./](\d{4}|\d{2})(?![\d])")
_ASIAN = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
_URL = re.compile(r"[/_.-]((?:19|20)\d\d)[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?!\d)")
# "/news/article/A2026012914320005196": numbers of articles often begin with the day.
_NUMBERED = re.compile(r"(?<=[/=_A-Za-z])(20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{2,11}(?!\d)")
_NAMED = re.compile(
    r"(?:(\d{1,2})(?:\.|st|nd|rd|th|er|º)?\s?(?:de\s|of\s)?([^\W\d_]{3,10})\.?,?\s(?:de\s|del\s)?(\d{4}))"
    r"|(?:([^\W\d_]{3,10})\.?\s(\d{1,2})(?:st|nd|rd|th)?,?\s(\d{4}))"
)
_TIME_BIT = 1 << TAGS.index("time")
_HEAD_BLOCKS = 12


class Month(msgspec.Struct, frozen=True, kw_only=True):
    """A month's name or abbreviation, lower case, without its full stop."""

    name: str
    number: int
    example: str


class Dates(msgspec.Struct, frozen=True, kw_only=True):
    """When a page came out and when it was last changed, as EDTF days."""

    published: Published
    updated: str | None = None


@cache
def _months() -> dict[str, int]:
    return {m.name: m.number for language in languages() for m in lexicon(language, "blocks_months", Month)}


def day_of(value: str) -> str | None:
    """The day a machine-readable or written date names, as `2016-07-26`; None where it names none.

    The day is the one that is written: "2016-07-26T23:30:00-04:00" stays the 26th.
    """
    value = value.strip()
    if match := _NUMERIC.search(value) or _ASIAN.search(value):
        return _day(match[1], match[2], match[3])
    if match := _DAY_FIRST.search(value):
        year = match[3] if len(match[3]) == 4 else "20" + match[3]  # noqa: PLR2004 (a year in two digits is of this century)
        return _day(year, match[2], match[1]) or _day(year, match[1], match[2])
    for match in _NAMED.finditer(value):
        name = (match[2] or match[4]).lower()
        month = _months().get(name) or _months().get(name[:3])
        if month:
            return _day(match[3] or match[6], str(month), match[1] or match[5])
    if match := _COMPACT.search(value):
        return _day(match[1], match[2], match[3])
    if re.fullmatch(r"1\d{9}(?:\d{3})?", value):
        return dt.datetime.fromtimestamp(int(value[:10]), tz=dt.UTC).date().isoformat()
    return None


def _day(year: str, month: str, day: str) -> str | None:
    try:
        found = dt.date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found.isoformat() if _EARLIEST <= found.year <= dt.datetime.now(tz=dt.UTC).year + 1 else None


def page_dates(tree: Tree, linked: Linked, *, url: str | None, anchor: int) -> Dates:
    """The dates of a page, the most trusted source first.

    Args:
        tree: the walked page.
        linked: its JSON-LD.
        url: where it stood.
        anchor: number of the headline's block (-1 where it has none); visible dates are looked for around it.
    """
    updated = next((d for d, _ in _days(_modified(tree, linked))), None)
    address = url or tree.canonical or next(iter(tree.metas.get("og:url", ())), "")
    for known_by, found in (
        ("metadata", _published(tree, linked)),
        ("metadata", _times(tree.times, anchor)),
        ("url", [(address, "url")] if _URL.search(address) else []),
        ("text", _visible(tree, anchor)),
        ("url", [("-".join(match.groups()), "number in the url") for match in _NUMBERED.finditer(address)][:1]),
    ):
        for day, why in _days(found):
            return Dates(published=Published(edtf=day, known_by=known_by, why=why), updated=updated)  # type: ignore[arg-type]
    if updated:
        return Dates(published=Published(edtf=updated, known_by="metadata", why="update date"), updated=updated)
    return Dates(published=Published(why="the page states no date"))


def _days(found: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for value, why in found:
        if day := day_of(value):
            yield day, why


def _published(tree: Tree, linked: Linked) -> Iterator[tuple[str, str]]:
    if linked.published:
        yield linked.published, "JSON-LD datePublished"
    for key in _PUBLISHED_META:
        for value in tree.metas.get(key, ()):
            yield value, f"meta {key}"


def _modified(tree: Tree, linked: Linked) -> Iterator[tuple[str, str]]:
    if linked.modified:
        yield linked.modified, "JSON-LD dateModified"
    for key in _MODIFIED_META:
        for value in tree.metas.get(key, ()):
            yield value, f"meta {key}"


def _times(times: list[TimeElement], anchor: int) -> Iterator[tuple[str, str]]:
    """Time elements, nearest to the headline first, those of teasers and comments left out."""
    foreign = bit("teaser") | bit("comment") | bit("nav")
    usable = [t for t in times if not t.near & foreign]
    for time in sorted(usable, key=lambda t: abs(t.block - anchor) if anchor >= 0 else t.block):
        yield time.value, "time element"


def _visible(tree: Tree, anchor: int) -> Iterator[tuple[str, str]]:
    """Dates written in short blocks around the headline."""
    first = max(0, anchor - 3)
    for block in tree.blocks[first : first + _HEAD_BLOCKS]:
        if len(block.text) <= 90:  # noqa: PLR2004 (a date line, not a paragraph that speaks of a date)
            yield block.text, "date line"
