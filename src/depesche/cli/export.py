"""`depesche export`."""

from pathlib import Path

import click

from depesche.store import OpenRecord
from depesche.store.exports import EXPORTS, ExportFormat


@click.command()
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
    with OpenRecord(record) as opened:
        EXPORTS[form][0](opened, output)
