"""What the trigger model sees of a candidate's sentence: the words beside it, the parse, the clause and the mentions."""

from functools import cache, lru_cache

import msgspec

from depesche.events.kinship import STRANGER, Kin, kinship
from depesche.events.scene import CONTENT, NOTHING, Line, Scene
from depesche.events.slots import SLOTS, Slots, begun, ended, family, rows_of, slot
from depesche.events.triggers import Candidate, entry_features
from depesche.record import Clause

_MENTION_REACH = 60
_WIDE = 6
LEAST_KIND = 0.35
"""What a word is taken for must be so likely before its surroundings are judged by it."""
_TELLING = frozenset({"case", "det", "amod", "compound", "compound:prt", "nmod:poss", "advmod"})
"""Relations of words that say much about the word they hang on."""


class Families(msgspec.Struct, frozen=True):
    """The features of one language and one kind of candidate that are named by a word.

    Attributes:
        near: by offset from -2 to 2.
        near_kind: those right before and right after the candidate, joined with its kind.
    """

    near: tuple[Slots, Slots, Slots, Slots]
    near_kind: tuple[Slots, Slots]
    head: Slots
    head_kind: Slots
    preposition: Slots


@cache
def _four(front: str, back: str = "") -> tuple[Slots, Slots, Slots, Slots]:
    """The families of the two words on either side, which keep their order."""
    before2, before, after, after2 = (family(f"{front}{offset}:", back) for offset in (-2, -1, 1, 2))
    return before2, before, after, after2


@cache
def _families(language: str, kind: str) -> Families:
    return Families(
        near=_four(f"{language}:n"),
        near_kind=(family(f"{language}:n-1:", f":{kind}"), family(f"{language}:n1:", f":{kind}")),
        head=family(f"{language}:head:"),
        head_kind=family(f"{language}:head:", f":{kind}"),
        preposition=family(f"{language}:prep:", f":{kind}"),
    )


def context_features(candidate: Candidate, scene: Scene) -> list[int]:
    """What the sentence and the report add."""
    line, at, language = candidate.line, candidate.at, scene.language
    kind = _kind(candidate)
    families = _families(language, kind)
    rows = SLOTS.rows(entry_features(candidate.phrases, how="phrase")) if candidate.phrases else []
    rows += _neighbours(line, at, language=language, families=families)
    rows += _window(line, at, language=language, kind=kind)
    rows += _grammar(line, at, language=language, kind=kind)
    clause = line.clause_around(at)
    if clause is not None:
        rows += _of_clause(line, clause, own=line.clause_of.get(at) is clause, kind=kind)
    rows += _company(line, at, language=language, kind=kind)
    rows += _mentions(line, at, kind=kind)
    rows += (SLOTS[f"part:{line.part}:{candidate.upos}"], SLOTS[f"part:{line.part}:{kind}"])
    return rows


def _kind(candidate: Candidate) -> str:
    """The type that the lexicon is surest of, "?" where it is not sure of any."""
    best = max(candidate.entries, key=lambda e: e.prior, default=None)
    return "?" if best is None or best.prior < LEAST_KIND else best.type


def _neighbours(line: Line, at: int, *, language: str, families: Families) -> list[int]:
    lemmas, parts = line.beyond
    before2, before, lemma, after, after2 = lemmas[at : at + 5]
    part_before2, part_before, part, part_after, part_after2 = parts[at : at + 5]
    near, near_kind, near_parts = families.near, families.near_kind, _four("nu", f":{part}")
    return [
        near[0][before2],
        near_parts[0][part_before2],
        near[1][before],
        near_parts[1][part_before],
        near_kind[0][before],
        slot(f"{language}:n-1:{before}:{lemma}"),
        near[2][after],
        near_parts[2][part_after],
        near_kind[1][after],
        slot(f"{language}:n1:{after}:{lemma}"),
        near[3][after2],
        near_parts[3][part_after2],
    ]


def _company(line: Line, at: int, *, language: str, kind: str) -> list[int]:
    """The classes of the words around the candidate, of the word it hangs on and of those that hang on it."""
    classes = _classes(line, language)
    fine, coarse = _four(f"{language}:nk"), _four(f"{language}:nk", f":{kind}")
    rows: list[int] = []
    for place, offset in enumerate((0, 1, 3, 4)):
        kin = classes[at + offset]
        if kin is not STRANGER:
            rows += (fine[place][str(kin.fine)], coarse[place][str(kin.coarse)])
    token = line.tokens[at]
    head = classes[token.head + 2] if 0 <= token.head < len(line.lemmas) else STRANGER
    if head is not STRANGER:
        rows.append(family(f"{language}:hk:", f":{kind}")[str(head.fine)])
        rows.append(family(f"{language}:hk:", f":{kind}:{token.deprel}")[str(head.coarse)])
    for child in line.children.get(at, ()):
        if classes[child + 2] is not STRANGER:
            relation = line.tokens[child].deprel
            rows.append(family(f"{language}:kk:{relation}:", f":{kind}")[str(classes[child + 2].coarse)])
    around = family(f"{language}:wk:"), family(f"{language}:wk:", f":{kind}")
    for i in range(max(0, at - _WIDE), min(len(line.tokens), at + _WIDE + 1)):
        if i != at and line.tokens[i].upos in CONTENT and classes[i + 2] is not STRANGER:
            rows += (around[0][str(classes[i + 2].fine)], around[1][str(classes[i + 2].coarse)])
    return rows


def _classes(line: Line, language: str) -> tuple[Kin, ...]:
    """What is known of each word's company, with two strangers before the first word and after the last."""
    known = line.kin.get(language)
    if known is None:
        words, around = kinship(language), (STRANGER, STRANGER)
        known = line.kin[language] = (*around, *(words.of(lemma) for lemma in line.lemmas), *around)
    return known


def _window(line: Line, at: int, *, language: str, kind: str) -> list[int]:
    """Two features for each content word around the candidate."""
    rows = line.remembered.get(kind)
    if rows is None:
        names = begun(line.content_lemmas, f"{language}:w:")
        rows = line.remembered[kind] = [0] * (2 * len(names))
        rows[::2], rows[1::2] = ended(names, ""), ended(names, f":{kind}")
    before, last = line.content, len(line.tokens)
    low, high = at - _WIDE if at > _WIDE else 0, at + _WIDE + 1 if at + _WIDE < last else last
    return rows[2 * before[low] : 2 * before[at]] + rows[2 * before[at + 1] : 2 * before[high]]


def _grammar(line: Line, at: int, *, language: str, kind: str) -> list[int]:
    token, families = line.tokens[at], _families(language, kind)
    head = line.lemmas[token.head] if 0 <= token.head < len(line.lemmas) else NOTHING
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
    near = frozenset([k for k, its_start in line.actor_starts if abs(its_start - start) < _MENTION_REACH])
    return _of_mentions(near, kind, count=min(line.actor_count, 3), place=bool(line.places), time=bool(line.times))


@lru_cache(maxsize=10_000)
def _of_mentions(near: frozenset[str], kind: str, *, count: int, place: bool, time: bool) -> list[int]:
    names = [f"m:{count}:{kind}", f"m:{count}"]
    names += [f"m:{k}:{kind}" for k in sorted(near)]
    names += [f"m:place:{place}:{kind}", f"m:time:{time}:{kind}"]
    return rows_of(names)
