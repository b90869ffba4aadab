"""The record of many reports as one SQLite file: schema, one writer, many readers."""

from depesche.store.database import connect, open_for_reading
from depesche.store.filters import Filter
from depesche.store.loading import Loader, Prepared, prepared
from depesche.store.queries import KINDS, Kind, OpenRecord

__all__ = ["KINDS", "Filter", "Kind", "Loader", "OpenRecord", "Prepared", "connect", "open_for_reading", "prepared"]
