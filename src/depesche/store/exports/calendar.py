"""What is planned or expected, as a calendar (RFC 5545)."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from depesche.details.times.edtf import interval
from depesche.store.exports.everything import all_events
from depesche.store.queries import OpenRecord
from depesche.store.rows import FoundEvent

_OCTETS = 75


def write_calendar(record: OpenRecord, path: Path) -> None:
    """One all-day entry for every planned event with a date; the day on which it was stated stands in its text."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Depesche//EN", "CALSCALE:GREGORIAN"]
    for event in all_events(record, status="planned"):
        lines += _entry(event)
    lines.append("END:VCALENDAR")
    path.write_bytes("".join(folded for line in lines for folded in _folded(line)).encode())


def _entry(event: FoundEvent) -> list[str]:
    first, last = interval(event.when)
    if first is None:
        return []
    day = (last or first) + dt.timedelta(days=1)
    who = ", ".join(event.agents) or "?"
    told = f"{event.sentence}\nStated: {event.published or 'date unknown'}, {event.outlet}"
    stamp = (event.published or "1970-01-01").replace("-", "")[:8].ljust(8, "0")
    return [
        "BEGIN:VEVENT",
        f"UID:{event.event_id}@depesche",
        f"DTSTAMP:{stamp if stamp.isdigit() and stamp[4:6] != '00' and stamp[6:] != '00' else '19700101'}T000000Z",
        f"DTSTART;VALUE=DATE:{first:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day:%Y%m%d}",
        f"SUMMARY:{_text(f'{event.type}: {who}')}",
        f"DESCRIPTION:{_text(told)}",
        *([f"LOCATION:{_text(event.place)}"] if event.place else []),
        "STATUS:TENTATIVE",
        "END:VEVENT",
    ]


def _text(value: str) -> str:
    """TEXT values escape backslash, semicolon, comma and newline (RFC 5545, 3.3.11)."""
    for mark in ("\\", ";", ","):
        value = value.replace(mark, "\\" + mark)
    return value.replace("\r", "").replace("\n", "\\n")


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
