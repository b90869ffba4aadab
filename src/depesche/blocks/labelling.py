"""Which part every block of a page is."""

from collections import Counter

from depesche.blocks.cues import has_cue
from depesche.blocks.headline import Headline, letters
from depesche.blocks.jsonld import Linked
from depesche.blocks.markup import bit
from depesche.blocks.walk import TAGS, Tree
from depesche.record import PartLabel

_FIGURE = 1 << TAGS.index("figcaption")


def labelled(tree: Tree, linked: Linked, headline: Headline | None) -> list[PartLabel]:
    """A label for each block of the tree, in order."""
    foreign = bit("teaser") | bit("comment") | bit("nav") | bit("ad") | bit("consent") | bit("share")
    mass: Counter[int] = Counter()
    texts: list[bool] = []
    for block in tree.blocks:
        good = (
            block.tag in {"p", "div", "blockquote", "li"} and len(block.text) > 80 and block.link * 3 < len(block.text)
        )
        good = good and not block.near & foreign and not block.near & bit("caption")
        texts.append(good)
        if good:
            element, weight = block.element, len(block.text)
            for _ in range(4):
                element = tree.parents[element] if element >= 0 else -1
                mass[element] += weight
    total = sum(len(b.text) for b, good in zip(tree.blocks, texts, strict=True) if good)
    root = min((e for e, m in mass.items() if m > 0.6 * total), key=lambda e: (mass[e], -e), default=-1)
    start = headline.block if headline else -1
    summary = letters(linked.description or next(iter(tree.metas.get("og:description", ())), ""))
    labels: list[PartLabel] = []
    begun = False
    for number, (block, good) in enumerate(zip(tree.blocks, texts, strict=True)):
        inside = _inside(tree, block.element, root)
        label: PartLabel = "chrome"
        if number == start:
            label = "headline"
        elif block.within & _FIGURE or block.own & bit("caption"):
            label = "caption" if inside else "chrome"
        elif summary and letters(block.text) == summary and not begun:
            label = "standfirst"
        elif inside and (
            good or (block.tag == "p" and begun and not block.near & foreign and block.link < len(block.text))
        ):
            label, begun = "body", True
        elif (
            inside
            and block.tag in {"h2", "h3"}
            and begun
            and not block.near & foreign
            and not has_cue(block.text, "chrome")
        ):
            label = "subheading"
        elif block.near & bit("author") and number < start + 10 and len(block.text) < 80:
            label = "byline"
        elif block.around & bit("comment"):
            label = "comment"
        elif begun and block.link and len(block.text) > 30:
            label = "teaser"
        labels.append(label)
    return labels


def _inside(tree: Tree, element: int, root: int) -> bool:
    while element >= 0:
        if element == root:
            return True
        element = tree.parents[element]
    return root < 0
