"""What a verb and its auxiliaries mean together: voice, tense, mood, modals."""

from functools import lru_cache

import msgspec

from depesche.clauses.forms import readings
from depesche.clauses.view_lexicon import Grammar
from depesche.clauses.view_tree import Tree
from depesche.record import Mood, Tense, Voice


class VerbGroup(msgspec.Struct, frozen=True, kw_only=True):
    """A verb with its auxiliaries, read: `finite` is the number of the finite verb among them, -1 where there is none."""

    voice: Voice
    tense: Tense
    mood: Mood
    modals: tuple[str, ...]
    finite: int


def form_of(tree: Tree, i: int) -> str:
    """finite, infinitive, participle or gerund."""
    told = _told_form(tree.feats[i])
    if told:
        return told
    # a form that is spelled like its lemma ("angreifen"), or has "zu" in it ("anzugreifen"), is the infinitive
    word, lemma = tree.words[i], tree.lemma[i].lower()
    return "infinitive" if word == lemma or word.replace("zu", "", 1) == lemma else "participle"


@lru_cache(maxsize=1 << 12)
def _told_form(feats: str) -> str:
    """The form of a verb that its features tell, nothing where they tell none."""
    if "VerbForm=" not in feats:
        return "finite" if "Mood=" in feats or "Person=" in feats or "Tense=" in feats else ""
    if "VerbForm=Inf" in feats:
        return "infinitive"
    if "VerbForm=Ger" in feats or ("VerbForm=Part" in feats and "Tense=Pres" in feats):
        return "gerund"
    return "participle" if "VerbForm=Part" in feats else "finite"


def can_be(tree: Tree, i: int, form: str, language: str) -> bool:
    """Whether the spelling of token i allows a verb form ("infinitive" or "participle")."""
    wanted = {"infinitive": "VerbForm=Inf", "participle": "VerbForm=Part"}.get(form, "")
    return bool(wanted) and any(wanted in r.feats for r in readings(language, tree.forms[i]))


class Verb(msgspec.Struct, frozen=True, kw_only=True):
    """A verb as the tree has it, before it is read.

    Attributes:
        at: number of the full verb (or copula).
        auxiliaries: numbers of its auxiliaries, in any order.
        lemma: with its particle.
        passive: whether the parser saw a passive (it decides only where the lexicon cannot).
    """

    at: int
    auxiliaries: tuple[int, ...]
    lemma: str
    passive: bool


def read_group(tree: Tree, verb: Verb, *, told: Grammar) -> VerbGroup:
    """Voice, tense, mood and modals of a verb under its auxiliaries."""
    finite = -1
    for i in (*verb.auxiliaries, verb.at):
        if form_of(tree, i) == "finite":
            finite = i
            break
    order = _outwards(verb, finite)
    under = form_of(tree, verb.at)
    if order and under == "finite":
        under = _likely(tree, order[0], told)
    voice: Voice = "passive" if not order and under == "participle" and verb.passive else "active"
    meanings: list[str] = []
    modals: list[str] = []
    for i in order:
        meaning = _meaning(tree, i, told=told, under=under)
        if meaning == "resultative":
            moved = (
                voice == "passive" or takes_sein(verb.lemma, told) or (not verb.passive and _has_object(tree, verb.at))
            )
            meaning = "perfect" if moved else "passive"
        if meaning == "passive":
            voice = "passive"
        elif meaning == "modal":
            modals.append(tree.lemma[i].lower())
        meanings.append(meaning)
        under = form_of(tree, i)
    mood, tense = _mood_and_tense(tree, finite, perfect="perfect" in meanings, future="future" in meanings)
    return VerbGroup(voice=voice, tense=tense, mood=mood, modals=tuple(reversed(modals)), finite=finite)


def _outwards(verb: Verb, finite: int) -> list[int]:
    """The auxiliaries from the verb outwards, the finite one last: "angegriffen worden sein soll", "will have been attacked"."""
    order = [i for i in verb.auxiliaries if i != finite]
    if len(order) > 1:
        order.sort(key=lambda i: abs(i - verb.at))
    return [*order, finite] if finite >= 0 and finite != verb.at else order


def _meaning(tree: Tree, auxiliary: int, *, told: Grammar, under: str) -> str:
    """What an auxiliary means over a verb form; the first of its meanings where the form fits none."""
    means = told.auxiliaries.get(tree.lemma[auxiliary].lower(), {})
    return means.get(under) or next(iter(means.values()), "")


def _likely(tree: Tree, auxiliary: int, told: Grammar) -> str:
    """The form a verb must have under an auxiliary although the tagger took it for finite."""
    means = told.auxiliaries.get(tree.lemma[auxiliary].lower(), {})
    return "participle" if "participle" in means else "infinitive"


def takes_sein(lemma: str, told: Grammar) -> bool:
    """Whether the perfect of a verb, or of the verb its particle is put to, takes "sein"."""
    return lemma in told.with_sein or lemma.endswith(_endings(told.with_sein))


@lru_cache(maxsize=8)
def _endings(verbs: frozenset[str]) -> tuple[str, ...]:
    """Those that are long enough to be told at the end of a longer verb ("vergehen" goes with "gehen")."""
    return tuple(verb for verb in verbs if len(verb) > 4)  # noqa: PLR2004


def _has_object(tree: Tree, verb: int) -> bool:
    return any(tree.rel[kid] == "obj" for kid in tree.kids[verb])


def _mood_and_tense(tree: Tree, finite: int, *, perfect: bool, future: bool) -> tuple[Mood, Tense]:
    if finite < 0:
        return "none", "perfect" if perfect else "none"
    feats = tree.feats[finite]
    past = "Tense=Past" in feats
    mood: Mood = "indicative"
    if "Mood=Sub" in feats:
        mood = "konjunktiv2" if past else "konjunktiv1"
    elif "Mood=Imp" in feats:
        mood = "imperative"
    if future and mood != "konjunktiv2":  # "würde reisen" speaks of no future of its own
        return mood, "future"
    if perfect:
        return mood, "pluperfect" if past and mood == "indicative" else "perfect"
    if mood in {"konjunktiv1", "konjunktiv2"}:
        return mood, "present"
    return mood, "past" if past else "present"
