"""What a page's JSON-LD says of its article (https://schema.org/NewsArticle), read in spite of the usual errors."""

import html
import re
from collections.abc import Iterable, Iterator

import msgspec

_ARTICLE = re.compile(r"Article|BlogPosting|Reportage|LiveBlog|Report$|VideoObject|Review$|AudioObject|CreativeWork$")
_LISTING = frozenset({"CollectionPage", "ItemList", "SearchResultsPage", "ProfilePage", "AboutPage", "ContactPage"})
_CONTROL = re.compile(r"[\x00-\x1f]+")
_TRAILING = re.compile(r",\s*([}\]])")
_OPENS = re.compile(r"\A\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*<!\[CDATA\[\*/)\s*")
_CLOSES = re.compile(r"\s*(?:;|-->|//\s*\]\]>|\]\]>|/\*\]\]>\*/)*\s*\Z")
_TAG = re.compile(r"<[^<>]{1,300}>")
_DEEPEST = 12
_TAIL = 40
_MOST = 500


class Linked(msgspec.Struct, kw_only=True):
    """The facts of a page's JSON-LD that reading needs; the first article wins over what stands beside it.

    Attributes:
        types: all `@type`s of the page's own graph.
        free: `isAccessibleForFree`, where it is said.
    """

    types: list[str] = []
    headline: str | None = None
    alternative: str | None = None
    description: str | None = None
    body: str | None = None
    published: str | None = None
    modified: str | None = None
    section: str | None = None
    publisher: str | None = None
    language: str | None = None
    authors: list[str] = []
    captions: list[str] = []
    free: bool | None = None
    live: bool = False


def linked_facts(scripts: Iterable[str]) -> Linked:
    """The facts of all JSON-LD scripts of a page; what cannot be repaired is passed over."""
    nodes: list[dict[object, object]] = []
    for script in scripts:
        nodes += _nodes(_decoded(script), depth=0)
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 2}  # noqa: PLR2004
    facts = Linked(types=[kind for node in nodes for kind in _types(node)])
    ranked = sorted((node for node in nodes if _rank(node)), key=_rank, reverse=True)
    for node in ranked:
        _take(node, facts, by_id)
    return facts


def _decoded(script: str) -> object:
    text = script.strip().lstrip("\ufeff")
    if not text.startswith(("{", "[")):
        text = _OPENS.sub("", text)
    if not text.endswith(("}", "]")):
        # Only the last characters: a pattern that looks for trailing space crawls over a long script.
        text = text[:-_TAIL] + _CLOSES.sub("", text[-_TAIL:])
    repairs = (
        lambda t: t,
        lambda t: _TRAILING.sub(r"\1", _CONTROL.sub(" ", t)),
        lambda t: _TRAILING.sub(r"\1", _CONTROL.sub(" ", html.unescape(t))),
        lambda t: "[" + re.sub(r"}\s*{", "},{", _CONTROL.sub(" ", t)) + "]",
        lambda t: re.sub(r'\\(?!["\\/bfnrtu])', r"\\\\", _TRAILING.sub(r"\1", _CONTROL.sub(" ", t))),
    )
    for repair in repairs:
        try:
            return msgspec.json.decode(repair(text).encode("utf-8", errors="replace"), type=object)
        except (msgspec.DecodeError, RecursionError):
            continue
    return None


def _nodes(value: object, *, depth: int) -> list[dict[object, object]]:
    """Every object of a graph that has a type, outermost first."""
    if depth > _DEEPEST:
        return []
    if isinstance(value, list):
        return [node for item in value[:_MOST] for node in _nodes(item, depth=depth + 1)]
    if not isinstance(value, dict):
        return []
    found = [value] if "@type" in value else []
    for key in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "liveBlogUpdate"):
        if key in value and key != "liveBlogUpdate":
            found += _nodes(value[key], depth=depth + 1)
    return found


def _types(node: dict[object, object]) -> list[str]:
    kinds = node.get("@type")
    return [k for k in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(k, str)]


def _rank(node: dict[object, object]) -> int:
    """How much a node is the page's article: an article with headline and date, before a bare page."""
    kinds = _types(node)
    if not any(_ARTICLE.search(kind) for kind in kinds):
        return int(any(kind.endswith("WebPage") for kind in kinds) and "datePublished" in node)
    rank = 2 + 2 * ("headline" in node) + ("datePublished" in node) + ("articleBody" in node)
    return rank + 2 * any(kind.endswith(("NewsArticle", "Article", "LiveBlogPosting", "BlogPosting")) for kind in kinds)


def _take(node: dict[object, object], facts: Linked, by_id: dict[object, dict[object, object]]) -> None:
    facts.headline = facts.headline or _text(node.get("headline"))
    facts.alternative = facts.alternative or _text(node.get("alternativeHeadline"))
    facts.description = facts.description or _text(node.get("description"))
    facts.body = facts.body or _text(node.get("articleBody"))
    facts.published = facts.published or _text(node.get("datePublished"))
    facts.modified = facts.modified or _text(node.get("dateModified"))
    facts.section = facts.section or next(iter(_texts(node.get("articleSection"))), None)
    facts.publisher = facts.publisher or next(iter(_names(node.get("publisher"), by_id)), None)
    facts.language = facts.language or _text(node.get("inLanguage"))
    facts.live = facts.live or "LiveBlogPosting" in _types(node)
    if not facts.authors:
        facts.authors = list(dict.fromkeys(_names(node.get("author") or node.get("creator"), by_id)))
    for image in _listed(node.get("image")):
        if isinstance(image, dict):
            facts.captions += [c for c in (_text(image.get("caption")), _text(image.get("description"))) if c]
    if facts.free is None:
        facts.free = _truth(node.get("isAccessibleForFree"))


def _names(value: object, by_id: dict[object, dict[object, object]]) -> Iterator[str]:
    for item in _listed(value):
        node = by_id.get(item.get("@id"), item) if isinstance(item, dict) and "name" not in item else item
        if isinstance(node, dict):
            yield from _texts(node.get("name"))
        elif text := _text(node):
            yield text


def _listed(value: object) -> list[object]:
    return value[:_MOST] if isinstance(value, list) else [] if value is None else [value]


def _texts(value: object) -> Iterator[str]:
    for item in _listed(value):
        if text := _text(item):
            yield text


def _text(value: object) -> str | None:
    """A string without the entities and tags that generators leave in it."""
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name")
    if isinstance(value, list):
        value = value[0] if value else None
    if not isinstance(value, str):
        return None
    if "&" in value:
        value = html.unescape(value)
    if "<" in value:
        value = _TAG.sub(" ", value)
    return value.strip() or None


def _truth(value: object) -> bool | None:
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return {"true": True, "false": False}.get(value.strip().lower().rsplit("/", 1)[-1])
    return None
