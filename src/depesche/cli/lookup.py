"""Answers of the knowledge base, as text."""

import datetime as dt

from depesche.knowledge import where, who


def who_lines(name: str, *, on: dt.date | None) -> list[str]:
    """One line an actor, one beneath it an office."""
    lines = []
    for answer in who(name, on=on):
        actor = answer.actor
        lines.append(
            f"{actor.name}{_unless_same(actor.name_de, actor.name)}  {actor.kind}  {actor.country or ''}  {actor.id}".rstrip()
        )
        lines.extend(f"    {o.title}  {o.first} to {_end(o.last)}" for o in answer.offices)
    return lines


def where_lines(name: str) -> list[str]:
    """One line a place, the likeliest first."""
    return [
        f"{p.name}{_unless_same(p.name_de, p.name)}  {p.country or ''}  {p.lat:.2f} {p.lon:.2f}  {p.id}"
        for p in where(name)
    ]


def _end(last: dt.date) -> str:
    return "today" if last == dt.date.max else last.isoformat()


def _unless_same(other: str | None, name: str) -> str:
    return f" ({other})" if other and other != name else ""
