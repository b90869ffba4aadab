"""Ranges: "vom 3. bis 5. Mai", "January 1-October 31, 2007": what one end says helps the other, and both tell the whole."""

import msgspec

from depesche.details.times import edtf as edtf_values
from depesche.details.times.anchoring import Anchor, resolve
from depesche.details.times.meaning import Meaning
from depesche.details.times.stretches import Stretch
from depesche.record import TimeExpression


def ranges_of(meanings: list[Meaning]) -> list[tuple[int, int]]:
    """First and last place of each range: runs of joined expressions and the one that closes them."""
    found = []
    start: int | None = None
    for i, meaning in enumerate(meanings):
        if meaning.joined:
            start = i if start is None else start
        elif start is not None:
            found.append((start, i))
            start = None
    return found


def mend(first: Meaning, last: Meaning, *, stretches: list[Stretch | None], places: tuple[int, int]) -> None:
    """Resolve the ends of a range anew where they lie the wrong way round: a range runs forwards."""
    begin, end = stretches[places[0]], stretches[places[1]]
    if end is not None and last.absolute and not first.absolute and first.y is None:
        # "the January 1-October 31, 2007 period": the year stands at the end only.
        stretches[places[0]] = _in_year_of(first, end) or begin
    elif begin is not None and end is not None and end.first < begin.first and not last.absolute:
        # "from Thursday through Saturday"
        anchor = Anchor(begin.first, begin.first)
        stretches[places[1]] = resolve(last, anchor=anchor, told=None, direction="future") or end


def _in_year_of(meaning: Meaning, end: Stretch) -> Stretch | None:
    for year in (end.first.year, end.first.year - 1):
        dated = msgspec.structs.replace(meaning, y=f"{year:04}")
        found = resolve(dated, anchor=None, told=None, direction="unknown") if meaning.m is not None else None
        if found is not None and found.first <= end.last:
            return found
    return None


def join(found: list[TimeExpression], *, first: int, last: int) -> None:
    """Give every member of a range the whole range as its EDTF value; their TIMEX3 values stay their own."""
    begin, end = found[first], found[last]
    earliest, latest = edtf_values.interval(begin.edtf)[0], edtf_values.interval(end.edtf)[1]
    if earliest is None or latest is None or earliest > latest or begin.timex != "DATE":
        return
    edtf = f"{_edge(begin.edtf)}/{_edge(end.edtf, last=True)}"
    approximate = begin.approximate or end.approximate
    for i in range(first, last + 1):
        found[i] = msgspec.structs.replace(
            found[i],
            why=f"{found[i].why}; one end of a range",
            edtf=edtf,
            earliest=earliest,
            latest=latest,
            approximate=approximate,
        )


def _edge(edtf: str | None, *, last: bool = False) -> str:
    pieces = [p for p in (edtf or "").split("/") if p != ".."]
    return pieces[-1 if last else 0]
