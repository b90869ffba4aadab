"""What the trigger model sees of a candidate's sentence: the words beside it, the parse, the clause and the mentions."""

from functools import cache

import msgspec

from depesche.events.scene import Line, Scene
from depesche.events.slots import SLOTS, Slots, family, slot
from depesche.events.triggers import CONTENT, Candidate, entry_features
from depesche.record import Clause

_MENTION_REACH = 60
_WIDE = 6
_NEAR = (-2, -1, 1, 2)
"""The words on either side that keep their order."""
_NOTHING = "·"
"""Stands for a word beyond the ends of the sentence."""
_TELLING = frozenset({"case", "det", "amod", "compound", "compound:prt", "nmod:poss", "advmod"})
"""Relations of words that say much about the word they hang on."""


class Families(msgspec.Struct, frozen=True):
    """The features of one language and one kind of candidate that are named by a word.

    Attributes:
        near: by offset.
        near_kind: those beside the candidate, joined with its kind.
    """

    near: dict[int, Slots]
    near_kind: dict[int, Slots]
    wide: Slots
    wide_kind: Slots
    head: Slots
    head_kind: Slots
    preposition: Slots


@cache
def _families(language: str, kind: str) -> Families:
    return Families(
        near={offset: family(f"{language}:n{offset}:") for offset in _NEAR},
        near_kind={offset: family(f"{language}:n{offset}:", f":{kind}") for offset in (-1, 1)},
        wide=family(f"{language}:w:"),
        wide_kind=family(f"{language}:w:", f":{kind}"),
        head=family(f"{language}:head:"),
        head_kind=family(f"{language}:head:", f":{kind}"),
        preposition=family(f"{language}:prep:", f":{kind}"),
    )


def context_features(candidate: Candidate, scene: Scene) -> list[int]:
    """What the sentence and the report add."""
    line, at, language = candidate.line, candidate.at, scene.language
    kind = next((e.type for e in sorted(candidate.entries, key=lambda e: -e.prior)), "?") if candidate.entries else "?"
    families = _families(language, kind)
    rows = SLOTS.rows(entry_features(candidate.phrases, how="phrase")) if candidate.phrases else []
    rows += _neighbours(line, at, language=language, families=families)
    rows += _window(line, at, kind=kind, families=families)
    rows += _grammar(line, at, language=language, kind=kind)
    clause = line.clause_around(at)
    if clause is not None:
        rows += _of_clause(line, clause, own=line.clause_of.get(at) is clause, kind=kind)
    rows += _mentions(line, at, kind=kind)
    rows += (SLOTS[f"part:{line.part}:{candidate.upos}"], SLOTS[f"part:{line.part}:{kind}"])
    return rows


def _neighbours(line: Line, at: int, *, language: str, families: Families) -> list[int]:
    lemmas, tokens = line.lemmas, line.tokens
    rows: list[int] = []
    lemma, upos = lemmas[at], tokens[at].upos
    for offset in _NEAR:
        other = at + offset
        word, its_upos = (lemmas[other], tokens[other].upos) if 0 <= other < len(lemmas) else (_NOTHING, _NOTHING)
        rows += (families.near[offset][word], SLOTS[f"nu{offset}:{its_upos}:{upos}"])
        if offset in families.near_kind:
            rows += (families.near_kind[offset][word], slot(f"{language}:n{offset}:{word}:{lemma}"))
    return rows


def _window(line: Line, at: int, *, kind: str, families: Families) -> list[int]:
    """Two features for each content word around the candidate."""
    known = line.remembered.get(kind)
    if known is None:
        flat: list[int] = []
        ends = [0]
        for lemma, token in zip(line.lemmas, line.tokens, strict=True):
            if token.upos in CONTENT:
                flat += (families.wide[lemma], families.wide_kind[lemma])
            ends.append(len(flat))
        known = line.remembered[kind] = (flat, ends)
    found, begin = known
    before = found[begin[max(0, at - _WIDE)] : begin[at]]
    return before + found[begin[at + 1] : begin[min(len(line.lemmas), at + _WIDE + 1)]]


def _grammar(line: Line, at: int, *, language: str, kind: str) -> list[int]:
    token, families = line.tokens[at], _families(language, kind)
    head = line.lemmas[token.head] if 0 <= token.head < len(line.lemmas) else _NOTHING
    rows = [
        SLOTS[f"rel:{token.deprel}:{token.upos}"],
        SLOTS[f"rel:{token.deprel}:{kind}"],
        families.head[head],
        families.head_kind[head],
    ]
    for child in line.children.get(at, ()):
        relation = line.tokens[child].deprel
        rows += (SLOTS[f"kid:{relation}:{token.upos}"], SLOTS[f"kid:{relation}:{kind}"])
        if relation in _TELLING:
            rows.append(family(f"{language}:kid:{relation}:")[line.lemmas[child]])
        for grandchild in line.children.get(child, ()):
            if line.tokens[grandchild].deprel == "case":
                word = line.lemmas[grandchild]
                rows += (families.preposition[word], slot(f"{language}:prep:{word}:{line.lemmas[at]}"))
    return rows


def _of_clause(line: Line, clause: Clause, *, own: bool, kind: str) -> list[int]:
    """The features of a clause, which all its words of one kind share."""
    key = id(clause), own, kind  # the sentence holds on to its clauses
    known = line.of_clauses.get(key)
    if known is None:
        known = line.of_clauses[key] = SLOTS.rows(_clause(line, clause, own=own, kind=kind))
    return known


def _clause(line: Line, clause: Clause, *, own: bool, kind: str) -> list[str]:
    names = [
        f"c:own:{own}:{kind}",
        f"c:voice:{clause.voice}:{own}",
        f"c:tense:{clause.tense}:{own}",
        f"c:mood:{clause.mood}:{own}",
        f"c:kind:{clause.kind}:{own}",
        f"c:neg:{clause.negated}:{own}",
        f"c:parent:{clause.parent_lemma}",
        f"c:lemma:{clause.lemma if not own else '='}:{kind}",
    ]
    names += [f"c:modal:{modal}:{own}" for modal in clause.modals]
    for role, arguments in (("s", (clause.subject,)), ("o", clause.objects), ("x", clause.obliques)):
        for argument in arguments:
            if argument is None:
                continue
            kinds = {m.actor.kind for m in line.actors if argument.span.holds(m.span)}
            names += [f"c:{role}:{k}:{kind}:{own}" for k in kinds] or [f"c:{role}:-:{kind}:{own}"]
            names.append(f"c:{role}:{line.lemmas[line.token_at(argument.head.start)]}:{kind}")
    return names


def _mentions(line: Line, at: int, *, kind: str) -> list[int]:
    start = line.tokens[at].span.start
    near = {k for k, its_start in line.actor_starts if abs(its_start - start) < _MENTION_REACH}
    count = min(line.actor_count, 3)
    names = [f"m:{count}:{kind}", f"m:{count}"]
    names += [f"m:{k}:{kind}" for k in near]
    names += [f"m:place:{bool(line.places)}:{kind}", f"m:time:{bool(line.times)}:{kind}"]
    return SLOTS.rows(names)
