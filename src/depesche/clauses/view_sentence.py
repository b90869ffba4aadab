"""Reads the clauses of one sentence from its tree."""

from operator import attrgetter

from depesche.clauses.view_arguments import (
    OBJECTS,
    OBLIQUES,
    SUBJECTS,
    predicative,
    preposition_of,
    resolved,
)
from depesche.clauses.view_draft import Draft, first_conjunct, parent_of
from depesche.clauses.view_lending import lend_subjects
from depesche.clauses.view_lexicon import Grammar
from depesche.clauses.view_nouns import event_nouns, nominal_clause
from depesche.clauses.view_repair import (
    find_finite,
    join_verbs,
    part_at_commas,
    place_objects,
    place_particles,
    place_quantities,
)
from depesche.clauses.view_subjects import Subjects
from depesche.clauses.view_tree import Tree
from depesche.clauses.view_verbs import Verb, can_be, form_of, read_group, takes_sein
from depesche.record import Clause, ClauseKind

_NO_PREDICATE = frozenset({"aux", "aux:pass", "cop", "compound:prt", "fixed", "case", "mark", "cc", "det", "punct", "flat", "compound"})  # fmt: skip
_CONTROLLED = frozenset({"xcomp", "ccomp", "csubj", "advcl"})
_COMPLEMENT = frozenset({"xcomp", "ccomp", "csubj", "csubj:pass", "csubj:outer"})
_ATTRIBUTE = ("acl", "amod", "advcl")
_AUXILIARY = frozenset({"aux", "aux:pass"})
_PASSIVE = frozenset({"aux:pass", "nsubj:pass"})
_by_predicate = attrgetter("predicate")
_ARGUED = frozenset({"nsubj", "nsubj:pass", "obj", "iobj", "obl:arg"})


class SentenceView:
    """The clauses of one sentence.

    Args:
        tree: the parsed sentence; it is rewritten where grammar contradicts it.
        told: the language's tables.
    """

    def __init__(self, tree: Tree, *, told: Grammar) -> None:
        self._tree = tree
        self._told = told
        self._affirmative = False
        self._drafts: dict[int, Draft] = {}
        """By base: the token that heads the clause in the tree (the predicative noun of a copula)."""

    def clauses(self) -> list[Clause]:
        """All clauses, verbs and nouns, in reading order."""
        tree = self._tree
        find_finite(tree, told=self._told, language=tree.language)
        place_particles(tree)
        part_at_commas(tree)
        place_objects(tree)
        place_quantities(tree, told=self._told)
        verbs = tree.verbs()
        join_verbs(tree, verbs, told=self._told, language=tree.language)
        self._find_verbs(verbs)
        tree.clausal = frozenset(base for base in self._drafts if tree.rel[base] != "amod")
        tree.forget()
        subjects = Subjects(tree, told=self._told, bases=tree.clausal)
        for draft in self._drafts.values():
            self._read_verb(draft)
            if draft.group is not None and draft.group.finite >= 0 and draft.group.mood != "imperative":
                subjects.settle(draft.base, draft.group.finite, passive=draft.group.voice == "passive")
        for draft in self._drafts.values():
            self._share_auxiliaries(draft)
            self._read_arguments(draft)
            draft.kind = self._kind(draft)
        lend_subjects(tree, self._drafts, told=self._told)
        self._affirmative = self._is_affirmative()
        found = [self._finished(draft) for draft in self._drafts.values()]
        found += [nominal_clause(tree, i, self._drafts, told=self._told) for i in event_nouns(tree, tree.language)]
        found.sort(key=_by_predicate)
        return found

    def _find_verbs(self, verbs: list[int]) -> None:
        tree = self._tree
        copulas: dict[int, int] = {}
        if "cop" in tree.rel:
            copulas = {
                tree.head[k]: k for k in range(len(tree.rel) - 1, -1, -1) if tree.rel[k] == "cop" and tree.head[k] != k
            }
        for i in sorted({*verbs, *(i for i in copulas if i >= 0)}) if copulas else verbs:
            if i in copulas and tree.upos[i] != "VERB":
                self._drafts[i] = Draft(i, copulas[i])
            elif tree.rel[i] not in _NO_PREDICATE:
                self._drafts[i] = Draft(i, i)

    def _read_verb(self, draft: Draft) -> None:
        tree, told = self._tree, self._told
        auxiliaries: list[int] = []
        passive = False
        for k in tree.kids[draft.base]:
            rel = tree.rel[k]
            if rel in _AUXILIARY or (rel == "cop" and k != draft.predicate):
                auxiliaries.append(k)
            elif rel == "compound:prt" and draft.particle is None:
                draft.particle = k
            passive = passive or rel in _PASSIVE
        draft.lemma = self._lemma(draft)
        passive = passive or (
            not auxiliaries and tree.rel[draft.base].startswith(_ATTRIBUTE) and not takes_sein(draft.lemma, told)
        )  # "the territory claimed by Morocco", but "die geflohenen Bewohner"
        verb = Verb(at=draft.predicate, auxiliaries=tuple(auxiliaries), lemma=draft.lemma, passive=passive)
        draft.group = read_group(tree, verb, told=told)

    def _lemma(self, draft: Draft) -> str:
        tree = self._tree
        lemma = tree.lemma[draft.predicate]
        if draft.particle is None:
            return lemma
        particle = tree.words[draft.particle]
        if lemma.startswith(particle) or " " in lemma:
            return lemma
        # a separable particle is written in one with its verb, a phrasal verb's apart
        return particle + lemma if self._told.contractions else f"{lemma} {particle}"

    def _share_auxiliaries(self, draft: Draft) -> None:
        """Coordinated verb forms share their auxiliaries: "wurde festgenommen und … freigelassen"."""
        tree = self._tree
        first = self._drafts.get(first_conjunct(tree, draft.base, self._drafts))
        if first is None or first is draft or draft.group is None or first.group is None:
            return
        if first.group.finite < 0 or first.group.finite == first.predicate:
            return
        form = form_of(tree, first.predicate)
        alone = draft.group.finite < 0 and not draft.group.modals and draft.group.tense == "none"
        if (alone and form_of(tree, draft.predicate) == form) or (
            self._misread(draft) and can_be(tree, draft.predicate, form, tree.language)
        ):
            draft.group = first.group

    def _misread(self, draft: Draft) -> bool:
        """Whether a form taken for finite closes its clause and has no subject: "konnte … überreden und verhaften"."""
        assert draft.group is not None
        alone = draft.group.finite == draft.predicate and not self._has_subject(draft.base)
        return alone and self._closes(draft.predicate)

    def _closes(self, verb: int) -> bool:
        """Whether a verb stands at the end of its clause."""
        tree = self._tree
        return verb + 1 == len(tree.words) or tree.upos[verb + 1] in {"PUNCT", "CCONJ"}

    def _has_subject(self, base: int) -> bool:
        return any(self._tree.rel[k] in SUBJECTS for k in self._tree.kids[base])

    def _read_arguments(self, draft: Draft) -> None:
        tree, told, base = self._tree, self._told, draft.base
        if draft.predicate != base:
            draft.objects.append(predicative(tree, base, told))
        for k in tree.kids[base]:
            relation = tree.rel[k]
            if relation in SUBJECTS:
                if relation != "expl" and draft.subject is None:
                    draft.subject = resolved(tree, k, base, told=told)
            elif relation in OBJECTS and k not in self._drafts:
                bare = preposition_of(tree, k, told) is None and tree.lemma[k] not in told.times
                (draft.objects if bare else draft.obliques).append(resolved(tree, k, base, told=told))
            elif relation in OBLIQUES and (draft.predicate == base or relation != "nmod"):
                draft.obliques.append(resolved(tree, k, base, told=told))

    def _kind(self, draft: Draft) -> ClauseKind:
        tree = self._tree
        top = first_conjunct(tree, draft.base, self._drafts)
        rel = tree.rel[top]
        finite = draft.group is not None and draft.group.finite >= 0
        form = form_of(tree, draft.predicate)
        marker = self._marker(top)
        if finite and marker is not None:
            return "complement" if marker in self._told.complementizers else "adverbial"
        infinitive = form == "infinitive" and not finite
        if rel.startswith("acl"):
            return "relative" if finite else "infinitive" if infinitive else "participle"
        if infinitive and (marker is not None or rel in _CONTROLLED):
            return "infinitive"
        if rel == "amod" or (rel == "xcomp" and not finite):
            return "participle"
        return "complement" if rel in _COMPLEMENT else "adverbial" if rel == "advcl" else "main"

    def _marker(self, base: int) -> str | None:
        tree = self._tree
        first = first_conjunct(tree, base, self._drafts)
        for top in (base, first) if first != base else (base,):
            for k in tree.kids[top]:
                # "um … zu": the opener says more than the particle before the verb
                if tree.rel[k] == "mark" and tree.upos[k] in {"SCONJ", "ADP", "PART", "ADV"}:
                    return tree.words[k]
        return None

    def _is_affirmative(self) -> bool:
        """Whether no word of the sentence negates, so that no clause need be asked."""
        tree, articles = self._tree, self._told.negative_articles
        plain = self._told.negations.isdisjoint(tree.words) and articles.isdisjoint(tree.words)
        return plain and articles.isdisjoint([lemma.lower() for lemma in tree.lemma])

    def _negated(self, draft: Draft) -> bool:
        tree, told = self._tree, self._told
        if self._affirmative:
            return False
        kids = tree.kids[draft.base]
        if draft.predicate != draft.base:
            kids = [*kids, *tree.kids[draft.predicate]]
        for k in kids:
            if (
                tree.words[k] in told.negations
                and (tree.words[k + 1] if k + 1 < len(tree.words) else "") not in told.not_only
            ):
                return True
            if tree.rel[k] in _ARGUED:
                for d in (k, *tree.kids[k]):
                    if self._negative(d):
                        return True
        return draft.predicate != draft.base and any(self._negative(k) for k in tree.kids[draft.base])

    def _negative(self, i: int) -> bool:
        tree, told = self._tree, self._told
        return tree.words[i] in told.negative_articles or (
            tree.lemma[i].lower() in told.negative_articles and tree.upos[i] in {"DET", "PRON"}
        )

    def _finished(self, draft: Draft) -> Clause:
        tree = self._tree
        group = draft.group
        assert group is not None
        conjuncts = frozenset(
            [k for k in tree.kids[draft.base] if k in self._drafts and tree.rel[k] in {"conj", "parataxis"}]
        )
        first, last = tree.subtree(draft.base, without=conjuncts)
        parent = parent_of(tree, draft.base, self._drafts)
        return Clause(
            span=tree.span(first, last),
            why="verb with its dependents",
            predicate=tree.spans[draft.predicate],
            lemma=draft.lemma,
            kind=draft.kind,
            particle=None if draft.particle is None else tree.spans[draft.particle],
            voice=group.voice,
            tense=group.tense,
            mood=group.mood,
            modals=group.modals,
            negated=self._negated(draft),
            subject=draft.subject,
            objects=tuple(draft.objects),
            obliques=tuple(draft.obliques),
            marker=self._marker(draft.base),
            parent=None if parent is None else tree.spans[parent.predicate],
            parent_lemma=None if parent is None else parent.lemma,
        )
