"""The clause view: one small structure for each verb and each noun that names an event, whatever parser stands behind it."""

from collections.abc import Iterator

from depesche.clauses.view_arguments import (
    OBJECTS,
    OBLIQUES,
    SUBJECTS,
    antecedent,
    argument,
    is_relative,
    preposition_of,
)
from depesche.clauses.view_lexicon import Grammar, grammar, names_event
from depesche.clauses.view_tree import Tree
from depesche.clauses.view_verbs import Verb, VerbGroup, form_of, read_group
from depesche.record import Argument, Article, Clause, ClauseKind, Mark, Sentence, Span, Token

_NO_PREDICATE = frozenset({"aux", "aux:pass", "cop", "compound:prt", "fixed", "case", "mark", "cc", "det", "punct", "flat", "compound"})  # fmt: skip
_COMPLEMENT = frozenset({"ccomp", "csubj", "csubj:pass", "csubj:outer"})


class Clauses:
    """Gives one `Clause` for each verb, copula and event noun of the report's sentences.

    A subject that the clause leaves out is the one it has by grammar: of coordinated verbs the first one's, of infinitives the
    controller, of relative clauses the noun they modify. A predicative ("ist Präsident") stands among the objects. Of an
    event noun, a possessor before it is the subject ("Assads Rücktritt", "the rebels' attack"); a genitive after it is an oblique
    without preposition, for only the noun's meaning says whether it acts.
    """

    name = "clauses"
    version = 1
    needs: frozenset[type[Mark]] = frozenset({Sentence, Token})
    gives: frozenset[type[Mark]] = frozenset({Clause})

    def __call__(self, article: Article) -> Iterator[Clause]:
        """The clauses of one article, sentence by sentence."""
        told = grammar(article.language)
        for sentence in article.of(Sentence):
            tokens = article.within(Token, sentence.span)
            if tokens:
                yield from SentenceView(Tree(tokens, article.text), told=told, language=article.language).clauses()


class _Draft:
    """A clause in the making; numbers are token numbers."""

    __slots__ = ("base", "group", "kind", "lemma", "objects", "obliques", "particle", "predicate", "subject", "top")

    def __init__(self, base: int, predicate: int) -> None:
        self.base = base
        self.predicate = predicate
        self.top = base
        self.lemma = ""
        self.particle: int | None = None
        self.kind: ClauseKind = "main"
        self.group: VerbGroup | None = None
        self.subject: Argument | None = None
        self.objects: list[Argument] = []
        self.obliques: list[Argument] = []


class SentenceView:
    """Reads the clauses of one sentence.

    Args:
        tree: the parsed sentence.
        told: the language's tables.
        language: ISO 639-1 code.
    """

    def __init__(self, tree: Tree, *, told: Grammar, language: str) -> None:
        self._tree = tree
        self._told = told
        self._language = language
        self._drafts: dict[int, _Draft] = {}
        """By base: the token that heads the clause in the tree (the predicative noun of a copula)."""

    def clauses(self) -> Iterator[Clause]:
        """All clauses, verbs and nouns, in reading order."""
        self._find_verbs()
        for draft in self._drafts.values():
            self._read_verb(draft)
        for draft in self._drafts.values():
            self._lend_subject(draft, seen=frozenset())
        found = [self._finished(draft) for draft in self._drafts.values()]
        found += [self._nominal(i) for i in self._event_nouns()]
        yield from sorted(found, key=lambda clause: clause.predicate)

    def _find_verbs(self) -> None:
        tree = self._tree
        for i, upos in enumerate(tree.upos):
            copula = next((k for k in tree.kids[i] if tree.rel[k] == "cop"), None)
            if upos == "VERB":
                if tree.rel[i] not in _NO_PREDICATE:
                    self._drafts[i] = _Draft(i, i)
            elif copula is not None:
                self._drafts[i] = _Draft(i, copula)
            elif upos == "AUX" and tree.rel[i] not in _NO_PREDICATE:
                self._drafts[i] = _Draft(i, i)

    # -- verbs

    def _read_verb(self, draft: _Draft) -> None:
        tree, told, base = self._tree, self._told, draft.base
        kids = tree.kids[base]
        rel = tree.rel
        particle = next((k for k in kids if rel[k] == "compound:prt"), None)
        draft.particle = particle
        draft.lemma = self._lemma(draft)
        auxiliaries = [k for k in kids if rel[k] in {"aux", "aux:pass"} or (rel[k] == "cop" and k != draft.predicate)]
        passive = any(rel[k] in {"aux:pass", "nsubj:pass"} for k in kids)
        verb = Verb(at=draft.predicate, auxiliaries=tuple(auxiliaries), lemma=draft.lemma, passive=passive)
        draft.group = read_group(tree, verb, told=told)
        if draft.predicate != base:
            draft.objects.append(self._predicative(base))
        for k in kids:
            relation = rel[k]
            if relation in SUBJECTS:
                if relation != "expl" and draft.subject is None:
                    draft.subject = self._argument(k, base)
            elif relation == "obl:agent":
                draft.obliques.append(self._argument(k, base))
            elif relation in OBJECTS and tree.upos[k] != "VERB":
                prep = preposition_of(tree, k, told)
                (draft.objects if prep is None else draft.obliques).append(self._argument(k, base))
            elif relation in OBLIQUES and (draft.predicate == base or relation != "nmod"):
                draft.obliques.append(self._argument(k, base))
        draft.kind = self._kind(draft)

    def _lemma(self, draft: _Draft) -> str:
        tree = self._tree
        lemma = tree.lemma[draft.predicate]
        if draft.particle is None:
            return lemma
        particle = tree.words[draft.particle]
        if lemma.startswith(particle) or " " in lemma:
            return lemma
        # a separable particle is written in one with its verb, a phrasal verb's apart
        glued = "VERB" in tree.upos[draft.predicate] and self._language_glues
        return particle + lemma if glued else f"{lemma} {particle}"

    @property
    def _language_glues(self) -> bool:
        return bool(self._told.contractions)

    def _argument(self, i: int, base: int) -> Argument:
        """The argument headed by token i; a relative pronoun gives way to the noun it stands for."""
        if is_relative(self._tree, i, self._told):
            noun = antecedent(self._tree, base)
            if noun is not None and noun != i:
                found = argument(self._tree, noun, self._told)
                preposition = preposition_of(self._tree, i, self._told)
                return Argument(
                    span=found.span, head=found.head, preposition=preposition, case=self._tree.feature(i, "Case")
                )
        return argument(self._tree, i, self._told)

    def _predicative(self, base: int) -> Argument:
        tree = self._tree
        own = frozenset(k for k in tree.kids[base] if tree.rel[k] not in {"det", "amod", "nmod", "nmod:poss", "det:poss", "compound", "flat", "nummod", "conj", "case", "appos", "flat:name"})  # fmt: skip
        first, last = tree.phrase(base, without=own)
        return Argument(span=tree.span(first, last), head=tree.tokens[base].span, preposition=preposition_of(tree, base, self._told), case=tree.feature(base, "Case"))  # fmt: skip

    def _first_conjunct(self, base: int) -> int:
        tree = self._tree
        steps = 0
        while (
            tree.rel[base] in {"conj", "parataxis"}
            and tree.rel[base] == "conj"
            and tree.head[base] in self._drafts
            and steps < len(tree.rel)
        ):
            base = tree.head[base]
            steps += 1
        return base

    def _kind(self, draft: _Draft) -> ClauseKind:
        tree = self._tree
        top = self._first_conjunct(draft.base)
        rel = tree.rel[top]
        finite = draft.group is not None and draft.group.finite >= 0
        form = form_of(tree, draft.predicate)
        if rel.startswith("acl"):
            return "relative" if finite else "infinitive" if form == "infinitive" else "participle"
        if rel == "amod":
            return "participle"
        if rel == "xcomp":
            return "infinitive" if form == "infinitive" else "participle" if not finite else "complement"
        if rel in _COMPLEMENT:
            return "complement" if finite or form != "infinitive" else "infinitive"
        if rel == "advcl":
            return "adverbial" if finite or form != "infinitive" else "infinitive"
        return "main"

    def _parent(self, base: int) -> _Draft | None:
        """The clause that embeds the one headed by `base`; coordinated clauses are embedded alike."""
        tree = self._tree
        top = self._first_conjunct(base)
        for _ in range(len(tree.head)):
            top = tree.head[top]
            if top < 0:
                return None
            if top in self._drafts:
                return self._drafts[top]
        return None

    def _lend_subject(self, draft: _Draft, *, seen: frozenset[int]) -> Argument | None:
        """The subject of a clause, found through its coordination, its noun or its controller where it has none of its own."""
        if draft.subject is not None or draft.base in seen:
            return draft.subject
        seen |= {draft.base}
        tree = self._tree
        rel = tree.rel[draft.base]
        if draft.group is not None and draft.group.mood == "imperative":
            return None
        if rel == "conj" and tree.head[draft.base] in self._drafts:
            draft.subject = self._lend_subject(self._drafts[tree.head[draft.base]], seen=seen)
            return draft.subject
        nonfinite = draft.group is None or draft.group.finite < 0
        if rel == "amod" or (rel.startswith("acl") and nonfinite and form_of(tree, draft.predicate) != "infinitive"):
            if tree.head[draft.base] >= 0:
                # "die getöteten Soldaten": the noun bears the participle
                noun = argument(tree, tree.head[draft.base], self._told)
                draft.subject = Argument(span=noun.span, head=noun.head, case=noun.case)
            return draft.subject
        if nonfinite and rel in {"xcomp", "advcl", "ccomp"}:
            parent = self._parent(draft.base)
            if parent is not None:
                persons = [o for o in parent.objects if o.case != "Nom"]
                if rel != "advcl" and parent.lemma.split(" ")[0] in self._told.object_control and persons:
                    draft.subject = persons[0]
                else:
                    draft.subject = self._lend_subject(parent, seen=seen)
        return draft.subject

    def _negated(self, base: int, predicate: int, *, nominal: bool = False) -> bool:
        tree, told = self._tree, self._told
        for k in tree.kids[base] if predicate == base else (*tree.kids[base], *tree.kids[predicate]):
            if tree.words[k] in told.negations:
                after = tree.words[k + 1] if k + 1 < len(tree.words) else ""
                if after not in told.not_only:
                    return True
            elif nominal and self._negative_article(k):
                return True
            elif not nominal and tree.rel[k] in {"nsubj", "nsubj:pass", "obj", "iobj", "obl:arg"}:
                if self._negative_article(k) or any(self._negative_article(d) for d in tree.kids[k]):
                    return True
        return predicate != base and any(self._negative_article(k) for k in tree.kids[base])

    def _negative_article(self, i: int) -> bool:
        return self._tree.words[i] in self._told.negative_articles or (
            self._tree.lemma[i].lower() in self._told.negative_articles and self._tree.upos[i] in {"DET", "PRON"}
        )

    def _finished(self, draft: _Draft) -> Clause:
        tree = self._tree
        group = draft.group
        assert group is not None
        conjuncts = frozenset(
            k for k in tree.kids[draft.base] if k in self._drafts and tree.rel[k] in {"conj", "parataxis"}
        )
        first, last = tree.subtree(draft.base, without=conjuncts)
        parent = self._parent(draft.base)
        return Clause(
            span=tree.span(first, last),
            why="verb with its dependents",
            predicate=tree.tokens[draft.predicate].span,
            lemma=draft.lemma,
            kind=draft.kind,
            particle=None if draft.particle is None else tree.tokens[draft.particle].span,
            voice=group.voice,
            tense=group.tense,
            mood=group.mood,
            modals=group.modals,
            negated=self._negated(draft.base, draft.predicate),
            subject=draft.subject,
            objects=tuple(draft.objects),
            obliques=tuple(draft.obliques),
            marker=self._marker(draft.base),
            parent=None if parent is None else tree.tokens[parent.predicate].span,
            parent_lemma=None if parent is None else parent.lemma,
        )

    def _marker(self, base: int) -> str | None:
        tree = self._tree
        for top in (base, self._first_conjunct(base)):
            for k in tree.kids[top]:
                if tree.rel[k] == "mark" and tree.upos[k] in {"SCONJ", "ADP", "PART", "ADV"}:
                    if (
                        tree.upos[k] == "PART"
                        and len(tree.kids[top]) > 1
                        and any(tree.rel[o] == "mark" and o < k for o in tree.kids[top])
                    ):
                        continue
                    return tree.words[k]
        return None

    # -- nouns

    def _event_nouns(self) -> Iterator[int]:
        tree = self._tree
        for i, upos in enumerate(tree.upos):
            if upos == "NOUN" and names_event(tree.lemma[i], self._language):
                yield i

    def _nominal(self, i: int) -> Clause:
        tree, told = self._tree, self._told
        subject: Argument | None = None
        obliques: list[Argument] = []
        for k in tree.kids[i]:
            rel = tree.rel[k]
            if rel in {"nmod:poss", "det:poss"} or (rel == "nmod" and k < i and preposition_of(tree, k, told) is None):
                subject = self._possessor(k)
            elif rel in OBLIQUES:
                obliques.append(argument(tree, k, told))
        parent = self._parent_of_noun(i)
        first, last = tree.phrase(i)
        return Clause(
            span=tree.span(first, last),
            why="noun that names an event",
            predicate=tree.tokens[i].span,
            lemma=tree.lemma[i],
            kind="nominal",
            negated=self._negated(i, i, nominal=True),
            subject=subject,
            obliques=tuple(obliques),
            parent=None if parent is None else tree.tokens[parent.predicate].span,
            parent_lemma=None if parent is None else parent.lemma,
        )

    def _possessor(self, k: int) -> Argument:
        found = argument(self._tree, k, self._told)
        return Argument(span=found.span, head=found.head, preposition=None, case="Gen")

    def _parent_of_noun(self, i: int) -> _Draft | None:
        if i in self._drafts:  # the noun is the predicative of a copula
            return self._drafts[i]
        tree = self._tree
        top = i
        for _ in range(len(tree.head)):
            top = tree.head[top]
            if top < 0:
                return None
            if top in self._drafts:
                return self._drafts[top]
        return None


def spans_of(clause: Clause) -> list[Span]:
    """The spans of all arguments of a clause."""
    return [a.span for a in (clause.subject, *clause.objects, *clause.obliques) if a is not None]
