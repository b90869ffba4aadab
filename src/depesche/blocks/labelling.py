"""Which part every block of a page is: two looks by trained classifiers, then what the order of a news page allows."""

import re

import numpy as np
import numpy.typing as npt

from depesche.blocks.context import CLASSES
from depesche.blocks.cues import KINDS
from depesche.blocks.features import TEXT_NAMES, Floats
from depesche.blocks.filling import fill
from depesche.blocks.forest import Looks, looks
from depesche.blocks.headline import Headline, letters
from depesche.blocks.jsonld import Linked
from depesche.blocks.languages import is_function_word
from depesche.blocks.looking import second_look
from depesche.blocks.markup import bit
from depesche.blocks.structure import block_rows
from depesche.blocks.tree import TAGS, Block, Tree
from depesche.record import PartLabel

_KICKER_LONGEST = 80
_KICKER_REACH = 3
_TEASER_SHORTEST = 24
_DATE_LONGEST = 90
_COMMENT_SHORTEST = 40
_TIME = 1 << TAGS.index("time")
_LISTED = sum(1 << TAGS.index(tag) for tag in ("nav", "footer", "header", "form", "button"))
_DATE = re.compile(
    r"\b\d{1,2}[./]\s?\d{1,2}[./]\s?\d{2,4}|\b\d{4}-\d\d-\d\d|\b\d{1,2}\.?\s[^\W\d_]{3,9}\.?\s\d{4}|\b[^\W\d_]{3,9}\.?\s\d{1,2},\s\d{4}"
)


def labelled(
    tree: Tree, linked: Linked, headline: Headline | None, *, authors: tuple[str, ...], models: Looks | None = None
) -> list[PartLabel]:
    """A label for each block of the tree, in order."""
    if not tree.blocks:
        return []
    models = models or looks("blocks")
    seen = block_rows(tree, linked, headline, authors=authors)
    rows = seen.features
    chances = second_look(rows, seen.sizes, seen.groups, models=models, asked=seen.asked)
    labels: list[PartLabel] = [_LABELS[i] for i in chances.argmax(axis=1).tolist()]
    start = headline.block if headline else -1
    _order(tree, labels, chances, homes=seen.homes.tolist(), cued=rows[:, _CUE["chrome"]] > 0, start=start)
    _others(tree, labels, rows, headline=headline)
    return labels


_LABELS: tuple[PartLabel, ...] = ("chrome", *CLASSES[1:])  # type: ignore[assignment]


def _order(  # noqa: PLR0913
    tree: Tree, labels: list[PartLabel], chances: Floats, *, homes: list[int], cued: npt.NDArray[np.bool_], start: int
) -> None:
    """What the order of a news page allows: one headline, no paragraph of another report, standfirst before body."""
    for number, label in enumerate(labels):
        if label == "headline" and number != start:
            labels[number] = "chrome"
    if start >= 0:
        labels[start] = "headline"
    _drop_other_reports(tree, labels, homes=homes, start=start)
    _drop_outliers(tree, labels, start=start)
    _drop_strangers(tree, labels, start=start)
    fill(tree, labels, chances, cued=cued, start=start)
    bodies = [number for number, label in enumerate(labels) if label == "body"]
    if not bodies:
        return
    for number, label in enumerate(labels):
        if label == "standfirst" and number > bodies[0] + 3:
            labels[number] = "body" if chances[number, 3] > chances[number, 0] else "chrome"
        elif label == "subheading" and number > bodies[-1]:
            # A heading with no paragraph below it heads something else.
            labels[number] = "chrome"


def _drop_other_reports(tree: Tree, labels: list[PartLabel], *, homes: list[int], start: int) -> None:
    """Paragraphs in an `<article>` that follows the report's own belong to the next report of an endless page."""
    mass: dict[int, int] = {}
    for block, label, home in zip(tree.blocks, labels, homes, strict=True):
        if label == "body":
            mass[home] = mass.get(home, 0) + len(block.text)
    if len(mass) < 2:  # noqa: PLR2004 (all in one article, or in none)
        return
    total = sum(mass.values())
    own = homes[start] if start >= 0 and mass.get(homes[start], 0) * 5 > total else -1
    if own < 0:
        own = next((home for home in mass if home >= 0 and mass[home] * 4 > total), -1)
    if own < 0:
        return
    for number, home in enumerate(homes):
        if home > own and labels[number] in _REPORT and not _inside(tree, home, own):
            labels[number] = "chrome"


def _drop_outliers(tree: Tree, labels: list[PartLabel], *, start: int) -> None:
    """What looks like a paragraph but stands outside the element that holds most of the report: sign-in dialogues, notes."""
    held: dict[int, int] = {}
    total = 0
    for block, label in zip(tree.blocks, labels, strict=True):
        if label == "body":
            total += len(block.text)
            element = block.element
            while element >= 0:
                held[element] = held.get(element, 0) + len(block.text)
                element = tree.parents[element]
    home = max((element for element, size in held.items() if size >= _HOME * total), default=-1)
    if home < 0:
        return
    inside = [
        number
        for number, block in enumerate(tree.blocks)
        if labels[number] == "body" and _inside(tree, block.element, home)
    ]
    for number, block in enumerate(tree.blocks):
        if (
            labels[number] in _PARAGRAPHS
            and not _inside(tree, block.element, home)
            and (number > inside[-1] or number < min(start, inside[0]))
        ):
            labels[number] = "chrome"


def _drop_strangers(tree: Tree, labels: list[PartLabel], *, start: int) -> None:
    """What looks like a paragraph but is unseen while others are seen, is links in a box called so, or stands over the headline."""
    hidden = bit("hidden")
    bodies = [number for number, label in enumerate(labels) if label == "body"]
    seen = sum(len(tree.blocks[number].text) for number in bodies if not tree.blocks[number].near & hidden)
    # What a paywall hides is most of the report, and what is hidden beside a report is a copy at most.
    unseen = sum(len(tree.blocks[number].text) for number in bodies) - seen
    for number in bodies:
        block = tree.blocks[number]
        if (seen >= max(_ENOUGH, unseen // 3) and block.near & hidden) or _is_pointer(block):
            labels[number] = "chrome"
    bodies = [number for number in bodies if labels[number] == "body"]
    below = sum(len(tree.blocks[number].text) for number in bodies if number > start)
    if start >= 0 and below >= _ENOUGH and not tree.blocks[start].near & hidden:
        for number in bodies:
            if number < start:
                labels[number] = "chrome"


def _is_pointer(block: Block) -> bool:
    """Whether a block is nothing but a link to another report ("SEE MORE: …"), or links for the most part, in an element called so."""
    if (block.own | block.inner) & (bit("teaser") | bit("tags") | bit("nav")):
        return block.link * 2 > len(block.text)
    return block.tag != "li" and len(block.text) < _POINTER_LONGEST and block.link * 5 > len(block.text) * 4


_POINTER_LONGEST = 250
_ENOUGH = 600
_HOME = 0.75
_PARAGRAPHS = frozenset({"body", "subheading"})
_REPORT = frozenset({"body", "subheading", "standfirst", "caption", "byline"})


def _inside(tree: Tree, element: int, outer: int) -> bool:
    while element > outer:
        element = tree.parents[element]
    return element == outer


def _others(tree: Tree, labels: list[PartLabel], rows: Floats, *, headline: Headline | None) -> None:
    """Part what is no piece of the report: kicker, date, comments, teasers, and the rest."""
    start = headline.block if headline else -1
    bodies = [number for number, label in enumerate(labels) if label == "body"]
    last = bodies[-1] if bodies else len(labels)
    opening = max(start, 0) if start >= 0 or not bodies else bodies[0]
    chrome = rows[:, _CUE["chrome"]] > 0
    signed, credited = rows[:, _CUE["byline"]] > 0, rows[:, _CUE["credit"]] > 0
    for number, label in enumerate(labels):
        if label == "byline" and not opening - _AROUND <= number <= last + _AFTER:
            labels[number] = "chrome"
    unsigned = "byline" not in labels
    pictured, dated, teased, commented = _told(tree)
    for number in [n for n, label in enumerate(labels) if label == "chrome"]:
        block = tree.blocks[number]
        if opening - 3 <= number <= last + 1 and _is_told_caption(
            tree, number, pictured=pictured[number], credited=bool(credited[number])
        ):
            labels[number] = "caption"
        elif _is_kicker(tree, number, headline, cued=bool(chrome[number])):
            labels[number] = "kicker"
        elif unsigned and _is_signature(tree, number, signed=bool(signed[number]), opening=opening, last=last):
            labels[number] = "byline"
        elif dated[number] and (start < 0 or abs(number - start) <= _AROUND) and _DATE.search(block.text):
            labels[number] = "date"
        elif number > last and commented[number]:
            labels[number] = "comment"
        elif teased[number] and not chrome[number] and _is_teaser(block):
            labels[number] = "teaser"


def _told(tree: Tree) -> tuple[list[bool], list[bool], list[bool], list[bool]]:
    """Which blocks their mark-up lets be captions, dates, teasers, comments."""
    own, near, around, inner, within = tree.table[:, 2:7].T
    size, links = tree.table[:, 14], tree.table[:, 8]
    pictured = (within & _FIGURE) | ((own | inner | near) & bit("caption"))
    dated = ((within & _TIME) | ((near | inner) & bit("date"))) * (size <= _DATE_LONGEST)
    teased = (size >= _TEASER_SHORTEST) & ((within & _LISTED) | (around & bit("consent")) == 0)
    commented = (around & bit("comment") != 0) & (size >= _COMMENT_SHORTEST) & (links == 0)
    return (pictured != 0).tolist(), (dated != 0).tolist(), teased.tolist(), commented.tolist()


_AROUND, _AFTER = 20, 4
_CUE = {kind: TEXT_NAMES.index(f"cue_{kind}") for kind in KINDS}


def _is_told_caption(tree: Tree, number: int, *, pictured: bool, credited: bool) -> bool:
    """A caption by its names or its place: right within an element named after pictures, or after their counter ("3 of 12 |")."""
    block = tree.blocks[number]
    if number and _COUNTED.fullmatch(tree.blocks[number - 1].text):
        return _is_caption(block, credited=False, shown=True)
    return pictured and _is_caption(block, credited=credited, shown=_is_shown(tree, block))


def _is_signature(tree: Tree, number: int, *, signed: bool, opening: int, last: int) -> bool:
    """A byline that its words or its names tell, a name and the day below the headline, or a mere name below the last paragraph."""
    block = tree.blocks[number]
    if not opening - _AROUND <= number <= last + _AFTER:
        return False
    if _is_byline(block, signed=signed):
        return True
    name, bar, rest = block.text.partition(" | ")
    if bar:
        return opening < number <= opening + 2 and _DATE.search(rest) is not None and _is_name(block, name)
    return number == last + 1 and block.tag == "p" and _beside(tree, number, last) and _is_name(block, name)


def _is_shown(tree: Tree, block: Block) -> bool:
    """Whether the element right around a block is named after pictures."""
    outer = tree.parents[block.element] if block.element >= 0 else -1
    return block.tag == "figcaption" or (outer >= 0 and bool(int(tree.elements[outer, 3]) & bit("caption")))


# A counter of pictures: "3 of 12 |", "3/12", "Bild 3 von 12".
_COUNTED = re.compile(r"\W*(?:[^\W\d_]{3,8}\s)?\d{1,3}\s?(?:/|[^\W\d_]{1,4})\s?\d{1,3}\W*")


def _is_caption(block: Block, *, credited: bool, shown: bool) -> bool:
    """The text of a picture: in a figure or named so, or a few words that end in a credit; `shown` where only a picture can be meant."""
    words = block.text.count(" ") + 1
    if words < 4 or len(block.text) > _CAPTION_LONGEST or block.link * 2 > len(block.text):  # noqa: PLR2004
        return False
    pictured = bool(block.within & _FIGURE) or bool((block.own | block.inner) & bit("caption"))
    foreign = bit("nav") | bit("comment") | bit("author") | bit("teaser") | bit("headline")
    if shown:
        return True
    if credited:
        return pictured or bool(block.near & bit("caption"))
    return pictured and not block.near & foreign


_CAPTION_LONGEST = 600
_FIGURE = 1 << TAGS.index("figcaption") | 1 << TAGS.index("figure")


def _is_byline(block: Block, *, signed: bool) -> bool:
    """A line like "Von Anna Beispiel", or a name in an element that is called author."""
    words = block.text.split()
    if len(block.text) > _BYLINE_LONGEST or block.near & (bit("teaser") | bit("comment")):
        return False
    if len(words) == 1:
        # Chinese and Japanese names are written in one.
        return (
            bool((block.own | block.inner) & bit("author"))
            and block.text.isalpha()
            and block.text.lower() == block.text.upper()
        )
    if signed:
        return sum(word[0].isupper() for word in words[1:4]) >= min(2, len(words) - 1)
    if (block.own | block.inner | block.near) & bit("author") == 0 or len(words) > _NAME_WORDS:
        return False
    return all(word[0].isupper() and word.replace("-", "").replace(".", "").isalpha() for word in words)


def _is_name(block: Block, text: str) -> bool:
    """Whether a line's text is nothing but a name, of two words to four."""
    words = text.split()
    if not 1 < len(words) <= _NAME_LONGEST or block.near & (bit("teaser") | bit("comment") | bit("share") | bit("nav")):
        return False
    return not is_function_word(words[0]) and all(
        word[0].isupper() and not word.isupper() and word.replace("-", "").isalpha() for word in words
    )


_NAME_LONGEST = 4
# Three authors side by side.
_NAME_WORDS = 8
_BYLINE_LONGEST = 90


def _is_kicker(tree: Tree, number: int, headline: Headline | None, *, cued: bool) -> bool:
    """The short line above (or beside) the headline: called so, opening the headline as told to others, or right over it."""
    if headline is None or headline.block < 0 or not -_KICKER_REACH <= number - headline.block <= 1:
        return False
    block = tree.blocks[number]
    if len(block.text) > _KICKER_LONGEST or _CRUMBS.search(block.text) or block.tag == "button":
        return False
    told = letters(block.text)
    if (block.own | block.inner) & bit("kicker"):
        return bool(told) and headline.kicker is None
    if cued or block.links or not told:
        return False
    return _opens_headline(told, headline) or _over_headline(tree, number, headline.block)


def _opens_headline(told: str, headline: Headline) -> bool:
    """Whether the headline, as it is told to others, begins with these letters ("Nach Gaetz-Rückzug: …")."""
    whole = letters(headline.text)
    return len(told) >= _KICKER_TELLING and whole.startswith(told) and told != whole


def _over_headline(tree: Tree, number: int, start: int) -> bool:
    """Whether a block stands right over the headline and is no menu, date or button."""
    block = tree.blocks[number]
    if number >= start or block.near & (bit("nav") | bit("date") | bit("author") | bit("share") | bit("hidden")):
        return False
    return bool(block.within & _HEADINGS) or (number == start - 1 and _beside(tree, number, start))


def _beside(tree: Tree, number: int, start: int) -> bool:
    """Whether a block stands in the same element as the headline, or in one or two within it."""
    above = tree.parents
    own, other = tree.blocks[number].element, tree.blocks[start].element
    if own < 0 or other < 0:
        return False
    homes = {above[other], above[above[other]] if above[other] >= 0 else -1} - {-1}
    around = (above[own], above[above[own]] if above[own] >= 0 else -1)
    return any(home in homes and tree.tags[home] not in {"main", "body"} for home in around)


_HEADINGS = sum(1 << TAGS.index(tag) for tag in ("h1", "h2", "h3"))
_CRUMBS = re.compile(r"[/›»>|]")
_KICKER_TELLING = 6


def _is_teaser(block: Block) -> bool:
    """A headline or blurb of another report: linked words enough for a headline, not in a menu."""
    linked = block.links > 0 and (block.link > len(block.text) // 2 or block.href < block.href_end)
    return linked or (bool(block.around & bit("teaser")) and block.text.count(" ") > 3)  # noqa: PLR2004


assert KINDS[0] == "chrome"
