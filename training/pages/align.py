"""Gold parts of a saved page → a label for every block of its tree."""

import re
from collections import Counter

import msgspec

from depesche.blocks.headline import letters
from depesche.blocks.tree import Block

CLASSES = ("other", "headline", "standfirst", "body", "subheading", "caption", "byline")
_WORD = re.compile(r"\w+")


class Gold(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a saved page: its texts by part."""

    title: str
    summary: tuple[str, ...] = ()
    paragraphs: tuple[str, ...] = ()
    subheads: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()


def gold_of(row: dict) -> Gold:  # type: ignore[type-arg]
    """The gold of one line of `fundus/gold.jsonl`."""
    gold = row["gold"]
    body = gold.get("body") or {}
    sections = body.get("sections") or []
    return Gold(
        title=gold.get("title") or "",
        summary=tuple(body.get("summary") or ()),
        paragraphs=tuple(p for s in sections for p in s.get("paragraphs") or ()),
        subheads=tuple(h for s in sections for h in s.get("headline") or ()),
        captions=tuple(i["caption"] for i in gold.get("images") or () if i.get("caption")),
        authors=tuple(gold.get("authors") or ()),
    )


def _grams(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text.casefold())
    return Counter(tuple(words[i : i + 3]) for i in range(max(1, len(words) - 2))) if words else Counter()


def aligned(blocks: list[Block], gold: Gold) -> list[int]:  # noqa: C901 (one ladder of ever weaker evidence)
    """The number of the class of each block."""
    exact = {}
    for name, texts in (
        ("byline", gold.authors), ("caption", gold.captions), ("body", gold.paragraphs), ("subheading", gold.subheads),
        ("standfirst", gold.summary), ("headline", (gold.title,)),
    ):  # fmt: skip
        for text in texts:
            if letters(text):
                exact[letters(text)] = CLASSES.index(name)
    joined = {
        "body": letters(" ".join(gold.paragraphs)), "standfirst": letters(" ".join(gold.summary)),
        "caption": "\n".join(letters(c) for c in gold.captions), "subheading": "\n".join(letters(c) for c in gold.subheads),
    }  # fmt: skip
    shingles = {
        name: _grams(" ".join(getattr(gold, field)))
        for name, field in (("body", "paragraphs"), ("standfirst", "summary"), ("caption", "captions"))
    }
    labels = []
    for block in blocks:
        own = letters(block.text)
        label = exact.get(own, 0)
        if not label and len(own) > 24:
            label = next((CLASSES.index(name) for name, text in joined.items() if own in text), 0)
        if not label and len(own) > 24:
            label = next(
                (
                    number
                    for text, number in exact.items()
                    if len(text) > 0.6 * len(own) and text in own and number != 6
                ),
                0,
            )
        if not label and len(own) > 60:
            grams = _grams(block.text)
            for name, known in shingles.items():
                if sum((grams & known).values()) > 0.6 * sum(grams.values()):
                    label = CLASSES.index(name)
                    break
        if (
            not label
            and block.near
            and len(block.text) < 120
            and gold.authors
            and all(letters(a) in own for a in gold.authors)
        ):
            label = CLASSES.index("byline")
        labels.append(label)
    return labels
