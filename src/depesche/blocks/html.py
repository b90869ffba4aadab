"""A web page → labelled parts, fields and metadata: one parse, one walk, one decision for every block."""

from collections.abc import Iterator, Sequence

from depesche.blocks.bylines import authors_of, byline_texts, parted, stated_authors
from depesche.blocks.canonical import fold_line
from depesche.blocks.compose import Piece, joined
from depesche.blocks.credits import credit_of
from depesche.blocks.dateline import opening_dateline
from depesche.blocks.dates import Dates, page_dates
from depesche.blocks.decode import as_utf8
from depesche.blocks.forest import Looks
from depesche.blocks.headline import Headline, headline_of
from depesche.blocks.jsonld import Linked, linked_facts
from depesche.blocks.labelling import labelled
from depesche.blocks.languages import code_of, declared_or_detected
from depesche.blocks.nesting import tamed
from depesche.blocks.paths import block_paths
from depesche.blocks.scripted import scripted_pieces
from depesche.blocks.stubs import stubbed
from depesche.blocks.survey import surveyed
from depesche.blocks.tree import Tree
from depesche.blocks.verdict import claims_article, is_live, is_paywalled, not_article
from depesche.blocks.walk import walked
from depesche.record import Article, Meta, Page, PartLabel, Published

# A paragraph of few words ("Nein.") may well stand twice in an interview.
_SHORT = 60
_LEARNED = frozenset({"standfirst", "body", "subheading", "caption", "byline"})
_UNTOLD = frozenset({"chrome", "teaser"})
_REPORT = frozenset({"headline", "standfirst", "body"})


def article_of_html(page: Page, *, models: Looks | None = None) -> Article:
    """The article of a web page; a page that is none says why in `Meta.not_article`.

    Args:
        page: as it was acquired.
        models: other classifiers than the ones shipped, to measure them.
    """
    survey = surveyed(page.content)
    content = as_utf8(page.content, is_utf8=survey.is_utf8, charset=page.charset)
    tree = walked(tamed(content, tags=survey.tags))
    linked = linked_facts(tree.linked)
    headline = headline_of(tree, linked)
    authors = stated_authors(tree, linked)
    labels = labelled(tree, linked, headline, authors=authors, models=models)
    pieces = stubbed(_pieces(tree, labels, headline))
    if not any(piece.label == "body" for piece in pieces):
        pieces += _hidden_pieces(content, tree, linked)
    dates = page_dates(tree, linked, url=page.url, anchor=headline.block if headline else -1)
    text, parts = joined(pieces)
    dateline = opening_dateline(text, parts)
    return Article(
        text=text,
        meta=_meta(page, tree, linked, pieces=pieces, dates=dates, labels=labels),
        marks=(*parts, dateline) if dateline else parts,
    )


def _pieces(tree: Tree, labels: list[PartLabel], headline: Headline | None) -> list[Piece]:
    """The blocks with their labels; what stands on the page twice (menus for small screens) once."""
    kept = {block.text for block, label in zip(tree.blocks, labels, strict=True) if label not in _UNTOLD}
    paths = block_paths(tree)
    pieces = list(_headline_pieces(headline, "head")) if headline and headline.block < 0 else []
    seen: set[str] = set()
    for number, (block, label) in enumerate(zip(tree.blocks, labels, strict=True)):
        if headline and number == headline.block:
            pieces += _headline_pieces(headline, paths[number])
            continue
        if block.text in seen or (label in _UNTOLD and block.text in kept):
            continue
        if label != "body" or len(block.text) > _SHORT:
            seen.add(block.text)
        credit = credit_of(block.text, known=block.credit) if label == "caption" else None
        pieces.append(
            Piece(
                label=label,
                text=block.text.rstrip(" :") if label == "kicker" else block.text,
                why="block model" if label in _LEARNED else "block rules",
                at=paths[number],
                credit=credit,
                url=tree.target(block) if label == "teaser" else None,
            )
        )
    return pieces


def _headline_pieces(headline: Headline, at: str) -> Iterator[Piece]:
    """The headline, and before it the kicker that the same heading holds."""
    if headline.kicker:
        yield Piece(label="kicker", text=headline.kicker, why="opens the heading", at=at)
    yield Piece(label="headline", text=headline.text, why=headline.why, at=at)


def _hidden_pieces(content: bytes, tree: Tree, linked: Linked) -> list[Piece]:
    """The report of a page that shows none before its scripts run: from its JSON-LD, else from a script's strings."""
    if not linked.body:
        return scripted_pieces(content) if claims_article(tree, linked) else []
    lines = (fold_line(line) for line in linked.body.split("\n"))
    return [Piece(label="body", text=line, why="JSON-LD articleBody", at="head") for line in lines if line]


def _meta(  # noqa: PLR0913
    page: Page, tree: Tree, linked: Linked, *, pieces: Sequence[Piece], dates: Dates, labels: Sequence[PartLabel]
) -> Meta:
    stated = stated_authors(tree, linked)
    written = byline_texts(tree, labels, stated=stated)
    names, agencies = parted(authors_of(stated, written, tree=tree, linked=linked, url=page.url))
    given = Published(edtf=page.published, known_by="given", why="given by the caller") if page.published else None
    report = " ".join(piece.text for piece in pieces if piece.label in _REPORT)
    return Meta(
        origin=page.origin,
        url=page.url,
        canonical_url=tree.canonical,
        source=next(iter(tree.metas.get("og:site_name", ())), None) or linked.publisher,
        section=linked.section or next(iter(tree.metas.get("article:section", ())), None),
        language=code_of(page.language) or declared_or_detected(tree.language or linked.language, text=report),
        bylines=names,
        agencies=agencies,
        published=given or dates.published,
        updated=dates.updated,
        not_article=not_article(pieces, tree, linked),
        paywalled=is_paywalled(tree, linked, labels=labels),
        live=is_live(pieces, linked),
    )
