"""What people decide about findings: rows of their own, never overwritten, and how a correction changes a finding."""

from typing import Literal, TypeVar

import msgspec
from msgspec import UNSET, UnsetType

from depesche.document import Record
from depesche.document.rows import EventRow, FigureRow, StatementRow
from depesche.errors import InputError
from depesche.record import EventType, FigureKind, Status

Verdict = Literal["accept", "reject", "correct", "withdraw"]
FindingKind = Literal["event", "figure", "statement"]
Finding = EventRow | FigureRow | StatementRow

PERSON = "person/"
"""What `made_by` begins with where a person made a row."""

F = TypeVar("F", bound=Finding)


class Correction(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The fields of a finding that are otherwise than the machine has them; what is not given stays. Actors and places are ids."""

    type: EventType | UnsetType = UNSET
    mode: str | UnsetType | None = UNSET
    status: Status | UnsetType = UNSET
    agents: tuple[str, ...] | UnsetType = UNSET
    recipients: tuple[str, ...] | UnsetType = UNSET
    place: str | UnsetType | None = UNSET
    when: str | UnsetType | None = UNSET
    source: str | UnsetType | None = UNSET
    what: FigureKind | UnsetType = UNSET
    low: int | UnsetType | None = UNSET
    high: int | UnsetType | None = UNSET
    approximate: bool | UnsetType = UNSET
    who: str | UnsetType | None = UNSET
    speaker: str | UnsetType | None = UNSET
    said_at: str | UnsetType | None = UNSET


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """One decision of one person about one finding.

    Attributes:
        article: content hash of the report (`articles.key`), the same in every record that holds it.
        start: first character of the finding (an event's trigger, a figure's number, a statement's content), in code points.
        was: what the machine had said there: the type of an event, what a figure counts, the speaker of a statement.
        correction: what is otherwise, where the verdict is "correct".
        decided: when, ISO 8601 in UTC.
    """

    article: str
    kind: FindingKind
    start: int
    end: int
    quote: str
    was: str
    verdict: Verdict
    correction: Correction | None = None
    person: str
    note: str | None = None
    decided: str


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """The decision that stands on one finding of a document.

    Attributes:
        finding: id of the event or figure; of a statement its content span as "start-end".
    """

    kind: FindingKind
    finding: str
    decision: Decision


def key_of(finding: Finding) -> str:
    """What `Judged.finding` says of a finding."""
    if isinstance(finding, StatementRow):
        return f"{finding.content[0].start}-{finding.content[-1].end}"
    return finding.id


def said(finding: Finding) -> str:
    """What the machine says in a finding, in a word: a decision about it holds as long as it says that."""
    if isinstance(finding, EventRow):
        return finding.type
    return finding.what if isinstance(finding, FigureRow) else finding.speaker or "?"


def spelled(correction: Correction) -> str:
    """A correction as a person reads it: the fields with their new values."""
    values: dict[str, object] = msgspec.to_builtins(correction)
    return ", ".join(f"{field}={_spelled(value)}" for field, value in values.items())


def _spelled(value: object) -> str:
    if isinstance(value, list | tuple):
        return ",".join(str(v) for v in value)
    return "" if value is None else str(value)


def corrected(finding: F, decision: Decision) -> F:
    """The finding as a person has it, signed with that person's name.

    Raises:
        InputError: the correction names a field that such a finding does not have.
    """
    given = {
        name: value
        for name in Correction.__struct_fields__
        if (value := getattr(decision.correction, name, UNSET)) is not UNSET
    }
    if strange := given.keys() - set(type(finding).__struct_fields__):
        valid = [name for name in Correction.__struct_fields__ if name in type(finding).__struct_fields__]
        raise InputError(
            f"no such field: {', '.join(sorted(strange))}; {'an' if decision.kind == 'event' else 'a'} {decision.kind} has {', '.join(valid)}",
            where="correction",
        )
    why = f"corrected by {decision.person}" + (f": {decision.note}" if decision.note else "")
    return msgspec.structs.replace(finding, **given, made_by=PERSON + decision.person, why=why)


def judged(record: Record, found: tuple[Judged, ...]) -> Record:
    """The document as it stands after all decisions: what was rejected is gone, what was corrected is as corrected."""
    by_key = {(j.kind, j.finding): j.decision for j in found}

    def standing(kind: FindingKind, rows: tuple[F, ...]) -> tuple[F, ...]:
        kept = []
        for row in rows:
            decision = by_key.get((kind, key_of(row))) if not isinstance(row, StatementRow) or row.content else None
            if decision is None or decision.verdict == "accept":
                kept.append(row)
            elif decision.verdict == "correct":
                kept.append(corrected(row, decision))
        return tuple(kept)

    return msgspec.structs.replace(
        record,
        events=standing("event", record.events),
        figures=standing("figure", record.figures),
        statements=standing("statement", record.statements),
    )
