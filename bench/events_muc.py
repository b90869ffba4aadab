"""Whether an incident was accomplished, attempted or only threatened: the "stage of execution" in the keys of MUC-3/4.

The keys tell of incidents, the record of acts; they are brought together by the words of the key's fillers: perpetrators, targets, victims,
instruments. A sentence of the report counts for an incident by the cube of how many of its fillers it names, and the acts in it vote for their stage
(those of the whole report where no sentence with an act names any). Models learn from some development reports, so the two test parts are
measured; they hold two attempts only, so the development reports from which nothing was learned are measured beside them.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal, get_args

import msgspec
from training.events.muc import WORD_LIST, muc_reports, wire_files, wire_messages

from depesche.record import Article, Event, EventType, Row, Sentence, Status

Stage = Literal["accomplished", "attempted", "threatened"]
STAGES: tuple[Stage, ...] = get_args(Stage)
Outcome = tuple[tuple[Stage, ...], Stage | None]
"""The stages that are right, and the one that the record tells; None where the record has no such act."""
PARTS = ("tst1", "tst2")
CODED = Path(__file__).parents[1] / "training" / "events" / "sentences"
ARCHIVE = "data/events/muc34/muc34-dev-tst1-tst2.tar.gz"
_OF_STATUS: dict[Status, Stage] = {
    "happened": "accomplished",
    "ongoing": "accomplished",
    "not_happened": "attempted",
    "planned": "threatened",
    "proposed": "threatened",
    "threatened": "threatened",
    "possible": "threatened",
}
_ACTS: frozenset[EventType] = frozenset({"ASSAULT"})
_ACTS_OF: dict[str, frozenset[EventType]] = {
    "KIDNAPPING": frozenset({"ASSAULT", "COERCE"}),
    "HIJACKING": frozenset({"ASSAULT", "COERCE"}),
    "ROBBERY": frozenset({"ASSAULT", "COERCE"}),
    "FORCED WORK STOPPAGE": frozenset({"PROTEST", "COERCE"}),
}
"""What an incident is in our types, where it is not simply an assault."""
_SLOT = re.compile(r"^(\d+)\. +[A-Z: ]+?(?: {2,}(.*))?$")
_ID, _TEMPLATE, _KIND, _STAGE = 0, 1, 4, 5
_FILLED = (6, 9, 10, 12, 18, 19)
"""Slots with words of the text: instrument, perpetrators, their organisations, physical targets, names and descriptions of victims."""
_QUOTED = re.compile(r'"((?:\\.|[^"\\])+)"')
_DATELINE = re.compile(r"\b(\d{1,2}) ([A-Z]{3})[A-Z]* (\d{2})\b[^\[]*--")
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")


class Incident(msgspec.Struct, frozen=True, kw_only=True):
    """One template of a key.

    Attributes:
        report: number of the report, such as "TST1-MUC3-0001".
        kind: "ATTACK", "BOMBING", "KIDNAPPING" …
        stages: the stages that are right; the keys allow two where the text leaves it open.
        optional: whether leaving it out is no fault.
        fillers: each filler as the wordings, folded, that the key allows for it.
    """

    report: str
    kind: str
    stages: tuple[Stage, ...]
    optional: bool
    fillers: tuple[frozenset[str], ...]


def folded(text: str) -> str:
    """Its words in lower case, parted and enclosed by single spaces.

    >>> folded('the "Santo Tomas" presidential farm')
    ' the santo tomas presidential farm '
    """
    words = re.findall(r"[^\W_]+", text.casefold())
    return f" {' '.join(words)} "


def incidents(key: str) -> Iterator[Incident]:
    """The incidents of a key file; templates that say "no incident" are none.

    Args:
        key: its text, the templates one below the other, each slot with its number and name, its fillers one a line.
    """
    for template in re.split(r"^(?=0\. +MESSAGE: ID)", key, flags=re.MULTILINE)[1:]:
        slots = _slots(template)
        stages = tuple(
            stage for part in " ".join(slots[_STAGE]).split("/") for stage in STAGES if stage == part.strip().lower()
        )
        if stages:
            fillers = (
                frozenset(map(folded, _QUOTED.findall(line))) for slot in _FILLED for line in slots.get(slot, ())
            )
            yield Incident(
                report=slots[_ID][0].split()[0],
                kind=" ".join(slots[_KIND]).split("/", maxsplit=1)[0].strip(),
                stages=stages,
                optional="OPTIONAL" in slots[_TEMPLATE][0],
                fillers=tuple(filler for filler in fillers if filler),
            )


def _slots(template: str) -> dict[int, list[str]]:
    """The lines of each slot by its number."""
    slots: dict[int, list[str]] = {}
    lines: list[str] = []
    for line in template.splitlines():
        head = _SLOT.match(line)
        if head:
            lines = slots[int(head[1])] = [(head[2] or "").strip()]
        elif line.startswith(" "):
            lines.append(line.strip())
    return slots


def stage_of(event: Event, *, kind: str) -> Stage | None:
    """The stage of an incident that an event tells of; None where it is another kind of act."""
    if event.type == "THREATEN":
        return "threatened"
    return _OF_STATUS[event.status] if event.type in _ACTS_OF.get(kind, _ACTS) else None


def told_stage(incident: Incident, article: Article) -> Stage | None:
    """The stage for which the acts of the report vote; None where it has no such act."""
    named = {
        sentence.span: sum(any(name in text for name in filler) for filler in incident.fillers)
        for sentence in article.of(Sentence)
        for text in [folded(article.quote(sentence.span))]
    }
    votes: dict[Stage, float] = {}
    anywhere: dict[Stage, float] = {}
    for event in article.of(Event):
        stage = stage_of(event, kind=incident.kind)
        if stage is not None:
            anywhere[stage] = anywhere.get(stage, 0.0) + event.confidence
            votes[stage] = votes.get(stage, 0.0) + event.confidence * named[event.sentence] ** 3
    heard = votes if any(votes.values()) else anywhere
    return max(heard, key=lambda stage: heard[stage], default=None)


def stage_scores(outcomes: Iterable[Outcome]) -> dict[Stage, tuple[int, float]]:
    """For each stage how many incidents are of it, and F1, 0..1.

    An incident of which nothing is told is missed. Where the key allows two stages, either is right; one that tells neither misses the first.
    """
    right, said, there = Counter[Stage](), Counter[Stage](), Counter[Stage]()
    for allowed, told in outcomes:
        there[told if told in allowed else allowed[0]] += 1
        if told is not None:
            said[told] += 1
            right[told] += told in allowed
    return {stage: (there[stage], 2 * right[stage] / max(1, said[stage] + there[stage])) for stage in STAGES}


def macro(outcomes: Iterable[Outcome]) -> float:
    """Mean F1 of the three stages, 0..1."""
    return sum(f1 for _, f1 in stage_scores(outcomes).values()) / len(STAGES)


def published(message: str) -> str | None:
    """The ISO date of a dateline.

    >>> published("GUATEMALA CITY, 4 FEB 90 (ACAN-EFE) -- [TEXT] THE GUATEMALA ARMY DENIED TODAY")
    '1990-02-04'
    """
    found = _DATELINE.search(message)
    if found is None or found[2] not in _MONTHS:
        return None
    return f"19{found[3]}-{_MONTHS.index(found[2]) + 1:02}-{int(found[1]):02}"


def measure(shared: Path, read: Callable[[Row], Article]) -> None:
    """Print the scores for the test parts, and for the development reports that nobody coded for training.

    Args:
        shared: folder that holds `data/`.
        read: all stages.
    """
    if not WORD_LIST.exists():
        print(f"MUC-3/4: passed over, its capitals need the word list {WORD_LIST} (Debian package wamerican)")
        return
    for name, parts, without in ((" and ".join(PARTS), PARTS, frozenset()), ("uncoded dev", ("dev",), coded_reports())):
        _report([o for part in parts for o in outcomes(shared / ARCHIVE, part=part, without=without, read=read)], name)


def coded_reports(folder: Path = CODED) -> frozenset[str]:
    """The numbers of the development reports from which models learn, such as "DEV-MUC3-0042"."""
    ids = (sentence for file in folder.glob("*.ids") for sentence in file.read_text("utf-8").split())
    return frozenset(f"DEV-MUC3-{i.split('-')[1]}" for i in ids if i.startswith("muc-"))


def outcomes(archive: Path, *, part: str, without: frozenset[str], read: Callable[[Row], Article]) -> Iterator[Outcome]:
    """What the record tells of each incident of a part; optional ones only where it tells anything.

    Args:
        archive: the packed corpus.
        part: "dev", "tst1" or "tst2".
        without: numbers of reports to pass over.
        read: all stages.
    """
    wanted: dict[str, list[Incident]] = {}
    for key in wire_files(archive, f"{part}/key-"):
        for incident in incidents(key):
            wanted.setdefault(incident.report, []).append(incident)
    days = {number: published(message) for number, message in wire_messages(archive, part=part)}
    for number, paragraphs in muc_reports(archive, part=part):
        if number in wanted and number not in without:
            text = "\n\n".join(paragraphs)
            article = read(Row(origin="muc", body=text, language="en", published=days[number]))
            yield from _of_report(wanted[number], article)


def _of_report(wanted: Sequence[Incident], article: Article) -> Iterator[Outcome]:
    for incident in wanted:
        told = told_stage(incident, article)
        if told is not None or not incident.optional:
            yield incident.stages, told


def _report(told: Sequence[Outcome], name: str) -> None:
    found = sum(stage is not None for _, stage in told)
    filled: list[Outcome] = [(allowed, stage or "accomplished") for allowed, stage in told]
    floor: list[Outcome] = [(allowed, "accomplished") for allowed, _ in told]
    print(f"MUC-3/4 {name}: {len(told)} incidents, acts told of {found}")
    for way, pairs in (("as told", told), ("untold: accomplished", filled), ("always accomplished", floor)):
        each = "  ".join(f"{stage} {100 * f1:.1f} of {n}" for stage, (n, f1) in stage_scores(pairs).items())
        right = sum(stage in allowed for allowed, stage in pairs) / max(1, len(pairs))
        print(f"  {way:20}  macro F1 {100 * macro(pairs):5.1f}  accuracy {100 * right:5.1f}  F1 {each}")
