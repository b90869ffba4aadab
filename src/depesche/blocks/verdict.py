"""Whether a page is a report at all, and whether it is a live blog or stops at a paywall."""

from collections.abc import Sequence

import numpy as np

from depesche.blocks.compose import Piece
from depesche.blocks.cues import KINDS, holds
from depesche.blocks.jsonld import Linked
from depesche.blocks.tree import Tree
from depesche.record import PartLabel

_SHORT_REPORT = 400
_FRONT_TEASERS = 12
_BUTTON = 14
_LOCKED = frozenset({"locked", "metered", "premium", "paid"})
_LISTINGS = frozenset({"CollectionPage", "ItemList", "SearchResultsPage"})


def not_article(pieces: Sequence[Piece], tree: Tree, linked: Linked) -> str | None:
    """Why a page is no report, or None where it is one.

    Cautious on purpose: a report that is refused is lost, a section front that is read has little body to harm.
    """
    body = sum(len(piece.text) for piece in pieces if piece.label in {"body", "standfirst"})
    if body >= _SHORT_REPORT:
        return None
    titles = [tree.title, *(piece.text for piece in pieces if piece.label == "headline")]
    if holds(titles, "missing"):
        return "the page says that it was not found"
    teasers = sum(piece.label == "teaser" for piece in pieces)
    is_article = claims_article(tree, linked)
    if not is_article and (_LISTINGS & set(linked.types) or teasers >= _FRONT_TEASERS):
        return f"a section front: {teasers} teasers and {body} characters of text"
    return _bare([piece.text for piece in pieces], video="VideoObject" in linked.types) if body == 0 else None


def claims_article(tree: Tree, linked: Linked) -> bool:
    """Whether the page says of itself that it is an article."""
    kinds = any(kind.endswith(("Article", "BlogPosting", "LiveBlogPosting")) for kind in linked.types)
    return kinds or "article" in tree.metas.get("og:type", ()) or "article:published_time" in tree.metas


def _bare(texts: Sequence[str], *, video: bool) -> str:
    """Why a page without any paragraph has none."""
    if not texts:
        return "the page holds no text"
    if holds(texts, "consent"):
        return "a consent wall or a check for robots"
    return "a video page without a report" if video else "no paragraph of a report in it"


def is_live(pieces: Sequence[Piece], linked: Linked) -> bool:
    """A live blog, by its own word or its headline's."""
    return linked.live or holds([p.text for p in pieces if p.label in {"headline", "kicker"}], "live")


def is_paywalled(tree: Tree, linked: Linked, *, labels: Sequence[PartLabel]) -> bool:
    """Whether the text stops at a paywall, as far as the page says."""
    if linked.free is not None:
        return not linked.free
    tiers = {
        value.lower() for key in ("article:content_tier", "article:opinion_tier") for value in tree.metas.get(key, ())
    }
    if tiers & _LOCKED or not tree.blocks:
        return bool(tiers & _LOCKED)
    said = np.flatnonzero(tree.cues[:, KINDS.index("paywall")]).tolist()
    return any(labels[number] == "chrome" and len(tree.blocks[number].text) > _BUTTON for number in said)
