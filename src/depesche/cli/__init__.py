"""The command line: verbs, options, exit codes. No logic of its own.

Exit status: 0 all was read; 1 something could not be read (the rest was); 2 the command itself was wrong.
"""

import datetime as dt
import sys
from pathlib import Path

import click
import msgspec

from depesche import __version__
from depesche.cli import query as printing
from depesche.cli.build import Teller
from depesche.cli.decide import decide, decisions
from depesche.cli.lookup import where_lines, who_lines
from depesche.cli.patience import patience
from depesche.cli.read import FORMATS, print_all, print_record
from depesche.errors import DepescheError
from depesche.reading import checked_date, read_many
from depesche.reading import read as read_one
from depesche.runner import Options
from depesche.runner import build as run_build
from depesche.store import KINDS, Filter, Judged, Kind, OpenRecord, judged
from depesche.store.exports import EXPORTS, ExportFormat
from depesche.web import page_of
from depesche.words import languages

_EXAMPLES = """
\b
Examples:
  depesche read report.html
  depesche read report.txt --published 2016-07-26
  curl -s URL | depesche read - --format json
  depesche read folder/ rows.jsonl.gz --format jsonl --output records.jsonl
"""


_BUILD_EXAMPLES = """
\b
Examples:
  depesche build reports/ --into record.db --jobs 2
  depesche build archive.jsonl.gz --into record.db
"""
_QUERY_EXAMPLES = """
\b
Examples:
  depesche query record.db events --actor Kerry --since 2016-09-01
  depesche query record.db events --type ASSAULT --country SYR --format csv --output assaults.csv
  depesche query record.db figures --text "Aleppo"
"""


@click.group(epilog=_EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="depesche")
def main() -> None:
    """Turn news pages about conflict and diplomacy into a record that can be checked."""


@main.command(epilog=_EXAMPLES)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="text", show_default=True,
    help="text for people; json: one document, an array for several; jsonl: one document a line.",
)  # fmt: skip
@click.option("--published", metavar="DATE", help="Day, month or year on which the reports came out (ISO 8601).")
@click.option("--language", type=click.Choice(languages()), help="Language of the reports, where it is known.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write there instead of printing.")
def read(paths: tuple[str, ...], form: str, published: str | None, language: str | None, output: Path | None) -> None:
    """Read pages, texts and tables and print their records.

    A PATH is an HTML page, a plain text, a table (JSON Lines, CSV, Parquet), any of them gzipped, a folder of these, or
    - for standard input.
    """
    try:
        articles = read_many(paths, published=checked_date(published), language=language)
        complete = print_all(articles, form=form, output=output)
    except DepescheError as error:
        click.echo(f"depesche: {error}", err=True)
        sys.exit(1)
    except BrokenPipeError:
        # `depesche read … | head` has what it wanted; Python would otherwise complain once more at exit.
        sys.stderr.close()
        sys.exit(0)
    sys.exit(0 if complete else 1)


@main.command(epilog=_BUILD_EXAMPLES)
@click.argument("paths", nargs=-1, required=True, metavar="SOURCE...")
@click.option(
    "--into", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The record: one SQLite file."
)
@click.option("--jobs", type=click.IntRange(min=1), default=1, show_default=True, help="Worker processes.")
@click.option("--engine", type=click.Choice(["inline", "processes", "ray"]), help="Where the workers run.")
@click.option("--published", metavar="DATE", help="Date of what has none of its own (ISO 8601).")
@click.option("--language", type=click.Choice(languages()), help="Language of what states none.")
def build(  # noqa: PLR0913 (one parameter an option)
    *, paths: tuple[str, ...], into: Path, jobs: int, engine: str | None, published: str | None, language: str | None
) -> None:
    """Read many reports into one record.

    Stop it whenever you like: run again, it goes on where it was, and what has been read is not read twice.
    """
    options = msgspec.convert(
        {"jobs": jobs, "engine": engine, "published": published, "language": language}, type=Options
    )
    teller = Teller()
    try:
        with patience() as waiting:
            progress = run_build(paths, into=into, options=options, report=lambda p: teller(p, waiting=waiting))
    except DepescheError as error:
        click.echo(f"depesche: {error}", err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        click.echo(f"\ndepesche: stopped; what was finished is in {into}, the same command goes on from here", err=True)
        sys.exit(130)
    teller.close(progress)
    if progress.rejected:
        click.echo(f"What could not be read: depesche rejects {into}", err=True)
    sys.exit(1 if progress.rejected else 0)


@main.command(epilog=_QUERY_EXAMPLES)
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
@click.option("--format", "form", type=click.Choice(printing.FORMATS), default="table", show_default=True)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write there instead of printing.")
def query(record: Path, kind: Kind, form: str, output: Path | None, **wanted: object) -> None:
    """Ask a record for events, statements, figures, actors or articles."""
    try:
        for name in ("since", "until"):
            checked_date(str(wanted[name]) if wanted[name] is not None else None)
        with OpenRecord(record) as opened:
            found = opened.find(kind, msgspec.convert(wanted, Filter))
            printing.print_found(found, kind=kind, form=form, output=output)
    except DepescheError as error:
        click.echo(f"depesche: {error}", err=True)
        sys.exit(1)


@main.command()
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


@main.command()
@click.argument("record", type=click.Path(path_type=Path), metavar="RECORD")
@click.option(
    "--format",
    "form",
    type=click.Choice(list(EXPORTS)),
    required=True,
    help="; ".join(f"{n}: {w}" for n, (_, w) in EXPORTS.items()),
)
@click.option("--output", type=click.Path(path_type=Path), required=True, help="File or folder to write.")
def export(record: Path, form: ExportFormat, output: Path) -> None:
    """Write a record in the formats of other programs."""
    try:
        with OpenRecord(record) as opened:
            EXPORTS[form][0](opened, output)
    except DepescheError as error:
        click.echo(f"depesche: {error}", err=True)
        sys.exit(1)


@main.command()
@click.argument("what", metavar="PATH|ID")
@click.option("--record", type=click.Path(path_type=Path), help="The record that holds the report with this ID.")
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), help="Write a page to look at there.")
@click.option("--published", metavar="DATE", help="Date of the report, where it states none (ISO 8601).")
def show(what: str, record: Path | None, html: Path | None, published: str | None) -> None:
    """Show one report with its record: as text, or as an HTML page where every value lights up its sentence."""
    try:
        decided: tuple[Judged, ...] = ()
        if record:
            with OpenRecord(record) as opened:
                document, decided = opened.document(what), opened.judged(what)
        else:
            document = read_one(what, published=published).record
        if html:
            html.write_text(page_of(document, decided), "utf-8")
        else:
            print_record(judged(document, decided))
    except DepescheError as error:
        click.echo(f"depesche: {error}", err=True)
        sys.exit(1)


main.add_command(decide)
main.add_command(decisions)


@main.command("who")
@click.argument("name")
@click.option("--on", metavar="DATE", help="Offices held on that day only (ISO 8601).")
def who_command(name: str, on: str | None) -> None:
    """Say whom a name can stand for, in German or English, with offices."""
    try:
        day = dt.date.fromisoformat(on) if on else None
    except ValueError:
        click.echo(f"depesche: {on!r} is no ISO day; write it as 2016-07-26", err=True)
        sys.exit(1)
    _answered(who_lines(name, on=day), name)


@main.command("where")
@click.argument("name")
def where_command(name: str) -> None:
    """Say which places bear a name, in German or English, the likeliest first."""
    _answered(where_lines(name), name)


def _answered(lines: list[str], name: str) -> None:
    for line in lines:
        click.echo(line)
    if not lines:
        click.echo(f"depesche: nothing in the knowledge base is called {name!r}", err=True)
        sys.exit(1)
