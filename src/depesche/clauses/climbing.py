"""Trees: from the heads that each token may have, climb to the tree whose neighbouring arcs fit best.

A tree's score is the log-probability of its arcs (`arcs`) plus learned weights of its second-order parts: next siblings, grandparents, and
what each head governs on its two sides. Starting from the likeliest tree, one head at a time is changed while that raises the
score (Zhang, Lei, Barzilay and Jaakkola, "Greed is good if randomized", EMNLP 2014; here from one start for each likely root).
"""

# Compiled loops take their arrays one by one and know no keywords; their numbers are those of the tables at the head of the module.
# ruff: noqa: ANN001, C901, PLR0912, PLR0913, PLR0917, PLR2004
# mypy: disallow-untyped-defs=False, disallow-incomplete-defs=False, warn-return-any=False

import numpy as np

from depesche.clauses.arcs import AGREE, CASE, CLOSED, CLUSTER, COARSE, MORPH, NUMBER, TAG, WORD, distance
from depesche.clauses.compiled import compiled
from depesche.clauses.hashing import U
from depesche.clauses.keeping import room_for, slot_of
from depesche.clauses.tagger import blended, finish
from depesche.clauses.weights import size_of, weight_at

SIBLING_TEMPLATES = 16
GRAND_TEMPLATES = 17
HEAD_TEMPLATES = 8
CANDIDATES = 5
_LIKELY = 3.0
"""A head whose log-probability lies this far below the best one's is not tried."""
_ROUNDS = 4


@compiled
def _pair(a: int, b: int) -> int:
    return (a + 3) * 512 + b + 3


@compiled
def sibling_features(view, head, sibling, child, out) -> None:
    """Two neighbouring children on one side of a head; `sibling` is the one nearer to it, or -1 for none."""
    h, m = view[head], view[child]
    n = len(view) - 1
    side = 1 if head < child and head < n else 0
    st = sw = su = sm = sc = sg = -2
    apart = 0
    if sibling >= 0:
        s = view[sibling]
        st, sw, su, sm, sc, sg = s[TAG], s[WORD], s[COARSE], s[MORPH], s[CASE], s[CLUSTER]
        apart = min(abs(sibling - child), 4)
    pair = _pair(h[TAG], m[TAG])
    upair = h[COARSE] * 32 + m[COARSE]
    out[0] = blended(101, pair, st, side)
    out[1] = blended(102, pair, sw, side)
    out[2] = blended(103, h[TAG] * 512 + st, m[WORD], side)
    out[3] = blended(104, h[WORD], _pair(st, m[TAG]), side)
    out[4] = blended(105, st, m[TAG], side)
    out[5] = blended(106, sw, m[WORD], side)
    out[6] = blended(107, st, m[WORD], side)
    out[7] = blended(108, sw, m[TAG], side)
    out[8] = blended(109, pair, st, side * 8 + apart)
    out[9] = blended(110, h[COARSE], _pair(sm, m[MORPH]), _pair(su, m[COARSE]) * 2 + side)
    out[10] = blended(111, upair * 32 + su + 2, sc + 2, (m[CASE] + 1) * 2 + side)
    out[11] = blended(112, upair, su, side)
    out[12] = blended(113, h[WORD], sc * 64 + m[CASE], _pair(su, m[COARSE]) * 2 + side)
    out[13] = blended(114, h[TAG], _pair(sg, m[CLUSTER]), side)
    out[14] = blended(115, upair, _pair(sm, m[MORPH]), side)
    out[15] = blended(116, upair * 32 + su + 2, m[CLOSED], side * 8 + apart)
    finish(out, SIBLING_TEMPLATES)


@compiled
def grand_features(view, grand, head, child, out) -> None:
    """A head, its own head (the root for -1, as for -2 above the root) and a child."""
    n = len(view) - 1
    g = view[grand] if grand >= 0 else view[n]
    h, m = view[head], view[child]
    way = (1 if grand < head and grand < n else 0) * 2 + (1 if head < child else 0)
    inside = 1 if min(grand, head) < child < max(grand, head) else 0
    way = way * 2 + inside
    pair = _pair(h[TAG], m[TAG])
    out[0] = blended(201, pair, g[TAG], way)
    out[1] = blended(202, pair, g[WORD], way)
    out[2] = blended(203, g[TAG] * 512 + h[TAG], m[WORD], way)
    out[3] = blended(204, h[WORD], _pair(g[TAG], m[TAG]), way)
    out[4] = blended(205, g[TAG], m[TAG], way)
    out[5] = blended(206, g[WORD], m[WORD], way)
    out[6] = blended(207, g[TAG], m[WORD], way)
    out[7] = blended(208, g[WORD], m[TAG], way)
    out[8] = blended(209, g[COARSE] * 1024 + h[COARSE] * 32 + m[COARSE], way, -1)
    out[9] = blended(210, g[COARSE] * 32 + h[COARSE], _pair(h[MORPH], m[MORPH]), way)
    out[10] = blended(211, pair, g[TAG], way * 32 + distance(head, child))
    out[11] = blended(212, g[COARSE] * 32 + h[COARSE], m[WORD], way)
    out[12] = blended(213, h[WORD], m[WORD], g[TAG] * 8 + way)
    out[13] = blended(214, g[WORD], h[TAG], m[TAG] * 8 + way)
    out[14] = blended(215, g[CLUSTER], _pair(h[CLUSTER], m[CLUSTER]), way)
    out[15] = blended(216, g[CLUSTER], pair, way)
    out[16] = blended(217, g[WORD], h[WORD], m[TAG] * 8 + way)
    finish(out, GRAND_TEMPLATES)


@compiled
def head_features(view, heads, head, out) -> None:
    """What a head governs: how many phrases on either side, and which of them could be its subject or its object."""
    n = len(view) - 1
    h = view[head]
    left = right = subjects = objects = verbs = 0
    first = last = -1
    kinds = 0
    for k in range(n):
        if heads[k] != head:
            continue
        m = view[k]
        if k < head:
            left += 1
            if first < 0:
                first = m[TAG]
        else:
            right += 1
            last = m[TAG]
        kinds |= 1 << m[COARSE]
        if m[CASE] >= 0 and m[CLOSED] == 0:
            if m[CASE] & 1 and (h[AGREE] < 0 or m[NUMBER] & h[AGREE]):
                subjects += 1
            elif m[CASE] & 8:
                objects += 1
        if m[AGREE] >= 0:
            verbs += 1
    governed = min(subjects, 3) * 4 + min(objects, 3)
    out[0] = blended(301, h[TAG], governed, min(verbs, 3))
    out[1] = blended(302, h[WORD], governed, -1)
    out[2] = blended(303, h[TAG], kinds, -1)
    out[3] = blended(304, h[TAG], min(left, 6), min(right, 6))
    out[4] = blended(305, h[TAG], first, last)
    out[5] = blended(306, h[WORD], kinds, -1)
    out[6] = blended(307, h[MORPH], governed, min(verbs, 3))
    out[7] = blended(308, h[WORD], min(left, 6), min(right, 6))
    finish(out, HEAD_TEMPLATES)


@compiled
def _sum(features, count, weights) -> np.float32:
    mask = U(size_of(weights) - 1)
    total = np.float32(0)
    for j in range(count):
        total += weight_at(weights, features[j] & mask)
    return total


@compiled
def _sibling_score(view, head, sibling, child, weights, room) -> np.float32:
    keys, scores, out = room
    key = ((head << 20 | sibling + 1) << 20 | child) * 2
    slot = slot_of(key, len(keys))
    if keys[slot] != key:
        sibling_features(view, head, sibling, child, out)
        keys[slot] = key
        scores[slot] = _sum(out, SIBLING_TEMPLATES, weights)
    return scores[slot]


@compiled
def chain_score(view, heads, head, weights, room) -> np.float32:
    """The score of all next-sibling parts under one head, and of what it governs."""
    n = len(view) - 1
    total = np.float32(0)
    sibling = -1
    for k in range(head - 1, -1, -1):
        if heads[k] == head:
            total += _sibling_score(view, head, sibling, k, weights, room)
            sibling = k
    sibling = -1
    for k in range(head + 1, n):
        if heads[k] == head:
            total += _sibling_score(view, head, sibling, k, weights, room)
            sibling = k
    out = room[2]
    head_features(view, heads, head, out)
    return total + _sum(out, HEAD_TEMPLATES, weights)


@compiled
def grand_score(view, grand, head, child, weights, room) -> np.float32:
    """The score of one grandparent part."""
    keys, scores, out = room
    key = ((grand + 2 << 20 | head) << 20 | child) * 2 + 1
    slot = slot_of(key, len(keys))
    if keys[slot] != key:
        grand_features(view, grand, head, child, out)
        keys[slot] = key
        scores[slot] = _sum(out, GRAND_TEMPLATES, weights)
    return scores[slot]


@compiled
def crossings(heads, head, child) -> int:
    """How many other arcs the arc between two tokens crosses."""
    low, high = min(head, child), max(head, child)
    count = 0
    n = len(heads)
    for k in range(n):
        other = heads[k]
        if k == child or other < 0 or other >= n:
            continue
        # Spelt out: a set or a tuple of the two ends would be built anew for each pair.
        if low < k < high:
            if other < low or other > high:
                count += 1
        elif low < other < high and (k < low or k > high):
            count += 1
    return count


@compiled
def _above(heads, token, other) -> bool:
    """Whether `token` is `other` or above it."""
    n = len(heads)
    while 0 <= other < n:
        if other == token:
            return True
        other = heads[other]
    return False


@compiled
def _start(base, candidates, counts, root, heads) -> None:
    """The likeliest tree under a root, arcs taken in order of probability as long as they close no circle."""
    n = len(heads)
    heads[:] = -1
    heads[root] = n
    size = 0
    for m in range(n):
        size += counts[m]
    values = np.empty(size, np.float32)
    arcs = np.empty((size, 2), np.int64)
    at = 0
    for m in range(n):
        for j in range(counts[m]):
            values[at] = -base[candidates[m, j], m]
            arcs[at, 0], arcs[at, 1] = candidates[m, j], m
            at += 1
    for k in np.argsort(values):
        head, m = arcs[k]
        if heads[m] < 0 and head < n and not _above(heads, m, head):
            heads[m] = head
    for m in range(n):
        if heads[m] < 0:
            heads[m] = root


@compiled
def tree_score(view, base, heads, weights, bend) -> np.float32:
    """The whole score of a tree; `bend` is the (negative) weight of a crossing."""
    return _tree_score(view, base, heads, weights, bend, room_for(len(heads)))


@compiled
def _tree_score(view, base, heads, weights, bend, room) -> np.float32:
    n = len(heads)
    total = np.float32(0)
    for m in range(n):
        total += base[heads[m], m]
        if heads[m] < n:
            total += grand_score(view, heads[heads[m]], heads[m], m, weights, room)
            total += bend * np.float32(0.5) * crossings(heads, heads[m], m)
        total += chain_score(view, heads, m, weights, room)
    return total


@compiled
def _climb(view, base, candidates, counts, heads, weights, bend, room) -> None:
    n = len(heads)
    # Most tokens have one candidate, and most heads are nobody's candidate: their chains are never asked for.
    chains = np.full(n + 1, np.nan, np.float32)
    chains[n] = 0
    moves = 0
    looked = np.full(n, -1, np.int64)
    for _ in range(_ROUNDS):
        moved = False
        for m in range(n):
            old = heads[m]
            if counts[m] < 2 or old == n or looked[m] == moves:
                continue  # nothing has moved since it was found well placed
            looked[m] = moves
            if np.isnan(chains[old]):
                chains[old] = chain_score(view, heads, old, weights, room)
            best, gain, chain = -1, np.float32(1e-4), np.float32(0)
            heads[m] = -1
            without = chain_score(view, heads, old, weights, room)
            heads[m] = old
            before = base[old, m] + chains[old] - without + grand_score(view, heads[old], old, m, weights, room)
            for c in range(n):
                if heads[c] == m:
                    before += grand_score(view, old, m, c, weights, room)
            before += bend * crossings(heads, old, m)
            for j in range(counts[m]):
                head = candidates[m, j]
                if head in (old, n) or _above(heads, m, head):
                    continue
                if np.isnan(chains[head]):
                    chains[head] = chain_score(view, heads, head, weights, room)
                heads[m] = head
                own = chain_score(view, heads, head, weights, room)
                after = base[head, m] + own - chains[head]
                after += grand_score(view, heads[head], head, m, weights, room)
                for c in range(n):
                    if heads[c] == m:
                        after += grand_score(view, head, m, c, weights, room)
                after += bend * crossings(heads, head, m)
                heads[m] = old
                if after - before > gain:
                    best, gain, chain = head, after - before, own
            if best >= 0:
                heads[m] = best
                chains[old] = without
                chains[best] = chain
                moves += 1
                moved = True
        if not moved:
            return


@compiled
def choose(scores, candidates, counts, base) -> None:
    """From arc scores: log-probabilities of heads into `base`, and each token's likely heads, the likeliest first."""
    n = scores.shape[1]
    for m in range(n):
        top = scores[0, m]
        for h in range(n + 1):
            top = max(top, scores[h, m])
        total = np.float32(0)
        for h in range(n + 1):
            total += np.exp(scores[h, m] - top)
        rest = top + np.log(total)
        counts[m] = 0
        for h in range(n + 1):
            base[h, m] = max(scores[h, m] - rest, np.float32(-20))
            if scores[h, m] < top - _LIKELY:
                continue
            at = min(counts[m], CANDIDATES)
            while at > 0 and base[candidates[m, at - 1], m] < base[h, m]:
                if at < CANDIDATES:
                    candidates[m, at] = candidates[m, at - 1]
                at -= 1
            if at < CANDIDATES:
                candidates[m, at] = h
                counts[m] = min(counts[m] + 1, CANDIDATES)


_RIVAL = 1.2
"""A root whose log-probability lies this far below the likeliest one's is not tried."""


@compiled
def grow(view, base, candidates, counts, weights, bend, heads) -> np.float32:
    """Write the best tree found into `heads` (the root token's head is the number of tokens).

    Returns its score, or NaN where there was only one root to try: what needs no comparison is not added up.
    """
    n = len(heads)
    likeliest = np.float32(-1e9)
    for m in range(n):
        likeliest = max(likeliest, base[n, m])
    room = room_for(n)
    rivals = 0
    for m in range(n):
        if not base[n, m] < likeliest - _RIVAL:
            rivals += 1
    trial = np.empty(n, np.int64)
    best = np.float32(-1e9)
    for m in range(n):
        if base[n, m] < likeliest - _RIVAL:
            continue
        _start(base, candidates, counts, m, trial)
        _climb(view, base, candidates, counts, trial, weights, bend, room)
        if rivals == 1:
            heads[:] = trial
            return np.float32(np.nan)
        score = _tree_score(view, base, trial, weights, bend, room)
        if score > best:
            best = score
            heads[:] = trial
    return best


@compiled
def best_tree(view, base, candidates, counts, weights, bend, heads) -> np.float32:
    """As `grow`, with the score in any case."""
    score = grow(view, base, candidates, counts, weights, bend, heads)
    return tree_score(view, base, heads, weights, bend) if np.isnan(score) else score
