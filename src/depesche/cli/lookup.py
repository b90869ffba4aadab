"""`depesche who` and `depesche where`: answers of the knowledge base."""

import datetime as dt
import sys

import click

from depesche.knowledge import where as places_called
from depesche.knowledge import who as actors_called


@click.command()
@click.argument("name")
@click.option("--on", metavar="DATE", help="Offices held on that day only (ISO 8601).")
def who(name: str, on: str | None) -> None:
    """Say whom a name can stand for, in German or English, with offices."""
    try:
        day = dt.date.fromisoformat(on) if on else None
    except ValueError:
        click.echo(f"depesche: {on!r} is no ISO day; write it as 2016-07-26", err=True)
        sys.exit(1)
    _answered(who_lines(name, on=day), name)


@click.command()
@click.argument("name")
def where(name: str) -> None:
    """Say which places bear a name, in German or English, the likeliest first."""
    _answered(where_lines(name), name)


def _answered(lines: list[str], name: str) -> None:
    for line in lines:
        click.echo(line)
    if not lines:
        click.echo(f"depesche: nothing in the knowledge base is called {name!r}", err=True)
        sys.exit(1)


def who_lines(name: str, *, on: dt.date | None) -> list[str]:
    """One line an actor, one beneath it an office."""
    lines = []
    for answer in actors_called(name, on=on):
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
        for p in places_called(name)
    ]


def _end(last: dt.date) -> str:
    return "today" if last == dt.date.max else last.isoformat()


def _unless_same(other: str | None, name: str) -> str:
    return f" ({other})" if other and other != name else ""
