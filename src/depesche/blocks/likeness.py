"""How much each block is what the page's head says: its title, its summary, its authors, its captions."""

import numba
import numpy as np
import numpy.typing as npt

from depesche.blocks.charclass import folded, lettered
from depesche.blocks.features import Floats
from depesche.blocks.headline import Headline
from depesche.blocks.jsonld import Linked
from depesche.blocks.measures import Characters, characters
from depesche.blocks.tree import Tree

LIKE_NAMES = (
    "from_headline", "is_headline", "like_headline", "like_description", "is_description", "in_linked_body", "has_linked_body",
    "is_linked_caption", "holds_author", "like_title",
)  # fmt: skip
"""Columns of `likeness`."""
_FAR = 60
_MENU_LONGEST = 30
_PARAGRAPH = 250
_TELLING = 40
_COMPARED, _READ = 300, 1500
# Content words have four letters or more.
_SHORT_WORD = 3

Hashes = npt.NDArray[np.uint64]


def likeness(
    tree: Tree, linked: Linked, headline: Headline | None, *, authors: tuple[str, ...], texts: Characters
) -> Floats:
    """One row a block, the columns of `LIKE_NAMES`.

    Args:
        tree: the walked page.
        linked: its JSON-LD.
        headline: the chosen headline.
        authors: whom the head names.
        texts: the characters of the blocks.
    """
    at = headline.block if headline else -1
    n = len(tree.blocks)
    rows = np.zeros((n, len(LIKE_NAMES)), dtype=np.float32)
    rows[:, 6] = bool(linked.body)
    rows[:, 0] = np.clip(np.arange(n) - at, -_FAR, _FAR) if at >= 0 else -_FAR - 1
    summaries = [
        linked.description or "",
        *(v for k in ("og:description", "description") for v in tree.metas.get(k, ())),
    ]
    titles = [tree.title, *tree.metas.get("og:title", ())]
    title, summary, page_title = (
        _hashes(characters([text.replace("\n", " ")]))
        for text in (headline.text if headline else "", " ".join(summaries), " ".join(titles))
    )
    read = _readable(tree)
    _share(texts.chars, texts.ends, read, folded(), title, summary, page_title, rows)
    _compare(
        linked,
        rows,
        texts=texts,
        read=read,
        title=headline.text if headline else "",
        summaries=summaries,
        authors=authors,
    )
    return rows


def _readable(tree: Tree) -> npt.NDArray[np.bool_]:
    """All but a few words that are nothing but a link: they are not worth comparing with what the head says."""
    size, link, links = tree.table[:, 14], tree.table[:, 7], tree.table[:, 8]
    return ~((size < _MENU_LONGEST) & (links > 0) & (link >= size))


def _compare(  # noqa: PLR0913
    linked: Linked,
    rows: Floats,
    *,
    texts: Characters,
    read: npt.NDArray[np.bool_],
    title: str,
    summaries: list[str],
    authors: tuple[str, ...],
) -> None:
    """Whether a block's letters are those of the headline, a summary, a caption, or hold an author's."""
    head = [title, linked.body or "", *summaries, *linked.captions, *authors]
    plain = _letters(characters([text.replace("\n", " ") for text in head]), longest=1 << 40)
    body, writers = plain[1], [name for name in plain[len(head) - len(authors) :] if name]
    told = [summary for summary in plain[2 : 2 + len(summaries)] if summary]
    captions = set(plain[2 + len(summaries) : len(head) - len(authors)])
    sizes = np.diff(texts.ends, prepend=-1) - 1
    letters = _letters(texts, longest=_COMPARED)
    for number in np.flatnonzero(read).tolist():
        own, row = letters[number], rows[number]
        if own == plain[0]:
            row[1] = 1
        long = len(own) > _TELLING
        for summary in told:
            if own == summary or (long and (summary.startswith(own) or own.startswith(summary[:200]))):
                row[4] = 1
        if body and len(own) > _TELLING // 2 and own in body:
            row[5] = 1
        if own in captions:
            row[7] = 1
        if writers and sizes[number] < _PARAGRAPH:
            for writer in writers:
                if writer in own:
                    row[8] = 1


def _letters(texts: Characters, *, longest: int) -> list[str]:
    """The letters and digits of the first characters of each text, small: what is compared between two writings of it."""
    out = np.empty(len(texts.chars) + 1, dtype=np.uint32)
    size = _plain(texts.chars, texts.ends, longest, lettered(), out)
    return out[:size].tobytes().decode("utf-32-le", errors="replace").split("\n")


@numba.njit(cache=True, nogil=True)
def _plain(chars, ends, longest, table, out):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    start, size = 0, 0
    for row in range(len(ends)):
        for at in range(start, min(ends[row], start + longest)):
            code = chars[at]
            code = table[code] if code < len(table) else code
            if code:
                out[size] = code
                size += 1
        out[size] = 10
        size += 1
        start = ends[row] + 1
    return size


def _hashes(text: Characters) -> Hashes:
    """The hashes of the content words of a text, sorted."""
    return np.unique(_words(text.chars, folded()))


@numba.njit(cache=True, nogil=True)
def _words(chars, fold):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    found = np.empty(len(chars) // 2 + 1, dtype=np.uint64)
    many, at = 0, 0
    while at < len(chars):
        at, size, key = _word(chars, at, len(chars), fold)
        if size > _SHORT_WORD:
            found[many] = key
            many += 1
    return found[:many]


@numba.njit(cache=True, nogil=True)
def _word(chars, at, end, fold):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """(where it ends, its length, its hash) of the next word: characters between spaces, case folded."""
    while at < end and (chars[at] == 32 or chars[at] == 10):  # noqa: PLR2004
        at += 1
    start = at
    key = np.uint64(14695981039346656037)
    while at < end and chars[at] != 32 and chars[at] != 10:  # noqa: PLR2004
        code = chars[at]
        if code < len(fold):
            code = fold[code]
        key = (key ^ np.uint64(code)) * np.uint64(1099511628211)
        at += 1
    return at, at - start, key


@numba.njit(cache=True, nogil=True)
def _among(key, known):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    low, high = 0, len(known)
    while low < high:
        middle = (low + high) >> 1
        if known[middle] < key:
            low = middle + 1
        else:
            high = middle
    return low < len(known) and known[low] == key


@numba.njit(cache=True, nogil=True)
def _share(chars, ends, read, fold, title, summary, page_title, rows):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202, PLR0913, PLR0917
    """Which share of each block's content words the headline, the summary and the page's title hold."""
    start = 0
    for row in range(len(ends)):
        end, at = ends[row], start
        start = end + 1
        if not read[row]:
            continue
        short = end - at < _PARAGRAPH
        many, in_title, in_summary, in_page = 0, 0, 0, 0
        end = min(end, at + _READ)
        while at < end:
            at, size, key = _word(chars, at, end, fold)
            if size <= _SHORT_WORD:
                continue
            many += 1
            in_summary += _among(key, summary)
            if short:
                in_title += _among(key, title)
                in_page += _among(key, page_title)
        if many:
            rows[row, 2], rows[row, 3], rows[row, 9] = in_title / many, in_summary / many, in_page / many
