"""What the page's mark-up says of every block: columns beside those of the text."""

from functools import cache

import msgspec
import numpy as np
import numpy.typing as npt

from depesche.blocks.cues import KINDS
from depesche.blocks.features import TEXT_NAMES, Floats, text_features
from depesche.blocks.headline import Headline
from depesche.blocks.jsonld import Linked
from depesche.blocks.likeness import LIKE_NAMES, likeness
from depesche.blocks.markup import bit, groups
from depesche.blocks.measures import characters
from depesche.blocks.standing import LEVELS, stand
from depesche.blocks.tags import TAG_LEVELS, TAG_NAMES
from depesche.blocks.tree import TAGS, Tree

_HEADS = (
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "figcaption",
    "blockquote",
    "div",
    "a",
    "td",
    "section",
    "button",
)
_LONG = 70
_LIKE_TITLE = LIKE_NAMES.index("like_title")


class Rows(msgspec.Struct, frozen=True, kw_only=True):
    """A page as the classifiers see it.

    Attributes:
        features: one row a block, the columns of `names()`.
        sizes: code points of each block.
        groups: ways in which blocks belong together, each an array of group numbers: by the element around them, by those one and
            two further out, by the way they are written.
        asked: which blocks are worth a look: all but short links far from the headline, which are menus (60 of 100 blocks).
        homes: of each block, the number of the nearest `<article>` around it, or -1.
    """

    features: Floats
    sizes: Floats
    groups: tuple[npt.NDArray[np.int64], ...]
    asked: npt.NDArray[np.bool_]
    homes: npt.NDArray[np.int64]


@cache
def names() -> tuple[str, ...]:
    """The columns of `Rows.features`."""
    return (
        *TEXT_NAMES,
        "tag", "link", "links", "bold", "italic", "has_credit",
        *(f"own_{g}" for g in groups()), *(f"near_{g}" for g in groups()), *(f"around_{g}" for g in groups()),
        *(f"in_{tag}" for tag in TAGS),
        *(f"mass_{level}" for level in range(LEVELS)), "signature_mass", "signature_count", "signature_mean",
        *LIKE_NAMES[:_LIKE_TITLE], "same_parent-1", "same_parent+1", "tag-1", "tag+1",
        "link-1", "link+1", "near_caption-1", "like_title",
        "steps_to_trunk", "trunk_steps", "same_article", "article_mass", "articles_before", "h1_before", "h1_after",
    )  # fmt: skip


@cache
def _starts() -> tuple[int, int, int, int]:
    """The first columns of the tag, of the masses, of the neighbours and of the trunk."""
    columns = names()
    tag, mass, beside, trunk = map(columns.index, ("tag", "mass_0", "same_parent-1", "steps_to_trunk"))
    return tag, mass, beside, trunk


@cache
def _levels() -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    heads = [_HEADS.index(name) if name in _HEADS else len(_HEADS) for name in TAG_NAMES]
    return np.array(TAG_LEVELS, dtype=np.int64), np.array(heads, dtype=np.int64)


def block_rows(tree: Tree, linked: Linked, headline: Headline | None, *, authors: tuple[str, ...]) -> Rows:
    """The blocks of a page as the classifiers see them."""
    blocks, table = tree.blocks, tree.table
    texts = [b.text for b in blocks]
    sizes = np.fromiter(map(len, texts), dtype=np.float32, count=len(texts))
    link = table[:, 7] / sizes
    running = ((link < 0.5) & (table[:, 3] & _foreign() == 0)).astype(np.float32)  # noqa: PLR2004
    chars = characters(texts)
    text = text_features(texts, running=running, chars=chars)
    tree.cues = text[:, _CUES : _CUES + len(KINDS)]
    weight = np.where((sizes > _LONG) & (text[:, _ENDS] > 0), sizes, 0) * running
    out = np.zeros((len(blocks), len(names())), dtype=np.float32)
    out[:, : text.shape[1]] = text
    levels, heads = _levels()
    start = headline.block if headline else -1
    found, homes = stand(
        tree.elements, table, levels, TAG_NAMES.index("article"), weight, sizes * running, sizes, start, heads,
        TAG_NAMES.index("h1"), len(groups()), bit("caption"), out, _starts(),
    )  # fmt: skip
    like = likeness(tree, linked, headline, authors=authors, texts=chars)
    _, _, beside, trunk = _starts()
    out[:, beside - _LIKE_TITLE : beside] = like[:, :_LIKE_TITLE]
    out[:, trunk - 1] = like[:, _LIKE_TITLE]
    return Rows(
        features=out,
        sizes=sizes,
        groups=tuple(found.T),
        asked=_asked(table, like, sizes=sizes),
        homes=homes[table[:, 1]],
    )


def _asked(table: npt.NDArray[np.int64], like: Floats, *, sizes: Floats) -> npt.NDArray[np.bool_]:
    """All blocks but menus: a few words that are nothing but a link, unless they may be an author's name."""
    menu = (sizes < _MENU_LONGEST) & (table[:, 8] > 0) & (table[:, 7] >= sizes)
    far = (like[:, 0] < -_NEAR) | (like[:, 0] > _NEAR)
    named = ((table[:, 2] | table[:, 3]) & bit("author") != 0) | (like[:, LIKE_NAMES.index("holds_author")] > 0)
    return np.asarray(~(menu & far & ~named))


_MENU_LONGEST = 40
_NEAR = 10


_CUES = TEXT_NAMES.index(f"cue_{KINDS[0]}")
_ENDS = TEXT_NAMES.index("sentence_ends")


@cache
def _foreign() -> int:
    return bit("teaser") | bit("comment") | bit("nav") | bit("ad") | bit("consent") | bit("share") | bit("caption")
