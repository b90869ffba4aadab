"""The relative meaning of a time expression: what its words say before an anchor is known.

It travels in `TimeMention.meaning` as `key=value` pairs, so that a person can read it in the record of a run:
"am 3. Mai" is `d=3 m=5`, "Ende nächster Woche" is `unit=W n=1 part=end`.
"""

from functools import lru_cache
from typing import Literal

import msgspec

Unit = Literal["S", "MIN", "H", "D", "WE", "W", "M", "Q", "HY", "Y", "DE", "CE"]
"""Second, minute, hour, day, weekend, week, month, quarter, half-year, year, decade, century."""

Part = Literal["start", "mid", "end"]
Bound = Literal["since", "from", "after", "until", "before", "within"]


class Meaning(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One time expression, unanchored. Everything absent is unsaid.

    Attributes:
        y, m, d, wd: year (two digits need an anchor), month, day of the month, ISO weekday.
        season, quarter, half, week: SP SU FA WI; 1-4; 1-2; ISO week.
        decade, century: "60" or "1960" for the sixties; 21 for the twenty-first century.
        feast: a key of `feasts.py`.
        bc: the year is before Christ.
        unit, n: a stretch of `unit`, `n` units from the anchor ("letzte Woche" is W -1).
        fine: with `n`: the reckoning goes to the day ("vor drei Wochen" is a day about three weeks back).
        base: what it is reckoned from: the publication date or the time last spoken of.
        which: of a named stretch, the last (-1), this (0) or next (1); `yn` and `wn` likewise for the year or week it lies in.
        part: beginning, middle or end of the stretch.
        tod: time of day: TMO, TMI, TAF, TEV, TNI or T12:30.
        bound: how it bounds the sentence's time ("seit 2011" is since).
        ref, days: a vague reference, and its bounds in days from the anchor ("-30:0"; codebook section 2).
        dur, every: TIMEX3 duration; TIMEX3 set.
        approx: "gegen", "etwa".
        dir: direction that the expression's own words give.
        joined: the expression is the first end of a range whose last end follows.
        vague: the word for today that also means nowadays.
        loose: a bare time of day or count that means nothing without what stands before.
    """

    y: str | None = None
    m: int | None = None
    d: int | None = None
    wd: int | None = None
    season: str | None = None
    quarter: int | None = None
    half: int | None = None
    week: int | None = None
    decade: str | None = None
    century: int | None = None
    feast: str | None = None
    bc: bool = False
    unit: Unit | None = None
    n: int | float | None = None
    fine: bool = False
    base: Literal["published", "text"] = "published"
    which: int | None = None
    yn: int | None = None
    wn: int | None = None
    part: Part | None = None
    tod: str | None = None
    bound: Bound | None = None
    ref: Literal["PAST", "PRESENT", "FUTURE"] | None = None
    days: str | None = None
    dur: str | None = None
    every: str | None = None
    approx: bool = False
    dir: Literal["past", "future"] | None = None
    joined: bool = False
    vague: bool = False
    loose: bool = False

    @property
    def absolute(self) -> bool:
        """Whether it needs no anchor: a full date, a year, or what hangs on a four-digit year."""
        if self.y is not None:
            return len(self.y) == 4 or self.bc  # noqa: PLR2004 (digits of a year)
        return self.century is not None or (self.decade is not None and len(self.decade) == 4)  # noqa: PLR2004


def written(meaning: Meaning) -> str:
    """The `key=value` form."""
    pairs = msgspec.to_builtins(meaning)
    return " ".join(f"{key}={'1' if value is True else value}" for key, value in pairs.items())


@lru_cache(maxsize=4096)
def read(text: str) -> Meaning:
    """The meaning that `written` wrote, or that a rule of `words/*/times_rules.tsv` spells out.

    Raises:
        msgspec.ValidationError: an unknown value for a key.
    """
    pairs = dict(pair.partition("=")[::2] for pair in text.split())
    return msgspec.convert(pairs, Meaning, strict=False)
