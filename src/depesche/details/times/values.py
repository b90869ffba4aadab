"""TIMEX3 values: of durations, of sets, of days, and of what stays unresolved."""

import re

from depesche.details.times.meaning import Meaning
from depesche.details.times.stretches import Stretch

_DURATION = re.compile(r"(half|X|[\d.]+)(S|MIN|H|DE|CE|WE|HY|[DWMYQ])")
_TOD = re.compile(r"T(?P<h>\d{1,2})(?::(?P<min>\d\d))?(?P<half>[ap])?")
_CLOCK_UNITS = {"S": "S", "MIN": "M", "H": "H"}
_HALVES = {"Y": "P6M", "H": "PT30M", "CE": "P5DE", "DE": "P5Y", "D": "PT12H", "M": "P15D"}
_UNKNOWN = {"Y": "XXXX", "M": "XXXX-XX", "W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "Q": "XXXX-QX", "DE": "XXX", "CE": "XX"}
_NO_DAY = "XXXX-XX-XX"


def value_of(meaning: Meaning, *, stretch: Stretch | None) -> str:
    """The TIMEX3 value of an expression: of its stretch where it is resolved, else with X for what is unknown."""
    if meaning.every is not None:
        weekday = f"-{meaning.wd}" if meaning.wd is not None else ""
        return (
            duration(meaning.every) if meaning.every.startswith("P") else meaning.every + weekday + (meaning.tod or "")
        )
    if meaning.dur is not None:
        return duration(meaning.dur)
    if stretch is not None and stretch.value:
        return stretch.value + _clock(meaning.tod)
    return unresolved(meaning)


def duration(text: str) -> str:
    """A TIMEX3 duration from what a rule put together: "3D" is P3D, "2H" PT2H, "3Y4M" P3Y4M, "halfY" P6M."""
    if text.startswith("P"):
        return text if text.startswith("PT") else duration(text[1:])
    pieces = _DURATION.findall(text)
    if not pieces:
        return f"P{text}"
    if pieces[0][0] == "half":
        return _HALVES.get(pieces[0][1], f"P0.5{pieces[0][1]}")
    days = "".join(number + unit for number, unit in pieces if unit not in _CLOCK_UNITS)
    clock = "".join(number + _CLOCK_UNITS[unit] for number, unit in pieces if unit in _CLOCK_UNITS)
    return f"P{days}" + (f"T{clock}" if clock else "")


def unresolved(meaning: Meaning) -> str:
    """The TIMEX3 value with X for whatever the words do not say."""
    if meaning.bc:
        return _before_christ(meaning)
    if meaning.ref is not None:
        return f"{meaning.ref}_REF"
    if meaning.unit == "D" and meaning.n == 0 and meaning.base == "published" and meaning.tod is None:
        return "PRESENT_REF"
    value = _calendar(meaning) or _UNKNOWN.get(meaning.unit or "", _NO_DAY)
    tod = _clock(meaning.tod)
    return tod if value == _NO_DAY and tod[1:2].isdigit() else value + tod


def _calendar(meaning: Meaning) -> str | None:
    year = meaning.y if meaning.y is not None and meaning.absolute else "XXXX"
    if meaning.m is not None:
        return f"{year}-{meaning.m:02}" + (f"-{meaning.d:02}" if meaning.d is not None else "")
    forms: tuple[tuple[object, str], ...] = (
        (meaning.d, f"{year}-XX-{meaning.d or 0:02}"),
        (meaning.wd, f"XXXX-WXX-{meaning.wd}"),
        (meaning.season, f"{year}-{meaning.season}"),
        (meaning.quarter, f"{year}-Q{meaning.quarter}"),
        (meaning.half, f"{year}-H{meaning.half}"),
        (meaning.decade, f"XX{(meaning.decade or 'X')[0]}"),
    )
    return next((value for said, value in forms if said is not None), None)


def _clock(tod: str | None) -> str:
    """The TIMEX3 time of day: "T18" is T18:00, "T6:30p" T18:30."""
    found = _TOD.fullmatch(tod or "")
    if not found:
        return tod or ""
    hour = int(found["h"]) % 12 + 12 * (found["half"] == "p") if found["half"] else int(found["h"])
    return f"T{hour:02}:{found['min'] or '00'}"


def _before_christ(meaning: Meaning) -> str:
    if meaning.century is not None:
        return f"BC{meaning.century - 1:02}"
    month = f"-{meaning.m:02}" if meaning.m else f"-{meaning.season}" if meaning.season else ""
    return f"BC{int(meaning.y or 0):04}{month}"
