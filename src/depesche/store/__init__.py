"""The record of many reports as one SQLite file: schema, one writer, many readers, and what people decide."""

from depesche.record.collecting import uncollected
from depesche.store.claiming import claimed, work_folder
from depesche.store.database import connect, open_for_reading
from depesche.store.deciding import decide, take_decisions
from depesche.store.decisions import Correction, Decision, Judged, Verdict, judged
from depesche.store.filters import Filter
from depesche.store.loading import Loader
from depesche.store.preparing import Prepared, prepared
from depesche.store.queries import KINDS, Kind, OpenRecord

open_record = OpenRecord

__all__ = [
    "KINDS",
    "Correction",
    "Decision",
    "Filter",
    "Judged",
    "Kind",
    "Loader",
    "OpenRecord",
    "Prepared",
    "Verdict",
    "claimed",
    "connect",
    "decide",
    "judged",
    "open_for_reading",
    "open_record",
    "prepared",
    "take_decisions",
    "uncollected",
    "work_folder",
]
