"""How likely each token is to be the head of each other: a log-linear model over hashed features of the two and what lies around them.

Every token chooses its head among all others and the root (Zhang, Cheng and Lapata 2017 call it head selection; the features are those
of McDonald, Crammer and Pereira 2005, with slots of the paradigm and agreement). `climbing` makes a tree of the choices.
"""

# Compiled loops take their arrays one by one and know no keywords; their numbers are those of the tables at the head of the module.
# ruff: noqa: ANN001, PLR0913, PLR0915, PLR0917, PLR2004
# mypy: disallow-untyped-defs=False, disallow-incomplete-defs=False, warn-return-any=False

import numpy as np

from depesche.clauses.compiled import borrowed, compiled, held
from depesche.clauses.hashing import U
from depesche.clauses.symbols import FINITE, GROUP, LOW, SLOTS
from depesche.clauses.tagger import blended, finish
from depesche.clauses.weights import size_of, weight_at

ARC_TEMPLATES = 52
WORD, TAG, COARSE, MORPH, CASE, AGREE, CLUSTER, NUMBER, CLOSED, VIEW = range(10)
"""Columns of what the parser sees of a token: lower-case form, fine tag, universal part of speech, morphology, cases its noun phrase can
stand in, persons its clause's finite verb can have, word cluster, numbers it can have as a subject (1 singular, 2 plural), whether a
preposition opens its phrase."""

UNSEEN = np.float32(-1e4)
"""The score of an arc that is given up unseen."""
_NOMINAL_BITS = 0xFFFF
_LEFT_EDGE = 8
"""How many words to the left a noun phrase's determiner is looked for."""


@compiled
def see(rows, tags, bundles, coarse, keys, roles, view) -> None:
    """Fill what the parser sees.

    Args:
        rows: symbols of the sentence's tokens.
        tags: what the tagger said.
        bundles: and of each tag, which of its feature bundles.
        coarse: universal part of speech of each tag.
        keys: a number for the morphology of each bundle of each tag, shape (tags, bundles).
        roles: of each tag, what it is in a phrase: 1 noun, 2 determiner or attribute, 3 preposition, 4 finite verb, 5 other verb, 6 comma
            or the like, 0 anything else.
        view: int64 of shape (tokens + 1, VIEW); the last row is the root.
    """
    n = len(rows)
    for i in range(n):
        seen = view[i]
        seen[WORD], seen[TAG], seen[COARSE] = rows[i, LOW], tags[i], coarse[tags[i]]
        seen[MORPH] = keys[tags[i], bundles[i]]
        seen[CLUSTER] = rows[i, GROUP]
        slots = rows[i, SLOTS] if rows[i, SLOTS] > 0 else _NOMINAL_BITS
        closed = 0
        if roles[tags[i]] == 1:
            k = i - 1
            while k >= 0 and i - k <= _LEFT_EDGE and roles[tags[k]] == 2:
                if rows[k, SLOTS] > 0 and slots & rows[k, SLOTS]:
                    slots &= rows[k, SLOTS]
                k -= 1
            if k >= 0 and roles[tags[k]] == 3:
                closed = 1
                if rows[k, SLOTS] > 0 and slots & rows[k, SLOTS]:
                    slots &= rows[k, SLOTS]
        cases = 0
        for c in range(4):
            if (slots >> (4 * c)) & 15:
                cases |= 1 << c
        seen[CASE] = cases if roles[tags[i]] in (1, 2) else -1
        seen[NUMBER] = (1 if slots & 7 else 0) + (2 if slots & 8 else 0) if roles[tags[i]] in (1, 2) else -1
        seen[CLOSED] = closed
        seen[AGREE] = -1
    _agreement(rows, tags, roles, view)
    view[n] = -2


@compiled
def _agreement(rows, tags, roles, view) -> None:
    """Give each verb the persons of the finite verb of its clause: itself, the one right after it, or the last one before it."""
    n = len(rows)
    last = -1
    for i in range(n):
        role = roles[tags[i]]
        if role == 4:
            last = i
        if role not in (4, 5):
            continue
        finite = i if role == 4 else -1
        k = i + 1
        while finite < 0 and k < n and k < i + 3 and roles[tags[k]] in (4, 5):
            if roles[tags[k]] == 4:
                finite = k
            k += 1
        if finite < 0:
            finite = last
        if finite >= 0 and rows[finite, FINITE] > 0:
            persons = rows[finite, FINITE]
            view[i, AGREE] = (1 if persons & 4 else 0) + (2 if persons & 32 else 0) + (4 if persons & 27 else 0)


@compiled
def distance(head: int, child: int) -> int:
    """A bucket for how far apart two tokens are, and on which side the child is."""
    apart = abs(head - child)
    if apart > 25:
        bucket = 11
    elif apart > 15:
        bucket = 10
    elif apart > 10:
        bucket = 9
    elif apart > 7:
        bucket = 8
    elif apart > 5:
        bucket = 7
    else:
        bucket = apart
    return bucket * 2 + (1 if head < child else 0)


@compiled
def between(sums, left, right) -> int:
    """What lies strictly between two places, as one number: finite verbs, other verbs, commas, conjunctions, nouns, prepositions."""
    code = 0
    for kind in range(7):
        count = sums[right, kind] - sums[left + 1, kind]
        top = 3 if kind in (0, 2) else 2
        code = code * 4 + min(count, top)
    return code


@compiled
def tally(view, kinds, sums) -> None:
    """Running counts for `between`: `sums[i, k]` tokens of kind k lie before place i; `kinds` maps tags to kinds, -1 for none."""
    n = len(view) - 1
    for k in range(sums.shape[1]):
        sums[0, k] = 0
    for i in range(n):
        for k in range(sums.shape[1]):
            sums[i + 1, k] = sums[i, k]
        kind = kinds[view[i, TAG]]
        if kind >= 0:
            sums[i + 1, kind] += 1


@compiled
def arc_features(view, sums, head, child, out) -> None:
    """The features of one arc; `head` may be the root, which is the last row of `view`."""
    n = len(view) - 1
    h, m = view[head], view[child]
    hw, ht, hu, hm, hg = h[WORD], h[TAG], h[COARSE], h[MORPH], h[CLUSTER]
    mw, mt, mu, mm, mg = m[WORD], m[TAG], m[COARSE], m[MORPH], m[CLUSTER]
    root = head == n
    far = distance(head, child) if not root else 30
    side = 2 if root else far & 1
    low = -1 if root else min(head, child)
    high = child if root else max(head, child)
    gap = between(sums, low, high)
    h1 = view[head + 1, TAG] if not root and head + 1 < n else -3
    h0 = view[head - 1, TAG] if not root and head > 0 else -3
    m1 = view[child + 1, TAG] if child + 1 < n else -3
    m0 = view[child - 1, TAG] if child > 0 else -3
    m2 = view[child + 2, TAG] if child + 2 < n else -3
    m1w = view[child + 1, WORD] if child + 1 < n else -3
    m0w = view[child - 1, WORD] if child > 0 else -3
    h1w = view[head + 1, WORD] if not root and head + 1 < n else -3
    h0w = view[head - 1, WORD] if not root and head > 0 else -3
    pair = ht * 256 + mt
    upair = hu * 32 + mu
    case, number, agree, closed = m[CASE], m[NUMBER], h[AGREE], m[CLOSED]
    fit = number & agree if number >= 0 and agree >= 0 else -1
    out[0] = blended(1, pair, far, -1)
    out[1] = blended(2, hw, mt, far)
    out[2] = blended(3, ht, mw, far)
    out[3] = blended(4, hw, mw, side)
    out[4] = blended(5, hw, mw, pair)
    out[5] = blended(6, hw, mt, side)
    out[6] = blended(7, ht, mw, side)
    out[7] = blended(8, pair, side, -1)
    out[8] = blended(9, pair, gap, side)
    out[9] = blended(10, upair, gap, side)
    out[10] = blended(11, mt, gap, side)
    out[11] = blended(12, pair, h1, side)
    out[12] = blended(13, pair, h0, side)
    out[13] = blended(14, pair, m1, side)
    out[14] = blended(15, pair, m0, side)
    out[15] = blended(16, pair, h1 * 256 + m0, side)
    out[16] = blended(17, pair, h0 * 256 + m0, side)
    out[17] = blended(18, pair, h1 * 256 + m1, side)
    out[18] = blended(19, pair, h0 * 256 + m1, side)
    out[19] = blended(20, pair, m0 * 256 + m1, side)
    out[20] = blended(21, pair, h0 * 256 + h1, side)
    out[21] = blended(22, hm, mm, upair * 2 + side)
    out[22] = blended(23, pair, mm, side)
    out[23] = blended(24, pair, hm, side)
    out[24] = blended(25, pair, case, side)
    out[25] = blended(26, hw, case * 2 + closed, mu * 4 + side)
    out[26] = blended(27, pair, fit, case)
    out[27] = blended(28, upair, fit * 2 + side, case * 64 + mm % 61)
    out[28] = blended(29, hg, mg, side)
    out[29] = blended(30, hg, mt, far)
    out[30] = blended(31, ht, mg, far)
    out[31] = blended(32, hw, mg, side)
    out[32] = blended(33, hg, mw, side)
    out[33] = blended(34, mt, far, -1)
    out[34] = blended(35, ht, far, -1)
    out[35] = blended(36, mw, far, -1)
    out[36] = blended(37, hw, far, -1)
    out[37] = blended(38, ht, mw, gap)
    out[38] = blended(39, hw, mt, gap)
    out[39] = blended(40, pair, m[NUMBER], agree * 4 + side)
    out[40] = blended(41, pair, m1w, side)
    out[41] = blended(42, pair, m0w, side)
    out[42] = blended(43, pair, h1w, side)
    out[43] = blended(44, pair, h0w, side)
    out[44] = blended(45, pair, far, gap)
    out[45] = blended(46, mw, m1 * 256 + m0, hu * 4 + side)
    out[46] = blended(47, hu, mw, gap)
    out[47] = blended(48, pair, m1 * 256 + m2, side)
    out[48] = blended(49, pair, far, m0 * 256 + m1)
    out[49] = blended(50, upair, far, gap)
    out[50] = blended(51, m0w, mt, hw)
    out[51] = blended(52, pair, closed, gap)
    finish(out, ARC_TEMPLATES)


@compiled
def arc_scores(view, sums, reach, weights, scores) -> None:
    """Write the score of every head (rows; the last is the root) for every child (columns).

    Arcs longer than `reach` are given up unseen; it has, for the fine tags of head and child and the side of the child, the longest
    distance at which they were ever seen.
    """
    n = len(view) - 1
    room = np.empty(ARC_TEMPLATES, np.uint64)
    features = borrowed(room)
    mask = U(size_of(weights) - 1)
    for child in range(n):
        tag = view[child, TAG]
        for head in range(n + 1):
            scores[head, child] = UNSEEN
            if head == child or (
                head < n and abs(head - child) > reach[view[head, TAG], tag, 1 if head < child else 0]
            ):
                continue
            arc_features(view, sums, head, child, features)
            total = np.float32(0)
            for j in range(ARC_TEMPLATES):
                total += weight_at(weights, features[j] & mask)
            scores[head, child] = total
    held(room)
