"""Verb groups that the parser tore apart, by the topology of the clause: a finite auxiliary needs its verb in the right bracket."""

from collections.abc import Sequence
from functools import lru_cache

from depesche.clauses.forms import readings
from depesche.clauses.view_arguments import SUBJECTS
from depesche.clauses.view_lexicon import Grammar
from depesche.clauses.view_tree import Tree
from depesche.clauses.view_verbs import form_of

_AUXILIARY = frozenset({"aux", "aux:pass", "cop"})
_NOUNS = frozenset({"NOUN", "PROPN", "PRON", "DET", "NUM"})


def join_verbs(tree: Tree, verbs: Sequence[int], *, told: Grammar, language: str) -> None:
    """Put auxiliaries that were parsed as full verbs ("hat Haftbefehl … erlassen") under the verb that they belong to.

    Args:
        tree: the sentence, rewritten.
        verbs: its verbs and auxiliaries.
        told: the language's tables.
        language: its code.
    """
    changed = False
    for i in verbs:
        if not told.auxiliaries.get(tree.lemma[i]) or tree.rel[i] in _AUXILIARY or form_of(tree, i) != "finite":
            continue
        verb = _stranded(tree, i, told=told, language=language)
        if verb is not None:
            _adopt(tree, verb, i)
            changed = True
            tree.index()
    if changed:
        tree.index()


def _stranded(tree: Tree, finite: int, *, told: Grammar, language: str) -> int | None:
    """The non-finite verb that a finite auxiliary governs although the tree says otherwise."""
    over = frozenset(told.auxiliaries[tree.lemma[finite]])
    found = None
    comma = False
    for j in range(finite + 1, len(tree.words)):
        comma = comma or tree.words[j] == ","
        finite_too = tree.upos[j] in {"VERB", "AUX"} and form_of(tree, j) == "finite"
        if finite_too and (comma or not _unfinished(tree, j, over, language)):
            break
        if tree.words[j] in {";", ":"} or tree.upos[j] == "SCONJ":
            break
        if tree.upos[j] == "VERB" and tree.rel[j] != "amod" and form_of(tree, j) in over and _under(tree, j, finite):
            found = j
    if found is None:
        return None
    kids = tree.kids[found]
    marked = any(tree.rel[k] == "mark" or tree.words[k] in told.infinitive_particles for k in kids)
    has_finite = any(tree.rel[k] in _AUXILIARY and form_of(tree, k) == "finite" for k in kids)
    return None if marked or has_finite else found


def _unfinished(tree: Tree, verb: int, over: frozenset[str], language: str) -> bool:
    """Make a verb infinitive or participle whose form allows it, where a finite verb has gone before: "hat … räumen lassen"."""
    for reading in readings(language, tree.forms[verb]):
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


def place_objects(tree: Tree) -> None:
    """The one of two subjects that follows another verb is that verb's object: "The envoy who brokered the truce left"."""
    told = [i for i, rel in enumerate(tree.rel) if rel in SUBJECTS]
    if len(told) < 2:  # noqa: PLR2004 (two subjects)
        return
    subjects_of: dict[int, list[int]] = {}
    for k in told:
        subjects_of.setdefault(tree.head[k], []).append(k)
    if len(subjects_of) == len(told):
        return
    for verb in sorted(subjects_of):
        subjects = subjects_of[verb]
        for k in subjects if len(subjects) > 1 and verb >= 0 else ():
            before = tree.phrase(k)[0] - 1
            if before < 0 or before == verb or k > verb or tree.upos[before] != "VERB" or _has_object(tree, before):
                continue
            tree.move(k, before, "obj")
            return


def _has_object(tree: Tree, verb: int) -> bool:
    return any(tree.rel[k] == "obj" for k in tree.kids[verb])


def part_at_commas(tree: Tree) -> None:
    """A noun before a comma is no part of the one behind it: "… near the border on Monday, officials said"."""
    if "," not in tree.words:
        return
    for i, rel in enumerate(tree.rel):
        head = tree.head[i]
        if (
            rel not in {"compound", "nmod"}
            or head <= i
            or tree.upos[i] not in {"NOUN", "PROPN"}
            or "," not in tree.words[i:head]
        ):
            continue
        verb = next((j for j in range(i - 1, -1, -1) if tree.upos[j] == "VERB"), None)
        if verb is not None and any(tree.rel[k] == "case" and k < i for k in tree.kids[i]):
            tree.move(i, verb, "obl")


def place_quantities(tree: Tree, *, told: Grammar) -> None:
    """A preposition right before a number may say how many: "über 900 Menschen" are more than 900."""
    if "NUM" not in tree.upos:
        return
    for i, rel in enumerate(tree.rel):
        if rel == "case" and i + 1 < len(tree.words) and tree.upos[i + 1] == "NUM" and tree.words[i] in told.quantities:
            noun = tree.head[i]
            if noun > i and tree.upos[noun] == "NOUN" and tree.lemma[noun] not in told.times:
                tree.rel[i] = "advmod"


def place_particles(tree: Tree) -> None:
    """A particle stands in the right bracket; before a noun phrase it is a preposition ("starben zwölf Menschen durch Anschläge")."""
    if "compound:prt" not in tree.rel:
        return
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
        tree.move(i, noun, "case")
        tree.lemma[verb] = tree.lemma[verb].removeprefix(tree.words[i]) or tree.lemma[verb]


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
    verbs = tree.verbs()
    for i in verbs:
        if tree.upos[i] == "VERB" and form_of(tree, i) != "finite" and _opened(tree, i, told):
            _make_finite(tree, i, language)
    for i in verbs:
        if form_of(tree, i) == "finite":
            continue
        if _only_finite(tree, i, language):
            _make_finite(tree, i, language)
        if form_of(tree, i) == "participle" and _transitive(tree, i):
            _make_finite(tree, i, language)
    if verbs and any(form_of(tree, i) == "finite" for i in verbs):
        return
    root = next((i for i, head in enumerate(tree.head) if head < 0), -1)
    if root > 0 and tree.upos[root] in {"ADJ", "VERB"} and tree.words[-1] == ".":
        _make_finite(tree, root, language)


def _only_finite(tree: Tree, verb: int, language: str) -> bool:
    """Whether the dictionary knows the form as a finite verb and as nothing else ("aufnahmen")."""
    return _finite_alone(language, tree.forms[verb])


@lru_cache(maxsize=1 << 14)
def _finite_alone(language: str, form: str) -> bool:
    found = readings(language, form)
    return bool(found) and all("VerbForm=Fin" in reading.feats for reading in found)


def _transitive(tree: Tree, verb: int) -> bool:
    """Whether a participle without auxiliary heads a main clause and has an object: "advanced and seized two villages"."""
    if tree.rel[verb] not in {"root", "conj", "ccomp", "parataxis"}:
        return False
    rels = {tree.rel[k] for k in tree.kids[verb]}
    return "obj" in rels and not rels & {"aux", "aux:pass", "cop", "nsubj:pass", "mark"}


def _opened(tree: Tree, verb: int, told: Grammar) -> bool:
    """Whether a clause without auxiliary is opened by a subordinator or a relative pronoun and its verb stands at its end."""
    kids = tree.kids[verb]
    for k in kids:
        if tree.rel[k] in _AUXILIARY or tree.words[k] in told.infinitive_particles:
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
    for reading in readings(language, tree.forms[i]):
        if reading.upos == "VERB" and "VerbForm=Fin" in reading.feats and "Mood=Ind" in reading.feats:
            tree.upos[i], tree.feats[i], tree.lemma[i] = "VERB", reading.feats, reading.lemma
            return
