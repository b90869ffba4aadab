"""The phrases that depend on a predicate: subject, objects, obliques."""

from depesche.clauses.view_lexicon import Grammar
from depesche.clauses.view_tree import Tree
from depesche.record import Argument

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "expl"})
OBJECTS = frozenset({"obj", "iobj", "obl:arg"})
OBLIQUES = frozenset({"obl", "obl:agent", "obl:tmod", "obl:unmarked", "obl:npmod", "nmod", "obl:arg"})


def argument(tree: Tree, head: int, told: Grammar) -> Argument:
    """The phrase headed by a token, its preposition and case."""
    first, last = tree.phrase(head)
    preposition, first = _preposition(tree, head, first, last, told)
    return Argument(
        span=tree.span(first, last),
        head=tree.tokens[head].span,
        preposition=preposition,
        case=tree.feature(head, "Case"),
    )


def preposition_of(tree: Tree, head: int, told: Grammar) -> str | None:
    """The preposition of a phrase, contractions resolved, several words joined by a blank ("because of")."""
    return _preposition(tree, head, head, head, told)[0]


def _preposition(tree: Tree, head: int, first: int, last: int, told: Grammar) -> tuple[str | None, int]:
    for kid in tree.kids[head]:
        if tree.rel[kid] != "case" or tree.upos[kid] not in {"ADP", "SCONJ", "ADV", "VERB"}:
            continue
        if kid > last or kid > head:  # "den Angaben zufolge", "Assad's"
            if tree.upos[kid] == "ADP":
                return tree.words[kid], first
            continue
        name = told.contractions.get(tree.words[kid], tree.words[kid])
        fixed = [k for k in tree.kids[kid] if tree.rel[k] == "fixed"]
        name = " ".join([name, *(tree.words[k] for k in fixed)])
        end = max([kid, *fixed])
        return name, end + 1 if first <= end < head else first
    return None, first


def antecedent(tree: Tree, verb: int) -> int | None:
    """The noun that a relative clause with this verb modifies."""
    top = verb
    while tree.rel[top] == "conj" and tree.head[top] >= 0:
        top = tree.head[top]
    if tree.rel[top].startswith("acl") and tree.head[top] >= 0:
        return tree.head[top]
    return None


def is_relative(tree: Tree, i: int, told: Grammar) -> bool:
    """Whether a token is a relative pronoun."""
    return tree.words[i] in told.relatives and tree.upos[i] in {"PRON", "DET", "SCONJ"} and not tree.kids[i]
