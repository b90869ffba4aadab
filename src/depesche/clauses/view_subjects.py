"""Who is the subject of a finite clause, where the parse contradicts case, agreement or place.

Constraints used: a subject stands in the nominative, agrees with the finite verb and has no preposition; after a quotation it follows
the verb of saying; a coordinated verb right behind its conjunction has the subject of the first.
"""

from depesche.clauses.view_arguments import SUBJECTS, preposition_of
from depesche.clauses.view_cases import ACCUSATIVE, DATIVE, NOMINATIVE, noun_slots, numbers, verb_numbers
from depesche.clauses.view_lexicon import Grammar
from depesche.clauses.view_tree import Tree

_BARE = frozenset({"obj", "iobj", "obl", "obl:arg", "obl:tmod", "dep", "nmod", "appos", "dislocated", "vocative", "parataxis", "conj", "root", "advmod", "xcomp", "flat"})  # fmt: skip
"""Relations under which a lost subject is found."""
_NOUNS = frozenset({"NOUN", "PROPN", "PRON", "DET", "NUM"})
_NAMED = frozenset({"compound", "flat", "flat:name", "appos", "nmod"})
_QUOTES = frozenset({",", "“", "”", '"', "«", "»", "'", "’", "-", "–"})


class Subjects:
    """Settles who is the subject of each finite clause of one sentence, by rewriting relations in its tree."""

    def __init__(self, tree: Tree, *, told: Grammar, bases: frozenset[int]) -> None:
        self._tree = tree
        self._told = told
        self._bases = bases

    def settle(self, base: int, finite: int, *, passive: bool) -> None:
        """Settle the subject of the clause headed by `base`, whose finite verb is `finite`."""
        tree = self._tree
        own = [k for k in tree.kids[base] if tree.rel[k] in SUBJECTS and tree.rel[k] != "expl"]
        chosen = self._chosen(base, finite, own)
        if chosen in own and len(own) == 1:
            return
        for k in own:
            if k != chosen and k not in self._bases:
                tree.rel[k] = "obl" if preposition_of(tree, k, self._told) else "obj"
                tree.forget()
        if chosen is not None and chosen not in own:
            self._attach(chosen, base, "nsubj:pass" if passive else "nsubj")

    def _chosen(self, base: int, finite: int, own: list[int]) -> int | None:
        """The token that is the subject: the parsed one where it can be, else the best other phrase; None where there is none."""
        if self._tree.lemma[finite] in self._told.saying:
            speaker = self._speaker(base, finite, own)
            if speaker is not None:
                return speaker
        shares = self._shares(base, finite)
        for k in own:
            dated = self._tree.lemma[k] in self._told.times and k not in self._bases
            if not dated and self._can_be(k, finite) and (not shares or self._surely(k)):
                return k if shares else self._rival(base, finite, k)
        if shares:
            return None
        best = self._lost(base, finite)
        if best is None and not own:
            return self._parted(base, finite)
        if best is None and own and preposition_of(self._tree, own[0], self._told) is None:
            return own[0]  # nothing better: the forms may be unknown, or the writer careless
        return best

    def _rival(self, base: int, finite: int, subject: int) -> int:
        """The parsed subject, or an object that must be it: one surely nominative, or the first of two that either could be."""
        tree = self._tree
        if subject in self._bases or tree.upos[subject] == "PRON" or self._surely(subject):
            return subject
        for k in tree.kids[base]:
            if tree.rel[k] != "obj" or k in self._bases or tree.upos[k] not in _NOUNS or not self._can_be(k, finite):
                continue
            if self._surely(k) or (finite < k < subject and tree.upos[k] in {"NOUN", "PROPN"}):
                return k
        return subject

    def _shares(self, base: int, finite: int) -> bool:
        """Whether a coordinated clause whose verb stands right behind the conjunction leaves its subject out."""
        tree = self._tree
        return (
            tree.rel[base] == "conj"
            and finite > 0
            and tree.upos[finite - 1] == "CCONJ"
            and tree.head[base] in self._bases
        )

    def _surely(self, noun: int) -> bool:
        slots = noun_slots(self._tree, noun)
        return bool(slots & NOMINATIVE) and not slots & (ACCUSATIVE | DATIVE)

    def _attach(self, noun: int, base: int, relation: str) -> None:
        if self._tree.head[noun] == base:
            self._tree.rel[noun] = relation
            self._tree.forget()
        else:
            self._tree.move(noun, base, relation)

    def _can_be(self, noun: int, finite: int) -> bool:
        tree = self._tree
        if noun in self._bases:
            return True
        if preposition_of(tree, noun, self._told) is not None:
            return False
        slots = noun_slots(tree, noun)
        return bool(slots & NOMINATIVE) and bool(
            numbers(tree, noun, slots, ones=self._told.ones) & verb_numbers(tree.language, tree.forms[finite])
        )

    def _lost(self, base: int, finite: int) -> int | None:
        """The best phrase of the clause that was not parsed as its subject but can be."""
        tree = self._tree
        best, top = None, -5.0 if tree.rel[base] != "conj" else 0.0  # a German finite clause has a subject
        for k in tree.kids[base]:
            if tree.rel[k] not in _BARE or tree.upos[k] not in _NOUNS or k in self._bases:
                continue
            if tree.lemma[k] in self._told.times or not self._can_be(k, finite):
                continue
            slots = noun_slots(tree, k)
            sure = 2.0 if not slots & (ACCUSATIVE | DATIVE) else 0.0
            if tree.rel[base] == "conj" and not sure and tree.head[base] in self._bases:
                continue  # the subject of the first conjunct is nearer at hand
            sure += 1.0 if tree.feature(k, "Case") == "Nom" else 0.0
            sure += 0.5 if abs(k - finite) < 4 else 0.0  # noqa: PLR2004 (beside the finite verb)
            sure -= 1.0 if tree.rel[k] == "obj" and not sure >= 2.0 else 0.0  # noqa: PLR2004 (surely nominative)
            if sure > top:
                best, top = k, sure
        return best

    def _parted(self, base: int, finite: int) -> int | None:
        """A name that was read as one with the object behind it, which cannot be the subject: "verhängte | die EU | Sanktionen"."""
        tree = self._tree
        for k in tree.kids[base]:
            name = k - 1
            if tree.rel[k] != "obj" or name <= finite or tree.upos[k] != "NOUN" or self._can_be(k, finite):
                continue
            if tree.head[name] == k and tree.rel[name] in _NAMED and tree.upos[name] == "PROPN":
                for article in [d for d in tree.kids[k] if finite < d < name]:
                    tree.head[article] = name
                tree.index()
                return name
        return None

    def _speaker(self, base: int, finite: int, own: list[int]) -> int | None:
        """Who says what goes before: right behind the verb ("„…“, sagte der Minister"), or between a comma and it ("…, officials said")."""
        tree = self._tree
        if finite >= 1 and tree.words[finite - 1] in _QUOTES and not self._interrupted(finite, own):
            return self._behind(finite)
        for k in tree.kids[base]:
            first, last = tree.phrase(k) if tree.rel[k] == "obj" and k < finite else (0, 0)
            if first > 0 and last + 1 == finite and tree.words[first - 1] in _QUOTES and tree.upos[k] in _NOUNS:
                return k if self._can_be(k, finite) else None
        return None

    def _interrupted(self, finite: int, own: list[int]) -> bool:
        """Whether the comma before the verb closes a clause inside its subject: "Der Minister, der gestern kam, sagte"."""
        tree = self._tree
        for k in own:
            last = tree.phrase(k)[1]
            if (
                k < finite
                and last + 1 < finite
                and tree.words[last + 1] in {",", "–", "-"}
                and any(tree.rel[d].startswith(("acl", "appos")) for d in tree.kids[k])
            ):
                return True
        return False

    def _behind(self, finite: int) -> int | None:
        """The noun phrase that begins right behind the finite verb and can be its subject."""
        tree = self._tree
        i = finite + 1
        while i < len(tree.words) and tree.upos[i] in {"DET", "ADJ", "NUM", "ADV"} and tree.head[i] > i:
            i += 1
        if (
            i >= len(tree.words)
            or tree.upos[i] not in {"NOUN", "PROPN", "PRON"}
            or tree.words[i] in self._told.reflexives
        ):
            return None
        head = i
        while tree.rel[head] in {"compound", "flat", "flat:name", "appos"} and tree.head[head] > finite:
            head = tree.head[head]
        return head if self._can_be(head, finite) else None
