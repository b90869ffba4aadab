"""What each token is to its head: relations, chosen with the whole tree in view.

Top-down, and under each head from left to right, so that a verb which has its subject does not get another one. Besides the words
themselves the model sees what the treebanks are too small to teach: which cases a phrase can stand in, whether it agrees with the
finite verb of the clause, the auxiliaries over a participle, and the topological field (Höhle 1986) that a phrase stands in.
"""

# Compiled loops take their arrays one by one and know no keywords; their numbers are those of the tables at the head of the module.
# ruff: noqa: ANN001, C901, PLR0913, PLR0915, PLR0917, PLR2004
# mypy: disallow-untyped-defs=False, disallow-incomplete-defs=False, warn-return-any=False

import numpy as np

from depesche.clauses.arcs import AGREE, CASE, CLOSED, CLUSTER, COARSE, MORPH, NUMBER, TAG, WORD, distance
from depesche.clauses.compiled import borrowed, compiled, held
from depesche.clauses.tagger import best_of, blended, finish, scored
from depesche.clauses.weights import width_of

LABEL_TEMPLATES = 60
PREP, MARK, AUX, FIELD, SUBJECTS, OBJECTS, PART, LEFT, CONTEXT = range(9)
"""Columns of the context of a token in its tree: its first preposition, its first subordinator, its auxiliaries, where its finite verb
stands, how many of its children can be subject, how many only objects, its particle, how many children stand left."""


@compiled
def surroundings(view, heads, roles, context) -> None:
    """Fill the context of each token; `roles` as in `arcs.see` with 7 for subordinators, 8 for particles, 9 for auxiliaries."""
    n = len(heads)
    context[:] = 0
    for i in range(n):
        context[i, PREP] = context[i, MARK] = context[i, AUX] = context[i, PART] = -1
        context[i, FIELD] = i
    for i in range(n):
        h = heads[i]
        if h < 0 or h >= n:
            continue
        m = view[i]
        role = roles[m[TAG]]
        own = context[h]
        if role == 3 and own[PREP] < 0:
            own[PREP] = m[WORD]
        elif role == 7 and own[MARK] < 0:
            own[MARK] = m[WORD]
        elif role == 8:
            own[PART] = m[WORD]
        if role in (4, 5) and view[h, AGREE] >= 0:
            # An auxiliary (or a copula); the leftmost is the finite one in a main clause, the rightmost in a subordinate one.
            own[AUX] = (own[AUX] * 31 + m[WORD]) & 0x7FFFFFFFFFFFFFFF
            if role == 4:
                own[FIELD] = i
        if m[CASE] >= 0 and m[CLOSED] == 0 and role != 2:
            if m[CASE] & 1 and (view[h, AGREE] < 0 or m[NUMBER] & view[h, AGREE]):
                own[SUBJECTS] += 1
            elif m[CASE] & 14:
                own[OBJECTS] += 1
        if i < h:
            own[LEFT] += 1


@compiled
def label_features(view, heads, context, labels, child, state, out) -> None:
    """The features of the relation of one token; `state` is (last label, labels seen, nominal phrases seen, their cases)."""
    n = len(heads)
    head = heads[child]
    root = head < 0 or head >= n
    h = view[n] if root else view[head]
    m = view[child]
    own = context[child]
    ht, hw, hm, hu = h[TAG], h[WORD], h[MORPH], h[COARSE]
    mt, mw, mm, mu = m[TAG], m[WORD], m[MORPH], m[COARSE]
    side = 2 if root else (1 if head < child else 0)
    far = 30 if root else distance(head, child)
    prep = own[PREP]
    case, closed, number = m[CASE], m[CLOSED], m[NUMBER]
    aux = mark = part = -1
    subjects = objects = field = above = gt = gw = -1
    if not root:
        upper = context[head]
        aux, mark, part = upper[AUX], upper[MARK], upper[PART]
        subjects, objects = min(upper[SUBJECTS], 3), min(upper[OBJECTS], 3)
        finite = upper[FIELD]
        field = (0 if child < finite else 1) + (2 if finite < head else 0) + (4 if finite == head else 0)
        above = labels[head]
        if 0 <= heads[head] < n:
            gt, gw = view[heads[head], TAG], view[heads[head], WORD]
    agree = h[AGREE]
    fit = number & agree if number >= 0 and agree >= 0 else -1
    last, seen, nominal, cases = state[0], state[1], state[2], state[3]
    m1 = view[child + 1, TAG] if child + 1 < n else -3
    m0 = view[child - 1, TAG] if child > 0 else -3
    m1w = view[child + 1, WORD] if child + 1 < n else -3
    m0w = view[child - 1, WORD] if child > 0 else -3
    pair = ht * 256 + mt
    upair = hu * 32 + mu
    grammar = (case + 1) * 16 + (fit + 1) * 2 + closed
    crowd = subjects * 4 + objects
    out[0] = blended(401, pair, side, -1)
    out[1] = blended(402, hw, mw, -1)
    out[2] = blended(403, hw, mt, side)
    out[3] = blended(404, ht, mw, side)
    out[4] = blended(405, hw, ht, side)
    out[5] = blended(406, mw, mt, side)
    out[6] = blended(407, pair, far, -1)
    out[7] = blended(408, pair, mm, side)
    out[8] = blended(409, pair, hm, side)
    out[9] = blended(410, hm, mm, upair * 4 + side)
    out[10] = blended(411, prep, mt, ht)
    out[11] = blended(412, prep, hw, mt)
    out[12] = blended(413, prep, hw, mm)
    out[13] = blended(414, upair, grammar, field)
    out[14] = blended(415, upair, grammar, aux)
    out[15] = blended(416, upair, grammar, crowd)
    out[16] = blended(417, hw, grammar, mu)
    out[17] = blended(418, hw, aux, grammar * 32 + mu)
    out[18] = blended(419, upair, seen, last)
    out[19] = blended(420, upair, last, grammar)
    out[20] = blended(421, upair, seen, grammar)
    out[21] = blended(422, aux, mt, field)
    out[22] = blended(423, upair, mm, field)
    out[23] = blended(424, upair, mm, seen)
    out[24] = blended(425, mw, mm, field)
    out[25] = blended(426, pair, above, gt)
    out[26] = blended(427, above, mt, mw)
    out[27] = blended(428, above, upair, far)
    out[28] = blended(429, pair, m1, m0)
    out[29] = blended(430, pair, m1w, side)
    out[30] = blended(431, pair, m0w, side)
    out[31] = blended(432, own[MARK], pair, side)
    out[32] = blended(433, own[MARK], hw, mu)
    out[33] = blended(434, own[AUX], pair, -1)
    out[34] = blended(435, mark, pair, field)
    out[35] = blended(436, part, hw, mu * 4 + side)
    out[36] = blended(437, h[CLUSTER], m[CLUSTER], side)
    out[37] = blended(438, h[CLUSTER], mt, grammar)
    out[38] = blended(439, ht, m[CLUSTER], side)
    out[39] = blended(440, hw, m[CLUSTER], prep)
    out[40] = blended(441, pair, number, agree * 4 + side)
    out[41] = blended(442, mw, crowd, aux)
    out[42] = blended(443, hw, aux, field)
    out[43] = blended(444, gw, pair, side)
    out[44] = blended(445, upair, grammar, nominal * 32 + crowd)
    out[45] = blended(446, upair, cases, grammar)
    out[46] = blended(447, hw, cases, grammar)
    out[47] = blended(448, hw, nominal * 32 + crowd, grammar * 32 + mu)
    out[48] = blended(449, upair, min(own[LEFT], 3), prep)
    out[49] = blended(450, hw, mm, field)
    out[50] = blended(451, hw, last, mt)
    out[51] = blended(452, upair, mm, crowd)
    out[52] = blended(453, upair, mm, aux)
    out[53] = blended(454, aux, mark, grammar * 32 + mu)
    out[54] = blended(455, hm, mm, crowd * 32 + field)
    out[55] = blended(456, pair, gt, side)
    out[56] = blended(457, m0w, mt, ht)
    out[57] = blended(458, mw, grammar, field)
    out[58] = blended(459, mw, aux, field)
    out[59] = blended(460, upair, agree, mm)
    finish(out, LABEL_TEMPLATES)


@compiled
def advance(view, child, label, state) -> None:
    """Take a chosen label into the state of its head."""
    m = view[child]
    state[0] = label
    state[1] |= 1 << (label % 60)
    if m[CASE] >= 0 and m[CLOSED] == 0:
        state[2] = min(state[2] + 1, 7)
        state[3] = state[3] * 16 + m[CASE] & 0xFFFF


@compiled
def order_of(heads, order) -> None:
    """Tokens from the root downwards, the children of one head together and from left to right."""
    n = len(heads)
    filled = 0
    for k in range(n):
        if heads[k] < 0 or heads[k] >= n:
            order[filled] = k
            filled += 1
    at = 0
    while at < filled:
        head = order[at]
        at += 1
        for k in range(n):
            if heads[k] == head and filled < n:
                order[filled] = k
                filled += 1


@compiled
def label_sentence(view, heads, roles, weights, labels) -> None:
    """Write the relation of each token into `labels`; `heads` has -1 (or the number of tokens) for the root."""
    n = len(heads)
    classes = width_of(weights)
    kept = np.empty((n, CONTEXT), np.int64), np.zeros(n, np.int64), np.zeros(4, np.int64)
    room, sums = np.empty(LABEL_TEMPLATES, np.uint64), np.empty(classes, np.float32)
    context, order, state = borrowed(kept[0]), borrowed(kept[1]), borrowed(kept[2])
    features, scores = borrowed(room), borrowed(sums)
    surroundings(view, heads, roles, context)
    order_of(heads, order)
    labels[:] = -1
    governor = -5
    for i in order:
        if heads[i] != governor:
            governor = heads[i]
            state[:] = 0
            state[0] = -1
        label_features(view, heads, context, labels, i, state, features)
        scored(features, LABEL_TEMPLATES, weights, classes, scores)
        labels[i] = best_of(scores, classes)
        advance(view, i, labels[i], state)
    held(kept)
    held(room)
    held(sums)
