"""Clauses of nouns that name events: "der Angriff der Rebellen auf ein Lager", "the rebels' attack on a camp"."""

from collections.abc import Mapping

from depesche.clauses.view_arguments import OBLIQUES, argument, preposition_of
from depesche.clauses.view_draft import Draft
from depesche.clauses.view_lexicon import Grammar, names_event
from depesche.clauses.view_tree import Tree
from depesche.record import Argument, Clause


def event_nouns(tree: Tree, language: str) -> list[int]:
    """The nouns of a sentence that name events."""
    lemmas = tree.lemma
    return [i for i, upos in enumerate(tree.upos) if upos == "NOUN" and names_event(lemmas[i], language)]


def nominal_clause(tree: Tree, i: int, drafts: Mapping[int, Draft], *, told: Grammar) -> Clause:
    """The clause of an event noun: possessor as subject, genitives and prepositional phrases as obliques."""
    subject: Argument | None = None
    obliques: list[Argument] = []
    for k in tree.kids[i]:
        rel = tree.rel[k]
        if rel in {"nmod:poss", "det:poss"} or (rel == "nmod" and k < i and preposition_of(tree, k, told) is None):
            found = argument(tree, k, told)
            subject = Argument(span=found.span, head=found.head, preposition=None, case="Gen")
        elif rel in OBLIQUES:
            obliques.append(argument(tree, k, told))
    first, last = tree.phrase(i)
    obliques += _adjacent(tree, last + 1, told)
    parent = _parent(tree, i, drafts)
    return Clause(
        span=tree.span(first, last),
        why="noun that names an event",
        predicate=tree.spans[i],
        lemma=tree.lemma[i],
        kind="nominal",
        negated=any(tree.lemma[k].lower() in told.negative_articles for k in tree.kids[i]),
        subject=subject,
        obliques=tuple(obliques),
        parent=None if parent is None else tree.spans[parent.predicate],
        parent_lemma=None if parent is None else parent.lemma,
    )


def _adjacent(tree: Tree, after: int, told: Grammar) -> list[Argument]:
    """Prepositional phrases right behind a noun that the parser gave to the verb: "plante ein Attentat auf den Premier"."""
    found: list[Argument] = []
    while after < len(tree.words) and tree.rel[after] == "case" and tree.upos[after] == "ADP":
        head = tree.head[after]
        if head <= after or tree.rel[head] not in OBLIQUES or preposition_of(tree, head, told) is None:
            break
        found.append(argument(tree, head, told))
        after = max(tree.phrase(head)[1], head) + 1
    return found


def _parent(tree: Tree, i: int, drafts: Mapping[int, Draft]) -> Draft | None:
    top = i
    for _ in range(len(tree.head)):
        if top in drafts:
            return drafts[top]
        top = tree.head[top]
        if top < 0:
            return None
    return None
