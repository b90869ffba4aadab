"""Whether the confidence of events means what it says: reliability by ten bins and the expected calibration error."""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from depesche.record import Article, Event

Pair = tuple[tuple[int, int], str]
"""Where a sentence stands, with a type coded in it."""
Judged = tuple[float, bool]
"""The confidence of an event, and whether it is right."""
BINS = 10


class Bin(msgspec.Struct, frozen=True, kw_only=True):
    """The events whose confidence lies between two bounds.

    Attributes:
        low: lower bound, which belongs to it; `high`: upper bound, which does not but for the last bin's.
        count: how many events.
        mean: their mean confidence, 0..1.
        right: share of them that is right, 0..1.
    """

    low: float
    high: float
    count: int
    mean: float
    right: float


def judged(article: Article, coded: Sequence[Pair]) -> Iterator[Judged]:
    """Every event of a record: right where its sentence has a coded event of its type; each coded one is found once, by the surest."""
    left = list(coded)
    for event in sorted(article.of(Event), key=lambda e: -e.confidence):
        key = next((k for k in left if k[0][0] <= event.span.start < k[0][1] and k[1] == event.type), None)
        if key is not None:
            left.remove(key)
        yield event.confidence, key is not None


def reliability(events: Iterable[Judged], *, bins: int = BINS) -> list[Bin]:
    """Bins of equal width that hold any event, lowest first."""
    held: dict[int, list[Judged]] = {}
    for confidence, right in events:
        held.setdefault(min(int(confidence * bins), bins - 1), []).append((confidence, right))
    return [
        Bin(
            low=number / bins,
            high=(number + 1) / bins,
            count=len(inside),
            mean=sum(c for c, _ in inside) / len(inside),
            right=sum(r for _, r in inside) / len(inside),
        )
        for number, inside in sorted(held.items())
    ]


def calibration_error(bins: Sequence[Bin]) -> float:
    """Expected calibration error, 0..1: how far confidence and share of right ones lie apart, on average over events."""
    return sum(b.count * abs(b.mean - b.right) for b in bins) / max(1, sum(b.count for b in bins))


def report(events: Sequence[Judged]) -> None:
    """Print the bins and the error."""
    bins = reliability(events)
    for b in bins:
        print(f"  confidence {b.low:.1f}-{b.high:.1f}  mean {b.mean:.2f}  right {b.right:.2f}  of {b.count}")
    print(f"  expected calibration error {calibration_error(bins):.3f} over {len(events)} events")
