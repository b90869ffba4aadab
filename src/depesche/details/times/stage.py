"""The recognising stage: time mentions with their relative meaning, before the publication date is settled."""

import datetime as dt
from collections.abc import Iterable, Iterator

import msgspec

from depesche.details.times import edtf as edtf_values
from depesche.details.times.anchoring import Anchor
from depesche.details.times.direction import Direction, Sentences
from depesche.details.times.meaning import Meaning, written
from depesche.details.times.resolve import resolved
from depesche.details.times.scanner import Found, scanner
from depesche.details.times.values import value_of
from depesche.record import REPORT_LABELS, Article, Clause, Mark, Part, Sentence, Span, TimeExpression, TimeMention


class Times:
    """Finds the time expressions of a report's own parts; what they mean is left open until the report is dated."""

    name = "times"
    version = 1
    needs: frozenset[type[Mark]] = frozenset({Sentence})
    gives: frozenset[type[Mark]] = frozenset({TimeMention})

    def __call__(self, article: Article) -> Iterable[TimeMention]:
        """The mentions of one article, in reading order."""
        spans = tuple((s.span.start, s.span.end) for s in article.of(Sentence))
        clauses = article.of(Clause)
        found = mentions(article.text, language=article.language, sentences=spans, clauses=clauses)
        foreign = [p.span for p in article.of(Part) if p.label not in REPORT_LABELS]
        return [m for m in found if not any(span.overlaps(m.span) for span in foreign)]


def mentions(
    text: str, *, language: str, sentences: tuple[tuple[int, int], ...] = (), clauses: tuple[Clause, ...] = ()
) -> Iterator[TimeMention]:
    """The time mentions of a text.

    Args:
        text: any plain text.
        language: a code of `depesche.words.languages()`.
        sentences: their spans, found by full stops where empty.
        clauses: the parsed clauses, where a parser ran; they decide where no word of the lexicon does.
    """
    around = Sentences(text, language=language, spans=sentences, clauses=clauses)
    for found in scanner(language)(text):
        if found.meaning.loose and found.meaning.unit is None:
            continue
        yield _mention(found, around=around)


def _mention(found: Found, *, around: Sentences) -> TimeMention:
    meaning = found.meaning
    if meaning.wd is not None and meaning.dir is not None and meaning.which is None and around.planned(found.start):
        # "Wednesday's summit will focus on…": possessives look back unless the sentence says outright that it is to come.
        meaning = msgspec.structs.replace(meaning, dir="future")
    direction = meaning.dir or _direction(found, around=around)
    if meaning.bound == "since" and direction == "future":
        # "Seit 20. Juni kegle ich wieder": what has begun lies behind, whatever the tense.
        direction = "past"
    value = value_of(meaning, stretch=None)
    return TimeMention(
        span=Span(found.start, found.end), why=f"rule {found.rule}", timex=found.timex, value=value, meaning=written(meaning),
        direction=direction, approximate=meaning.approx,
    )  # fmt: skip


def _direction(found: Found, *, around: Sentences) -> Direction:
    meaning = found.meaning
    if _asks(meaning):
        return around.direction(found.start, ranged=meaning.joined)
    # A date with its year needs no direction, but one that is told as to come says when the report was written.
    ahead = meaning.y is not None and meaning.bound != "since" and meaning.absolute and around.planned(found.start)
    return "future" if ahead else "unknown"


def _asks(meaning: Meaning) -> bool:
    """Whether the expression's own words leave open which of two days, or of two readings, they mean."""
    if meaning.absolute or meaning.dur is not None or meaning.every is not None or meaning.days is not None:
        return False
    return meaning.n is None or meaning.unit == "WE" or meaning.vague


def find_times(text: str, *, language: str, date: dt.date | str | None = None) -> list[TimeExpression]:
    """The time expressions of a plain text, resolved as far as the date allows.

    Args:
        text: any plain text; spans count its code points.
        language: ISO 639-1 code; one of `depesche.words.languages()`.
        date: when it was published: a day or an EDTF value (an interval will do); None where unknown.

    Raises:
        ValueError: the date is no EDTF value.

    Example:
        >>> [(t.value, t.edtf) for t in find_times("Seit 2011 herrscht Krieg.", language="de")]
        [('2011', '2011/..')]
    """
    first, last = edtf_values.interval(date.isoformat() if isinstance(date, dt.date) else date)
    anchor = Anchor(first, last) if first is not None and last is not None else None
    return list(resolved(tuple(mentions(text, language=language)), anchor=anchor, text=text))
