"""Part-of-speech tags and morphological features: two greedy linear models over hashed features, one pass each.

The first chooses a fine tag with its universal part of speech from left to right; the second, which sees all tags, chooses among
the feature bundles that its tag was seen with. Weights are learned by an averaged perceptron (Collins 2002) in `training/language`.
"""

# Compiled loops take their arrays one by one and know no keywords; their numbers are those of the tables at the head of the module.
# ruff: noqa: ANN001, PLR0913, PLR0915, PLR0917
# mypy: disallow-untyped-defs=False, disallow-incomplete-defs=False, warn-return-any=False

import numpy as np

from depesche.clauses.compiled import borrowed, compiled, held
from depesche.clauses.hashing import U
from depesche.clauses.symbols import (
    CLASS,
    FINE_GROUP,
    FINITE,
    FORM,
    GROUP,
    LOW,
    NOUN_SLOTS,
    PREFIX3,
    SHAPE,
    SLOTS,
    SMALL_CLASS,
    SUFFIX2,
    SUFFIX3,
    SUFFIX5,
)
from depesche.clauses.weights import add_rows, width_of

TAG_TEMPLATES = 49
FEATS_TEMPLATES = 40
_ROOM = 1024

_P = U(0x9E3779B97F4A7C15)
_Q = U(0xBF58476D1CE4E5B9)
_R = U(0x94D049BB133111EB)
_S = U(0xD6E8FEB86659FD93)


@compiled
def mixed(template: int, a: int, b: int, c: int) -> np.uint64:
    """One hash of a template's number and three values; -1 stands for "none"."""
    return finished(blended(template, a, b, c))


@compiled
def blended(template: int, a: int, b: int, c: int) -> np.uint64:
    """The first half of `mixed`; `finish` does the second for many at once, which the processor can do in vectors."""
    return U(template) * _P + (U(a) + U(1)) * _Q + (U(b) + U(1)) * _R + (U(c) + U(1)) * _S


@compiled
def finished(value: np.uint64) -> np.uint64:
    """The second half of `mixed`."""
    value ^= value >> U(29)
    value *= _Q
    return value ^ (value >> U(32))


@compiled
def finish(out, count) -> None:
    """The second half of `mixed` for the first `count` of many."""
    for j in range(count):
        value = out[j]
        value ^= value >> U(29)
        value *= _Q
        out[j] = value ^ (value >> U(32))


@compiled
def tag_features(rows, i, before, before2, style, out) -> None:
    """The features of token `i` for the tag model, given the two tags before it and the annotation style."""
    n = len(rows)
    here = rows[i]
    low, s2, s3, shape, cls, slots = here[LOW], here[SUFFIX2], here[SUFFIX3], here[SHAPE], here[CLASS], here[SLOTS]
    small, fin = here[SMALL_CLASS], here[FINITE]
    p1 = p2 = n1 = n2 = ps3 = ns3 = psh = nsh = ns2 = pc = nc = pslots = nslots = pg = ng = n2c = p2c = nfin = -1
    if i > 0:
        prev = rows[i - 1]
        p1, ps3, psh, pc, pslots, pg = prev[LOW], prev[SUFFIX3], prev[SHAPE], prev[CLASS], prev[SLOTS], prev[GROUP]
    if i > 1:
        p2, p2c = rows[i - 2, LOW], rows[i - 2, CLASS]
    if i + 1 < n:
        nxt = rows[i + 1]
        n1, ns3, nsh, ns2, nc, nslots, ng = (
            nxt[LOW], nxt[SUFFIX3], nxt[SHAPE], nxt[SUFFIX2], nxt[CLASS], nxt[SLOTS], nxt[GROUP],
        )  # fmt: skip
        nfin = nxt[FINITE]
    if i + 2 < n:
        n2, n2c = rows[i + 2, LOW], rows[i + 2, CLASS]
    first = 1 if i == 0 else 0
    out[0] = blended(1, low, -1, -1)
    out[1] = blended(2, s3, -1, -1)
    out[2] = blended(3, s2, shape, -1)
    out[3] = blended(4, here[PREFIX3], shape, -1)
    out[4] = blended(5, shape, before, -1)
    out[5] = blended(6, before, -1, -1)
    out[6] = blended(7, before, before2, -1)
    out[7] = blended(8, before, low, -1)
    out[8] = blended(9, p1, -1, -1)
    out[9] = blended(10, p2, -1, -1)
    out[10] = blended(11, n1, -1, -1)
    out[11] = blended(12, n2, -1, -1)
    out[12] = blended(13, ps3, s3, -1)
    out[13] = blended(14, ns3, -1, -1)
    out[14] = blended(15, s3, before, -1)
    out[15] = blended(16, p1, low, -1)
    out[16] = blended(17, low, n1, -1)
    out[17] = blended(18, here[SUFFIX5], -1, -1)
    out[18] = blended(19, s3, ns3, shape)
    out[19] = blended(20, shape, psh, nsh)
    out[20] = blended(21, before, before2, s2)
    out[21] = blended(22, here[FORM], first, -1)
    out[22] = blended(23, ns2, nsh, s2)
    out[23] = blended(24, before, n1, -1)
    out[24] = blended(25, cls, -1, -1)
    out[25] = blended(26, cls, before, nc)
    out[26] = blended(27, cls, nc, -1)
    out[27] = blended(28, slots, pslots, -1)
    out[28] = blended(29, slots, nslots, -1)
    out[29] = blended(30, cls, slots, before)
    out[30] = blended(31, here[GROUP], -1, -1)
    out[31] = blended(32, here[GROUP], pg, -1)
    out[32] = blended(33, here[GROUP], ng, -1)
    out[33] = blended(34, slots, pslots, nslots)
    out[34] = blended(35, small, first, shape)
    out[35] = blended(36, cls, nc, n2c)
    out[36] = blended(37, p2c, pc, cls)
    out[37] = blended(38, low, style, -1)
    out[38] = blended(39, cls, style, before)
    out[39] = blended(40, before, cls, shape)
    out[40] = blended(41, fin, before, nfin)
    out[41] = blended(42, low, nc, before)
    out[42] = blended(43, here[NOUN_SLOTS], pslots, before)
    out[43] = blended(44, low, pc, nc)
    fine = here[FINE_GROUP]
    out[44] = blended(45, fine, shape, -1)
    out[45] = blended(46, fine, before, ng)
    out[46] = blended(47, here[GROUP], pg, ng)
    out[47] = blended(48, rows[i - 1, FINE_GROUP] if i > 0 else -1, before, shape)
    out[48] = blended(49, rows[i + 1, FINE_GROUP] if i + 1 < n else -1, cls, -1)
    finish(out, TAG_TEMPLATES)


@compiled
def feats_features(rows, i, tags, before, before2, style, out) -> None:
    """The features of token `i` for the morphology, given all tags and the bundles (numbered with their tags) before it."""
    n = len(rows)
    here = rows[i]
    low, s2, s3, cls, slots, fin = here[LOW], here[SUFFIX2], here[SUFFIX3], here[CLASS], here[SLOTS], here[FINITE]
    tag = tags[i]
    p1 = p2 = n1 = pslots = nslots = ns3 = ps3 = pt = p2t = nt = n2t = n3t = n2slots = nlow = -1
    if i > 0:
        p1, pslots, ps3, pt = rows[i - 1, LOW], rows[i - 1, SLOTS], rows[i - 1, SUFFIX3], tags[i - 1]
    if i > 1:
        p2, p2t = rows[i - 2, LOW], tags[i - 2]
    if i + 1 < n:
        n1, nslots, ns3, nt = rows[i + 1, LOW], rows[i + 1, SLOTS], rows[i + 1, SUFFIX3], tags[i + 1]
        nlow = rows[i + 1, NOUN_SLOTS]
    if i + 2 < n:
        n2t, n2slots = tags[i + 2], rows[i + 2, NOUN_SLOTS]
    if i + 3 < n:
        n3t = tags[i + 3]
    out[0] = blended(1, low, tag, -1)
    out[1] = blended(2, s3, tag, -1)
    out[2] = blended(3, s2, tag, -1)
    out[3] = blended(4, here[SUFFIX5], tag, -1)
    out[4] = blended(5, before, tag, -1)
    out[5] = blended(6, before, before2, tag)
    out[6] = blended(7, before, low, tag)
    out[7] = blended(8, before, s3, tag)
    out[8] = blended(9, p1, tag, -1)
    out[9] = blended(10, p2, tag, -1)
    out[10] = blended(11, n1, tag, -1)
    out[11] = blended(12, p1, low, tag)
    out[12] = blended(13, low, n1, tag)
    out[13] = blended(14, slots, tag, -1)
    out[14] = blended(15, slots, pslots, tag)
    out[15] = blended(16, slots, nslots, tag)
    out[16] = blended(17, slots & nslots, nt, tag)
    out[17] = blended(18, slots & pslots, pt, tag)
    out[18] = blended(19, slots & nslots & n2slots, nt * 64 + n2t, tag)
    out[19] = blended(20, slots & pslots, before, tag)
    out[20] = blended(21, slots, before, tag)
    out[21] = blended(22, cls, tag, -1)
    out[22] = blended(23, cls, fin, tag)
    out[23] = blended(24, fin, pt, tag)
    out[24] = blended(25, pt, tag, nt)
    out[25] = blended(26, p2t, pt, tag)
    out[26] = blended(27, tag, nt, n2t)
    out[27] = blended(28, slots & n2slots, nt, n2t * 64 + tag)
    out[28] = blended(29, ps3, s3, tag)
    out[29] = blended(30, s3, ns3, tag)
    out[30] = blended(31, low, style, tag)
    out[31] = blended(32, slots, style, tag)
    out[32] = blended(33, here[GROUP], tag, -1)
    out[33] = blended(34, p1, slots, tag)
    out[34] = blended(35, slots & nlow, before, tag)
    out[35] = blended(36, before, slots, nlow)
    out[36] = blended(37, p1, s2, tag)
    out[37] = blended(38, here[NOUN_SLOTS], before, tag)
    out[38] = blended(39, n2t * 64 + n3t, nt, tag)
    out[39] = blended(40, p2, p1, tag)
    finish(out, FEATS_TEMPLATES)


@compiled
def scored(features, count, weights, classes, scores) -> None:
    """Sum the weights of each class over the features (which may be overwritten); `weights` has a power of two of rows."""
    for k in range(classes):
        scores[k] = 0
    add_rows(weights, features, count, scores[:classes])


@compiled
def best_of(scores, classes) -> int:
    """The class with the highest score."""
    best = 0
    for k in range(1, classes):
        if scores[k] > scores[best]:
            best = k
    return best


@compiled
def tag_sentence(rows, weights, style, tags) -> None:
    """Write the tag of each token into `tags`."""
    classes = width_of(weights)
    room, sums = np.empty(TAG_TEMPLATES, np.uint64), np.empty(classes, np.float32)
    features, scores = borrowed(room), borrowed(sums)
    before = before2 = -1
    for i in range(len(rows)):
        tag_features(rows, i, before, before2, style, features)
        scored(features, TAG_TEMPLATES, weights, classes, scores)
        tags[i] = best_of(scores, classes)
        before2 = before
        before = tags[i]
    held(room)
    held(sums)


@compiled
def feats_sentence(rows, tags, sizes, weights, style, bundles) -> None:
    """Write the bundle of each token, a number among the `sizes[tag]` bundles of its tag, into `bundles`."""
    room, sums = np.empty(FEATS_TEMPLATES, np.uint64), np.empty(width_of(weights), np.float32)
    features, scores = borrowed(room), borrowed(sums)
    before = before2 = -1
    for i in range(len(rows)):
        tag = tags[i]
        bundles[i] = 0
        if sizes[tag] > 1:
            feats_features(rows, i, tags, before, before2, style, features)
            scored(features, FEATS_TEMPLATES, weights, sizes[tag], scores)
            bundles[i] = best_of(scores, sizes[tag])
        before2 = before
        before = tag * _ROOM + bundles[i]
    held(room)
    held(sums)
