"""Page or row → article: the canonical text with labelled parts, and what the page says of itself.

One public verb, `article_of`. Rows keep the caller's cutting; plain text goes through the line reader, HTML through the
page reader. No page makes it fail: what is no article says so in `Meta.not_article`.
"""

from depesche.blocks.html import article_of_html
from depesche.blocks.plain import article_of_plain
from depesche.blocks.rows import article_of_row
from depesche.record import Article, Page, Row

__all__ = ["article_of"]


def article_of(source: Page | Row) -> Article:
    """The article of a page or row, with Part and Dateline marks.

    Raises:
        RowError: a row without text, with a lone surrogate, or whose `published` is no ISO date.
    """
    if isinstance(source, Row):
        return article_of_row(source)
    if source.media_type in {"text/html", "application/xhtml+xml"}:
        return article_of_html(source)
    return article_of_plain(source)
