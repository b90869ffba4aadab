"""`depesche show`."""

from pathlib import Path

import click

from depesche.cli.printing import print_record
from depesche.store import Judged, OpenRecord, judged
from depesche.web import page_of


@click.command()
@click.argument("what", metavar="PATH|ID")
@click.option("--record", type=click.Path(path_type=Path), help="The record that holds the report with this ID.")
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), help="Write a page to look at there.")
@click.option("--published", metavar="DATE", help="Date of the report, where it states none (ISO 8601).")
def show(what: str, record: Path | None, html: Path | None, published: str | None) -> None:
    """Show one report with its record: as text, or as an HTML page where every value lights up its sentence."""
    decided: tuple[Judged, ...] = ()
    if record:
        with OpenRecord(record) as opened:
            document, decided = opened.document(what), opened.judged(what)
    else:
        from depesche.reading import read  # noqa: PLC0415 (seconds that a report of a record need not wait)

        document = read(what, published=published).record
    if html:
        html.write_text(page_of(document, decided), "utf-8")
    else:
        print_record(judged(document, decided))
