"""Which cases and numbers a noun phrase can have, and which subjects a finite verb can have, by their forms alone.

The parser guesses a case; the forms say which are possible. A language without a table of full forms, or a word outside it, rules nothing out.
"""

from functools import lru_cache

from depesche.clauses.forms import last_part, readings
from depesche.clauses.view_tree import Tree

ANY = 0xFFFF
NOMINATIVE, GENITIVE, DATIVE, ACCUSATIVE = 0xF, 0xF0, 0xF00, 0xF000
SLOTS_OF = {"Nom": NOMINATIVE, "Gen": GENITIVE, "Dat": DATIVE, "Acc": ACCUSATIVE}
PLURAL = 0x8888
_SINGULAR_VERB, _PLURAL_VERB = 0b000100, 0b100000
_ARTICLES = frozenset({"det", "det:poss", "amod", "nummod"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM"})


@lru_cache(maxsize=1 << 15)
def _slots(language: str, form: str, upos: str) -> int:
    """Slots of one word: all readings that are no verb's; `ANY` where nothing is known."""
    found = 0
    for reading in readings(language, form):
        if reading.upos in _NOMINAL:
            found |= reading.slots or ANY
    if not found and upos == "NOUN" and (cut := last_part(language, form)):
        part = form[cut:]
        for reading in readings(language, part[:1].upper() + part[1:]):
            if reading.upos == "NOUN":
                found |= reading.slots or ANY
    return found or ANY


@lru_cache(maxsize=1 << 14)
def verb_numbers(language: str, form: str) -> int:
    """1 where a third person singular may be its subject, 2 where a plural may; 3 where both or unknown."""
    slots = 0
    for reading in readings(language, form):
        if "VerbForm=Fin" in reading.feats:
            slots |= reading.slots
    return (1 if slots & _SINGULAR_VERB else 0) | (2 if slots & _PLURAL_VERB else 0) or 3


def noun_slots(tree: Tree, head: int) -> int:
    """The slots that a phrase can fill: those that its head and its articles and adjectives allow together."""
    found = tree.slots.get(head)
    if found is None:
        found = tree.slots[head] = _noun_slots(tree, head)
    return found


def _noun_slots(tree: Tree, head: int) -> int:
    upos = tree.upos[head]
    slots = ANY if upos in {"PROPN", "NUM", "X"} else _slots(tree.language, tree.forms[head], upos)
    rels = tree.rel
    for kid in tree.kids[head]:
        if kid < head and rels[kid] in _ARTICLES and tree.upos[kid] != "NUM":
            slots &= _slots(tree.language, tree.forms[kid], tree.upos[kid])
    return slots or ANY


def numbers(tree: Tree, head: int, slots: int, *, ones: frozenset[str]) -> int:
    """1 where the phrase may be singular, 2 where it may be plural, 3 where either."""
    for kid in tree.kids[head]:
        rel = tree.rel[kid]
        if rel == "conj" or (rel == "nummod" and tree.lemma[kid] not in ones and tree.words[kid] not in ones):
            return 2
    told = slots & NOMINATIVE or slots
    found = (1 if told & ~PLURAL else 0) | (2 if told & PLURAL else 0)
    if tree.upos[head] == "PROPN" and found == 3:  # noqa: PLR2004 (either)
        return 3
    number = tree.feature(head, "Number")
    if found == 3 and number is not None:  # noqa: PLR2004 (either)
        return 1 if number == "Sing" else 2
    return found


def genders(slots: int) -> int:
    """The genders (the plural a fourth) that slots allow, whatever the case."""
    return (slots | slots >> 4 | slots >> 8 | slots >> 12) & 15


def word_genders(tree: Tree, i: int) -> int:
    """The genders that a pronoun can have by its form."""
    return genders(_slots(tree.language, tree.forms[i].lower(), tree.upos[i]))
