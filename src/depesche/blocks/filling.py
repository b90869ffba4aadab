"""What the block model passed over though it stands among the paragraphs: lists, tables, quotations, short lines."""

from collections import Counter
from functools import cache

import numpy as np
import numpy.typing as npt

from depesche.blocks.cues import KINDS
from depesche.blocks.dateline import dateline_of
from depesche.blocks.features import Floats
from depesche.blocks.markup import bit
from depesche.blocks.tree import TAG_BITS, Block, Tree
from depesche.record import Part, PartLabel, Span

_FEWEST = 3
_LITTLE = 200
_PARAGRAPH = 60
_OPENING = 80
_CERTAIN = 0.98
_DOUBT, _UNLIKELY, _MOST = 0.75, 0.9, 0.8
_REACH = 5
_CREDIT = KINDS.index("credit")
_FIGURE = TAG_BITS["figure"] | TAG_BITS["figcaption"]
_ROWS = frozenset({"li", "tr", "dd", "dt"})
_TEXTS = frozenset({"p", "blockquote", "pre"})
_SUBHEADS = frozenset({"h2", "h3", "h4"})
_WRAPPERS = frozenset({"li", "tr", "dd", "dt", "ul", "ol", "dl", "table", "tbody", "thead", "blockquote", "p"})
_CLOSES = (".", "!", "?", "“", "”", '"', "»", "«", ")", ":", "…", "。", "」")


def fill(tree: Tree, labels: list[PartLabel], chances: Floats, *, cued: npt.NDArray[np.bool_], start: int) -> None:
    """Label as body or subheading what shares the paragraphs' element and looks like one of them.

    Args:
        tree: the walked page.
        labels: changed in place.
        chances: class probabilities of each block.
        cued: which blocks hold a cue of page chrome.
        start: number of the headline's block, or -1.
    """
    if sum(len(b.text) for b, label in zip(tree.blocks, labels, strict=True) if label == "body") < _LITTLE:
        _rescue(tree, labels, cued=cued, start=start)
    bodies = [number for number, label in enumerate(labels) if label == "body"]
    if len(bodies) < _FEWEST:
        return
    homes = _homes(tree, bodies)
    _datelined(tree, labels, start=start, first=bodies[0])
    written = Counter(tree.blocks[number].tag for number in bodies).most_common(1)[0][0]
    first = start + 1 if 0 <= start < bodies[0] else bodies[0]
    last = bodies[-1]
    # From the end: a heading belongs to the report if the paragraph below it does.
    for number in reversed(range(first, min(last + _REACH, len(labels)))):
        block = tree.blocks[number]
        if labels[number] == "chrome" and not cued[number] and _home(tree, block.element, homes) in homes:
            label = _passed_over(
                block, labels[number + 1 : number + 2 * _REACH], tag=written, sure=chances[number, 0] > _CERTAIN
            )
            if number < bodies[0] and not _opens(block):
                continue
            if label and (number < last or label == "body"):
                labels[number], last = label, max(last, number)
    _doubted(tree, labels, chances, cued=cued)


def _doubted(tree: Tree, labels: list[PartLabel], chances: Floats, *, cued: npt.NDArray[np.bool_]) -> None:
    """Between two paragraphs, in the element that holds them all, a block of which the model doubts whether it is nothing is one more.

    So is, doubt or none, a row of a table, and shortly after the last one a block written as most of them are ("Read more" parts them).
    """
    bodies = [number for number, label in enumerate(labels) if label == "body"]
    home = _holder(tree, bodies)
    lead = next(
        (number for number, label in enumerate(labels) if label == "standfirst" and number < bodies[0]), bodies[0]
    )
    alike = _alike(tree, bodies)
    doubtful = [
        number
        for number in range(lead + 1, min(bodies[-1] + _REACH, len(labels)))
        if labels[number] == "chrome" and not cued[number] and _may_continue(tree, number)
    ]
    for number in doubtful:
        block = tree.blocks[number]
        if number > bodies[-1]:
            if chances[number, 0] <= _UNLIKELY and len(block.text) >= _PARAGRAPH and _signature(block) in alike:
                labels[number] = "body"
        elif (chances[number, 0] <= _limit(block) or block.tag == "tr") and _within(tree, block, home):
            labels[number] = "subheading" if block.tag in _SUBHEADS else "body"


def _limit(block: Block) -> float:
    """Up to which chance that it is nothing a block is doubted: a row of a list more than others, unless it is in a box of facts."""
    return _UNLIKELY if block.tag in _ROWS | _SUBHEADS and not block.near & bit("aside") else _DOUBT


def _may_continue(tree: Tree, number: int) -> bool:
    """Whether neither its names nor its place say that a block is something else than a piece of the report."""
    block = tree.blocks[number]
    boxed = block.near & _foreign() & ~(bit("author") | bit("date") | bit("tags"))
    return _free(block) and not (boxed or block.within & _FIGURE or tree.cues[number, _CREDIT])


def _alike(tree: Tree, numbers: list[int]) -> set[tuple[str, int]]:
    """The tags and meanings of names that several of some blocks share."""
    counted = Counter(_signature(tree.blocks[number]) for number in numbers)
    return {signature for signature, many in counted.items() if many >= _FEWEST and signature[1]}


def _signature(block: Block) -> tuple[str, int]:
    """The tag of a block and what its names say, 0 where they say nothing."""
    return block.tag, block.own


def _within(tree: Tree, block: Block, home: int) -> bool:
    element = block.element
    while element > home:
        element = tree.parents[element]
    return element == home


def _holder(tree: Tree, numbers: list[int]) -> int:
    """The innermost element that holds most of the text of some blocks."""
    held: dict[int, int] = {}
    total = 0
    for number in numbers:
        size, element = len(tree.blocks[number].text), tree.blocks[number].element
        total += size
        while element >= 0:
            held[element] = held.get(element, 0) + size
            element = tree.parents[element]
    return max((element for element, size in held.items() if size >= _MOST * total), default=-1)


def _homes(tree: Tree, bodies: list[int]) -> set[int]:
    """The elements right around several paragraphs; a quotation or list around each of them counts as one itself."""
    counted = Counter(tree.parents[tree.blocks[number].element] for number in bodies)
    least = min(_FEWEST, max(counted.values()))
    homes = {element for element, many in counted.items() if element >= 0 and many >= least}
    outer = Counter(tree.parents[element] for element in counted if element >= 0 and tree.tags[element] in _WRAPPERS)
    return homes | {element for element, many in outer.items() if element >= 0 and many >= _FEWEST}


def _opens(block: Block) -> bool:
    """Whether a block before the first paragraph may be the true first one: long enough."""
    return len(block.text) >= _OPENING


def _datelined(tree: Tree, labels: list[PartLabel], *, start: int, first: int) -> None:
    """A paragraph that opens with a dateline opens the report ("Gundremmingen - Die beiden Kühltürme …")."""
    for number in range(max(start + 1, first - _REACH), first):
        block = tree.blocks[number]
        part = Part(span=Span(0, len(block.text)), label="body", why="")
        if (
            block.tag == "p"
            and labels[number] in _UNTOLD
            and len(block.text) > _OPENING
            and dateline_of(block.text, part)
        ):
            labels[number] = "body"


_UNTOLD = frozenset({"chrome", "teaser"})


def _passed_over(block: Block, following: list[PartLabel], *, tag: str, sure: bool) -> PartLabel | None:
    """What a block in the paragraphs' element is, if it is a piece of the report.

    Args:
        block: it.
        following: the labels of the next blocks.
        tag: how most paragraphs of the report are written.
        sure: whether the model is certain that it is none.
    """
    if (block.own | block.inner) & _foreign():
        return None
    linked = block.link * 2 > len(block.text)
    if block.tag in _SUBHEADS:
        return "subheading" if "body" in following and not linked else None
    if block.tag in _ROWS:
        return "body" if not linked or len(block.text) > _PARAGRAPH else None
    telling = len(block.text) >= _PARAGRAPH or block.text.endswith(_CLOSES)
    return "body" if block.tag in {tag, *_TEXTS} and telling and not linked and not sure else None


def _home(tree: Tree, element: int, homes: set[int]) -> int:
    """The element around a block, its list, table or quotation left out."""
    while element >= 0 and tree.tags[element] in _WRAPPERS and tree.parents[element] not in homes:
        element = tree.parents[element]
    return tree.parents[element] if element >= 0 else -1


def _free(block: Block) -> bool:
    """Whether nothing speaks against a block: few links, no names of boxes."""
    return block.link * 2 <= len(block.text) and not (block.own | block.inner) & _foreign()


def _rescue(tree: Tree, labels: list[PartLabel], *, cued: npt.NDArray[np.bool_], start: int) -> None:
    """Where the model saw no report, the element with the most running text after the headline is one."""
    mass: Counter[int] = Counter()
    usable = [
        number
        for number, block in enumerate(tree.blocks)
        if number > start and labels[number] == "chrome" and not cued[number] and _free(block)
        and block.tag in _TEXTS | {"div", "td"} and not block.near & _foreign()
        and (len(block.text) >= _PARAGRAPH or block.text.endswith(_CLOSES))
    ]  # fmt: skip
    for number in usable:
        block = tree.blocks[number]
        if block.element >= 0 and len(block.text) >= _PARAGRAPH:
            mass[tree.parents[block.element]] += len(block.text)
    if not mass:
        return
    home, size = mass.most_common(1)[0]
    if size < _LITTLE:
        return
    for number in usable:
        element = tree.blocks[number].element
        if element >= 0 and tree.parents[element] == home:
            labels[number] = "body"


@cache
def _foreign() -> int:
    names = (
        "teaser",
        "comment",
        "nav",
        "ad",
        "share",
        "caption",
        "author",
        "credit",
        "date",
        "tags",
        "hidden",
        "consent",
        "account",
    )
    return sum(bit(name) for name in names)
