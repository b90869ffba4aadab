"""The headline: chosen among h1, Open Graph, Twitter, JSON-LD and title, and stripped of site names."""

import re

import msgspec
import numpy as np
import numpy.typing as npt

from depesche.blocks.canonical import fold_line
from depesche.blocks.jsonld import Linked
from depesche.blocks.markup import bit
from depesche.blocks.tags import TAG_NAMES
from depesche.blocks.tree import Block, Tree

Numbers = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

_SEPARATOR = re.compile(r"\s+[|–—\-·•»›:]+\s+|\s*\|\s*")
_LETTERS = re.compile(r"[\W_]+")
_HEADINGS = ("h1", "h2", "h3")
_SITE_LONGEST = 45


class Headline(msgspec.Struct, frozen=True, kw_only=True):
    """The chosen headline.

    Attributes:
        text: folded.
        block: number of the block that holds it, or -1 where only the head of the page does.
        why: where it was taken from.
        kicker: what the block has before the headline ("Neue Leipziger Schule: …"), or None.
    """

    text: str
    block: int
    why: str
    kicker: str | None = None


def letters(text: str) -> str:
    """Only what is compared between two writings of one headline: its letters and digits, lower case."""
    return _LETTERS.sub("", text).casefold()


def headline_of(tree: Tree, linked: Linked) -> Headline | None:
    """The report's headline, or None where the page names none.

    What the page hands on as its title (Open Graph) comes first: the visible heading often has the kicker glued to it.
    """
    site = _site_names(tree, linked)
    stated = [(why, text) for why, value in _stated(tree, linked) if (text := without_site(fold_line(value), site))]
    block = _best_block(tree, [text for _, text in stated])
    seen = tree.blocks[block].text.strip(_EDGES) if block >= 0 else ""
    if not seen and not stated:
        return None
    shown = {letters(heading.text) for heading in tree.blocks if heading.tag == "h1"}
    why, text = _chosen(seen, stated, shown=shown)
    if not text:
        return None
    kicker = None
    if block >= 0 and tree.blocks[block].text.rstrip().endswith(":") and letters(text).startswith(letters(seen)):
        # The heading holds the kicker alone ("Waffenlieferungen an Israel:"), the headline stands in another element.
        kicker = seen
    elif seen and letters(seen) != letters(text) and seen.endswith(text):
        kicker = seen[: -len(text)].strip(_EDGES) or None
    elif seen:
        kicker = _glued(seen, stated)
    return Headline(text=text, block=block, why=why, kicker=kicker)


def _glued(seen: str, stated: list[tuple[str, str]]) -> str | None:
    """The kicker in a heading of two elements: "Kreis und quer:Streber und faule Socken", or told with a colon that is not seen."""
    if glued := _GLUED.match(seen):
        return glued[1]
    whole = letters(seen)
    for _, told in stated if ":" not in seen else ():
        kicker, colon, _ = told.partition(": ")
        if colon and letters(told) == whole:
            return kicker
    return None


_GLUED = re.compile(r"([^:]{3,60}):(?=[^\W\d_])")


def _chosen(seen: str, stated: list[tuple[str, str]], *, shown: set[str]) -> tuple[str, str]:
    """(why, text): Open Graph's title, unless it only adds to the visible heading or cuts it short."""
    by_source = dict(reversed(stated))
    title = by_source.get("og:title")
    if title is None:
        linked = by_source.get("JSON-LD", "")
        if seen and letters(linked) != letters(seen):
            return "heading", seen
        return ("JSON-LD", linked) if linked else ("title", by_source.get("title", seen))
    linked = by_source.get("JSON-LD", "")
    if letters(title) not in shown and _is_for_networks(
        title, by_source.get("twitter:title", ""), seen=seen or by_source.get("title", ""), linked=linked
    ):
        return "heading and JSON-LD, against what networks are told", linked
    if seen == linked and letters(seen) == letters(title) != letters(by_source.get("title", "")):
        # Only Open Graph's writes its quotation marks otherwise.
        return "heading and JSON-LD", seen
    other = seen or linked
    return _checked(title, other, stated) if other else ("og:title", title)


def _is_for_networks(title: str, twitter: str, *, seen: str, linked: str) -> bool:
    """Whether Open Graph's title is a wording for social networks, and the page itself and its JSON-LD agree on another.

    "Palestinians say his appointment could ruin ceasefire talks" there, "What's next for Gaza …?" here.
    """
    own, told = letters(seen), letters(title)
    if not own or letters(linked) != own or told == own:
        return False
    return letters(twitter) == told or (letters(twitter) == own and told not in own)


def _checked(title: str, seen: str, stated: list[tuple[str, str]]) -> tuple[str, str]:
    """Open Graph's title against the visible heading."""
    cut = title.removesuffix("...").removesuffix("…").rstrip()
    if cut != title and letters(seen).startswith(letters(cut)):
        return "heading, og:title cut short", seen
    if head := _without_tail(title, seen):
        return "og:title without its tail", head
    related = any(letters(other) == letters(title) for why, other in stated if why != "og:title")
    if len(title) < _SHORTEST and not related and letters(title) not in letters(seen):
        return "heading", seen
    return "og:title", title


def _without_tail(title: str, seen: str) -> str | None:
    """A title cut where the visible heading ends, if only a site's or section's name follows there."""
    wanted = letters(seen)
    for mark in _TAIL.finditer(title):
        if letters(title[: mark.start()]) == wanted:
            return title[: mark.start()].rstrip()
    return None


_TAIL = re.compile(r"\s*[-–—|ㅣ：·»](?=.{2,60}$)")
_EDGES = " :-–—|•·"
_SHORTEST = 16


def _best_block(tree: Tree, stated: list[str]) -> int:
    """The number of the block that is most the headline, or -1; only those are compared with what the head says that can still win."""
    best, best_score = -1, 0.0
    known = [(letters(text), set(text.casefold().split())) for text in dict.fromkeys(stated)]
    headings, hopes, leads = _hopes(tree)
    for turn in np.argsort(-hopes, kind="stable").tolist():
        if hopes[turn] < best_score:
            break
        number = int(headings[turn])
        score = _score(tree.blocks[number], number, known, tree=tree, leads=bool(leads[turn]))
        if score > best_score or (score == best_score > 0 and number < best):
            best, best_score = number, score
    return best


def _hopes(tree: Tree) -> tuple[Numbers, Scores, Flags]:
    """The numbers of all headings, what each can score at most, and whether it leads to running text."""
    table = tree.table
    if not len(table):
        return np.zeros(0, dtype=np.int64), np.zeros(0), np.zeros(0, dtype=np.bool_)
    is_first = table[:, 0] == _FIRST
    headings = np.flatnonzero(
        _IS_HEADING[table[:, 0]] | (table[:, 6] & _H1 != 0) | (table[:, 2] & bit("headline") != 0)
    )
    running = (table[:, 14] >= _RUNNING) & (table[:, 7] * 2 < table[:, 14])
    # Whether running text follows soon: the same title in a path of links over the menu leads to nothing.
    many = np.concatenate([[0], np.cumsum(running)])
    leads = many[np.minimum(headings + _LEAD, len(table))] > many[np.minimum(headings + 1, len(table))]
    own, near, within = table[headings, 2], table[headings, 3], table[headings, 6]
    hopes = 3 + 1.5 * is_first[headings] + 0.5 * (within & _H1 != 0) + 0.3 * (near & bit("headline") != 0)
    hopes += 3 * leads - 0.8 * (own & bit("kicker") != 0) - 1.0 * (near & bit("hidden") != 0)
    return headings, hopes - 0.5 * headings / len(table) + _ROUNDING, leads


def _stated(tree: Tree, linked: Linked) -> list[tuple[str, str]]:
    found = [("JSON-LD", linked.headline or "")]
    found += [("og:title", value) for value in tree.metas.get("og:title", ())[:1]]
    found += [("twitter:title", value) for value in tree.metas.get("twitter:title", ())[:1]]
    found.append(("title", tree.title))
    return [(why, value) for why, value in found if value]


_H1 = 2
_FIRST = TAG_NAMES.index("h1")
_IS_HEADING = np.array([name in _HEADINGS for name in TAG_NAMES])
_ROUNDING = 1e-9


def _score(block: Block, number: int, stated: list[tuple[str, set[str]]], *, tree: Tree, leads: bool) -> float:
    """How much a block is the headline: what the head says, an h1, its names, its place."""
    mine, own = set(block.text.casefold().split()), letters(block.text)
    overlap = 0.0
    for text, theirs in stated:
        if text == own:
            overlap = max(overlap, 1.0)
        elif len(own) >= max(_SHORTEST, len(text) // 2) and own in text:
            # "Landtagswahl in Thüringen: Voigt, Höcke und …" is told with its kicker, the heading stands without it.
            overlap = max(overlap, 0.9)
        elif theirs and mine:
            overlap = max(overlap, 0.8 * len(mine & theirs) / len(mine | theirs))
    score = 3 * overlap + 1.5 * (block.tag == "h1") + 0.5 * bool(block.within & _H1)
    score += 0.3 * bool(block.near & bit("headline")) - 0.8 * bool(block.own & bit("kicker"))
    foreign = block.around & (bit("nav") | bit("teaser") | bit("comment"))
    score -= 1.5 * bool(foreign and block.tag != "h1" and overlap < _SAME)
    score -= 1.0 * bool(block.near & bit("hidden")) + 0.3 * (block.link > len(block.text) // 2)
    score += (3 if overlap > _AKIN else 0.8) * leads - 0.5 * number / max(1, len(tree.blocks))
    return score if score >= 1 and len(block.text) > 3 else 0.0  # noqa: PLR2004


_LEAD, _RUNNING, _SAME, _AKIN = 9, 80, 0.9, 0.15


def _site_names(tree: Tree, linked: Linked) -> set[str]:
    names = [*tree.metas.get("og:site_name", ()), linked.publisher or "", *tree.metas.get("application-name", ())]
    return {letters(name) for name in names if name}


def without_site(title: str, site: set[str]) -> str:
    """A title without the site's name, section or slogan behind (or before) a separator."""
    pieces = _SEPARATOR.split(title)
    if len(pieces) == 1:
        return title
    cut = title
    for _ in range(3):
        pieces = _SEPARATOR.split(cut)
        if len(pieces) == 1:
            break
        last, first = pieces[-1], pieces[0]
        if letters(last) in site or (len(last) < _SITE_LONGEST and cut.endswith(("| " + last, "|" + last))):
            cut = cut[: cut.rindex(last)].rstrip(" |–—-·•»›:")
        elif letters(first) in site:
            cut = cut[cut.index(first) + len(first) :].lstrip(" |–—-·•»›:")
        else:
            break
    return cut
