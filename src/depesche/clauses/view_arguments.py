"""The phrases that depend on a predicate: subject, objects, obliques."""

from depesche.clauses.view_cases import SLOTS_OF, genders, noun_slots, word_genders
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
    return Argument(span=tree.span(first, last), head=tree.spans[head], preposition=preposition, case=_case(tree, head))


_CASES = {
    "nsubj": ("Nom",),
    "nsubj:pass": ("Nom",),
    "obj": ("Acc", "Dat", "Gen"),
    "obl:arg": ("Dat", "Gen", "Acc"),
    "iobj": ("Dat", "Acc"),
}


def _case(tree: Tree, head: int) -> str | None:
    """The case that a phrase has by its function and can have by its form; elsewhere the parsed one."""
    parsed = tree.feature(head, "Case")
    wanted = _CASES.get(tree.rel[head])
    if parsed is None or wanted is None:
        return parsed
    slots = noun_slots(tree, head)
    for case in wanted:
        if slots & SLOTS_OF[case]:
            return case
    return parsed


def preposition_of(tree: Tree, head: int, told: Grammar) -> str | None:
    """The preposition of a phrase, contractions resolved, several words joined by a blank ("because of")."""
    return _preposition(tree, head, head, head, told)[0]


def _preposition(tree: Tree, head: int, first: int, last: int, told: Grammar) -> tuple[str | None, int]:
    rels = tree.rel
    for kid in tree.kids[head]:
        if rels[kid] != "case" or tree.upos[kid] not in {"ADP", "SCONJ", "ADV", "VERB"}:
            continue
        if kid > last or kid > head:  # "den Angaben zufolge", "Assad's"
            if tree.upos[kid] == "ADP":
                return tree.words[kid], first
            continue
        name = told.contractions.get(tree.words[kid], tree.words[kid])
        end = kid
        if tree.kids[kid]:
            fixed = [k for k in tree.kids[kid] if rels[k] == "fixed"]
            name = " ".join([name, *(tree.words[k] for k in fixed)])
            end = max([kid, *fixed])
        return name, end + 1 if first <= end < head else first
    return None, first


def antecedent(tree: Tree, verb: int, pronoun: int) -> int | None:
    """The noun that a relative clause with this verb and this pronoun modifies: "der Tasche des Mannes, die" is the bag."""
    noun = _modified(tree, verb, pronoun)
    wanted = word_genders(tree, pronoun)
    first = noun
    while noun is not None and tree.rel[noun] == "nmod" and not genders(noun_slots(tree, noun)) & wanted:
        noun = tree.head[noun] if tree.head[noun] >= 0 else None
    return first if noun is None else noun


def _modified(tree: Tree, verb: int, pronoun: int) -> int | None:
    top = verb
    while tree.rel[top] == "conj" and tree.head[top] >= 0:
        top = tree.head[top]
    if tree.rel[top].startswith("acl") and tree.head[top] >= 0:
        return tree.head[top]
    # attached elsewhere, a clause that opens with a pronoun still is about the noun right before it, or before the comma
    before = pronoun - 1
    while before > 0 and (tree.rel[before] == "case" or tree.words[before] == ","):
        before -= 1
    if before < 0:
        return None
    if tree.upos[before] not in {"NOUN", "PROPN"}:
        return (
            _agreeing(tree, before, pronoun)
            if tree.words[pronoun - 1] == "," or tree.words[pronoun - 2] == ","
            else None
        )
    while tree.rel[before] in {"flat", "flat:name", "compound", "appos"} and tree.head[before] >= 0:
        before = tree.head[before]
    return before


def _agreeing(tree: Tree, last: int, pronoun: int) -> int | None:
    """The nearest noun before a second relative clause whose gender and number fit its pronoun."""
    wanted = word_genders(tree, pronoun)
    for noun in range(last, -1, -1):
        if tree.upos[noun] == "NOUN" and genders(noun_slots(tree, noun)) & wanted:
            return noun
    return None


def is_relative(tree: Tree, i: int, told: Grammar) -> bool:
    """Whether a token is a relative pronoun."""
    return (
        tree.words[i] in told.relatives
        and tree.upos[i] in {"PRON", "DET", "SCONJ"}
        and not any(tree.rel[k] != "case" for k in tree.kids[i])
    )


def resolved(tree: Tree, i: int, base: int, *, told: Grammar) -> Argument:
    """The argument headed by token i of a clause; a relative pronoun gives way to the noun it stands for."""
    if is_relative(tree, i, told):
        noun = antecedent(tree, base, i)
        if noun is not None and noun != i:
            found = argument(tree, noun, told)
            return Argument(
                span=found.span,
                head=found.head,
                preposition=preposition_of(tree, i, told),
                case=tree.feature(i, "Case"),
            )
    return argument(tree, i, told)


_NOMINAL = frozenset({"det", "amod", "nmod", "nmod:poss", "det:poss", "compound", "flat", "nummod", "conj", "case", "appos", "flat:name"})  # fmt: skip


def predicative(tree: Tree, base: int, told: Grammar) -> Argument:
    """The noun or adjective of a copula, without what depends on it as a clause."""
    own = frozenset(k for k in tree.kids[base] if tree.rel[k] not in _NOMINAL)
    first, last = tree.phrase(base, without=own)
    return Argument(
        span=tree.span(first, last),
        head=tree.spans[base],
        preposition=preposition_of(tree, base, told),
        case=tree.feature(base, "Case"),
    )
