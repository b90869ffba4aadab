"""The record in the formats of other programs; one module a format, listed here."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from depesche.store.exports.annotations import write_annotations
from depesche.store.exports.calendar import write_calendar
from depesche.store.exports.coded import write_coded
from depesche.store.exports.geojson import write_geojson
from depesche.store.exports.network import write_network
from depesche.store.exports.tables import write_csv, write_parquet
from depesche.store.queries import OpenRecord

ExportFormat = Literal["csv", "parquet", "geojson", "graphml", "icalendar", "annotations", "coded"]

EXPORTS: dict[ExportFormat, tuple[Callable[[OpenRecord, Path], None], str]] = {
    "csv": (write_csv, "a folder: one table a file, with a data dictionary"),
    "parquet": (write_parquet, "a folder: one table a file"),
    "geojson": (write_geojson, "one file: the events that have a place, as points"),
    "graphml": (write_network, "one file: who acts on whom, how often, as a directed network"),
    "icalendar": (write_calendar, "one file: what is planned or expected, as dates"),
    "annotations": (
        write_annotations,
        "one file: every event, statement and figure as a W3C Web Annotation, one a line",
    ),
    "coded": (write_coded, "one CSV file: events as PLOVER and CAMEO rows; a planned meeting is AGREE there"),
}
"""Every format: how it is written, and what comes out."""

__all__ = ["EXPORTS", "ExportFormat"]
