"""Text cut into words, numbers and signs, and what a number can be."""

import re
from functools import lru_cache

WORD = re.compile(
    r"[^\W\d_]+"  # first, since most are words
    r"|[^\w\s]"
    r"|\n\s*"
    r"|\d{4}-\d\d-\d\d(?!\d)"  # 2016-07-26
    r"|\d{1,2}\.\s?\d{1,2}\.\s?(?:\d{4}|\d\d)(?![\d.,]*\d)"  # 26.7.2016, 26.07.16
    r"|\d{1,2}/\d{1,2}/(?:\d{4}|\d\d)(?!\d)"  # 7/26/2016
    r"|\d{1,2}\.\d{1,2}\.(?!\d)"  # 26.7.
    r"|\d{1,2}[:.]\d\d(?![\d.:,]*\d)"  # 9:30, 9.30
    r"|\d+(?:[.,\u202f\u00a0]\d+)+"  # 4,5  250.000
    r"|\d+"
)
PARTED = re.compile(f"({WORD.pattern})")
"""Splits a text into what stands between words, and words, by turns: half the time of asking each match where it is."""
BREAK = "\n"
"""The text of a token that parts paragraphs."""

_FULL = re.compile(r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)")
_DOTTED = re.compile(r"(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d{4}|\d\d)?")
_SLASHED = re.compile(r"(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<y>\d{4}|\d\d)")
_CLOCK = re.compile(r"(?P<h>\d{1,2})[:.](?P<min>\d\d)")

_THOUSANDS = re.compile(r"\d{1,3}(?:\D\d{3})+")

_STRONG_YEARS = range(1900, 2040)
_YEARS = range(1000, 2101)


@lru_cache(maxsize=20_000)
def numeric(text: str) -> dict[str, str]:
    """The classes that a token of digits can have, each with its value; `iso`, `dotted` and `slashed` have pairs as value."""
    if text.isdecimal():
        return _plain(text)
    if found := _FULL.fullmatch(text):
        return _date("iso", year=found["y"], month=found["m"], day=found["d"])
    if found := _SLASHED.fullmatch(text):
        return _date("slashed", year=found["y"], month=found["a"], day=found["b"]) | _date(
            "slashed_dm", year=found["y"], month=found["b"], day=found["a"]
        )
    classes: dict[str, str] = {}
    if found := _DOTTED.fullmatch(text):
        classes |= _date("dotted" if found["y"] else "dotted_short", year=found["y"], month=found["m"], day=found["d"])
    if (found := _CLOCK.fullmatch(text)) and int(found["h"]) <= 24 and int(found["min"]) < 60:  # noqa: PLR2004
        classes["colon_clock" if ":" in text else "dot_clock"] = f"{int(found['h']):02}:{found['min']}"
        if ":" not in text:
            classes["decimal"] = text
        return classes
    if not classes:
        # "2.500 Jahre", "2,500 years": groups of three are thousands.
        classes["decimal"] = re.sub(r"\D", "", text) if _THOUSANDS.fullmatch(text) else text.replace(",", ".")
    return classes


def _plain(text: str) -> dict[str, str]:
    number = int(text)
    short, four = len(text) <= 2, len(text) == 4  # noqa: PLR2004 (digits)
    proper = text[0] != "0"
    can_be = {
        "digits": (len(text) <= 6, text),  # noqa: PLR2004 (longer numbers count no days)
        "day": (short and 1 <= number <= 31, str(number)),  # noqa: PLR2004 (days of a month)
        "hour": (short and number <= 24, f"{number:02}"),  # noqa: PLR2004 (hours of a day)
        "minute": (short and number < 60, f"{number:02}"),  # noqa: PLR2004 (minutes of an hour)
        "yy": (len(text) == 2, text),  # noqa: PLR2004
        "count": (len(text) <= 4 and proper, text),  # noqa: PLR2004
        "small_year": (len(text) <= 3 and proper, text),  # noqa: PLR2004
        "year": (four and number in _STRONG_YEARS, text),
        "oldyear": (four and number in _YEARS and number not in _STRONG_YEARS, text),
        "anyyear": (four and number in _YEARS, text),
        "tens": (number % 10 == 0 and (len(text) == 2 or (four and number in _YEARS)), text),  # noqa: PLR2004
    }
    return {name: value for name, (holds, value) in can_be.items() if holds}


def _date(name: str, *, year: str | None, month: str, day: str) -> dict[str, str]:
    if not (1 <= int(month) <= 12 and 1 <= int(day) <= 31):  # noqa: PLR2004 (calendar)
        return {}
    return {name: f"d={int(day)} m={int(month)}" + (f" y={year}" if year else "")}


def parts_paragraphs(text: str, *, start: int, end: int) -> bool:
    """Whether the line breaks of a text from `start` to `end` part two paragraphs."""
    # Agency copy is often wrapped by hand: "Last\n\nyear". A line that goes on in lower case after no full stop is no new paragraph.
    if start == 0 or end >= len(text):
        return True
    before, after = text[start - 1], text[end]
    return not ((after.islower() or after.isdecimal()) and (before.isalnum() or before == ","))


SAMPLES = (
    "2016-07-26", "26.7.2016", "26.7.", "7/26/2016", "26/7/2016", "9/9/2016", "9:30", "9.30", "9.12.", "31.12.", "4,5", "250.000", "99.99", "13.30.",
    *(f"{n}" for n in range(3000)), *(f"{n:02}" for n in range(100)), "10000", "000", "0123", "00000",
    *(f"{n}.{m:02}" for n in range(32) for m in range(0, 100, 7)),
)  # fmt: skip
"""Enough numbers to meet every set of classes that `numeric` can give."""
