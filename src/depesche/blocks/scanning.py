"""The compiled pass of `scan`: bytes of a serialised page in, rows of blocks, elements and events out."""
# ruff: noqa: ANN001, ANN201, ANN202, C901, PLR0912, PLR0913, PLR0915, PLR0917, PLR1714, PLR2004, SIM108 (compiled: numbers, no objects)
# mypy: ignore-errors
# `_nrt=False`: see `bytewise`.

import numba
import numpy as np

from depesche.blocks import tags
from depesche.blocks.bytewise import BASIS, comment_end, found_in, hashed, hides, meaning_of, raw_end, seek

INLINE, SKIPPED, HEAD_ONLY, VOID, RAW, BOLD, ITALIC, CELL, HEADING, LINK, TIME, BREAK = (
    tags.INLINE, tags.SKIPPED, tags.HEAD_ONLY, tags.VOID, tags.RAW, tags.BOLD, tags.ITALIC, tags.CELL, tags.HEADING, tags.LINK,
    tags.TIME, tags.BREAK,
)  # fmt: skip
_HEADINGS = sum(level for level, flag in zip(tags.TAG_LEVELS, tags.TAG_FLAGS, strict=True) if flag & tags.HEADING)
# Attributes, numbered as in `tags.ATTRIBUTES` from 1.
_CLASS, _ID, _HREF, _DATETIME, _CONTENT, _ITEMPROP, _HIDDEN, _STYLE = range(1, 9)
# Bits of `scan._tables`.
_KICKER_BIT, _CREDIT_BIT, _HIDDEN_BIT, _INITIAL_BIT = range(4)
# The open block.
_SIZE, _PENDING, _GLUE, _BROKE, _ANY, _INNER, _LINKED, _LINKS, _BOLDS, _ITALICS, _HREF_AT, _HREF_END, _CREDIT = range(
    13
)
_IN_LINK, _IN_BOLD, _IN_ITALIC, _OUT, _BLOCKS, STATES = range(13, 19)
# An open element.
_F_TAG, _F_ELEMENT, _F_INLINE, _F_OWN, _F_PAIR, _F_NEAR, _F_AROUND, _F_WITHIN, _F_CHILDREN, _F_SIZE, FRAME = range(11)
MEMO = 1024
_ASCII, _NAME_LENGTHS = 128, 16
_LESS, _GREATER, _AMPERSAND, _QUOTE, _SLASH, _EQUALS, _BLANK, _DASH = 60, 62, 38, 34, 47, 61, 32, 45


@numba.njit(cache=True, nogil=True, _nrt=False)
def _flush(state, stack, depth, text, blocks):
    """Close the open block, gathered inside an element of the stack."""
    if state[_ANY]:
        if state[_SIZE]:
            row = state[_BLOCKS]
            blocks[row, 0], blocks[row, 1] = stack[depth, _F_TAG], stack[depth, _F_ELEMENT]
            blocks[row, 2], blocks[row, 3] = stack[depth, _F_OWN], stack[depth, _F_NEAR]
            blocks[row, 4], blocks[row, 5] = stack[depth, _F_AROUND], state[_INNER]
            blocks[row, 6], blocks[row, 7] = stack[depth, _F_WITHIN], state[_LINKED]
            blocks[row, 8], blocks[row, 9], blocks[row, 10] = state[_LINKS], state[_BOLDS], state[_ITALICS]
            blocks[row, 11], blocks[row, 12] = state[_HREF_AT], state[_HREF_END]
            blocks[row, 13], blocks[row, 14] = state[_CREDIT], state[_SIZE]
            text[state[_OUT]] = 10
            state[_OUT] += 1
            state[_BLOCKS] += 1
        for number in range(_HREF_AT):
            state[number] = 0
        # A link that wraps whole blocks (a teaser card) goes on into the next of them.
        state[_LINKS] = state[_IN_LINK] > 0
        if state[_IN_LINK] == 0:
            state[_HREF_AT] = state[_HREF_END] = -1
        state[_CREDIT] = -1


@numba.njit(cache=True, nogil=True, _nrt=False)
def _close(state, stack, depth, flags, bits, text, blocks):
    """Close an element of the stack."""
    flag = flags[stack[depth, _F_TAG]]
    if stack[depth, _F_INLINE] == 0:
        _flush(state, stack, depth, text, blocks)
    else:
        if flag & LINK:
            state[_IN_LINK] -= 1
        elif flag & BOLD:
            state[_IN_BOLD] -= 1
        elif flag & ITALIC:
            state[_IN_ITALIC] -= 1
        elif flag & CELL:
            state[_PENDING] = 1
        if stack[depth, _F_OWN] & bits[_INITIAL_BIT] and state[_SIZE] - stack[depth, _F_SIZE] == 1:
            # "<span class=initial>N</span> <span>a endlich!</span>": the drop cap belongs to the word that it begins.
            state[_GLUE] = 1


@numba.njit(cache=True, nogil=True, _nrt=False)
def _text(page, at, state, text):
    """Read text up to the next tag into the open block, white space folded, soft hyphens and the like left out."""
    n = len(page)
    state[_ANY] = 1
    out, size, pending, glue = state[_OUT], state[_SIZE], state[_PENDING], state[_GLUE]
    while at < n:
        byte = page[at]
        if byte == _LESS:
            break
        width, blank, kept = 1, False, True
        if byte <= _AMPERSAND:
            blank = byte == _BLANK or 9 <= byte <= 13 or 28 <= byte <= 31
            if byte == _AMPERSAND and at + 3 < n:
                second, third = page[at + 1], page[at + 2]
                if second == 97 and third == 109:  # &amp;
                    width = 5
                elif second == 108 and third == 116:  # &lt;
                    byte, width = np.uint8(_LESS), 4
                elif second == 103 and third == 116:  # &gt;
                    byte, width = np.uint8(_GREATER), 4
                elif second == 110 and third == 98:  # &nbsp;
                    blank, width = True, 6
                elif second == 113 and third == 117:  # &quot;
                    byte, width = np.uint8(_QUOTE), 6
        elif byte >= 0xC2:
            width = min(2 if byte < 0xE0 else 3 if byte < 0xF0 else 4, n - at)
            if byte == 0xC2 and width == 2:
                blank = page[at + 1] == 0x85 or page[at + 1] == 0xA0
                kept = page[at + 1] != 0xAD  # soft hyphen
            elif width == 3:
                code = (np.int64(byte & 15) << 12) | (np.int64(page[at + 1] & 63) << 6) | np.int64(page[at + 2] & 63)
                if code == 0x1680 or 0x2000 <= code <= 0x206F or code == 0x3000 or code == 0xFEFF:
                    kept = not (code == 0x200B or code == 0x2060 or code == 0xFEFF)
                    blank = (
                        code <= 0x200A or code == 0x2028 or code == 0x2029 or code == 0x202F or code == 0x205F
                        or code == 0x3000
                    )  # fmt: skip
        if blank:
            pending = 1
            if width == 1:
                while at + 1 < n and (page[at + 1] == _BLANK or page[at + 1] == 10):
                    at += 1
        elif kept:
            if pending:
                if size > 0 and glue == 0:
                    text[out] = _BLANK
                    out += 1
                    size += 1
                pending = 0
            glue = 0
            size += 1
            text[out] = byte
            out += 1
            if byte >= 0xC2:
                for step in range(1, width):
                    text[out] = page[at + step]
                    out += 1
        at += width
    gained = size - state[_SIZE]
    if gained:
        state[_BROKE] = 0
        state[_LINKED] += gained * (state[_IN_LINK] > 0)
        state[_BOLDS] += gained * (state[_IN_BOLD] > 0)
        state[_ITALICS] += gained * (state[_IN_ITALIC] > 0)
    state[_OUT], state[_SIZE], state[_PENDING], state[_GLUE] = out, size, pending, glue
    return at


@numba.njit(cache=True, nogil=True, _nrt=False)
def passed(
    page,
    eights,
    tag_keys,
    tag_values,
    name_keys,
    name_values,
    word_keys,
    word_values,
    flags,
    levels,
    bits,
    shapes,
    state,
    stack,
    seen,
    meant,
    text,
    blocks,
    elements,
    events,
):
    """Fill `text`, `blocks`, `elements` and `events`; how far each was filled."""
    n = len(page)
    state[_HREF_AT] = state[_HREF_END] = state[_CREDIT] = -1
    depth, n_elements, n_events, left = 0, 0, 0, len(elements)
    skipped, skips = -1, 0
    at = 0
    while at < n and left > 0:
        if page[at] != _LESS:
            if skipped >= 0 or depth == 0:
                at = seek(page, eights, at, _LESS)
            else:
                at = _text(page, at, state, text)
            continue
        at += 1
        if at >= n:
            break
        if page[at] == 33 or page[at] == 63:  # <!-- or <?
            if page[at] == 33 and at + 2 < n and page[at + 1] == _DASH and page[at + 2] == _DASH:
                at = comment_end(page, at + 3)
                continue
            while at < n and page[at] != _GREATER:
                at += 1
            at += 1
            continue
        closes = page[at] == _SLASH
        at += closes
        start = at
        while at < n and page[at] != _BLANK and page[at] != _GREATER:
            at += 1
        named = at
        tag = found_in(hashed(page, start, named, BASIS), tag_keys, tag_values)
        flag = flags[tag]
        if closes:
            at += 1
            if skipped >= 0:
                if tag == skipped:
                    skips -= 1
                    if skips == 0:
                        skipped = -1
                continue
            opened = depth - 1
            while opened >= 0 and stack[opened, _F_TAG] != tag:
                opened -= 1
            while depth > opened >= 0:
                depth -= 1
                _close(state, stack, depth, flags, bits, text, blocks)
            if opened == 0:
                break
            continue
        # A start tag: its attributes.
        left -= 1
        own = 0
        identity, identity_end, href, href_end, class_hash = -1, -1, -1, -1, np.uint64(0)
        dated, item, content = False, False, False
        while at < n and page[at] != _GREATER:
            if page[at] == _BLANK:
                at += 1
                continue
            low = at
            at += 1
            while at < n and page[at] != _EQUALS and page[at] != _BLANK and page[at] != _GREATER:
                at += 1
            high = at
            value = value_end = at
            if at + 1 < n and page[at] == _EQUALS and page[at + 1] == _QUOTE:
                at += 2
                value = at
                at = seek(page, eights, at, _QUOTE)
                value_end = at
                at += 1
            if skipped >= 0:
                continue
            if high - low >= _NAME_LENGTHS or page[low] >= _ASCII or shapes[page[low], high - low] == 0:
                continue
            name = found_in(hashed(page, low, high, BASIS), name_keys, name_values)
            if name == 0:
                continue
            if name == _HREF:
                href, href_end = value, value_end
            elif name == _DATETIME:
                dated = True
            elif name == _CONTENT:
                content = True
            elif name == _HIDDEN:
                own |= bits[_HIDDEN_BIT]
            elif name == _STYLE:
                if hides(page, value, value_end):
                    own |= bits[_HIDDEN_BIT]
            else:
                # Pages write few different names, each many times.
                key = hashed(page, value, value_end, BASIS)  # capitals part words
                place = np.int64(key & np.uint64(MEMO - 1))
                if seen[place] != key:
                    seen[place] = key
                    meant[place] = meaning_of(page, value, value_end, word_keys, word_values)
                own |= meant[place]
                if name == _CLASS:
                    class_hash = key
                elif name == _ID:
                    identity, identity_end = value, value_end
                elif name == _ITEMPROP:
                    item = True
        end = at
        at += 1
        if skipped >= 0:
            if flag & RAW:
                at = raw_end(page, eights, at, start, named)
            elif tag == skipped and flag & VOID == 0:
                skips += 1
            continue
        if depth == 0:
            for column in range(FRAME):
                stack[0, column] = 0
            stack[0, _F_TAG], stack[0, _F_ELEMENT] = tag, -1
            depth = 1
            continue
        outer = depth - 1
        stack[outer, _F_CHILDREN] += 1
        if flag & BREAK:
            # Two breaks in a row part paragraphs; one is a space.
            state[_ANY] = 1
            if state[_BROKE]:
                _flush(state, stack, outer, text, blocks)
            state[_BROKE] = state[_PENDING] = 1
            if state[_GLUE]:
                state[_GLUE] = 0
            continue
        if flag & HEAD_ONLY:
            events[n_events, 0], events[n_events, 1], events[n_events, 2] = 0, start, end
            n_events += 1
            if flag & RAW:
                at = raw_end(page, eights, at, start, named)
            elif flag & VOID == 0:
                skipped, skips = tag, 1
            continue
        if flag & SKIPPED:
            if flag & RAW:
                at = raw_end(page, eights, at, start, named)
            elif flag & VOID == 0:
                skipped, skips = tag, 1
            continue
        inline = flag & INLINE
        if (
            inline
            and own & bits[_KICKER_BIT]
            and (flags[stack[outer, _F_TAG]] & HEADING or (stack[outer, _F_WITHIN] & _HEADINGS))
        ):
            # "<h1><span class=kicker>Krieg in Syrien</span> Kerry trifft Lawrow</h1>": two parts in one element.
            inline = 0
        stack[depth, _F_TAG], stack[depth, _F_ELEMENT], stack[depth, _F_INLINE], stack[depth, _F_OWN] = (
            tag,
            n_elements,
            inline,
            own,
        )
        stack[depth, _F_PAIR], stack[depth, _F_NEAR] = own | stack[outer, _F_OWN], own | stack[outer, _F_PAIR]
        stack[depth, _F_AROUND], stack[depth, _F_WITHIN] = (
            own | stack[outer, _F_AROUND],
            levels[tag] | stack[outer, _F_WITHIN],
        )
        stack[depth, _F_CHILDREN] = 0
        elements[n_elements, 0], elements[n_elements, 1] = stack[outer, _F_ELEMENT], tag
        elements[n_elements, 2], elements[n_elements, 3] = stack[outer, _F_CHILDREN], own
        elements[n_elements, 4], elements[n_elements, 5] = start, identity
        elements[n_elements, 6], elements[n_elements, 7] = identity_end, np.int64(class_hash)
        n_elements += 1
        if inline == 0:
            _flush(state, stack, outer, text, blocks)
        else:
            if own & bits[_CREDIT_BIT] and state[_CREDIT] < 0:
                state[_CREDIT] = state[_SIZE]
            state[_INNER] |= own
            if flag & LINK:
                state[_IN_LINK] += 1
                state[_LINKS] += 1
                if state[_HREF_AT] < 0:
                    state[_HREF_AT], state[_HREF_END] = href, href_end
            elif flag & BOLD:
                state[_IN_BOLD] += 1
            elif flag & ITALIC:
                state[_IN_ITALIC] += 1
            elif flag & CELL:
                state[_PENDING] = 1
        stack[depth, _F_SIZE] = state[_SIZE]
        if dated or flag & TIME or (content and item):
            events[n_events, 0] = 1 if dated or flag & TIME else 2
            events[n_events, 1], events[n_events, 2], events[n_events, 3] = start, end, state[_BLOCKS]
            events[n_events, 4], events[n_events, 5] = stack[depth, _F_NEAR], stack[depth, _F_AROUND]
            events[n_events, 6] = stack[depth, _F_WITHIN]
            n_events += 1
        if flag & VOID:
            if inline == 0:
                _flush(state, stack, depth, text, blocks)
        else:
            depth += 1
    if depth > 0:
        _flush(state, stack, 0, text, blocks)
    return state[_OUT], state[_BLOCKS], n_elements, n_events
