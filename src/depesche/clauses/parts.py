"""What is seen of the second-order parts of a tree: two neighbouring children, a child with its head's head, all that a head governs."""

# Compiled loops take their arrays one by one and know no keywords; their numbers are those of the tables at the head of the module.
# ruff: noqa: ANN001
# mypy: disallow-untyped-defs=False, disallow-incomplete-defs=False, warn-return-any=False

from depesche.clauses.arcs import AGREE, CASE, CLOSED, CLUSTER, COARSE, MORPH, NUMBER, TAG, WORD, distance
from depesche.clauses.compiled import compiled
from depesche.clauses.tagger import blended, finish

SIBLING_TEMPLATES = 16
GRAND_TEMPLATES = 17
HEAD_TEMPLATES = 8


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
def head_features(view, head, own, count, out) -> None:
    """What a head governs: how many phrases on either side, and which of them could be its subject or its object.

    Args:
        view: the sentence.
        head: the head.
        own: its children from left to right, in the first `count` places.
        count: how many they are.
        out: overwritten.
    """
    h = view[head]
    left = right = subjects = objects = verbs = 0
    first = last = -1
    kinds = 0
    for j in range(count):
        k = own[j]
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
