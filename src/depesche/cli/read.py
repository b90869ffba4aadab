"""`depesche read`."""

import sys
from pathlib import Path

import click

from depesche.acquire import checked_date
from depesche.cli.printing import FORMATS, print_all
from depesche.reading import read_many
from depesche.words import languages

_EXAMPLES = """
\b
Examples:
  depesche read report.html
  depesche read report.txt --published 2016-07-26
  curl -s URL | depesche read - --format json
  depesche read folder/ rows.jsonl.gz --format jsonl --output records.jsonl
"""


@click.command(epilog=_EXAMPLES)
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
    articles = read_many(paths, published=checked_date(published), language=language)
    complete = print_all(articles, form=form, output=output)
    sys.exit(0 if complete else 1)
