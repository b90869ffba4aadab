"""Trees: from the heads that each token may have, climb to the tree whose neighbouring arcs fit best.

A tree's score is the log-probability of its arcs (`arcs`) plus learned weights of its second-order parts: next siblings, grandparents, and
what each head governs on its two sides. Starting from the likeliest tree, one head at a time is changed while that raises the
score (Zhang, Lei, Barzilay and Jaakkola, "Greed is good if randomized", EMNLP 2014; here from one start for each likely root).
"""

# Compiled loops take their arrays one by one and know no keywords; their numbers are those of the tables at the head of the module.
# ruff: noqa: ANN001, C901, PLR0913, PLR0917, PLR2004
# mypy: disallow-untyped-defs=False, disallow-incomplete-defs=False, warn-return-any=False

import numpy as np

from depesche.clauses.compiled import compiled, inlined
from depesche.clauses.hashing import U
from depesche.clauses.keeping import key_of, room_for, slot_of
from depesche.clauses.parts import (
    GRAND_TEMPLATES,
    HEAD_TEMPLATES,
    SIBLING_TEMPLATES,
    grand_features,
    head_features,
    sibling_features,
)
from depesche.clauses.weights import size_of, weight_at

CANDIDATES = 5
_LIKELY = 3.0
"""A head whose log-probability lies this far below the best one's is not tried."""
_ROUNDS = 4


@compiled
def families(heads, family) -> None:
    """Fill `family`: of each head its first child (-1 for none), of each child the next one of its head."""
    eldest, younger = family
    n = len(heads)
    eldest[:] = -1
    for k in range(n - 1, -1, -1):
        if heads[k] >= 0:
            younger[k] = eldest[heads[k]]
            eldest[heads[k]] = k


@compiled
def _move(family, child, old, new) -> None:
    eldest, younger = family
    at = eldest[old]
    if at == child:
        eldest[old] = younger[child]
    else:
        while younger[at] != child:
            at = younger[at]
        younger[at] = younger[child]
    at = eldest[new]
    if at < 0 or at > child:
        younger[child] = at
        eldest[new] = child
        return
    while younger[at] >= 0 and younger[at] < child:
        at = younger[at]
    younger[child] = younger[at]
    younger[at] = child


@inlined
def children(eldest, younger, head, without, extra, own) -> int:
    """Write the children of a head into `own` from left to right, one left out and one added (-1 for none); how many they are."""
    count = 0
    k = eldest[head]
    while k >= 0:
        if 0 <= extra < k:
            own[count] = extra
            count += 1
            extra = -1
        if k != without:
            own[count] = k
            count += 1
        k = younger[k]
    if extra >= 0:
        own[count] = extra
        count += 1
    return count


@compiled
def _sum(features, count, weights) -> np.float32:
    mask = U(size_of(weights) - 1)
    total = np.float32(0)
    for j in range(count):
        total += weight_at(weights, features[j] & mask)
    return total


@compiled
def _new_sibling(view, head, sibling, child, weights, out) -> np.float32:
    sibling_features(view, head, sibling, child, out)
    return _sum(out, SIBLING_TEMPLATES, weights)


@compiled
def _new_grand(view, grand, head, child, weights, out) -> np.float32:
    grand_features(view, grand, head, child, out)
    return _sum(out, GRAND_TEMPLATES, weights)


@inlined
def _sibling_score(view, head, sibling, child, weights, keys, scores, out, sentence) -> np.float32:
    key = key_of(sentence, head, sibling, child, 0)
    slot = slot_of(key, len(keys))
    if keys[slot] != key:
        keys[slot] = key
        scores[slot] = _new_sibling(view, head, sibling, child, weights, out)
    return scores[slot]


@inlined
def chain_score(view, eldest, younger, head, without, extra, weights, keys, scores, out, own, sentence) -> np.float32:
    """The score of all next-sibling parts under one head, and of what it governs; see `children`."""
    count = children(eldest, younger, head, without, extra, own)
    left = 0
    while left < count and own[left] < head:
        left += 1
    total = np.float32(0)
    sibling = -1
    for j in range(left - 1, -1, -1):
        total += _sibling_score(view, head, sibling, own[j], weights, keys, scores, out, sentence)
        sibling = own[j]
    sibling = -1
    for j in range(left, count):
        total += _sibling_score(view, head, sibling, own[j], weights, keys, scores, out, sentence)
        sibling = own[j]
    head_features(view, head, own, count, out)
    return total + _sum(out, HEAD_TEMPLATES, weights)


@inlined
def grand_score(view, grand, head, child, weights, keys, scores, out, sentence) -> np.float32:
    """The score of one grandparent part."""
    key = key_of(sentence, grand, head, child, 1)
    slot = slot_of(key, len(keys))
    if keys[slot] != key:
        keys[slot] = key
        scores[slot] = _new_grand(view, grand, head, child, weights, out)
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
def _likeliest_first(base, candidates, counts) -> np.ndarray:
    """All arcs that may be taken, the likeliest first: rows of head and child."""
    n = len(counts)
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
    return arcs[np.argsort(values)]


@compiled
def _start(arcs, root, heads) -> None:
    """The likeliest tree under a root, arcs taken in order of probability as long as they close no circle."""
    n = len(heads)
    heads[:] = -1
    heads[root] = n
    for k in range(len(arcs)):
        head, m = arcs[k, 0], arcs[k, 1]
        if heads[m] < 0 and head < n and not _above(heads, m, head):
            heads[m] = head
    for m in range(n):
        if heads[m] < 0:
            heads[m] = root


@compiled
def tree_score(view, base, heads, weights, bend) -> np.float32:
    """The whole score of a tree; `bend` is the (negative) weight of a crossing."""
    n = len(heads)
    family = (np.empty(n + 1, np.int64), np.empty(n, np.int64))
    families(heads, family)
    return _tree_score(view, base, heads, family, weights, bend, room_for(n), 0)


@compiled
def _tree_score(view, base, heads, family, weights, bend, room, sentence) -> np.float32:
    n = len(heads)
    keys, scores, out, own, _, _, _ = room
    eldest, younger = family
    total = np.float32(0)
    for m in range(n):
        total += base[heads[m], m]
        if heads[m] < n:
            total += grand_score(view, heads[heads[m]], heads[m], m, weights, keys, scores, out, sentence)
            total += bend * np.float32(0.5) * crossings(heads, heads[m], m)
        total += chain_score(view, eldest, younger, m, -1, -1, weights, keys, scores, out, own, sentence)
    return total


@inlined
def _grandchildren(view, head, middle, eldest, younger, weights, keys, scores, out, sentence, total) -> np.float32:
    """Add to `total` the scores of the grandparent parts of a head, a child of it and the child's children."""
    k = eldest[middle]
    while k >= 0:
        total += grand_score(view, head, middle, k, weights, keys, scores, out, sentence)
        k = younger[k]
    return total


@compiled
def _climb(view, base, candidates, counts, heads, family, weights, bend, room, sentence) -> None:
    n = len(heads)
    keys, scores, out, own, _, _, _ = room
    eldest, younger = family
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
                chains[old] = chain_score(view, eldest, younger, old, -1, -1, weights, keys, scores, out, own, sentence)
            best, gain, chain = -1, np.float32(1e-4), np.float32(0)
            without = chain_score(view, eldest, younger, old, m, -1, weights, keys, scores, out, own, sentence)
            before = (
                base[old, m]
                + chains[old]
                - without
                + grand_score(view, heads[old], old, m, weights, keys, scores, out, sentence)
            )
            before = _grandchildren(view, old, m, eldest, younger, weights, keys, scores, out, sentence, before)
            before += bend * crossings(heads, old, m)
            for j in range(counts[m]):
                head = candidates[m, j]
                if head in (old, n) or _above(heads, m, head):
                    continue
                if np.isnan(chains[head]):
                    chains[head] = chain_score(
                        view, eldest, younger, head, -1, -1, weights, keys, scores, out, own, sentence
                    )
                chained = chain_score(view, eldest, younger, head, -1, m, weights, keys, scores, out, own, sentence)
                after = base[head, m] + chained - chains[head]
                after += grand_score(view, heads[head], head, m, weights, keys, scores, out, sentence)
                after = _grandchildren(view, head, m, eldest, younger, weights, keys, scores, out, sentence, after)
                after += bend * crossings(heads, head, m)
                if after - before > gain:
                    best, gain, chain = head, after - before, chained
            if best >= 0:
                heads[m] = best
                _move(family, m, old, best)
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
def grow(view, base, candidates, counts, weights, bend, heads, room, sentence) -> np.float32:
    """Write the best tree found into `heads` (the root token's head is the number of tokens).

    `room` is `keeping.room_for` the longest of many sentences, of which this is number `sentence`.
    Returns its score, or NaN where there was only one root to try: what needs no comparison is not added up.
    """
    n = len(heads)
    likeliest = np.float32(-1e9)
    for m in range(n):
        likeliest = max(likeliest, base[n, m])
    rivals = 0
    for m in range(n):
        if not base[n, m] < likeliest - _RIVAL:
            rivals += 1
    trial = room[4][:n]
    family = (room[5][: n + 1], room[6][:n])
    arcs = _likeliest_first(base, candidates, counts)
    best = np.float32(-1e9)
    for m in range(n):
        if base[n, m] < likeliest - _RIVAL:
            continue
        _start(arcs, m, trial)
        families(trial, family)
        _climb(view, base, candidates, counts, trial, family, weights, bend, room, sentence)
        if rivals == 1:
            heads[:] = trial
            return np.float32(np.nan)
        score = _tree_score(view, base, trial, family, weights, bend, room, sentence)
        if score > best:
            best = score
            heads[:] = trial
    return best


@compiled
def best_tree(view, base, candidates, counts, weights, bend, heads) -> np.float32:
    """As `grow`, with the score in any case."""
    score = grow(view, base, candidates, counts, weights, bend, heads, room_for(len(heads)), 0)
    return tree_score(view, base, heads, weights, bend) if np.isnan(score) else score
