"""Subjects that clauses leave out: of coordination, of infinitives, of participles."""

from collections.abc import Mapping

from depesche.clauses.view_arguments import argument
from depesche.clauses.view_draft import Draft, parent_of
from depesche.clauses.view_lexicon import Grammar
from depesche.clauses.view_tree import Tree
from depesche.clauses.view_verbs import form_of
from depesche.record import Argument

_CONTROLLED = frozenset({"xcomp", "advcl", "ccomp", "obl", "dep", "obj", "csubj"})


def lend_subjects(tree: Tree, drafts: Mapping[int, Draft], *, told: Grammar) -> None:
    """Give each clause without a subject of its own the one that it has by grammar."""
    for draft in drafts.values():
        _lend(tree, draft, drafts, told=told, seen=frozenset())


def _lend(
    tree: Tree, draft: Draft, drafts: Mapping[int, Draft], *, told: Grammar, seen: frozenset[int]
) -> Argument | None:
    if (
        draft.subject is not None
        or draft.base in seen
        or (draft.group is not None and draft.group.mood == "imperative")
    ):
        return draft.subject
    seen |= {draft.base}
    rel = tree.rel[draft.base]
    form = form_of(tree, draft.predicate)
    if rel == "conj" and tree.head[draft.base] in drafts:
        draft.subject = _lend(tree, drafts[tree.head[draft.base]], drafts, told=told, seen=seen)
    elif rel == "amod" or (rel.startswith("acl") and not draft.finite and form != "infinitive"):
        if tree.head[draft.base] >= 0:
            # "die getöteten Soldaten": the noun bears the participle
            bearer = argument(tree, tree.head[draft.base], told)
            draft.subject = Argument(span=bearer.span, head=bearer.head, case=bearer.case)
    elif (
        not draft.finite
        and form in {"gerund", "participle"}
        and rel == "advcl"
        and (noun := _before(tree, draft.predicate)) is not None
    ):
        draft.subject = argument(tree, noun, told)  # "an article accusing the government"
    elif not draft.finite and (rel in _CONTROLLED or rel.startswith("acl")):
        parent = parent_of(tree, draft.base, drafts)
        if parent is not None:
            draft.subject = _controller(tree, draft, parent, told) or _lend(tree, parent, drafts, told=told, seen=seen)
    return draft.subject


def _controller(tree: Tree, draft: Draft, parent: Draft, told: Grammar) -> Argument | None:
    """The object that does what an infinitive says: "forderte die Regierung auf, … einzustellen"."""
    if tree.rel[draft.base] == "advcl" or parent.lemma.split(" ")[0] not in told.object_control:
        return None
    if parent.group is not None and parent.group.voice == "passive":
        return None
    return parent.objects[0] if parent.objects and parent.predicate == parent.base else None


def _before(tree: Tree, verb: int) -> int | None:
    """The head of the noun phrase that ends right before a participle."""
    noun = verb - 1
    if noun < 0 or tree.upos[noun] not in {"NOUN", "PROPN"}:
        return None
    while tree.rel[noun] in {"nmod", "flat", "compound", "appos"} and 0 <= tree.head[noun] < verb:
        noun = tree.head[noun]
    return noun
