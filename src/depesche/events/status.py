"""What the report says of an event's reality (codebook section 5): the features of the status model.

Tense, mood, modals, negation and conditionals of the trigger's clause and of the clauses that embed it; the words that govern a noun
("scheiterten", "Vorschlag", "call for"); speech around it; times after the day of publication.
"""

import datetime as dt
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numba
import numpy as np

from depesche.events.lines import NOTHING, Line
from depesche.events.reality import cues_of, stands
from depesche.events.relations import EVENT, Parts, Question, event_table, speech_at
from depesche.events.scene import Scene
from depesche.events.templates import ABSENT, CODES, NUMBERS, Table, Templates, codes, filled

_AROUND = 5
_UPWARD = 4
_CLAUSES = 3
_MOST_TIMES = 3
_LAST_LETTERS = 3

_OWN_COLUMNS = ("form", "end", "before2", "before", "after", "after2", "same", "question")
_OWN = (
    "bias", "t:{type}", "t:{type}:{upos}", "u:{upos}", "part:{part}", "before:{same}", "{question}",
    "{language}:l:{lemma}", "{language}:form:{form}", "{language}:end:{end}",
    "{language}:n-2:{before2}", "{language}:n-1:{before}", "{language}:n1:{after}", "{language}:n2:{after2}",
)  # fmt: skip
"""One of each for every event; `same` is whether the earlier event of its type has the same word for a trigger."""
_BESIDE = ("{language}:w:{lemma}", "{language}:wf:{form}")
"""For each word within `_AROUND` words."""
_CLAUSE_COLUMNS = ("tag", "tense", "mood", "kind", "voice", "negated", "modal")
_CLAUSE = (
    "c:{tag}:tense:{tense}", "c:{tag}:mood:{mood}:{tense}", "c:{tag}:kind:{kind}", "c:{tag}:voice:{voice}:{tense}", "c:{tag}:neg:{negated}",
    "c:{tag}:modal:{modal}",
)  # fmt: skip
"""For the trigger's clause and those that embed it; `tag` is how far up, of the first also whether the trigger is its predicate."""
_ABOVE = ("{language}:gov:{word}", "{language}:gov{step}:{word}:{deprel}")
"""For each word above the trigger in the parse: "Der Vorschlag für eine Waffenruhe", "scheiterten die Gespräche"."""
_ADVERBIAL = frozenset({"AUX", "PART", "ADV", "SCONJ"})


class _Asked(NamedTuple):
    """The templates of one language."""

    own: Templates
    beside: Templates
    above: Templates
    worded: Templates
    sentence: Templates


@cache
def _asked(language: str) -> _Asked:
    fixed = {"language": language}
    return _Asked(
        Templates(_OWN, (*EVENT, *_OWN_COLUMNS), fixed=fixed),
        Templates(_BESIDE, ("lemma", "form"), fixed=fixed),
        Templates(_ABOVE, ("word", "step", "deprel"), fixed=fixed),
        Templates(("{language}:{name}",), ("name",), fixed=fixed),
        Templates(("{language}:s:{lemma}",), ("lemma",), fixed=fixed),
    )


_SAID = Templates(
    ("q:{place}:{cue}", "q:{place}:{cue}:{upos}", "q:{place}:{cue}:{tense}"), ("place", "cue", "upos", "tense")
)
"""For each word that says how real something is: where it stands towards the trigger, what it says, and the tense of the trigger's clause."""
_CLAUSES_UP = Templates(_CLAUSE, _CLAUSE_COLUMNS)
_NAMED = Templates(("{name}",), ("name",))


class StatusParts:
    """What is known of the reality of a report's events.

    Attributes:
        parts: with their features.
        of: by event, the numbers of its two parts: its own and its sentence's.
    """

    def __init__(self, questions: Sequence[Question], scene: Scene) -> None:
        asked, self.parts = _asked(scene.language), Parts()
        layout = scene.layout
        own = filled([_itself(question) for question in questions], columns=len(_OWN_COLUMNS))
        self.parts.add(np.concatenate([event_table(questions), own], axis=1), asked.own)
        sentences = list({question.trigger.line.number: question.trigger.line for question in questions}.values())
        first = self.parts.add(np.zeros((len(sentences), 0), np.int64))
        number_of = {line.number: first + at for at, line in enumerate(sentences)}
        self.of = [(event, number_of[question.trigger.line.number]) for event, question in enumerate(questions)]
        above, words, clauses, names, said = [], [], [], [], []
        cues = {line.number: cues_of(line, scene.language) for line in sentences}
        for event, question in enumerate(questions):
            line, at = question.trigger.line, question.trigger.at
            above += [(event, *row) for row in _above(line, at)]
            words += [(event, CODES[name]) for name in _words(line, at)]
            clauses += [(event, *row) for row in _clauses(line, at)]
            said += [(event, *row) for row in _said(line, at, cues[line.number])]
            names += [(event, CODES[name]) for name in speech_at(question.trigger.span, scene)[0]]
        for line in sentences:
            names += [(number_of[line.number], CODES[name]) for name in _times(line, scene)]
        self.parts.tell_table(*_beside(questions), asked.beside)
        groups = ((above, asked.above), (words, asked.worded), (clauses, _CLAUSES_UP), (names, _NAMED), (said, _SAID))
        for rows, templates in groups:
            self.parts.tell(rows, templates)
        begins = np.array([layout.first[line.number] for line in sentences])
        owners, lemmas = _bag(layout.words, begins, np.array([len(line.tokens) for line in sentences]))
        self.parts.tell_table(first + owners, lemmas, asked.sentence)


def _itself(question: Question) -> tuple[int, ...]:
    trigger = question.trigger
    line, at = trigger.line, trigger.at
    form, earlier = line.words[at].lower(), question.before
    near = [CODES[line.lemmas[i] if 0 <= i < len(line.lemmas) else NOTHING] for i in (at - 2, at - 1, at + 1, at + 2)]
    same = ABSENT if earlier is None else CODES[str(earlier.trigger.lemma == trigger.lemma)]
    return (
        CODES[form],
        CODES[form[-_LAST_LETTERS:]],
        *near,
        same,
        CODES["question"] if line.words[-1] == "?" else ABSENT,
    )


def _beside(questions: Sequence[Question]) -> tuple[Table, Table]:
    """The words around the triggers: (events, `_BESIDE`)."""
    lemmas: list[str] = []
    forms: list[str] = []
    ends = []
    for question in questions:
        line, at = question.trigger.line, question.trigger.at
        low, high = max(0, at - _AROUND), at + _AROUND + 1
        lemmas += line.lemmas[low:at] + line.lemmas[at + 1 : high]
        forms += line.words[low:at] + line.words[at + 1 : high]
        ends.append(len(lemmas))
    owners = np.repeat(np.arange(len(questions)), np.diff(ends, prepend=0))
    return owners, np.stack([codes(lemmas), codes([form.lower() for form in forms])], axis=1)


@numba.njit(cache=True, nogil=True)
def _bag(words, begins, tokens):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """The different words of some sentences: (owners, their dictionary forms)."""
    owners, found = np.empty(tokens.sum(), np.int64), np.empty((tokens.sum(), 1), np.int64)
    size = 0
    for sentence in range(len(begins)):
        first = size
        for row in range(begins[sentence], begins[sentence] + tokens[sentence]):
            if not (found[first:size, 0] == words[row, 0]).any():
                owners[size], found[size, 0] = sentence, words[row, 0]
                size += 1
    return owners[:size].copy(), found[:size].copy()


def _above(line: Line, at: int) -> list[tuple[int, int, int]]:
    """The words above the trigger in the parse: `_ABOVE`."""
    found, here = [], at
    for step in range(_UPWARD):
        here = line.tokens[here].head
        if here < 0:
            break
        found.append((CODES[line.lemmas[here]], NUMBERS[step], CODES[line.tokens[at].deprel]))
    return found


def _words(line: Line, at: int) -> list[str]:
    """Features that are named by words: what hangs on the trigger and on the words above it, and how its clause is brought in."""
    names = [f"kid:{line.tokens[k].deprel}:{line.lemmas[k]}" for k in line.children.get(at, ())]
    here = at
    for _ in range(_UPWARD):
        here = line.tokens[here].head
        if here < 0:
            break
        names += [f"govkid:{line.lemmas[k]}" for k in line.children.get(here, ()) if line.tokens[k].upos in _ADVERBIAL]
    clause = line.clause_around(at)
    if clause is not None:
        names += [f"parent:{clause.parent_lemma}:{clause.kind}", f"marker:{clause.marker}"]
        names += [f"modal:{modal}" for modal in clause.modals]
    return names


def _clauses(line: Line, at: int) -> list[tuple[int, ...]]:
    """The trigger's clause and those that embed it: `_CLAUSE`."""
    found, here = [], line.clause_around(at)
    own = at in line.predicates
    for step in range(_CLAUSES):
        if here is None:
            break
        names = (here.tense, here.mood, here.kind, here.voice, str(here.negated), str(bool(here.modals)))
        tag = f"{step}" if step else f"{step}:{own}:{line.parts[at]}"
        found.append((CODES[tag], *map(CODES.__getitem__, names)))
        here = None if here.parent is None else line.clause_of(line.token_at(here.parent.start))
    return found


def _said(line: Line, at: int, cues: list[tuple[int, str]]) -> list[tuple[int, ...]]:
    """The words of the sentence that say how real something is: `_SAID`."""
    clause = line.clause_around(at)
    own = CODES[line.parts[at]], CODES["none" if clause is None else clause.tense]
    return [(CODES[place], CODES[cue], *own) for place, cue in stands(line, at, cues)]


def _times(line: Line, scene: Scene) -> list[str]:
    published = scene.published
    names = [f"time:n{min(len(line.times), _MOST_TIMES)}"]
    if published is None:
        return [*names, "time:undated"]
    return names + [f"time:{_side(t.earliest, published)}" for t in line.times if t.earliest is not None]


def _side(day: dt.date, published: dt.date) -> str:
    return "future" if day > published else "same" if day == published else "past"
