"""Where each block stands among the elements of its page, in one compiled pass."""
# ruff: noqa: ANN001, ANN201, ANN202, C901, PLR0912, PLR0913, PLR0915, PLR0917 (compiled: numbers, no objects)

import numba
import numpy as np

_TRUNK = 0.4
LEVELS = 4


@numba.njit(cache=True, nogil=True)
def stand(elements, table, levels, article, weight, running, size, head, heads, first, groups, caption, out, at):  # type: ignore[no-untyped-def]
    """Fill the columns of `out` that tell of a block's element and return the numbers of four groupings, one column each.

    Args:
        elements: `Tree.elements`; `table` is `Tree.table`.
        table: see `elements`.
        levels: of each tag, its bit in `Block.within`; `heads` its number as a feature.
        article: the number of the tag `article`; `first` that of `h1`.
        weight: each block's running text in code points, 0 for what is none; `running` that of every block; `size` of all its text.
        running: see `weight`.
        size: see `weight`.
        head: number of the headline's block, or -1.
        heads: see `levels`.
        first: see `article`.
        groups: how many groups of words in names there are.
        caption: the bit of those that name captions.
        out: one row a block.
        at: first columns of the tag, of the masses, of the neighbours and of the trunk.
    """
    n, many = len(table), len(elements)
    tag_at, mass_at, near_at, trunk_at = at
    own_trunk = np.full(many + 1, -1, dtype=np.int64)
    turns = 0
    element = table[head, 1] if head >= 0 else -1
    while element >= 0:
        own_trunk[element] = turns
        turns += 1
        element = elements[element, 0]
    held, masses = np.zeros(many + 1), np.zeros(many + 1)
    total = 0.0
    for row in range(n):
        held[table[row, 1]] += running[row]
        total += weight[row]
    total = max(1.0, total)
    for number in range(many - 1, -1, -1):
        held[elements[number, 0]] += held[number]
    most = _TRUNK * max(1.0, held[many])
    around, within = np.zeros(many + 1, dtype=np.int64), np.zeros(many + 1, dtype=np.int64)
    up, along = np.zeros(many + 1, dtype=np.int64), np.full(many + 1, turns, dtype=np.int64)
    homes = np.full(many + 1, -1, dtype=np.int64)
    for number in range(many):
        outer, tag = elements[number, 0], elements[number, 1]
        around[number], within[number] = around[outer], within[outer]
        if held[number] <= most:
            # "<div id=ad-wrapper>" around the whole page says nothing of a block; around one block it says all.
            around[number] |= elements[number, 3]
            within[number] |= levels[tag]
        homes[number] = number if tag == article else homes[outer]
        if own_trunk[number] >= 0:
            up[number], along[number] = 0, own_trunk[number]
        else:
            up[number], along[number] = up[outer] + 1, along[outer]
    found = np.zeros((n, LEVELS), dtype=np.int64)
    keys = np.zeros(n, dtype=np.uint64)
    level = np.zeros(n, dtype=np.int64)
    for row in range(n):
        counts, block = out[row], table[row]
        element = block[1]
        outer = elements[element, 0] if element >= 0 else -1
        level[row] = outer
        found[row, 0] = outer + 1
        tag = elements[element, 1] if element >= 0 else 0
        counts[tag_at] = heads[tag]
        counts[tag_at + 1] = block[7] / size[row]
        counts[tag_at + 2] = min(block[8], 20)
        counts[tag_at + 3], counts[tag_at + 4] = block[9] / size[row], block[10] / size[row]
        counts[tag_at + 5] = block[13] >= 0
        own = block[2] | block[5]
        column = tag_at + 6
        for step in range(groups):
            counts[column + step] = (own >> step) & 1
            counts[column + groups + step] = (block[3] >> step) & 1
            counts[column + 2 * groups + step] = (around[element] >> step) & 1
        column += 3 * groups
        for step in range(mass_at - column):
            counts[column + step] = (within[element] >> step) & 1
        if element >= 0:
            key = np.uint64(tag) * np.uint64(1099511628211) ^ np.uint64(elements[element, 7])
            over = np.uint64(elements[outer, 7]) if outer >= 0 else np.uint64(0)
            keys[row] = key * np.uint64(0x9E3779B97F4A7C15) ^ over
    for turn in range(LEVELS):
        masses[:] = 0
        for row in range(n):
            masses[level[row]] += weight[row]
        for row in range(n):
            out[row, mass_at + turn] = masses[level[row]] / total
            level[row] = elements[level[row], 0] if level[row] >= 0 else -1
            if turn < 2:  # noqa: PLR2004
                found[row, turn + 1] = level[row] + 1
    _alike(keys, weight, size, total, mass_at + LEVELS, out, found)
    _beside(found, table, caption, tag_at, near_at, out)
    _along(table, up, along, homes, weight, total, head, heads[first], tag_at, trunk_at, out)
    return found, homes


@numba.njit(cache=True, nogil=True)
def _alike(keys, weight, size, total, column, out, found):  # type: ignore[no-untyped-def]
    """Blocks written alike (same tag and class, in the same kind of element): how much running text they hold together."""
    n = len(keys)
    order = np.argsort(keys)
    first, group = 0, 0
    mass, length = 0.0, 0.0
    for turn in range(n + 1):
        if turn == n or keys[order[turn]] != keys[order[first]]:
            many = turn - first
            for other in range(first, turn):
                row = order[other]
                out[row, column] = mass / total
                out[row, column + 1] = min(many, 100)
                out[row, column + 2] = np.log1p(length / many)
                found[row, 3] = group
            first, mass, length = turn, 0.0, 0.0
            group += 1
        if turn < n:
            mass += weight[order[turn]]
            length += size[order[turn]]


@numba.njit(cache=True, nogil=True)
def _beside(found, table, caption, tag_at, column, out):  # type: ignore[no-untyped-def]
    n = len(table)
    for row in range(n):
        counts = out[row]
        for side in range(2):
            other = row + (-1, 1)[side]
            if 0 <= other < n:
                counts[column + side] = found[row, 0] == found[other, 0]
                counts[column + 2 + side] = out[other, tag_at]
                counts[column + 4 + side] = out[other, tag_at + 1]
            else:
                counts[column + 2 + side] = counts[column + 4 + side] = -2
        counts[column + 6] = -2 if row == 0 else (table[row - 1, 3] & caption) != 0


@numba.njit(cache=True, nogil=True)
def _along(table, up, along, homes, weight, total, head, first, tag_at, column, out):  # type: ignore[no-untyped-def]
    """How far each block hangs from the line of elements around the headline, and which `<article>` it is in."""
    n = len(table)
    mass = np.zeros(len(homes) + 1)
    order = np.full(len(homes) + 1, -1, dtype=np.int64)
    many, firsts = 0, 0
    for row in range(n):
        home = homes[table[row, 1]]
        mass[home] += weight[row]
        if order[home] < 0:
            order[home] = many
            many += 1
        firsts += out[row, tag_at] == first
    own = homes[table[head, 1]] if head >= 0 else -1
    before = 0
    for row in range(n):
        counts, element = out[row], table[row, 1]
        counts[column], counts[column + 1] = min(up[element], 15), min(along[element], 25)
        counts[column + 2] = homes[element] == own
        counts[column + 3] = mass[homes[element]] / total
        counts[column + 4] = min(order[homes[element]], 20)
        is_first = out[row, tag_at] == first
        counts[column + 5] = min(before, 5)
        counts[column + 6] = min(firsts - before - is_first, 5)
        before += is_first
