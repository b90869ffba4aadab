"""The public verbs: from a path or a text to an article with its record."""

import itertools
import traceback
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from depesche.acquire import checked_date, sources
from depesche.blocks import article_of
from depesche.errors import FaultError, InputError
from depesche.pipeline import Pipeline, default_stages
from depesche.record import Article, Dateline, Page, Part, Row

_BATCH = 16


@cache
def default_pipeline() -> Pipeline:
    """The stages of `pipeline.default_stages`, checked; one pipeline a process, since its models are loaded once."""
    return Pipeline(default_stages(), given=frozenset({Part, Dateline}))


def read(path: str | Path, *, published: str | None = None, language: str | None = None) -> Article:
    """Read one page, text or row.

    Args:
        path: a file, or `-` for standard input.
        published: ISO date on which the report came out, where the caller knows it.
        language: ISO 639-1 code, where the caller knows it.

    Returns:
        The article; its record document is `article.record`.

    Raises:
        InputError: the path cannot be read, or holds more than one report (use `read_many`).
    """
    found = list(read_many([path], published=published, language=language))
    if len(found) > 1:
        raise InputError(f"holds {len(found)} reports; use read_many for tables and folders", where=str(path))
    if isinstance(found[0], InputError):
        raise found[0]
    return found[0]


def read_text(text: str, *, published: str | None = None, language: str | None = None) -> Article:
    """Read a report from a string: plain text as a page or a crawl left it.

    Raises:
        InputError: the text is empty, or the date is none.
    """
    page = Page(
        origin="text",
        content=text.encode("utf-8", "surrogatepass"),
        media_type="text/plain",
        charset="utf-8",
        published=checked_date(published),
        language=language,
    )
    return default_pipeline()(article_of(page))


def read_many(
    paths: Iterable[str | Path], *, published: str | None = None, language: str | None = None
) -> Iterator[Article | InputError]:
    """Read everything under the paths, in order; what cannot be read comes out as its error and stops nothing.

    Raises:
        InputError: `published` is no ISO date.
    """
    date = checked_date(published)
    found = (source for path in paths for source in sources(str(path), published=date, language=language))
    while batch := list(itertools.islice(found, _BATCH)):
        yield from outcomes(batch)


def outcomes(found: Sequence[Page | Row | InputError]) -> Iterator[Article | InputError]:
    """The article of each source, in order, or why there is none.

    A fault of our own in one report must not cost the others: it comes out as that report's `FaultError`.
    """
    opened = [_opened(source) for source in found]
    try:
        read = iter(list(default_pipeline().many([a for a in opened if isinstance(a, Article)])))
    except Exception:  # noqa: BLE001 (one of them has a fault: find out which)
        yield from (_alone(a) if isinstance(a, Article) else a for a in opened)
        return
    yield from (next(read) if isinstance(a, Article) else a for a in opened)


def _opened(source: Page | Row | InputError) -> Article | InputError:
    if isinstance(source, InputError):
        return source
    try:
        return article_of(source)
    except InputError as error:
        return error
    except Exception as error:  # noqa: BLE001 (the page is named; what stands around it is read)
        return _fault(error, where=source.origin)


def _alone(article: Article) -> Article | InputError:
    try:
        return default_pipeline()(article)
    except Exception as error:  # noqa: BLE001 (likewise)
        return _fault(error, where=article.meta.origin)


def _fault(error: Exception, *, where: str) -> FaultError:
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(frame.filename).name}:{frame.lineno}"
    what = f"a fault in Depesche ({type(error).__name__}: {error}, {place}); please report it with this input"
    return FaultError(what, where=where)
