"""`depesche query` and `depesche rejects`: what a record holds."""

from pathlib import Path

import click
import msgspec

from depesche.cli.answers import FORMATS, print_found
from depesche.store import KINDS, Filter, Kind, OpenRecord

_ROWS = 100
_EXAMPLES = """
\b
Examples:
  depesche query record.db events --actor Kerry --since 2016-09-01
  depesche query record.db events --type ASSAULT --country SYR --format csv --output assaults.csv
  depesche query record.db figures --text "Aleppo"
"""


@click.command(epilog=_EXAMPLES)
@click.argument("record", type=click.Path(path_type=Path), metavar="RECORD")
@click.argument("kind", type=click.Choice(KINDS))
@click.option("--type", metavar="TYPE", help="Event type, what a figure counts, mode of a statement, kind of an actor.")
@click.option("--actor", metavar="NAME", help="Id or part of a name, in any role; of a statement its speaker.")
@click.option("--agent", metavar="NAME", help="Who did it.")
@click.option("--recipient", metavar="NAME", help="To whom it was done.")
@click.option("--country", metavar="COUNTRY", help="Country of the place (of an actor: its own): SYR, or Syria.")
@click.option("--place", metavar="NAME", help="Id or part of a name.")
@click.option(
    "--status", metavar="STATUS", help="happened, ongoing, planned, proposed, threatened, possible, not_happened."
)
@click.option("--source", metavar="NAME", help="Outlet of the report.")
@click.option("--said-by", metavar="NAME", help="Whom the report names as its source; of a statement its speaker.")
@click.option("--since", metavar="DATE", help="First day, or the first of a month or year.")
@click.option("--until", metavar="DATE", help="Last day, or the last of a month or year.")
@click.option(
    "--text", metavar="WORDS", help="Words of the sentence, in any inflection; in quotation marks exactly so."
)
@click.option(
    "--verdict",
    type=click.Choice(["accept", "correct", "reject", "none"]),
    help="What a person decided; none: nobody has yet. What was rejected is left out unless asked for.",
)
@click.option("--copies", is_flag=True, help="Show what copies of a report repeat, too.")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    help=f"Rows at most; {_ROWS} of a table, unless given, and all in other formats.",
)
@click.option("--offset", type=click.IntRange(min=0), default=0, help="Rows to pass over.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write there instead of printing.")
def query(*, record: Path, kind: Kind, form: str, output: Path | None, limit: int | None, **wanted: object) -> None:
    """Ask a record for events, statements, figures, actors or articles."""
    if form == "table":
        limit = limit or _ROWS
    # One more than are shown, to know whether there are more.
    wanted["limit"] = limit and limit + 1
    with OpenRecord(record) as opened:
        found = opened.find(kind, msgspec.convert(wanted, Filter))
        complete = print_found(found, kind=kind, form=form, output=output, limit=limit)
    if not complete and form == "table":
        click.echo(f"There are more than these {limit}: --limit shows more, --format csv gives all.", err=True)


@click.command()
@click.argument("record", type=click.Path(path_type=Path), metavar="RECORD")
def rejects(record: Path) -> None:
    """List what a build could not read, and why."""
    with OpenRecord(record) as opened:
        for origin, reason, seen in opened.rejects():
            click.echo(f"{seen[:10]}  {origin}: {reason}")
