"""A web page → labelled parts, fields and metadata: one parse, one walk, one decision for every block."""

from depesche.blocks.bylines import parted, stated_authors
from depesche.blocks.canonical import fold_line
from depesche.blocks.compose import Piece, joined
from depesche.blocks.dateline import dateline_of
from depesche.blocks.dates import Dates, page_dates
from depesche.blocks.decode import decoded
from depesche.blocks.forest import Looks
from depesche.blocks.headline import Headline, headline_of
from depesche.blocks.jsonld import Linked, linked_facts
from depesche.blocks.labelling import labelled
from depesche.blocks.languages import code_of, declared_or_detected
from depesche.blocks.stubs import stubbed
from depesche.blocks.walk import Tree, path_of, walked
from depesche.record import Article, Meta, Page, Part, PartLabel, Published


def article_of_html(page: Page, *, models: Looks | None = None) -> Article:
    """The article of a web page; a page that is none says why in `Meta.not_article`.

    Args:
        page: as it was acquired.
        models: other classifiers than the ones shipped, to measure them.
    """
    tree = walked(decoded(page.content, charset=page.charset))
    linked = linked_facts(tree.linked)
    headline = headline_of(tree, linked)
    authors = stated_authors(tree, linked)
    labels = labelled(tree, linked, headline, authors=authors, models=models)
    text, parts = joined(stubbed(_pieces(tree, labels, headline)))
    dates = page_dates(tree, linked, url=page.url, anchor=headline.block if headline else -1)
    report = " ".join(text[p.span.start : p.span.end] for p in parts if p.label in {"body", "standfirst", "headline"})
    meta = _meta(page, tree, linked, dates=dates, report=report, parts=parts)
    dateline = next(filter(None, (dateline_of(text, part) for part in _openings(parts))), None)
    return Article(text=text, meta=meta, marks=(*parts, dateline) if dateline else parts)


def _pieces(tree: Tree, labels: list[PartLabel], headline: Headline | None) -> list[Piece]:
    pieces = []
    if headline and headline.block < 0:
        pieces.append(Piece(label="headline", text=fold_line(headline.text), why=headline.why, at="head"))
    seen: set[str] = set()
    for block, label in zip(tree.blocks, labels, strict=True):
        # Menus stand on a page twice, once for small screens; and so do headlines.
        if label != "body" and block.text in seen:
            continue
        seen.add(block.text)
        credit = (block.credit, len(block.text)) if label == "caption" and 0 <= block.credit < len(block.text) else None
        pieces.append(
            Piece(
                label=label, text=block.text, why="block rules", at=path_of(tree, block.element), credit=credit,
                url=block.href if label == "teaser" else None,
            )
        )  # fmt: skip
    return pieces


def _openings(parts: tuple[Part, ...]) -> list[Part]:
    """Where a dateline may stand: the standfirst, the first paragraph."""
    found = {part.label: part for part in reversed(parts) if part.label in {"standfirst", "body"}}
    return [found[label] for label in ("standfirst", "body") if label in found]


def _meta(page: Page, tree: Tree, linked: Linked, *, dates: Dates, report: str, parts: tuple[Part, ...]) -> Meta:
    names, agencies = parted(stated_authors(tree, linked))
    published = (
        Published(edtf=page.published, known_by="given", why="given by the caller")
        if page.published
        else dates.published
    )
    language = code_of(page.language) or declared_or_detected(tree.language or linked.language, text=report)
    return Meta(
        origin=page.origin,
        url=page.url,
        canonical_url=tree.canonical,
        source=next(iter(tree.metas.get("og:site_name", ())), None) or linked.publisher,
        section=linked.section or next(iter(tree.metas.get("article:section", ())), None),
        language=language,
        bylines=names,
        agencies=agencies,
        published=published,
        updated=dates.updated,
        not_article=None if any(part.label == "body" for part in parts) else "no paragraph of a report in it",
        paywalled=linked.free is False,
        live=linked.live,
    )
