"""The resolving stage: gives each time mention its days, from the publication date and from the times told before it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from depesche.details.times import edtf as edtf_values
from depesche.details.times.anchoring import Anchor, nearest, resolve
from depesche.details.times.doubt import agreed
from depesche.details.times.meaning import Meaning, read
from depesche.details.times.ranges import join, mend, ranges_of
from depesche.details.times.stretches import Stretch
from depesche.details.times.values import value_of
from depesche.record import Article, Mark, Publication, TimeExpression, TimeMention

_FAR = 2
"""Years between a date and the publication from which on the text tells history."""
_HEADING = 90
"""Characters up to which a paragraph without a full stop is a heading."""
_STOPS = frozenset('.!?:;,“”"»«')
_STEP = 3
"""Years that a chronicle may move at once."""
_TOLD_UNITS = frozenset({"D", "M", "Y", "W", "SEASON", "WE", "Q", "HY"})


class Resolve:
    """Resolves `TimeMention` into `TimeExpression`, as far as an anchor honestly allows (codebook sections 1 and 2)."""

    name = "resolve"
    version = 1
    needs: frozenset[type[Mark]] = frozenset({TimeMention})
    gives: frozenset[type[Mark]] = frozenset({TimeExpression})

    def __call__(self, article: Article) -> Iterable[TimeExpression]:
        """One expression for each mention, in reading order."""
        mentions = article.of(TimeMention)
        return resolved(mentions, anchor=anchor_of(article), text=article.text)


def anchor_of(article: Article) -> Anchor | None:
    """The days between which the report came out: what the page says, unless its text speaks against it, else what was inferred."""
    inferred = next(iter(article.of(Publication)), None)
    said = article.meta.published.edtf
    chosen = inferred.edtf if inferred is not None and (said is None or inferred.contradicts) else said
    first, last = edtf_values.interval(chosen)
    return Anchor(first, last) if first is not None and last is not None else None


class _Read(NamedTuple):
    mention: TimeMention
    meaning: Meaning


def resolved(mentions: Sequence[TimeMention], *, anchor: Anchor | None, text: str) -> Iterator[TimeExpression]:
    """The expressions of one text.

    Args:
        mentions: in reading order.
        anchor: when it was published, None where unknown.
        text: what the mentions' spans count in.
    """
    reads = _nowadays([_Read(mention, read(mention.meaning)) for mention in mentions])
    anchor, doubt = agreed(anchor, reads) if anchor is not None else (None, None)
    tale = _Tale(text, history=_tells_history([r.meaning for r in reads], anchor=anchor))
    stretches: list[Stretch | None] = []
    for one in reads:
        mention, meaning = one
        tale.reach(mention.span.start)
        stretch = _stretch(one, anchor=anchor, near=tale.near(mention.span.start), tale=tale)
        stretches.append(stretch)
        if stretch is not None and mention.timex in ("DATE", "TIME"):
            tale.hear(stretch, meaning=meaning, at=mention.span.start)
    ranges = ranges_of([one.meaning for one in reads])
    for first, last in ranges:
        mend(reads[first].meaning, reads[last].meaning, stretches=stretches, places=(first, last))
    found = [_expression(one, stretch=stretch, doubt=doubt) for one, stretch in zip(reads, stretches, strict=True)]
    for first, last in ranges:
        join(found, first=first, last=last)
    return iter(found)


def _nowadays(reads: list[_Read]) -> list[_Read]:
    """Reads "heute" as "nowadays" in an essay: where no other day is spoken of and nothing is told as done today."""
    if any(_of_some_day(one.meaning) and not _is_today(one.meaning) for one in reads):
        return reads
    vague = Meaning(ref="PRESENT", days="0:0")
    return [
        one._replace(meaning=vague)
        if one.meaning.vague and one.meaning.tod is None and one.mention.direction != "past"
        else one
        for one in reads
    ]


def _is_today(meaning: Meaning) -> bool:
    return meaning.unit == "D" and meaning.n == 0 and meaning.base == "published" and meaning.tod is None


def _of_some_day(meaning: Meaning) -> bool:
    return (
        (meaning.wd is not None and meaning.every is None)
        or (meaning.unit == "D" and meaning.n is not None)
        or meaning.d is not None
    )


class _Tale:
    """Where the telling stands: the time last spoken of.

    A chronicle moves through the years in small steps, so a year far off ("die Deklaration von 1856") is an aside until a second
    one stands beside it; and under a heading that names a year each paragraph begins anew in that year.
    """

    def __init__(self, text: str, *, history: bool) -> None:
        self.history = history
        self.told: Stretch | None = None
        self._text = text
        self._told_at = -1
        self._aside: Stretch | None = None
        self._section: Stretch | None = None
        self._paragraph = (0, 0)

    def near(self, at: int) -> Stretch | None:
        """The time last spoken of, where it still holds: in a chronicle throughout, in the news to the end of its paragraph."""
        before = self._told_at
        holds = self.history or (before >= 0 and "\n" not in self._text[before:at])
        return self.told if holds else None

    def reach(self, at: int) -> None:
        """Go on to an expression, perhaps in a new paragraph."""
        if self.history and not self._paragraph[0] <= at < self._paragraph[1]:
            start, end = self._text.rfind("\n", 0, at) + 1, self._text.find("\n", at)
            self._paragraph = (start, len(self._text) if end < 0 else end)
            if self._section is not None and not self._in_heading():
                self.told = self._section

    def hear(self, stretch: Stretch, *, meaning: Meaning, at: int) -> None:
        """Move on to a stretch, unless it is an aside."""
        if stretch.unit not in _TOLD_UNITS:
            return
        if self.history and self._in_heading() and meaning.absolute:
            begun = self._told_at >= self._paragraph[0]
            self._section = stretch if stretch.unit == "Y" and not meaning.joined and not begun else None
            if not begun:
                self.told, self._told_at, self._aside = stretch, at, None
            return
        if meaning.joined or (self.history and self._is_aside(stretch, meaning=meaning)):
            return
        self._aside = None
        self.told, self._told_at = stretch, at

    def _in_heading(self) -> bool:
        heading = self._text[slice(*self._paragraph)].rstrip()
        return len(heading) < _HEADING and heading[-1:] not in _STOPS

    def _is_aside(self, stretch: Stretch, *, meaning: Meaning) -> bool:
        if meaning.base == "published" and meaning.unit == "D":
            return True
        far = self.told is not None and abs(stretch.first.year - self.told.first.year) > _STEP
        again = self._aside is not None and abs(stretch.first.year - self._aside.first.year) <= 1
        if far and not again:
            self._aside = stretch
            return True
        return False


def _stretch(one: _Read, *, anchor: Anchor | None, near: Stretch | None, tale: _Tale) -> Stretch | None:
    mention, meaning = one
    if mention.timex == "SET" or (meaning.loose and meaning.unit is None):
        return None
    if _yearless(meaning) and near is not None:
        far = anchor is None or abs(near.first.year - anchor.last.year) >= _FAR
        past = far and mention.direction == "past"
        if (tale.history or past or meaning.base == "text") and (found := nearest(meaning, told=near)):
            return found
    if tale.history and near is not None and not meaning.absolute and meaning.base == "published":
        return (
            _of_chronicle(meaning, near=near)
            if meaning.decade is None
            else resolve(meaning, anchor=anchor or Anchor(near.last, near.last), told=None, direction="past")
        )
    told = tale.told
    if meaning.tod is not None and meaning.base == "text" and meaning.n == 0:
        # "um 18 Uhr": on the day spoken of just before, else on that of the report.
        told = near if near is not None and near.unit == "D" else None
        anchor = None if tale.history and told is None else anchor
    return resolve(meaning, anchor=anchor, told=told, direction=mention.direction)


def _of_chronicle(meaning: Meaning, *, near: Stretch) -> Stretch | None:
    """In a chronicle of 1941 "Ende des Jahres" is the end of 1941; only "heute" still means the day of writing, which is unknown."""
    if meaning.unit == "D" or meaning.days is not None:
        return None
    return resolve(msgspec.structs.replace(meaning, base="text"), anchor=None, told=near, direction="unknown")


def _yearless(meaning: Meaning) -> bool:
    """Whether a date of the calendar lacks its year and says nothing else about it."""
    named = (meaning.m, meaning.season, meaning.feast, meaning.quarter, meaning.half)
    return any(x is not None for x in named) and meaning.y is None and meaning.yn is None and meaning.which is None


def _tells_history(meanings: list[Meaning], *, anchor: Anchor | None) -> bool:
    years = [int(m.y) for m in meanings if m.absolute and m.y is not None and not m.bc]
    far = [y for y in years if anchor is None or abs(y - anchor.last.year) >= _FAR]
    today = sum(1 for m in meanings if _of_today(m))
    ancient = sum(1 for m in meanings if m.bc)
    return len(far) + ancient >= 5 and len(far) + ancient > 1.5 * today and len(far) * 2 > len(years)  # noqa: PLR2004


def _of_today(meaning: Meaning) -> bool:
    """Whether it is reckoned from the day of the report: a weekday, "vergangene Woche", "gestern"."""
    if meaning.base != "published" or meaning.absolute:
        return False
    weekday = meaning.wd is not None and meaning.d is None
    return (
        weekday
        or meaning.which is not None
        or meaning.yn is not None
        or (meaning.n is not None and meaning.part is None)
    )


def _expression(one: _Read, *, stretch: Stretch | None, doubt: str | None) -> TimeExpression:
    mention, meaning = one
    value = value_of(meaning, stretch=stretch)
    edtf, first, last = None, None, None
    if stretch is not None:
        first, last = stretch.first, stretch.last
        edtf = stretch.edtf or edtf_values.spell(first, last)
        if meaning.bound in ("since", "from", "after") and edtf is not None:
            edtf, last = _opened(edtf, end=True), None
        elif meaning.bound in ("until", "before") and edtf is not None:
            edtf, first = _opened(edtf, end=False), None
    approximate = mention.approximate or meaning.approx or (stretch is not None and stretch.approximate)
    if mention.timex in {"DURATION", "SET"}:
        # A length is no date (docs/record.md); "vor fünf Jahren" still tells its days by `earliest` and `latest`.
        edtf = None
    if mention.timex == "SET":
        first = last = None
    return TimeExpression(
        span=mention.span, why=_why(one, stretch=stretch, doubt=doubt), timex=mention.timex, value=value, edtf=edtf,
        earliest=first, latest=last, approximate=approximate,
    )  # fmt: skip


def _why(one: _Read, *, stretch: Stretch | None, doubt: str | None) -> str:
    mention, meaning = one
    why = mention.why
    if stretch is not None and mention.direction != "unknown":
        why += f"; the sentence looks {'back' if mention.direction == 'past' else 'ahead'}"
    return why if doubt is None or meaning.absolute else f"{why}; the stated date is doubted: {doubt}"


def _opened(edtf: str, *, end: bool) -> str:
    first, _, last = edtf.partition("/")
    return f"{first}/.." if end else f"../{last or first}"
