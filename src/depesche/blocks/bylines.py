"""Who wrote it: persons and agencies from JSON-LD, meta and byline blocks."""

import re
from collections.abc import Iterable, Iterator

from depesche.blocks.canonical import fold_line
from depesche.blocks.cues import without_cue
from depesche.blocks.dateline import agencies
from depesche.blocks.jsonld import Linked
from depesche.blocks.walk import Tree

_META = (
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "cxenseparse:author",
)
_SPLIT = re.compile(r"\s*(?:,|;|\||/|\s[–-]\s|\s(?:und|and|y|et|&|mit|with)\s)\s*")
_NO_NAME = re.compile(r"https?:|www\.|@|\d")
_LONGEST = 60


def stated_authors(tree: Tree, linked: Linked) -> tuple[str, ...]:
    """The authors that the head of a page states, JSON-LD first; names only, in order, once each."""
    for source in (linked.authors, *(tree.metas.get(key, ()) for key in _META)):
        found = tuple(dict.fromkeys(_cleaned(source)))
        if found:
            return found
    return ()


def _cleaned(names: Iterable[str]) -> Iterator[str]:
    for value in names:
        for name in _SPLIT.split(without_cue(fold_line(value), "byline")):
            name = name.strip(" ,.;:()[]")
            if name and len(name) <= _LONGEST and not _NO_NAME.search(name):
                yield name


def parted(names: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names → (all of them, the agencies among them)."""
    all_names = tuple(names)
    return all_names, tuple(name for name in all_names if name.lower() in agencies())
