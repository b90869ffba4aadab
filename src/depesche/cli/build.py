"""`depesche build`."""

import sys
from pathlib import Path

import click
import msgspec

from depesche.cli.patience import patience
from depesche.cli.progress import Teller
from depesche.runner import Options
from depesche.runner import build as run_build
from depesche.words import languages

_EXAMPLES = """
\b
Examples:
  depesche build reports/ --into record.db --jobs 2
  depesche build archive.jsonl.gz --into record.db
"""


@click.command(epilog=_EXAMPLES)
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

    A SOURCE is what `read` takes, a saved feed (RSS, Atom), a web archive (WARC), a Nexis export (RTF, DOCX, HTML), or the
    address of a page or feed.

    Stop it whenever you like: run again, it goes on where it was, and what has been read is not read twice.
    """
    options = msgspec.convert(
        {"jobs": jobs, "engine": engine, "published": published, "language": language}, type=Options
    )
    teller = Teller()
    try:
        with patience() as waiting:
            progress = run_build(paths, into=into, options=options, report=lambda p: teller(p, waiting=waiting))
    except KeyboardInterrupt:
        click.echo(f"\ndepesche: stopped; what was finished is in {into}, the same command goes on from here", err=True)
        sys.exit(130)
    teller.close(progress)
    for origin, reason in progress.reasons:
        click.echo(f"depesche: {origin}: {reason}", err=True)
    if progress.rejected > len(progress.reasons):
        click.echo(f"All that could not be read: depesche rejects {into}", err=True)
    sys.exit(1 if progress.rejected else 0)
