"""The small map and the timeline of a report, as SVG numbers; no network, no tiles."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple, Self

import msgspec

from depesche.document import Record
from depesche.document.rows import PlaceRow
from depesche.tables import read_table

WIDTH, HEIGHT = 360.0, 220.0
_MARGIN = 0.35
_SMALLEST = 14.0
_ROUND_THE_WORLD = 300.0
_LETTER = 5.4
"""Mean width of a letter of ten pixels."""


class Ring(msgspec.Struct, frozen=True, kw_only=True):
    """One outline: "x y" pairs in tenths of a degree."""

    ring: tuple[str, ...]


class Dot(msgspec.Struct, frozen=True, kw_only=True):
    """A place on the map or an end of the line, with the row it stands for.

    `label` is written at `label_x`, `label_y`, and left empty where it would cover another; `title` always says it.
    """

    x: float
    y: float
    row: str
    label: str
    title: str = ""
    anchor: str = "start"
    label_x: float = 0.0
    label_y: float = 0.0


class Map(msgspec.Struct, frozen=True, kw_only=True):
    """SVG paths of the countries in view, and the places."""

    paths: tuple[str, ...]
    dots: tuple[Dot, ...]


class Day(msgspec.Struct, frozen=True, kw_only=True):
    """What the report tells of one day or span; `x` to `end` on the line."""

    x: float
    end: float
    y: float
    row: str
    label: str
    title: str


class Timeline(msgspec.Struct, frozen=True, kw_only=True):
    """Events on a line from the first to the last day; `published` is where the report itself stands."""

    days: tuple[Day, ...]
    ticks: tuple[Dot, ...]
    published: float | None
    height: float


def map_of(record: Record) -> Map | None:
    """The map that shows all places of a report, or None where it names none."""
    places = list(enumerate(record.places))
    if not places:
        return None
    left, right = _range([p.lon for _, p in places])
    low, high = _range([p.lat for _, p in places])
    # Degrees of longitude shrink towards the poles; one mean factor is enough for a sketch, and the frame keeps its shape.
    if (right - left) / WIDTH > (high - low) / HEIGHT:
        grow = ((right - left) / WIDTH * HEIGHT - (high - low)) / 2
        low, high = low - grow, high + grow
    else:
        grow = ((high - low) / HEIGHT * WIDTH - (right - left)) / 2
        left, right = left - grow, right + grow
    scale = WIDTH / (right - left)

    def at(lon: float, lat: float) -> tuple[float, float]:
        return round((lon - left) * scale, 1), round((high - lat) * scale, 1)

    paths = []
    for ring in _outlines():
        xs, ys = [x for x, _ in ring], [y for _, y in ring]
        if max(xs) - min(xs) > _ROUND_THE_WORLD:
            continue  # Antarctica, and islands that the date line cuts, would draw a bar across the map
        if max(xs) < left or min(xs) > right or max(ys) < low or min(ys) > high:
            continue
        paths.append("M" + "L".join("{} {}".format(*at(x, y)) for x, y in ring) + "Z")
    return Map(paths=tuple(paths), dots=tuple(_dots(places, at)))


def timeline_of(record: Record) -> Timeline | None:
    """The line of dated events, or None where fewer than two days are known."""
    spans = {n: (t.earliest, t.latest, t.edtf) for n, t in enumerate(record.times) if t.earliest and t.latest}
    published = _day(record.article.published.edtf)
    days = [d for first, last, _ in spans.values() for d in (first, last) if d]
    days += [published] if published else []
    if len(set(days)) < 2:  # noqa: PLR2004 (a line needs two ends)
        return None
    first, last = min(days), max(days)
    length = (last - first).days

    def at(day: dt.date) -> float:
        return round(12 + (WIDTH - 24) * (day - first).days / length, 1)

    rows, height = [], 0.0
    ordered = sorted(spans.items(), key=lambda item: (item[1][0], item[0]))
    for level, (n, (start, end, edtf)) in enumerate(ordered):
        assert start is not None
        assert end is not None
        y = 14.0 + 12.0 * (level % 8)
        height = max(height, y)
        quote = record.article.text[record.times[n].span.start : record.times[n].span.end]
        rows.append(Day(x=at(start), end=at(end), y=y, row=f"t{n}", label=quote, title=f"{quote}: {edtf}"))
    ticks = (
        Dot(x=at(first), y=height + 22, row="", label=first.isoformat()),
        Dot(x=at(last), y=height + 22, row="", label=last.isoformat(), anchor="end"),
    )
    return Timeline(days=tuple(rows), ticks=ticks, published=at(published) if published else None, height=height + 30)


def _dots(places: Sequence[tuple[int, PlaceRow]], at: Callable[[float, float], tuple[float, float]]) -> Iterator[Dot]:
    """The places, each with its name beside, above or below, where there is room for it."""
    taken = [_Box(x - 4, y - 4, x + 4, y + 4) for x, y in (at(p.lon, p.lat) for _, p in places)]
    for number, place in places:
        x, y = at(place.lon, place.lat)
        wide = _LETTER * len(place.name)
        for anchor, label_x, label_y in (
            ("start", x + 6, y + 3),
            ("end", x - 6, y + 3),
            ("middle", x, y - 7),
            ("middle", x, y + 14),
            ("start", x + 4, y - 6),
            ("end", x - 4, y + 12),
        ):
            left = label_x - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
            box = _Box(left, label_y - 9, left + wide, label_y + 2)
            if box.is_inside() and not any(box.overlaps(other) for other in taken):
                taken.append(box)
                yield Dot(
                    x=x, y=y, row=f"p{number}", label=place.name, title=place.name, anchor=anchor,
                    label_x=round(label_x, 1), label_y=round(label_y, 1),
                )  # fmt: skip
                break
        else:
            yield Dot(x=x, y=y, row=f"p{number}", label="", title=place.name)


class _Box(NamedTuple):
    """A rectangle of the map that is taken."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Self) -> bool:
        """Whether they share a point."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def is_inside(self) -> bool:
        """Whether all of it is on the map."""
        return self.left >= 0 and self.right <= WIDTH and self.top >= 0 and self.bottom <= HEIGHT


def _range(values: list[float]) -> tuple[float, float]:
    """The values with a margin round them, at least a small country wide."""
    low, high = min(values), max(values)
    margin = max((high - low) * _MARGIN / 2, (_SMALLEST - (high - low)) / 2, 1.0)
    return low - margin, high + margin


def _day(edtf: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(edtf) if edtf else None
    except ValueError:
        return None


@cache
def _outlines() -> tuple[tuple[tuple[float, float], ...], ...]:
    rings = read_table(Path(__file__).parent / "outlines.tsv", Ring)
    return tuple(tuple((int(x) / 10, int(y) / 10) for x, y in (p.split() for p in r.ring)) for r in rings)
