"""Who wrote it: persons and agencies from JSON-LD and meta, or, where those name only the site, from byline blocks."""

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import urlsplit

from depesche.blocks.canonical import fold_line
from depesche.blocks.cues import without_cue
from depesche.blocks.dateline import agencies
from depesche.blocks.headline import letters
from depesche.blocks.jsonld import Linked
from depesche.blocks.tree import Block, Tree
from depesche.record import PartLabel

_META = (
    "author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl", "cxenseparse:author",
)  # fmt: skip
_SPLIT = re.compile(r"\s*(?:,|;|\||/|•|·|\s[–-]\s|\s(?:und|and|y|et|og|och|e|i|&|mit|with)\s)\s*")
_NO_NAME = re.compile(r"https?:|www\.|@|\d|\(|\)|:")
_CUT = re.compile(r"\s*(?:\d|\||•|·|—|\bam\s\d)")
_LONGEST = 60
_MOST_WORDS = 5
_NAME_WORDS = (2, 3, 4)


def stated_authors(tree: Tree, linked: Linked) -> tuple[str, ...]:
    """The authors that the head of a page states, JSON-LD first; names only, in order, once each."""
    for source in (linked.authors, *(tree.metas.get(key, ()) for key in _META)):
        found = tuple(dict.fromkeys(_cleaned(source)))
        if found:
            return found
    return ()


def authors_of(
    stated: tuple[str, ...], blocks: Sequence[str], *, tree: Tree, linked: Linked, url: str | None
) -> tuple[str, ...]:
    """The authors: the stated ones, or those of the byline blocks where none is stated but the site itself.

    Args:
        stated: what `stated_authors` found.
        blocks: the texts labelled byline, in order.
        tree: the walked page.
        linked: its JSON-LD.
        url: where it stood.
    """
    site = _site(tree, linked, url)
    persons = tuple(name for name in stated if letters(name) not in site)
    if persons:
        return _completed(stated, blocks)
    for text in blocks:
        found = tuple(dict.fromkeys(written_names(text)))
        if found:
            return found
    return stated


def byline_texts(tree: Tree, labels: Sequence[PartLabel], *, stated: tuple[str, ...]) -> list[str]:
    """The texts of the blocks labelled byline.

    Names in elements of their own are parted by commas, but where the head states an author: beside him stands his office.
    """
    found = [
        block for block, label in zip(tree.blocks, labels, strict=True) if label == "byline" and len(block.text) < _LINE
    ]
    return [block.text if stated else _parted_names(tree, block) for block in found]


def _parted_names(tree: Tree, block: Block) -> str:
    """Two spans "Anna Beispiel" and "Jan Muster" → "Anna Beispiel, Jan Muster"; any other block as it is."""
    if block.element < 0 or _SPLIT.search(block.text):
        return block.text
    start = int(tree.elements[block.element, 4])
    inner = tree.source[tree.source.find(b">", start) + 1 : start + _NEAR].decode(errors="replace")
    names: list[str] = []
    for piece in _TAG.split(inner):
        if name := fold_line(html.unescape(piece)):
            names.append(name)
        if len(" ".join(names)) >= len(block.text):
            break
    is_names = " ".join(names) == block.text and all(len(name.split()) in _NAME_WORDS for name in names)
    return ", ".join(names) if is_names else block.text


_TAG = re.compile(r"<[^>]*>")
_LINE, _NEAR = 200, 4000


def _completed(stated: tuple[str, ...], blocks: Sequence[str]) -> tuple[str, ...]:
    """The stated authors and whom a byline names beside all of them ("von Engin Haupt, MDR Sachsen-Anhalt")."""
    known = {letters(name) for name in stated}
    alone = [text for text in blocks if len(text.split()) in _NAME_WORDS and list(written_names(text)) == [text]]
    if known < {letters(text) for text in alone}:
        # Each name in a block of its own, the head states but one of them.
        return tuple(dict.fromkeys(alone))
    for text in blocks:
        names = tuple(dict.fromkeys(written_names(text)))
        if known < {letters(name) for name in names}:
            return names
    return stated


def _site(tree: Tree, linked: Linked, url: str | None) -> set[str]:
    names = [*tree.metas.get("og:site_name", ()), *tree.metas.get("application-name", ()), linked.publisher or ""]
    host = _host(url or tree.canonical or "")
    names += [host, host.split(".")[0], f"{host.split('.')[0]} Nachrichten"]
    return {letters(name) for name in names if name} | {"redaktion", "nachrichten", "admin", "staff"}


def _host(url: str) -> str:
    """The host of an address without "www."; nothing where it is none ("https://[example.org")."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def written_names(text: str) -> Iterator[str]:
    """The names of a byline as it stands on the page: "Von Anna Beispiel, Genf 05.08.2024, 20:59 Uhr"."""
    text = _CUT.split(without_cue(text, "byline"), maxsplit=1)[0]
    for name in _SPLIT.split(text):
        plain = name.strip(" ,.;:")
        if plain and not _NO_NAME.search(plain) and len(plain.split()) <= _MOST_WORDS and len(plain) <= _LONGEST:
            yield plain


def _cleaned(names: Iterable[str]) -> Iterator[str]:
    for value in names:
        for name in _SPLIT.split(without_cue(fold_line(value), "byline")):
            plain = name.strip(" ,.;:")
            if plain and len(plain) <= _LONGEST and not _NO_NAME.search(plain):
                yield plain


def parted(names: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names → (all of them, the agencies among them)."""
    all_names = tuple(names)
    return all_names, tuple(name for name in all_names if name.lower() in agencies())
