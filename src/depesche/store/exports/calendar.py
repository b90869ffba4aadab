"""What is planned or expected, as a calendar (RFC 5545)."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from depesche.details.times.edtf import interval
from depesche.store.exports.everything import all_events
from depesche.store.queries import OpenRecord
from depesche.store.rows import FoundEvent

_OCTETS = 75
_LAST = dt.date(9999, 12, 30)


def write_calendar(record: OpenRecord, path: Path) -> None:
    """One all-day entry for every planned event with a date.

    The day on which it was stated stands in its text: a date that slips ("1 August", then "the end of August") is two
    entries, each with its day, as the codebook wants it (section 7).
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Depesche//EN", "CALSCALE:GREGORIAN"]
    for event in all_events(record, status="planned"):
        lines += _entry(event)
    lines.append("END:VCALENDAR")
    path.write_bytes("".join(folded for line in lines for folded in _folded(line)).encode())


def _entry(event: FoundEvent) -> list[str]:
    first, last = interval(event.when)
    begins = first or last
    if begins is None or event.when is None:
        return []
    ends = min(last or begins, _LAST) + dt.timedelta(days=1)
    who = ", ".join((*event.agents, *event.recipients)) or "?"
    about = "" if event.when == begins.isoformat() else f" ({event.when})"
    told = f"{event.sentence}\nExpected: {event.when}. Stated: {event.published or 'date unknown'}, {event.outlet}"
    if event.source:
        told += f", according to {event.source}"
    return [
        "BEGIN:VEVENT",
        f"UID:{event.event_id}@depesche",
        f"DTSTAMP:{_stated(event.published)}T000000Z",
        f"DTSTART;VALUE=DATE:{begins:%Y%m%d}",
        f"DTEND;VALUE=DATE:{ends:%Y%m%d}",
        f"SUMMARY:{_text(f'{event.type}: {who}{about}')}",
        f"DESCRIPTION:{_text(told)}",
        f"CATEGORIES:{event.type}",
        *([f"LOCATION:{_text(event.place)}"] if event.place else []),
        *([f"GEO:{event.lat:.5f};{event.lon:.5f}"] if event.lat is not None and event.lon is not None else []),
        f"STATUS:{'CONFIRMED' if event.verdict in {'accept', 'correct'} else 'TENTATIVE'}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _stated(published: str | None) -> str:
    """The day on which it was stated; the epoch where that is unknown, for every entry must have one."""
    first, _ = interval(published)
    return f"{first:%Y%m%d}" if first else "19700101"


def _text(value: str) -> str:
    """TEXT values escape backslash, semicolon, comma and newline (RFC 5545, 3.3.11)."""
    for mark in ("\\", ";", ","):
        value = value.replace(mark, "\\" + mark)
    value = value.replace("\n", "\\n")
    return "".join(c for c in value if c >= " " and c != "\x7f")


def _folded(line: str) -> Iterator[str]:
    """Lines of at most 75 octets, never cut inside a character (RFC 5545, 3.1)."""
    piece, size = "", 0
    for character in line:
        width = len(character.encode())
        if size + width > _OCTETS:
            yield piece + "\r\n"
            piece, size = " ", 1
        piece += character
        size += width
    yield piece + "\r\n"
