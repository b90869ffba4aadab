"""One sentence as a tree: tokens by number, their children, and the phrases they head."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from depesche.record import Span, Token

_OUTSIDE = frozenset({"acl", "acl:relcl", "advcl", "ccomp", "parataxis", "csubj", "discourse", "vocative", "dislocated", "advcl:relcl"})  # fmt: skip
"""Relations whose subtree is no part of the phrase that an argument names."""
_EDGE = frozenset({"punct", "case", "cc", "mark"})


@lru_cache(maxsize=1 << 12)
def _values(feats: str) -> Mapping[str, str]:
    """The values of morphological features by name."""
    return {name: value for name, equals, value in (pair.partition("=") for pair in feats.split("|")) if equals}


class Tree:
    """A parsed sentence.

    Attributes:
        tokens: its tokens; `words`: lower-cased; `rel`, `head`, `upos`, `lemma`, `feats`: by token number.
        kids: numbers of the dependents of each token, in order.
        clausal: tokens that head clauses of their own, which are no part of a phrase around them.
    """

    __slots__ = ("clausal", "feats", "head", "kids", "language", "lemma", "rel", "text", "tokens", "upos", "words")

    def __init__(self, tokens: Sequence[Token], text: str, *, language: str) -> None:
        self.tokens = tokens
        self.text = text
        self.language = language
        self.clausal: frozenset[int] = frozenset()
        self.words = [text[start:end].lower() for start, end in (t.span for t in tokens)]
        self.head = [t.head for t in tokens]
        self.rel = [t.deprel for t in tokens]
        self.upos = [t.upos for t in tokens]
        self.lemma = [t.lemma for t in tokens]
        self.feats = [t.feats for t in tokens]
        self.kids: list[list[int]] = []
        self.index()

    def index(self) -> None:
        """Collect the children anew after heads have changed."""
        count = len(self.tokens)
        kids: list[list[int]] = [[] for _ in range(count)]
        for i, head in enumerate(self.head):
            if 0 <= head < count and head != i:
                kids[head].append(i)
        self.kids = kids

    def move(self, i: int, head: int, rel: str) -> None:
        """Hang token i under another; where that one hangs under i, it takes i's place first, so that a tree stays a tree."""
        top = head
        for _ in range(len(self.head)):
            if top < 0:
                break
            if self.head[top] == i:
                self.head[top], self.rel[top] = self.head[i], self.rel[i]
                break
            top = self.head[top]
        self.head[i], self.rel[i] = head, rel
        self.index()

    def form(self, i: int) -> str:
        """Token i as it is written."""
        return self.text[slice(*self.tokens[i].span)]

    def feature(self, i: int, name: str) -> str | None:
        """The value of a morphological feature of token i, None where unknown."""
        return _values(self.feats[i]).get(name)

    def phrase(self, top: int, *, without: frozenset[int] = frozenset()) -> tuple[int, int]:
        """First and last token of the noun phrase headed by `top`: no preposition, no embedded clause, no punctuation at its edges."""
        if not self.kids[top]:
            return top, top
        kids, rels, clausal = self.kids, self.rel, self.clausal
        inside = {top}
        todo = [top]
        while todo:
            head = todo.pop()
            for kid in kids[head]:
                rel = rels[kid]
                if rel == "punct" or rel in _OUTSIDE or kid in clausal or kid in without or kid in inside:
                    continue
                if (head == top and rel in _EDGE) or (rel == "appos" and self._set_off(head, kid)):
                    continue
                inside.add(kid)
                todo.append(kid)
        if len(inside) == 1:
            return top, top
        first = last = top
        # the run around the head: a stray dependent far away would swallow half the sentence
        while first > 0 and (first - 1 in inside or self._bridge(first - 1, inside, -1)):
            first -= 1
        while last + 1 < len(rels) and (last + 1 in inside or self._bridge(last + 1, inside, 1)):
            last += 1
        return first, last

    def _set_off(self, head: int, kid: int) -> bool:
        """Whether an apposition stands behind a comma or dash: "Lawrow, Moskaus Außenminister" names him before it."""
        return any(self.upos[i] == "PUNCT" and self.words[i] in {",", "-", "–", "—", "("} for i in range(head + 1, kid))

    def _bridge(self, i: int, inside: set[int], step: int) -> bool:
        """Whether punctuation at i (a comma in a list, quotation marks) lies between members.

        Before the head a comma parts adjectives only: in "on Monday, officials said" the day is no part of the officials.
        """
        if self.rel[i] != "punct" or not 0 <= i + step < len(self.tokens) or i + step not in inside:
            return False
        return step > 0 or self.words[i] != "," or self.upos[i - 1] == "ADJ"

    def subtree(self, top: int, *, without: frozenset[int]) -> tuple[int, int]:
        """First and last token below `top`, leaving out the subtrees of `without`."""
        first = last = top
        kids = self.kids
        todo = [top]
        seen = {top}
        while todo:
            own = kids[todo.pop()]
            if not own:
                continue
            for kid in own:
                if kid in without or kid in seen:
                    continue
                seen.add(kid)
                todo.append(kid)
                if kid < first:
                    first = kid
                elif kid > last:
                    last = kid
        while first < last and self.rel[first] == "punct":
            first += 1
        while last > first and self.rel[last] == "punct":
            last -= 1
        return first, last

    def span(self, first: int, last: int) -> Span:
        """The characters from token `first` to token `last`."""
        return Span(self.tokens[first].span[0], self.tokens[last].span[1])
