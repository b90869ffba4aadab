"""Events as PLOVER and CAMEO rows, for those who work with POLECAT, ICEWS or GDELT."""

import csv
from pathlib import Path

import msgspec

from depesche.document import article_of_record
from depesche.events.export import CodedRow, coded_rows
from depesche.store.cells import cell
from depesche.store.queries import OpenRecord


def write_coded(record: OpenRecord, path: Path) -> None:
    """One CSV row an event and pair of actors; a copy of a report that is there already is left out."""
    names = [field.name for field in msgspec.structs.fields(CodedRow)]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(names)
        for document in record.documents(of="originals"):
            for row in coded_rows(article_of_record(document)):
                writer.writerow([cell(getattr(row, name)) for name in names])
