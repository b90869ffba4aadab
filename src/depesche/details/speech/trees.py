"""What the parse says of a cue verb: its subject and the clause that it takes, as pieces of a line.

The rules for languages without commas around reported clauses find most subjects right before the verb; the parse finds those
that stand apart from it: "Murphy, though, said", "Emineth became a delegate and said".
"""

from bisect import bisect_left

from depesche.record import Token

_JOINED = frozenset({"conj", "xcomp", "advcl"})
_SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
_MAIN = frozenset({"root", "conj", "parataxis"})
_REACH = 4  # verbs up the tree whose subject can be shared
_BEHIND = frozenset({"parataxis", "conj", "cc", "advcl", "ccomp"})
"""Relations that hang a further clause onto a subject by mistake, and end its phrase."""


class Tree:
    """The parse of one sentence, seen from its pieces.

    Args:
        tokens: the tokens of the sentence, in order; heads count within them.
        starts: where each piece begins.
    """

    def __init__(self, tokens: tuple[Token, ...], starts: list[int]) -> None:
        self.tokens = tokens
        self._at = {t.span.start: i for i, t in enumerate(tokens)}
        self._starts = starts
        self._children: list[list[int]] | None = None

    def token(self, piece: int) -> int | None:
        """The token that begins where a piece does."""
        return self._at.get(self._starts[piece])

    def finite(self, piece: int) -> bool:
        """Whether the parse takes a piece for a finite verb."""
        at = self.token(piece)
        return at is not None and self.tokens[at].upos in {"VERB", "AUX"} and "VerbForm=Fin" in self.tokens[at].feats

    def nominal(self, piece: int) -> bool:
        """Whether the parse takes a piece for a noun, name or adjective: "several states", "an alleged plot"."""
        at = self.token(piece)
        return at is not None and self.tokens[at].upos in {"NOUN", "PROPN", "ADJ"}

    def attribute(self, piece: int) -> bool:
        """Whether the parse puts a piece before a noun as its attribute: "a group of | suspected rebels"."""
        at = self.token(piece)
        return at is not None and self.tokens[at].deprel == "amod"

    def subordinate(self, piece: int) -> bool:
        """Whether the parse hangs a verb below another word, or takes it for none."""
        at = self.token(piece)
        if at is None:
            return False
        return self.tokens[at].upos not in {"VERB", "AUX"} or self.tokens[at].deprel not in _MAIN

    def children(self, at: int) -> list[int]:
        """The tokens that depend on one."""
        if self._children is None:
            self._children = [[] for _ in self.tokens]
            for i, token in enumerate(self.tokens):
                if 0 <= token.head < len(self.tokens):
                    self._children[token.head].append(i)
        return self._children[at]

    def subject(self, piece: int) -> tuple[int, int] | None:
        """The subject of the verb at a piece, its own or that of the verb it is joined to, as pieces `[first, last)`."""
        verb = at = self.token(piece)
        for _ in range(_REACH):
            if at is None or verb is None:
                return None
            found = next((c for c in self.children(at) if self.tokens[c].deprel in _SUBJECTS), None)
            if found is not None:
                return self._phrase(found, verb)
            if self.tokens[at].deprel not in _JOINED or self.tokens[at].head < 0:
                return None
            at = self.tokens[at].head
        return None

    def root_subject(self, before: int) -> tuple[int, int] | None:
        """The subject of the sentence, where it stands before a piece."""
        root = next((i for i, t in enumerate(self.tokens) if t.head < 0), None)
        if root is None:
            return None
        found = next((c for c in self.children(root) if self.tokens[c].deprel in _SUBJECTS), None)
        phrase = self._phrase(found, root) if found is not None else None
        return phrase if phrase is not None and phrase[1] <= before else None

    def complement(self, piece: int) -> int | None:
        """The subordinator of the clause that the verb at a piece takes, as a piece: "told reporters in Reno | that"."""
        verb = self.token(piece)
        for clause in self.children(verb) if verb is not None else ():
            if self.tokens[clause].deprel == "ccomp" and clause > (verb or 0):
                mark = next((c for c in self.children(clause) if self.tokens[c].deprel == "mark"), None)
                found = self._as_pieces(mark, mark) if mark is not None else None
                return found[0] if found else None
        return None

    def _phrase(self, head: int, verb: int) -> tuple[int, int] | None:
        """The phrase of a noun on its side of a verb."""
        inside = self._subtree(head)
        inside = [i for i in inside if (i < verb) == (head < verb)]
        while inside and self.tokens[inside[-1]].upos == "PUNCT":
            inside.pop()
        while inside and self.tokens[inside[0]].upos in {"PUNCT", "CCONJ"}:
            inside.pop(0)
        return self._as_pieces(inside[0], inside[-1]) if inside else None

    def _subtree(self, head: int) -> list[int]:
        found, todo = [head], [head]
        while todo:
            for child in self.children(todo.pop()):
                if self.tokens[child].deprel in _BEHIND and self.tokens[child].upos in {"VERB", "AUX"}:
                    continue
                found.append(child)
                todo.append(child)
        return sorted(found)

    def _as_pieces(self, first: int, last: int) -> tuple[int, int] | None:
        start, end = self.tokens[first].span.start, self.tokens[last].span.end
        inside = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return inside if inside[0] < inside[1] else None
