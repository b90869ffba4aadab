"""A clause in the making, and how clauses of one sentence hang together."""

from collections.abc import Mapping

from depesche.clauses.view_tree import Tree
from depesche.clauses.view_verbs import VerbGroup
from depesche.record import Argument, ClauseKind


class Draft:
    """A clause in the making; numbers are token numbers.

    Attributes:
        base: the token that heads the clause in the tree; `predicate`: its verb (the copula of a predicative).
    """

    __slots__ = ("base", "group", "kind", "lemma", "objects", "obliques", "particle", "predicate", "subject")

    def __init__(self, base: int, predicate: int) -> None:
        self.base = base
        self.predicate = predicate
        self.lemma = ""
        self.particle: int | None = None
        self.kind: ClauseKind = "main"
        self.group: VerbGroup | None = None
        self.subject: Argument | None = None
        self.objects: list[Argument] = []
        self.obliques: list[Argument] = []

    @property
    def finite(self) -> bool:
        """Whether it has a finite verb."""
        return self.group is not None and self.group.finite >= 0


def first_conjunct(tree: Tree, base: int, drafts: Mapping[int, Draft]) -> int:
    """The base of the first of the coordinated clauses that this one belongs to.

    A clause with a subordinator that the first lacks is no conjunct of it, whatever the parser says.
    """
    if tree.rel[base] != "conj":
        return base
    for _ in range(len(tree.head)):
        above = tree.head[base]
        if tree.rel[base] != "conj" or above not in drafts:
            break
        own = _subordinator(tree, base)
        if own is not None and own != _subordinator(tree, above):
            break
        base = above
    return base


def _subordinator(tree: Tree, base: int) -> str | None:
    return next((tree.words[k] for k in tree.kids[base] if tree.rel[k] == "mark" and tree.upos[k] == "SCONJ"), None)


def parent_of(tree: Tree, base: int, drafts: Mapping[int, Draft]) -> Draft | None:
    """The clause that embeds the one headed by `base`; coordinated clauses are embedded alike."""
    top = first_conjunct(tree, base, drafts)
    for _ in range(len(tree.head)):
        top = tree.head[top]
        if top < 0:
            return None
        if top in drafts:
            return drafts[top]
    return None
