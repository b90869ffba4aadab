"""`depesche query` and `depesche rejects`: what a record holds."""

import sys
from pathlib import Path

import click
import msgspec

from depesche.acquire import checked_date
from depesche.cli.answers import FORMATS, print_found
from depesche.errors import DepescheError
from depesche.store import KINDS, Filter, Kind, OpenRecord

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
@click.option("--country", metavar="ISO3", help="Country of the place (of an actor: its own).")
@click.option("--place", metavar="NAME", help="Id or part of a name.")
@click.option(
    "--status", metavar="STATUS", help="happened, ongoing, planned, proposed, threatened, possible, not_happened."
)
@click.option("--source", metavar="NAME", help="Outlet of the report.")
@click.option("--said-by", metavar="NAME", help="Whom the report names as its source; of a statement its speaker.")
@click.option("--since", metavar="DATE", help="First day.")
@click.option("--until", metavar="DATE", help="Last day.")
@click.option(
    "--text", metavar="WORDS", help="Words of the sentence, in any inflection; in quotation marks exactly so."
)
@click.option(
    "--verdict",
    type=click.Choice(["accept", "correct", "reject", "none"]),
    help="What a person decided; none: nobody has yet. What was rejected is left out unless asked for.",
)
@click.option("--copies", is_flag=True, help="Show what copies of a report repeat, too.")
@click.option("--limit", type=click.IntRange(min=1), default=100, show_default=True)
@click.option("--offset", type=click.IntRange(min=0), default=0)
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write there instead of printing.")
def query(record: Path, kind: Kind, form: str, output: Path | None, **wanted: object) -> None:
    """Ask a record for events, statements, figures, actors or articles."""
    try:
        for name in ("since", "until"):
            checked_date(str(wanted[name]) if wanted[name] is not None else None)
        with OpenRecord(record) as opened:
            found = opened.find(kind, msgspec.convert(wanted, Filter))
            print_found(found, kind=kind, form=form, output=output)
    except DepescheError as error:
        click.echo(f"depesche: {error}", err=True)
        sys.exit(1)


@click.command()
@click.argument("record", type=click.Path(path_type=Path), metavar="RECORD")
def rejects(record: Path) -> None:
    """List what a build could not read, and why."""
    try:
        with OpenRecord(record) as opened:
            for origin, reason, seen in opened.rejects():
                click.echo(f"{seen[:10]}  {origin}: {reason}")
    except DepescheError as error:
        click.echo(f"depesche: {error}", err=True)
        sys.exit(1)
