"""What the parser gets wrong and the grammar knows better: split verb groups, and who is the subject.

Constraints used: a finite auxiliary needs its verb in the right bracket of its clause; a subject stands in the nominative, agrees with
the finite verb and has no preposition; after a quotation the subject follows the verb of saying.
"""

from depesche.clauses.forms import readings
from depesche.clauses.view_arguments import SUBJECTS, preposition_of
from depesche.clauses.view_cases import ACCUSATIVE, DATIVE, NOMINATIVE, noun_slots, numbers, verb_numbers
from depesche.clauses.view_lexicon import Grammar
from depesche.clauses.view_tree import Tree
from depesche.clauses.view_verbs import form_of

_AUXILIARY = frozenset({"aux", "aux:pass", "cop"})
_BARE = frozenset({"obj", "iobj", "obl", "obl:arg", "obl:tmod", "dep", "nmod", "appos", "dislocated", "vocative", "parataxis", "conj", "root", "advmod", "xcomp", "flat"})  # fmt: skip
"""Relations under which a lost subject is found."""
_NOUNS = frozenset({"NOUN", "PROPN", "PRON", "DET", "NUM"})
_TIME = frozenset("""montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag tag woche monat jahr uhr stunde minute ortszeit mal prozent
monday tuesday wednesday thursday friday saturday sunday day week month year today yesterday tomorrow""".split())  # fmt: skip


def join_verbs(tree: Tree, *, told: Grammar, language: str) -> None:
    """Put auxiliaries that were parsed as full verbs ("hat Haftbefehl … erlassen") under the verb that they belong to."""
    changed = False
    for i, lemma in enumerate(tree.lemma):
        means = told.auxiliaries.get(lemma)
        if (
            not means
            or tree.rel[i] in _AUXILIARY
            or form_of(tree, i) != "finite"
            or tree.upos[i] not in {"VERB", "AUX"}
        ):
            continue
        verb = _stranded(tree, i, frozenset(means), language)
        if verb is not None:
            _adopt(tree, verb, i)
            changed = True
            tree.index()
    if changed:
        tree.index()


def _stranded(tree: Tree, finite: int, over: frozenset[str], language: str) -> int | None:
    """The non-finite verb that a finite auxiliary governs although the tree says otherwise."""
    found = None
    comma = False
    for j in range(finite + 1, len(tree.words)):
        comma = comma or tree.words[j] == ","
        if tree.upos[j] in {"VERB", "AUX"} and form_of(tree, j) == "finite":
            if comma or not _unfinished(tree, j, over, language):
                break
        if tree.words[j] in {";", ":"} or tree.upos[j] in {"SCONJ"}:
            break
        if (
            tree.upos[j] == "VERB"
            and tree.rel[j] not in {"amod"}
            and form_of(tree, j) in over
            and _under(tree, j, finite)
        ):
            found = j
    if found is None:
        return None
    kids = tree.kids[found]
    marked = any(tree.rel[k] == "mark" or tree.words[k] == "zu" for k in kids)
    has_finite = any(tree.rel[k] in _AUXILIARY and form_of(tree, k) == "finite" for k in kids)
    return None if marked or has_finite else found


def _unfinished(tree: Tree, verb: int, over: frozenset[str], language: str) -> bool:
    """Make a verb infinitive or participle whose form allows it, where a finite verb has gone before: "hat … räumen lassen"."""
    for reading in readings(language, tree.form(verb)):
        form = (
            "infinitive"
            if "VerbForm=Inf" in reading.feats
            else "participle"
            if "VerbForm=Part" in reading.feats
            else ""
        )
        if reading.upos == "VERB" and form in over:
            tree.feats[verb], tree.lemma[verb] = reading.feats, reading.lemma
            return True
    return False


def place_particles(tree: Tree) -> None:
    """A particle stands in the right bracket; before a noun phrase it is a preposition ("starben zwölf Menschen durch Anschläge")."""
    for i, rel in enumerate(tree.rel):
        if (
            rel != "compound:prt"
            or i + 1 >= len(tree.words)
            or tree.upos[i] != "ADP"
            or tree.upos[i + 1] not in _NOUNS | {"ADJ"}
        ):
            continue
        noun = i + 1
        while tree.upos[noun] in {"DET", "ADJ", "NUM"} and noun < tree.head[noun] < len(tree.words):
            noun = tree.head[noun]
        verb = tree.head[i]
        if verb < 0 or noun == verb or tree.head[noun] != verb or tree.rel[noun] in SUBJECTS or tree.rel[noun] == "obj":
            continue
        tree.head[i], tree.rel[i] = noun, "case"
        tree.lemma[verb] = tree.lemma[verb].removeprefix(tree.words[i]) or tree.lemma[verb]
        tree.index()


def _under(tree: Tree, verb: int, finite: int) -> bool:
    """Whether only nominal steps lie between a verb and the auxiliary above it."""
    top = verb
    for _ in range(len(tree.head)):
        top = tree.head[top]
        if top == finite:
            return True
        if top < 0 or tree.upos[top] in {"VERB", "AUX"} or tree.rel[top].startswith("acl"):
            return False
    return False


def _adopt(tree: Tree, verb: int, finite: int) -> None:
    tree.head[verb], tree.rel[verb] = tree.head[finite], tree.rel[finite]
    tree.head[finite], tree.rel[finite] = verb, "aux"
    for kid in tree.kids[finite]:
        if kid != verb:
            tree.head[kid] = verb


def find_finite(tree: Tree, *, told: Grammar, language: str) -> None:
    """Make finite the verbs that must be: "die den Flughafen kontrolliert" has no other, nor has "Die USA entsandten Soldaten"."""
    verbs = [i for i, upos in enumerate(tree.upos) if upos in {"VERB", "AUX"}]
    for i in verbs:
        if tree.upos[i] == "VERB" and form_of(tree, i) != "finite" and _opened(tree, i, told):
            _make_finite(tree, i, language)
    if verbs and any(form_of(tree, i) == "finite" for i in verbs):
        return
    root = next((i for i, head in enumerate(tree.head) if head < 0), -1)
    if root > 0 and tree.upos[root] in {"ADJ", "VERB"} and tree.words[-1] == ".":
        _make_finite(tree, root, language)


def _opened(tree: Tree, verb: int, told: Grammar) -> bool:
    """Whether a clause without auxiliary is opened by a subordinator or a relative pronoun and its verb stands at its end."""
    kids = tree.kids[verb]
    if any(tree.rel[k] in _AUXILIARY or tree.words[k] == "zu" for k in kids):
        return False
    first = min(kids, default=verb)
    first = first + 1 if first < verb and tree.words[first] == "," else first
    while first < verb and tree.upos[first] in {"PUNCT", "ADP", "CCONJ"}:
        first += 1
    opener = tree.upos[first] == "SCONJ" or (
        tree.words[first] in told.relatives and first > 0 and tree.words[first - 1] == ","
    )
    return opener and (verb + 1 == len(tree.words) or tree.upos[verb + 1] in {"PUNCT", "CCONJ"})


def _make_finite(tree: Tree, i: int, language: str) -> None:
    for reading in readings(language, tree.form(i)):
        if reading.upos == "VERB" and "VerbForm=Fin" in reading.feats and "Mood=Ind" in reading.feats:
            tree.upos[i], tree.feats[i], tree.lemma[i] = "VERB", reading.feats, reading.lemma
            return


class Subjects:
    """Settles who is the subject of each finite clause of one sentence, by rewriting relations in its tree."""

    def __init__(self, tree: Tree, *, told: Grammar, language: str, bases: frozenset[int]) -> None:
        self._tree = tree
        self._told = told
        self._language = language
        self._bases = bases

    def settle(self, base: int, finite: int, *, passive: bool) -> None:
        """Settle the subject of the clause headed by `base`, whose finite verb is `finite`."""
        tree = self._tree
        own = [k for k in tree.kids[base] if tree.rel[k] in SUBJECTS and tree.rel[k] != "expl"]
        relation = "nsubj:pass" if passive else "nsubj"
        after = self._after_quotation(base, finite)
        if after is not None and after not in own:
            for k in own:
                tree.rel[k] = "dislocated"
            self._attach(after, base, relation)
            return
        good = [k for k in own if self._can_be(k, finite)]
        if self._shares(base, finite):
            good = [k for k in good if self._surely(k)]
            if not good:
                for k in own:
                    tree.rel[k] = "obj"
                return
        if good or (own and any(self._bases & {k} for k in own)):
            for k in own:
                if k not in good[:1] and k not in self._bases:
                    tree.rel[k] = "obl" if preposition_of(tree, k, self._told) else "obj"
            return
        best = self._lost(base, finite)
        if best is None:
            for k in own:  # a subject with a preposition is none
                if preposition_of(tree, k, self._told) is not None:
                    tree.rel[k] = "obl"
            return
        for k in own:
            tree.rel[k] = "obl" if preposition_of(tree, k, self._told) else "obj"
        self._attach(best, base, relation)

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
        slots = noun_slots(self._tree, noun, self._language)
        return bool(slots & NOMINATIVE) and not slots & (ACCUSATIVE | DATIVE)

    def _attach(self, noun: int, base: int, relation: str) -> None:
        tree = self._tree
        tree.rel[noun] = relation
        if tree.head[noun] != base:
            tree.head[noun] = base
            tree.index()

    def _can_be(self, noun: int, finite: int) -> bool:
        tree, language = self._tree, self._language
        if noun in self._bases:
            return True
        if preposition_of(tree, noun, self._told) is not None:
            return False
        slots = noun_slots(tree, noun, language)
        return bool(slots & NOMINATIVE) and bool(numbers(tree, noun, slots) & verb_numbers(language, tree.form(finite)))

    def _lost(self, base: int, finite: int) -> int | None:
        """The best phrase of the clause that was not parsed as its subject but can be."""
        tree, language = self._tree, self._language
        best, top = None, -5.0 if tree.rel[base] != "conj" else 0.0  # a German finite clause has a subject
        for k in tree.kids[base]:
            if tree.rel[k] not in _BARE or tree.upos[k] not in _NOUNS or k in self._bases:
                continue
            if tree.lemma[k].lower() in _TIME or not self._can_be(k, finite):
                continue
            slots = noun_slots(tree, k, language)
            sure = 2.0 if not slots & (ACCUSATIVE | DATIVE) else 0.0
            if tree.rel[base] == "conj" and not sure and tree.head[base] in self._bases:
                continue  # the subject of the first conjunct is nearer at hand
            sure += 1.0 if tree.feature(k, "Case") == "Nom" else 0.0
            sure += 0.5 if abs(k - finite) < 4 else 0.0  # noqa: PLR2004 (beside the finite verb)
            sure -= 1.0 if tree.rel[k] == "obj" and not sure >= 2.0 else 0.0  # noqa: PLR2004 (surely nominative)
            if sure > top:
                best, top = k, sure
        return best

    def _after_quotation(self, base: int, finite: int) -> int | None:
        """The phrase right behind a finite verb that a comma or quotation mark stands before: `„…“, sagte der Minister`."""
        tree = self._tree
        if finite < 1 or tree.words[finite - 1] not in {",", "“", "”", '"', "«", "»", "'", "’", "-", "–"}:
            return None
        if any(tree.rel[k] == "mark" and k < finite for k in tree.kids[base]):
            return None
        i = finite + 1
        while i < len(tree.words) and tree.upos[i] in {"DET", "ADJ", "NUM", "ADV"} and tree.head[i] > i:
            i += 1
        if i >= len(tree.words) or tree.upos[i] not in {"NOUN", "PROPN", "PRON"} or tree.words[i] in {"sich"}:
            return None
        head = i
        while (
            tree.rel[head] in {"compound", "flat", "flat:name", "appos"}
            and tree.head[head] >= 0
            and tree.head[head] > finite
        ):
            head = tree.head[head]
        if not self._can_be(head, finite):
            return None
        return head
