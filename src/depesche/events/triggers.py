"""Words that may be triggers, and what the trigger model sees of them.

A candidate is any content word. What is known of the word itself (spelling, lexicon entries) does not depend on where it stands, so
the model scores it once a word; only words that may be triggers at all are looked at in their sentence.
"""

from collections.abc import Iterable
from zlib import crc32

import msgspec

from depesche.events.lexicon import Entry, Found, Lexicon, lexicon_of, matches
from depesche.events.scene import Line, Scene
from depesche.record import Clause, Span

BITS = 16
"""Features are hashed into 2 ** BITS rows of weights."""
_MASK = (1 << BITS) - 1
_CONTENT = frozenset({"VERB", "NOUN", "ADJ"})
_KEPT_NAMES = 200_000
_MENTION_REACH = 60
_NEAR = 3
_WIDE = 6


class Slots(dict[str, int]):
    """Rows of features by name, worked out when a name is first met; begun anew beyond so many names.

    Args:
        front: stands before names that begin with one of `apart`.
        apart: how the names begin that are kept apart.
    """

    def __init__(self, front: str = "", *, apart: tuple[str, ...] = ()) -> None:
        super().__init__()
        self._front = front
        self._apart = apart

    def __missing__(self, name: str) -> int:
        """The row of a name met for the first time."""
        if len(self) >= _KEPT_NAMES:
            self.clear()
        whole = self._front + name if name.startswith(self._apart) else name
        row = self[name] = crc32(whole.encode()) & _MASK
        return row

    def rows(self, names: Iterable[str]) -> list[int]:
        """The rows of many names."""
        return [self[name] for name in names]


SLOTS = Slots()
"""The rows of the features that are named in full."""


def slot(name: str) -> int:
    """The row of a feature."""
    return SLOTS[name]


class Candidate(msgspec.Struct, frozen=True):
    """A word that may be a trigger.

    Attributes:
        at: token number in its line.
        span: the trigger's characters: the word, or all words of a compound ("air strikes").
        phrases: phrase entries that stand around it.
        found: lexicon entries of the word itself.
    """

    line: Line
    at: int
    span: Span
    lemma: str
    upos: str
    phrases: tuple[Entry, ...]
    found: Found

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Phrase entries first: "in Kraft treten" says more than "treten"."""
        return self.phrases + self.found.entries


def candidates(line: Line, lexicon: Lexicon) -> list[Candidate]:
    """Every word of a sentence that could be a trigger, in reading order."""
    found = []
    for at, token in enumerate(line.tokens):
        lemma, upos = line.lemmas[at], token.upos
        phrases = lexicon.phrases.get(lemma, ())
        met = [p for p in phrases if matches(p, line.lemmas, at)] if phrases else []
        if upos not in _CONTENT and not met and (upos not in {"PROPN", "AUX", "X", "NUM", "ADV"}):
            continue
        word = lexicon.of_word(lemma, upos)
        if word.how == "none" and not met and upos not in _CONTENT:
            continue
        whole = max((len(p.before) for p in met if p.entry.pos == "NOUN"), default=0)
        start = line.tokens[at - whole].span.start
        found.append(Candidate(line, at, Span(start, token.span.end), lemma, upos, tuple(p.entry for p in met), word))
    return found


def word_features(lemma: str, upos: str, *, found: Found, language: str) -> list[int]:
    """What is known of the word wherever it stands."""
    names = ["bias", f"u:{upos}", f"{language}:l:{lemma}", f"{language}:lu:{lemma}:{upos}"]
    names += [f"{language}:e{n}:{lemma[-n:]}" for n in (3, 4, 5, 6) if len(lemma) > n]
    names += [f"{language}:b{n}:{lemma[:n]}" for n in (4, 6) if len(lemma) > n]
    names += entry_features(found.entries, how=found.how)
    return SLOTS.rows(names)


def entry_features(entries: tuple[Entry, ...], *, how: str) -> list[str]:
    """What the lexicon says, in terms that hold for both languages."""
    if not entries:
        return [f"x:{how}"]
    strongest = max(entries, key=lambda e: e.prior)
    names = [f"x:{how}", f"x:n{min(len(entries), 4)}:{how}", f"x:top:{strongest.type}:{how}", f"x:pos:{strongest.pos}"]
    for entry in entries:
        names += [
            f"x:{entry.type}",
            f"x:{entry.type}:{entry.prior:.1f}",
            f"x:{entry.type}:{entry.mode}",
            f"x:{entry.type}:{how}:{len(entries) == 1}",
        ]
    return names


def context_features(candidate: Candidate, scene: Scene) -> list[int]:
    """What the sentence and the report add."""
    line, at, language = candidate.line, candidate.at, scene.language
    kind = next((e.type for e in sorted(candidate.entries, key=lambda e: -e.prior)), "?")
    names = entry_features(candidate.phrases, how="phrase") if candidate.phrases else []
    names += _neighbours(line, at, language=language, kind=kind)
    names += _grammar(line, at, language=language, kind=kind)
    names += _mentions(line, at, kind=kind)
    names.append(f"part:{line.part}:{candidate.upos}")
    names.append(f"part:{line.part}:{kind}")
    return SLOTS.rows(names)


def _neighbours(line: Line, at: int, *, language: str, kind: str) -> list[str]:
    lemmas, tokens = line.lemmas, line.tokens
    names = []
    for offset in range(-_NEAR, _NEAR + 1):
        if offset == 0:
            continue
        other = at + offset
        word = lemmas[other] if 0 <= other < len(lemmas) else "·"
        if abs(offset) <= 2:  # noqa: PLR2004 (the two words on either side keep their order)
            names.append(f"{language}:n{offset}:{word}")
            upos = tokens[other].upos if 0 <= other < len(lemmas) else "·"
            names.append(f"nu{offset}:{upos}:{tokens[at].upos}")
        if abs(offset) == 1:
            names.append(f"{language}:n{offset}:{word}:{kind}")
            names.append(f"{language}:n{offset}:{word}:{lemmas[at]}")
    low, high = max(0, at - _WIDE), min(len(lemmas), at + _WIDE + 1)
    for other in range(low, high):
        if other != at and tokens[other].upos in _CONTENT:
            names.append(f"{language}:w:{lemmas[other]}")
            names.append(f"{language}:w:{lemmas[other]}:{kind}")
    return names


def _grammar(line: Line, at: int, *, language: str, kind: str) -> list[str]:
    token = line.tokens[at]
    head = line.lemmas[token.head] if 0 <= token.head < len(line.lemmas) else "·"
    names = [
        f"rel:{token.deprel}:{token.upos}",
        f"rel:{token.deprel}:{kind}",
        f"{language}:head:{head}",
        f"{language}:head:{head}:{kind}",
    ]
    for child in line.children.get(at, ()):
        relation = line.tokens[child].deprel
        names.append(f"kid:{relation}:{token.upos}")
        names.append(f"kid:{relation}:{kind}")
        if relation in {"case", "det", "amod", "compound", "compound:prt", "nmod:poss", "advmod"}:
            names.append(f"{language}:kid:{relation}:{line.lemmas[child]}")
        for grandchild in line.children.get(child, ()):
            if line.tokens[grandchild].deprel == "case":
                names.append(f"{language}:prep:{line.lemmas[grandchild]}:{kind}")
                names.append(f"{language}:prep:{line.lemmas[grandchild]}:{line.lemmas[at]}")
    clause = line.clause_around(at)
    if clause is not None:
        names += _clause(line, at, clause=clause, kind=kind)
    return names


def _clause(line: Line, at: int, *, clause: Clause, kind: str) -> list[str]:
    own = line.clause_of.get(at) is clause
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


def _mentions(line: Line, at: int, *, kind: str) -> list[str]:
    here = line.tokens[at].span
    near = {m.actor.kind for m in line.actors if abs(m.span.start - here.start) < _MENTION_REACH}
    count = min(len({m.actor.id for m in line.actors}), 3)
    names = [f"m:{count}:{kind}", f"m:{count}"]
    names += [f"m:{k}:{kind}" for k in near]
    names += [f"m:place:{bool(line.places)}:{kind}", f"m:time:{bool(line.times)}:{kind}"]
    return names


def all_candidates(scene: Scene) -> list[list[Candidate]]:
    """The candidates of every sentence."""
    lexicon = lexicon_of(scene.language)
    return [candidates(line, lexicon) for line in scene.lines]
