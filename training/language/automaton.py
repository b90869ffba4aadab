"""Reads a dictionary stored as a CFSA2 automaton, as LanguageTool publishes its full-form dictionaries.

The format is Morfologik's (Apache-2.0); see Daciuk and Weiss, "Smaller representation of finite state automata", CIAA 2011.
"""

from collections.abc import Iterator
from pathlib import Path

_HEADER = b"\\fsa\xc6"
_NUMBERS = 1 << 8
_LAST, _FINAL, _NEXT = 64, 32, 128


class Automaton:
    """The words of an automaton, each a byte string of form, separator, lemma code, separator, tag.

    Raises:
        ValueError: the file is no CFSA2 automaton.
    """

    def __init__(self, path: Path) -> None:
        data = path.read_bytes()
        if data[:5] != _HEADER:
            raise ValueError(f"{path}: no CFSA2 automaton; expected a file that begins with {_HEADER!r}")
        self._numbered = bool((data[5] << 8 | data[6]) & _NUMBERS)
        count = data[7]
        self._labels = data[8 : 8 + count]
        self._arcs = data[8 + count :]

    def __iter__(self) -> Iterator[bytes]:
        start = self._node(0)[0][2]
        stack = [(start, b"")]
        while stack:
            node, prefix = stack.pop()
            for label, final, target in self._node(node):
                word = prefix + bytes([label])
                if final:
                    yield word
                if target:
                    stack.append((target, word))

    def _number(self, at: int) -> tuple[int, int]:
        value = shift = 0
        while True:
            byte = self._arcs[at]
            value |= (byte & 0x7F) << shift
            at, shift = at + 1, shift + 7
            if not byte & 0x80:
                return value, at

    def _node(self, at: int) -> list[tuple[int, bool, int]]:
        if self._numbered:
            at = self._number(at)[1]
        found: list[tuple[int, bool, int]] = []
        while True:
            flags = self._arcs[at]
            at += 1
            label = self._labels[flags & 31]
            if not flags & 31:
                label = self._arcs[at]
                at += 1
            target = -1
            if not flags & _NEXT:
                target, at = self._number(at)
            found.append((label, bool(flags & _FINAL), target))
            if flags & _LAST:
                # An arc without a target leads to the node that follows this one.
                return [(label, final, at if target < 0 else target) for label, final, target in found]


def entries(path: Path) -> Iterator[tuple[str, str, str]]:
    """(form, lemma, tag) of every entry; lemmas are stored as "cut so many bytes, then add this"."""
    for word in Automaton(path):
        pieces = word.split(b"_")
        if len(pieces) < 3:
            continue
        form, code, tag = pieces[:3]
        stem = form[: len(form) - (code[0] - 65)]
        yield form.decode(), (stem + code[1:]).decode(), tag.decode()
