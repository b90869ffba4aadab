"""The article, and the page or row that it is made from."""

import datetime as dt
import hashlib
import unicodedata
from bisect import bisect_left, bisect_right
from copy import copy
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, TypeVar

import msgspec

from depesche.errors import SpanError
from depesche.record.marks import Mark, Span
from depesche.record.vocabulary import KnownBy

if TYPE_CHECKING:
    from depesche.document import Record


_by_span = attrgetter("span")
Edges = tuple[list[int], list[int] | None]
"""Where marks begin, and where they end unless one ends behind a later one."""


class Published(msgspec.Struct, frozen=True, kw_only=True):
    """When the report came out, and how that is known (codebook section 1)."""

    edtf: str | None = None
    known_by: KnownBy = "unknown"
    why: str = "no date found"


class Meta(msgspec.Struct, frozen=True, kw_only=True):
    """What a page says of itself.

    Attributes:
        id: the caller's id, where a row gave one.
        origin: where it was read from: path, URL, or path#row.
        not_article: why this page is no report (a section front, a 404), or None.
    """

    origin: str
    id: str | None = None
    url: str | None = None
    canonical_url: str | None = None
    source: str | None = None
    section: str | None = None
    language: str = "und"
    bylines: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    published: Published = Published()
    updated: str | None = None
    not_article: str | None = None
    paywalled: bool = False
    live: bool = False


M = TypeVar("M", bound=Mark)


class Article(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """One report: its canonical text, what the page says of itself, and the marks on it.

    Raises:
        SpanError: the text is not NFC or holds a lone surrogate.
    """

    text: str
    meta: Meta
    marks: tuple[Mark, ...] = ()

    def __post_init__(self) -> None:
        if not unicodedata.is_normalized("NFC", self.text):
            raise SpanError("the text is not in Unicode NFC; fold it with depesche.blocks before making an Article")
        try:
            self.text.encode()
        except UnicodeEncodeError as error:
            raise SpanError(f"the text holds a lone surrogate at {error.start}; decode the input anew") from error

    @property
    def language(self) -> str:
        """ISO 639-1 code, or "und"."""
        return self.meta.language

    @cached_property
    def id(self) -> str:
        """The caller's id, else a hash of canonical text and URL."""
        return self.meta.id or digest(self.text, self.meta.url or "")

    @cached_property
    def _by_kind(self) -> dict[type[Mark], tuple[Mark, ...]]:
        lists: dict[type[Mark], list[Mark]] = {}
        for mark in self.marks:
            lists.setdefault(type(mark), []).append(mark)
        return {kind: tuple(sorted(found, key=_by_span)) for kind, found in lists.items()}

    @cached_property
    def _edges(self) -> dict[type[Mark], Edges]:
        """Where the marks of each kind begin and end, of the kinds that were asked for."""
        return {}

    def of(self, kind: type[M]) -> tuple[M, ...]:
        """All marks of one kind, in reading order."""
        return self._by_kind.get(kind, ())  # type: ignore[return-value]  # the key is the kind of its values

    def within(self, kind: type[M], span: Span) -> tuple[M, ...]:
        """The marks of one kind that lie wholly inside the span, in reading order."""
        marks = self.of(kind)
        if not marks:
            return ()
        edges = self._edges.get(kind)
        if edges is None:
            starts, ends = [m.span.start for m in marks], [m.span.end for m in marks]
            edges = self._edges[kind] = starts, ends if ends == sorted(ends) else None
        starts, in_order = edges
        first, last = bisect_left(starts, span.start), bisect_left(starts, span.end)
        if in_order is not None:
            return marks[first : bisect_right(in_order, span.end, first, max(first, last))]
        return tuple(m for m in marks[first:last] if m.span.end <= span.end)

    def quote(self, span: Span) -> str:
        """The characters of a span."""
        return self.text[span.start : span.end]

    def with_marks(self, marks: tuple[Mark, ...]) -> "Article":
        """The same article with more marks."""
        later = copy(self)  # not made anew: the text need not be looked through again after every stage
        later.__dict__.clear()
        msgspec.structs.force_setattr(later, "marks", self.marks + marks)
        # Each stage adds one kind: the others need not be sorted again, which would take longer than many a stage.
        lists, edges = dict(self._by_kind), dict(self._edges)
        kinds = set(map(type, marks))
        for kind in kinds:
            edges.pop(kind, None)
            own = marks if len(kinds) == 1 else tuple(mark for mark in marks if type(mark) is kind)
            lists[kind] = tuple(sorted((*lists.get(kind, ()), *own), key=_by_span))
        later.__dict__.update(_by_kind=lists, _edges=edges)
        return later

    @cached_property
    def record(self) -> "Record":
        """The record document of this article (`docs/record.md`)."""
        from depesche.document import record_of  # noqa: PLC0415 (the document is a view built on these types)

        return record_of(self)


class Page(msgspec.Struct, frozen=True, kw_only=True, tag="page"):
    """Bytes of a page as they came, made only in `acquire/`.

    Attributes:
        media_type: text/html or text/plain.
        charset: what the transport said, if anything.
        published: EDTF date given by the caller, if any; `language` likewise.
    """

    origin: str
    content: bytes
    media_type: str
    url: str | None = None
    charset: str | None = None
    published: str | None = None
    language: str | None = None
    fetched: dt.datetime | None = None


class Row(msgspec.Struct, frozen=True, kw_only=True, tag="row"):
    """One row of a table of texts (`docs/record.md`, input rows); the caller's cutting into fields is trusted."""

    origin: str
    body: str
    headline: str | None = None
    id: str | None = None
    published: str | None = None
    language: str | None = None
    url: str | None = None
    source: str | None = None


def digest(*parts: str) -> str:
    """A stable 16-digit id from text: the same content has the same id in every run."""
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=8).hexdigest()


def mark_id(article: Article, kind: str, span: Span, *more: str) -> str:
    """The stable id of an event or figure: same article, kind and place give the same id."""
    return digest(article.id, kind, str(span.start), str(span.end), *more)
