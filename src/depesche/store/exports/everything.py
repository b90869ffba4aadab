"""All rows of one kind, however many there are, a few thousand at a time."""

from collections.abc import Iterator

from depesche.store.filters import Filter
from depesche.store.queries import OpenRecord
from depesche.store.rows import FoundEvent


def all_events(record: OpenRecord, *, status: str | None = None) -> Iterator[FoundEvent]:
    """Every event once, of one status where one is given, the newest first; rows come from the cursor as they are needed."""
    return record.events(Filter(status=status))
