"""What the page's mark-up says of every block: columns beside those of the text."""

from functools import cache

import numpy as np
import numpy.typing as npt

from depesche.blocks.features import TEXT_NAMES, Floats, shifted, text_features, word_set
from depesche.blocks.headline import Headline, letters
from depesche.blocks.jsonld import Linked
from depesche.blocks.markup import bit, groups
from depesche.blocks.tree import TAG_BITS, TAGS, Block, Tree

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
_LEVELS = 4


@cache
def names() -> tuple[str, ...]:
    """The columns of `block_features`."""
    return (
        *TEXT_NAMES,
        "tag", "link", "links", "bold", "italic", "has_credit",
        *(f"own_{g}" for g in groups()), *(f"near_{g}" for g in groups()), *(f"around_{g}" for g in groups()),
        *(f"in_{tag}" for tag in TAGS),
        *(f"mass_{level}" for level in range(_LEVELS)), "signature_mass", "signature_count", "signature_mean",
        "from_headline", "is_headline", "like_headline", "like_description", "is_description", "in_linked_body",
        "has_linked_body", "is_linked_caption", "holds_author", "same_parent-1", "same_parent+1", "tag-1", "tag+1",
        "link-1", "link+1", "near_caption-1", "like_title",
        "steps_to_trunk", "trunk_steps", "same_article", "article_mass", "articles_before", "h1_before", "h1_after",
    )  # fmt: skip


def block_features(tree: Tree, linked: Linked, headline: Headline | None, *, authors: tuple[str, ...]) -> Floats:
    """One row a block, the columns of `names()`."""
    blocks = tree.blocks
    n = len(blocks)
    if not n:
        return np.zeros((0, len(names())), dtype=np.float32)
    texts = [b.text for b in blocks]
    size = np.fromiter((len(t) for t in texts), dtype=np.float32, count=n)
    link = np.fromiter((b.link for b in blocks), dtype=np.float32, count=n) / size
    own = np.fromiter((b.own | b.inner for b in blocks), dtype=np.int64, count=n)
    near = np.fromiter((b.near for b in blocks), dtype=np.int64, count=n)
    running = ((link < 0.5) & (near & _foreign() == 0)).astype(np.float32)  # noqa: PLR2004
    text = text_features(texts, running=running)
    tags = np.fromiter((_HEADS.index(b.tag) if b.tag in _HEADS else len(_HEADS) for b in blocks), np.float32, count=n)
    plain = np.stack(
        [
            tags,
            link,
            np.fromiter((min(b.links, 20) for b in blocks), dtype=np.float32, count=n),
            np.fromiter((b.bold for b in blocks), dtype=np.float32, count=n) / size,
            np.fromiter((b.italic for b in blocks), dtype=np.float32, count=n) / size,
            np.fromiter((b.credit >= 0 for b in blocks), dtype=np.float32, count=n),
        ],
        axis=1,
    )
    many = len(groups())
    weight = np.where((size > 70) & (text[:, TEXT_NAMES.index("sentence_ends")] > 0), size, 0) * running  # noqa: PLR2004
    parents = np.fromiter((b.element for b in blocks), dtype=np.int64, count=n)
    around, within = _off_trunk(tree, parents, size * running)
    head = _head(tree, linked, headline, authors=authors)
    columns = [
        text, plain,
        _bits(own, many), _bits(near, many), _bits(around, many), _bits(within, len(TAGS)),
        _masses(tree, parents, weight),
        _signatures(tree, weight, size),
        head[:, :9],
        _neighbours(tree, parents, tags, link, near),
        head[:, 9:],
        _trunk(tree, weight, headline),
    ]  # fmt: skip
    return np.concatenate(columns, axis=1, dtype=np.float32)


@cache
def _foreign() -> int:
    return bit("teaser") | bit("comment") | bit("nav") | bit("ad") | bit("consent") | bit("share") | bit("caption")


def _off_trunk(
    tree: Tree, parents: npt.NDArray[np.int64], weight: Floats
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """What the elements around each block mean and are, those left out that hold most of the page's text.

    "<div id=ad-wrapper>" around the whole page says nothing of a block; around one block it says all.
    """
    many = len(tree.parents)
    mass = np.zeros(many + 1)
    np.add.at(mass, parents, weight)
    held = mass.tolist()
    above = tree.parents
    for element in range(many - 1, -1, -1):
        held[above[element]] += held[element]
    most = _TRUNK * max(1.0, held[-1])
    around, within = [0] * (many + 1), [0] * (many + 1)
    for element in range(many):
        outer = above[element]
        if held[element] > most:
            around[element], within[element] = around[outer], within[outer]
        else:
            around[element] = around[outer] | tree.meanings[element]
            within[element] = within[outer] | TAG_BITS.get(tree.tags[element], 0)
    return np.array(around, dtype=np.int64)[parents], np.array(within, dtype=np.int64)[parents]


_TRUNK = 0.4


def _bits(masks: npt.NDArray[np.int64], many: int) -> Floats:
    return ((masks[:, None] >> np.arange(many)) & 1).astype(np.float32)


def _masses(tree: Tree, parents: npt.NDArray[np.int64], weight: Floats) -> Floats:
    """Which share of the page's running text lies in the element around each block, and in the ones around that."""
    above = np.array([*tree.parents, -1], dtype=np.int64)
    total = max(1.0, float(weight.sum()))
    columns = []
    level = above[parents]
    for _ in range(_LEVELS):
        mass = np.bincount(level + 1, weights=weight, minlength=len(above) + 1) / total
        columns.append(mass[level + 1])
        level = above[level]
    return np.stack(columns, axis=1).astype(np.float32)


def _signatures(tree: Tree, weight: Floats, size: Floats) -> Floats:
    """Blocks written alike (same tag and class, in the same kind of element): how much running text they hold together."""
    keys: dict[tuple[str, str, str], int] = {}
    numbers = np.fromiter(
        (keys.setdefault(_signature(tree, block.element), len(keys)) for block in tree.blocks),
        dtype=np.int64,
        count=len(tree.blocks),
    )
    total = max(1.0, float(weight.sum()))
    mass, many = np.bincount(numbers, weights=weight) / total, np.bincount(numbers)
    mean = np.log1p(np.bincount(numbers, weights=size) / many)
    return np.stack([mass[numbers], np.minimum(many[numbers], 100), mean[numbers]], axis=1).astype(np.float32)


def _signature(tree: Tree, element: int) -> tuple[str, str, str]:
    if element < 0:
        return "", "", ""
    parent = tree.parents[element]
    return tree.tags[element], tree.names[element], tree.names[parent] if parent >= 0 else ""


def _head(tree: Tree, linked: Linked, headline: Headline | None, *, authors: tuple[str, ...]) -> Floats:
    at = headline.block if headline else -1
    title = word_set(headline.text) if headline else frozenset()
    title_letters = letters(headline.text) if headline else ""
    summaries = [
        linked.description or "",
        *(v for k in ("og:description", "description") for v in tree.metas.get(k, ())),
    ]
    summary, summary_letters = word_set(" ".join(summaries)), [letters(s) for s in summaries if s]
    body = letters(linked.body or "")
    captions = {letters(caption) for caption in linked.captions}
    writers = [letters(name) for name in authors]
    page_title = word_set(" ".join([tree.title, *tree.metas.get("og:title", ())]))
    rows = np.zeros((len(tree.blocks), 10), dtype=np.float32)
    rows[:, 6] = bool(body)
    for number, block in enumerate(tree.blocks):
        text = block.text
        rows[number, 0] = max(-60, min(60, number - at)) if at >= 0 else -61
        if _is_menu(block):
            continue
        own = letters(text[:_COMPARED])
        rows[number, 1] = own == title_letters
        words = [word for word in text[:_READ].casefold().split() if len(word) > 3]  # noqa: PLR2004 (content words)
        if words:
            many = len(words)
            rows[number, 3] = sum(word in summary for word in words) / many if summary else 0
            if len(text) < _PARAGRAPH:
                rows[number, 2] = sum(word in title for word in words) / many
                rows[number, 9] = sum(word in page_title for word in words) / many
        rows[number, 4] = any(
            own == s or (len(own) > _TELLING and (s.startswith(own) or own.startswith(s[:200])))
            for s in summary_letters
        )
        rows[number, 5] = bool(body) and len(own) > _TELLING // 2 and own in body
        rows[number, 7] = own in captions
        rows[number, 8] = bool(writers) and len(text) < _PARAGRAPH and any(w in own for w in writers)
    return rows


def _is_menu(block: Block) -> bool:
    """A few words that are nothing but a link: not worth comparing with what the head says."""
    return len(block.text) < _MENU_LONGEST and block.links > 0 and block.link >= len(block.text)


_MENU_LONGEST = 30
_PARAGRAPH = 250
_TELLING = 40
_COMPARED, _READ = 300, 1500


def _neighbours(
    tree: Tree, parents: npt.NDArray[np.int64], tags: Floats, link: Floats, near: npt.NDArray[np.int64]
) -> Floats:
    above = np.array([*tree.parents, -1], dtype=np.int64)[parents].astype(np.float32)
    caption = (near & bit("caption") != 0).astype(np.float32)
    stacked = np.stack([above, tags, link, caption], axis=1)
    before, after = shifted(stacked, -1, fill=-2), shifted(stacked, 1, fill=-2)
    return np.stack(
        [
            before[:, 0] == above, after[:, 0] == above, before[:, 1], after[:, 1], before[:, 2], after[:, 2],
            before[:, 3],
        ],
        axis=1,
    ).astype(np.float32)  # fmt: skip


def _trunk(tree: Tree, weight: Floats, headline: Headline | None) -> Floats:
    """How far each block's element hangs from the line of elements around the headline, and which `<article>` it is in."""
    trunk: dict[int, int] = {}
    element = tree.blocks[headline.block].element if headline and headline.block >= 0 else -1
    while element >= 0:
        trunk[element] = len(trunk)
        element = tree.parents[element]
    trunk[-1] = len(trunk)
    steps: dict[int, tuple[int, int, int]] = {}
    for element in {block.element for block in tree.blocks}:
        _climb(tree, element, trunk, steps)
    own = steps.get(tree.blocks[headline.block].element, (0, 0, -1))[2] if headline and headline.block >= 0 else -1
    articles = np.fromiter((steps[b.element][2] for b in tree.blocks), dtype=np.int64, count=len(tree.blocks))
    mass = np.bincount(articles + 1, weights=weight) / max(1.0, float(weight.sum()))
    seen: dict[int, int] = {}
    order = [seen.setdefault(a, len(seen)) for a in articles.tolist()]
    first = np.fromiter((b.tag == "h1" for b in tree.blocks), dtype=np.float32, count=len(tree.blocks))
    before = np.cumsum(first) - first
    return np.stack(
        [
            np.fromiter((min(steps[b.element][0], 15) for b in tree.blocks), dtype=np.float32, count=len(tree.blocks)),
            np.fromiter((min(steps[b.element][1], 25) for b in tree.blocks), dtype=np.float32, count=len(tree.blocks)),
            articles == own,
            mass[articles + 1],
            np.minimum(order, 20),
            np.minimum(before, 5),
            np.minimum(first.sum() - before - first, 5),
        ],
        axis=1,
    ).astype(np.float32)


def _climb(
    tree: Tree, element: int, trunk: dict[int, int], steps: dict[int, tuple[int, int, int]]
) -> tuple[int, int, int]:
    """(steps up to the headline's line, where on that line, nearest `<article>` or -1) of an element."""
    path = []
    while element not in steps and element >= 0:
        path.append(element)
        element = tree.parents[element]
    up, at, article = steps.get(element, (0, trunk[-1], -1))
    for element in reversed(path):
        if tree.tags[element] == "article":
            article = element
        up, at = (0, trunk[element]) if element in trunk else (up + 1, at)
        steps[element] = (up, at, article)
    steps.setdefault(-1, (0, trunk[-1], -1))
    return up, at, article


def groupings(tree: Tree) -> list[npt.NDArray[np.int64]]:
    """Ways in which the blocks of a page belong together, each an array of group numbers, one a block.

    By the element around them, by those one and two further out, and by the way they are written.
    """
    n = len(tree.blocks)
    above = np.array([*tree.parents, -1], dtype=np.int64)
    levels = [above[np.fromiter((b.element for b in tree.blocks), dtype=np.int64, count=n)]]
    for _ in range(2):
        levels.append(above[levels[-1]])
    keys: dict[tuple[str, str, str], int] = {}
    alike = np.fromiter(
        (keys.setdefault(_signature(tree, b.element), len(keys)) for b in tree.blocks), dtype=np.int64, count=n
    )
    return [*(level + 1 for level in levels), alike]
