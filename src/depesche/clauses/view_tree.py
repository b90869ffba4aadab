"""One sentence as a tree: tokens by number, their children, and the phrases they head."""

from collections.abc import Mapping
from functools import lru_cache, partial
from typing import NamedTuple

from depesche.record import Article, Span, Token

_OUTSIDE = frozenset({"acl", "acl:relcl", "advcl", "ccomp", "parataxis", "csubj", "discourse", "vocative", "dislocated", "advcl:relcl"})  # fmt: skip
"""Relations whose subtree is no part of the phrase that an argument names."""
_NO_PART = _OUTSIDE | {"punct"}
_NO_PART_OF_HEAD = _NO_PART | {"case", "cc", "mark"}
_SET_OFF = frozenset({",", "-", "–", "—", "("})
_SPAN = partial(tuple.__new__, Span)
"""A span from a pair, in a fifth of the time that `Span` takes."""


@lru_cache(maxsize=1 << 12)
def _values(feats: str) -> Mapping[str, str]:
    """The values of morphological features by name."""
    return {name: value for name, equals, value in (pair.partition("=") for pair in feats.split("|")) if equals}


class Columns(NamedTuple):
    """The words of a report, one list for each thing that is known of them; see `Tree`."""

    spans: list[Span]
    forms: list[str]
    words: list[str]
    head: list[int]
    rel: list[str]
    upos: list[str]
    lemma: list[str]
    feats: list[str]


def columns_of(article: Article) -> Columns:
    """The words of a report, in reading order."""
    text, tokens = article.text, article.of(Token)
    spans = [token.span for token in tokens]
    forms = [text[start:end] for start, end in spans]
    return Columns(
        spans,
        forms,
        [form.lower() for form in forms],
        [token.head for token in tokens],
        [token.deprel for token in tokens],
        [token.upos for token in tokens],
        [token.lemma for token in tokens],
        [token.feats for token in tokens],
    )


class Tree:
    """A parsed sentence: its `own` words of a report.

    Attributes:
        spans: where its tokens are; `forms`: as they are written; `words`: lower-cased; `rel`, `head`, `upos`, `lemma`, `feats`:
            by token number.
        kids: numbers of the dependents of each token, in order.
        slots: what was found of the cases of phrases (`view_cases.noun_slots`).
        clausal: tokens that head clauses of their own, which are no part of a phrase around them.
    """

    __slots__ = (
        "_phrases",
        "clausal",
        "feats",
        "forms",
        "head",
        "kids",
        "language",
        "lemma",
        "rel",
        "slots",
        "spans",
        "upos",
        "words",
    )

    def __init__(self, columns: Columns, own: slice, *, language: str) -> None:
        self.language = language
        self.clausal: frozenset[int] = frozenset()
        self.spans = columns.spans[own]
        self.forms = columns.forms[own]
        self.words = columns.words[own]
        self.head = columns.head[own]
        self.rel = columns.rel[own]
        self.upos = columns.upos[own]
        self.lemma = columns.lemma[own]
        self.feats = columns.feats[own]
        self.kids: list[list[int]] = []
        self.index()

    def verbs(self) -> list[int]:
        """The verbs and auxiliaries."""
        return [i for i, upos in enumerate(self.upos) if upos == "VERB" or upos == "AUX"]  # noqa: PLR1714 (a fifth faster)

    def index(self) -> None:
        """Collect the children anew after heads have changed."""
        count = len(self.head)
        self.forget()
        kids: list[list[int]] = [[] for _ in range(count)]
        for i, head in enumerate(self.head):
            if 0 <= head < count and head != i:
                kids[head].append(i)
        self.kids = kids

    def forget(self) -> None:
        """Drop what was found of phrases, after relations or the heads of clauses have changed."""
        self.slots: dict[int, int] = {}
        self._phrases: dict[int, tuple[int, int]] = {}

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

    def feature(self, i: int, name: str) -> str | None:
        """The value of a morphological feature of token i, None where unknown."""
        return _values(self.feats[i]).get(name)

    def phrase(self, top: int, *, without: frozenset[int] = frozenset()) -> tuple[int, int]:
        """First and last token of the noun phrase headed by `top`: no preposition, no embedded clause, no punctuation at its edges."""
        if not self.kids[top]:
            return top, top
        if without:
            return self._run(top, without)
        found = self._phrases.get(top)
        if found is None:
            found = self._phrases[top] = self._run(top, without)
        return found

    def _run(self, top: int, without: frozenset[int]) -> tuple[int, int]:
        kids, rels = self.kids, self.rel
        apart = self.clausal | without if without else self.clausal
        inside = {top}
        todo = [top]
        barred = _NO_PART_OF_HEAD
        while todo:
            head = todo.pop()
            for kid in kids[head]:
                rel = rels[kid]
                if rel in barred or kid in apart or kid in inside or (rel == "appos" and self._set_off(head, kid)):
                    continue
                inside.add(kid)
                if kids[kid]:
                    todo.append(kid)
            barred = _NO_PART
        if len(inside) == 1:
            return top, top
        first = last = top
        end = len(rels) - 1
        # the run around the head: a stray dependent far away would swallow half the sentence
        while first > 0 and (
            first - 1 in inside or (rels[first - 1] == "punct" and self._bridge(first - 1, inside, -1))
        ):
            first -= 1
        while last < end and (last + 1 in inside or (rels[last + 1] == "punct" and self._bridge(last + 1, inside, 1))):
            last += 1
        return first, last

    def _set_off(self, head: int, kid: int) -> bool:
        """Whether an apposition stands behind a comma or dash: "Lawrow, Moskaus Außenminister" names him before it."""
        between = self.words[head + 1 : kid]
        if _SET_OFF.isdisjoint(between):
            return False
        return any(word in _SET_OFF and self.upos[i] == "PUNCT" for i, word in enumerate(between, head + 1))

    def _bridge(self, i: int, inside: set[int], step: int) -> bool:
        """Whether punctuation at i (a comma in a list, quotation marks) lies between members.

        Before the head a comma parts adjectives only: in "on Monday, officials said" the day is no part of the officials.
        """
        if i + step not in inside:
            return False
        return step > 0 or self.words[i] != "," or self.upos[i - 1] == "ADJ"

    def subtree(self, top: int, *, without: frozenset[int]) -> tuple[int, int]:
        """First and last token below `top`, leaving out the subtrees of `without`."""
        first = last = top
        kids = self.kids
        todo = [top]
        seen = {top}
        while todo:
            for kid in kids[todo.pop()]:
                if kid in without:
                    continue
                if kid < first:
                    first = kid
                elif kid > last:
                    last = kid
                if kids[kid] and kid not in seen:
                    seen.add(kid)
                    todo.append(kid)
        while first < last and self.rel[first] == "punct":
            first += 1
        while last > first and self.rel[last] == "punct":
            last -= 1
        return first, last

    def span(self, first: int, last: int) -> Span:
        """The characters from token `first` to token `last`."""
        return _SPAN((self.spans[first][0], self.spans[last][1]))
