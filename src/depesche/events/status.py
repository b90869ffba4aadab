"""What the report says of an event's reality (codebook section 5): the features of the status model.

Tense, mood, modals, negation and conditionals of the trigger's clause and of the clauses that embed it; the words that govern a noun
("scheiterten", "Vorschlag", "call for"); speech around it; times after the day of publication.
"""

import datetime as dt

from depesche.events.lines import Line
from depesche.events.relations import Told, spoken
from depesche.events.scene import Scene
from depesche.events.slots import SLOTS, rows_of
from depesche.record import Clause

_AROUND = 5
_UPWARD = 4


def status_features(told: Told, scene: Scene) -> list[int]:
    """The rows of features of one event."""
    trigger, language = told.trigger, scene.language
    line, at = trigger.line, trigger.at
    names = ["bias", f"t:{told.type}", f"t:{told.type}:{trigger.upos}", f"u:{trigger.upos}", f"part:{line.part}"]
    words = [f"l:{trigger.lemma}", f"form:{line.words[at].lower()}", f"end:{line.words[at].lower()[-3:]}"]
    low, high = max(0, at - _AROUND), min(len(line.words), at + _AROUND + 1)
    words += [f"w:{line.lemmas[i]}" for i in range(low, high) if i != at]
    words += [f"wf:{line.words[i].lower()}" for i in range(low, high) if i != at]
    words += [f"s:{lemma}" for lemma in set(line.lemmas)]
    words += [
        f"n{i - at}:{line.lemmas[i] if 0 <= i < len(line.lemmas) else '·'}" for i in (at - 2, at - 1, at + 1, at + 2)
    ]
    words += _governors(line, at)
    clause = line.clause_around(at)
    if clause is not None:
        names += _clauses(line, clause, own=at in line.predicates, upos=trigger.upos)
        words.append(f"parent:{clause.parent_lemma}:{clause.kind}")
        words += [f"modal:{modal}" for modal in clause.modals]
        words.append(f"marker:{clause.marker}")
    speech, _ = spoken(told, scene)
    names += speech
    names += _times(line, scene)
    if told.before is not None:
        names.append(f"before:{told.before.trigger.lemma == trigger.lemma}")
    if line.words[-1] == "?":
        names.append("question")
    return SLOTS.rows(names) + rows_of(words, f"{language}:".encode())


def _governors(line: Line, at: int) -> list[str]:
    """The words above the trigger in the parse: "Der Vorschlag für eine Waffenruhe", "scheiterten die Gespräche"."""
    names, here = [], at
    for step in range(_UPWARD):
        here = line.tokens[here].head
        if here < 0:
            break
        names += [f"gov:{line.lemmas[here]}", f"gov{step}:{line.lemmas[here]}:{line.tokens[at].deprel}"]
        names += [
            f"govkid:{line.lemmas[k]}"
            for k in line.children.get(here, ())
            if line.tokens[k].upos in {"AUX", "PART", "ADV", "SCONJ"}
        ]
    names += [f"kid:{line.tokens[k].deprel}:{line.lemmas[k]}" for k in line.children.get(at, ())]
    return names


def _clauses(line: Line, clause: Clause, *, own: bool, upos: str) -> list[str]:
    names = []
    here: Clause | None = clause
    for step in range(3):
        if here is None:
            break
        tag = f"{step}:{own}:{upos}" if step == 0 else f"{step}"
        names += [
            f"c:{tag}:tense:{here.tense}",
            f"c:{tag}:mood:{here.mood}:{here.tense}",
            f"c:{tag}:kind:{here.kind}",
            f"c:{tag}:voice:{here.voice}:{here.tense}",
            f"c:{tag}:neg:{here.negated}",
            f"c:{tag}:modal:{bool(here.modals)}",
        ]
        here = None if here.parent is None else line.clause_of(line.token_at(here.parent.start))
    return names


def _times(line: Line, scene: Scene) -> list[str]:
    published = scene.published
    names = [f"time:n{min(len(line.times), 3)}"]
    if published is None:
        return [*names, "time:undated"]
    return names + [f"time:{_side(t.earliest, published)}" for t in line.times if t.earliest is not None]


def _side(day: dt.date, published: dt.date) -> str:
    return "future" if day > published else "same" if day == published else "past"
