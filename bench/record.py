"""Building, loading, asking: reports and events a second, memory, size, answer times; copies by kind of edit.

python -m bench.record [REPORTS [EVENTS]]
"""

import contextlib
import itertools
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec

from bench import variations
from depesche.document import Record
from depesche.document.rows import (
    ActorRow,
    ArticleRow,
    EventRow,
    Ground,
    PartRow,
    PlaceRow,
    PublishedRow,
)
from depesche.links import fingerprint, is_copy
from depesche.record import Evidence, Span
from depesche.store import Filter, Loader, OpenRecord, connect, prepared

_TYPES = ("CONSULT", "ASSAULT", "AGREE", "ACCUSE", "REQUEST", "AID")
_STATUS = ("happened", "planned", "proposed", "not_happened")
NOW = "2026-01-01T00:00:00+00:00"
_PER_REPORT = 10
_ZIPF = list(itertools.accumulate(1 / (rank + 1) for rank in range(20_000)))


def end_to_end(count: int, folder: Path) -> None:
    """The command itself, with one worker and with two, then again with nothing new."""
    rows = folder / "rows.jsonl"
    variations.write(rows, count)
    for jobs in (1, 2):
        record = folder / f"{jobs}.db"
        seconds, memory = _build(rows, record, jobs=jobs)
        print(
            f"{jobs} worker(s): {count / seconds:7.1f} reports/s end to end; largest process {memory:.0f} MB; "
            f"{record.stat().st_size / count / 1024:.1f} KB a report"
        )
        again, _ = _build(rows, record, jobs=jobs)
        print(f"    the same again, nothing new: {100 * again / seconds:.1f}% of the first run")


def loading_and_asking(events: int, folder: Path) -> None:
    """A record of many events: how fast it is loaded, how fast it answers."""
    path = folder / "many.db"
    connection = connect(path)
    loader = Loader(connection, made_by="bench@1")
    loader.put_off()  # as a build does whose workers are quicker than the loader
    chance = random.Random(3)  # noqa: S311 (variation, not secrets)
    spent = 0.0
    batch = 512
    for first in range(0, events // _PER_REPORT, batch):
        # As in a build, where the workers prepare what the one loader writes, 512 reports at a time.
        records = [prepared(made(number, chance)) for number in range(first, first + batch)]
        spent += _timed(lambda r=records: loader.load(r, now=NOW))  # type: ignore[misc]
    caught_up = _timed(loader.catch_up)
    spent += caught_up
    connection.execute("pragma optimize")
    (count,) = connection.execute("select count(*) from events").fetchone()
    (sentences,) = connection.execute("select count(*) from sentences").fetchone()
    connection.close()
    print(
        f"loading: {count / spent:,.0f} events/s ({count:,} events, {sentences:,} sentences, {path.stat().st_size / 2**20:.0f} MB); "
        f"of its time {100 * caught_up / spent:.0f}% for the indexes that were made at the end"
    )
    questions = {
        "type": Filter(type="ASSAULT"),
        "actor": Filter(actor="person/actor-7"),
        "actor, by part of a name": Filter(actor="Actor 7"),
        "actor and type, part of a name": Filter(actor="Actor 7", type="AID", country="SYR"),
        "country": Filter(country="SYR"),
        "status": Filter(status="planned"),
        "days": Filter(since="2016-03-01", until="2016-03-03"),
        "outlet": Filter(source="Outlet 7"),
        "outlet, none": Filter(source="Nowhere"),
        "type, country, status, days": Filter(type="AID", country="SYR", status="planned", since="2016-06-01"),
        "text, rare": Filter(text="wort17 wort230"),
        "text, common": Filter(text="wort17"),
        "text, in most sentences": Filter(text="wort0"),
        "text, phrase": Filter(text='"wort0 wort17"'),
    }
    with OpenRecord(path) as record:
        for name, wanted in questions.items():
            asked = msgspec.structs.replace(wanted, limit=100)
            times = [_timed(lambda w=asked: list(record.events(w))) for _ in range(5)]  # type: ignore[misc]
            print(f"  query by {name:30} {1000 * statistics.median(times):7.1f} ms")
        match = 'select count(*) from sentences_stemmed where sentences_stemmed match \'"wort17" AND "wort230"\''
        times = [_timed(lambda: record.connection.execute(match).fetchone()) for _ in range(5)]
        print(f"  full text over {sentences:,} sentences    {1000 * statistics.median(times):7.1f} ms")


def copies(count: int) -> None:
    """Recall by kind of edit, precision over pairs of different reports, speed."""
    chance = random.Random(5)  # noqa: S311 (variation, not secrets)
    originals = [_prose(n, 400) for n in range(count)]
    edits: dict[str, Callable[[str], str]] = {
        "light edit (3% of words)": lambda t: _reworded(t, 0.03, chance),
        "cut to 60%, boilerplate": lambda t: _cut(t, 0.6) + " " + _prose(10**6 + chance.randrange(10**6), 80),
        "cut to 35%": lambda t: _cut(t, 0.35),
        "heavy edit (12% of words)": lambda t: _reworded(t, 0.12, chance),
        "heavier (20% of words)": lambda t: _reworded(t, 0.2, chance),
        "heavy edit, cut to 35%": lambda t: _cut(_reworded(t, 0.12, chance), 0.35),
    }
    for name, edit in edits.items():
        found = sum(is_copy(text, edit(text)) for text in originals)
        print(f"  {name:30} recall {100 * found / count:5.1f}")
    pairs = [(chance.randrange(count), chance.randrange(count)) for _ in range(20 * count)]
    false = sum(is_copy(originals[a], originals[b]) for a, b in pairs if a != b)
    print(f"  {false} false pairs among {len(pairs):,} of different reports")
    seconds = _timed(lambda: [fingerprint(text) for text in originals])
    print(f"  {count / seconds:,.0f} reports/s fingerprinted")


def main(arguments: Iterable[str]) -> None:
    """All of it."""
    sizes = [int(a) for a in arguments]
    with tempfile.TemporaryDirectory() as folder:
        print(f"\nrecord: {sizes[0] if sizes else 2000} variations of the samples, 400 words each")
        end_to_end(sizes[0] if sizes else 2000, Path(folder))
        loading_and_asking(sizes[1] if len(sizes) > 1 else 100_000, Path(folder))
        copies(1000)


def _build(rows: Path, record: Path, *, jobs: int) -> tuple[float, float]:
    """Run the command: seconds, and the most memory that one of its processes took, MB (as Linux tells; else 0)."""
    command = [sys.executable, "-m", "depesche", "build", str(rows), "--into", str(record), "--jobs", str(jobs)]
    began, most = time.perf_counter(), 0.0
    # A session of its own, by which its workers are found: they are no children of the command.
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True)  # noqa: S603 (our own command)
    while process.poll() is None:
        most = max(most, _largest(process.pid))
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=0.5)
    seconds = time.perf_counter() - began
    assert process.returncode == 0
    return seconds, most


def _largest(session: int) -> float:
    """The most memory that a process of a session has taken so far, MB."""
    most = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        with contextlib.suppress(OSError):  # it has ended meanwhile
            if os.getsid(int(status.parent.name)) == session:
                peak = re.search(r"VmHWM:\s+(\d+) kB", status.read_text())
                most = max(most, int(peak[1]) if peak else 0)
    return most / 1024


def _timed(what: Callable[[], object]) -> float:
    began = time.perf_counter()
    what()
    return time.perf_counter() - began


def _prose(seed: int, words: int) -> str:
    """Words as often as in a language: the second half as often as the first, the third a third."""
    chance = random.Random(seed)  # noqa: S311 (variation, not secrets)
    return " ".join(f"wort{rank}" for rank in chance.choices(range(20_000), cum_weights=_ZIPF, k=words))


def _reworded(text: str, share: float, chance: random.Random) -> str:
    return re.sub(r"\w+", lambda m: "neu" + str(chance.randrange(999)) if chance.random() < share else m[0], text)


def _cut(text: str, share: float) -> str:
    words = text.split()
    return " ".join(words[: int(len(words) * share)])


def made(number: int, chance: random.Random) -> Record:
    """A report of ten sentences with an event each."""
    sentences = [_prose(number * 31 + n, 12) for n in range(_PER_REPORT)]
    text = " ".join(sentences)
    actors = [chance.randrange(2000) for _ in range(4)]
    day = f"2016-{chance.randrange(1, 13):02d}-{chance.randrange(1, 29):02d}"
    places = [("syria", "SYR"), ("laos", "LAO"), ("geneva", "CHE"), ("mali", "MLI")]
    place, country = places[chance.randrange(4)]
    spans, start = [], 0
    for sentence in sentences:
        spans.append(Span(start, start + len(sentence)))
        start += len(sentence) + 1
    by = {"made_by": "bench@1", "why": "bench"}
    ground = Ground(form="name", confidence=1.0, made_by="bench@1", why="bench")
    here = (Span(0, 4),)
    return Record(
        article=msgspec.convert(
            {
                "id": f"m{number}", "origin": f"m{number}", "url": None, "canonical_url": None, "source": f"Outlet {number % 40}",
                "section": None, "language": "de", "headline": None, "kicker": None, "standfirst": None, "bylines": [],
                "agencies": [], "dateline": [], "dateline_span": None,
                "published": PublishedRow(edtf=day, known_by="given", why="bench"), "updated": None, "not_article": None,
                "paywalled": False, "live": False, "text": text, "teasers": [], "sentences": spans,
                "parts": [PartRow(label="body", span=Span(0, len(text)), at=None, credit_span=None, **by)],
            },
            ArticleRow,
        ),
        times=(),
        actors=tuple(
            ActorRow(
                id=f"person/actor-{a}", name=f"Actor {a}", name_de=None, kind="person", country="SYR", office=None, known=True,
                mentions=here, grounds=(ground,), **by,
            )
            for a in dict.fromkeys(actors)
        ),
        places=(
            PlaceRow(
                id=f"place/{place}", name=place.title(), name_de=None, country=country, lat=1.0, lon=1.0, mentions=here,
                grounds=(ground,), **by,
            ),
        ),
        statements=(),
        figures=(),
        events=tuple(
            msgspec.convert(
                {
                    "id": f"{number}-{n}", "type": chance.choice(_TYPES), "mode": None, "trigger": [s.start, s.start + 4],
                    "sentence": s, "agents": [f"person/actor-{actors[0]}"], "recipients": [f"person/actor-{actors[1]}"],
                    "place": f"place/{place}", "when": day, "status": chance.choice(_STATUS), "source": None,
                    "confidence": 0.5, "same_as": None, "evidence": Evidence(), **by,
                },
                EventRow,
            )
            for n, s in enumerate(spans)
        ),
    )  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1:])
