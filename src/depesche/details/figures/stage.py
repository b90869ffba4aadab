"""The stage that makes figures out of counts."""

from bisect import bisect_left
from collections.abc import Iterator
from typing import TypeVar

from depesche.details.actors.pieces import pieces_of
from depesche.details.figures.counting import Count, counting
from depesche.details.figures.numbers import Word
from depesche.record import (
    REPORT_LABELS,
    Article,
    Evidence,
    Figure,
    Mark,
    PlaceMention,
    Sentence,
    Span,
    Statement,
    Status,
    TimeExpression,
    mark_id,
)

M = TypeVar("M", bound=Mark)
_DOUBT = 3  # words before a count in which a doubt concerns it


class Figures:
    """Finds figures of human cost in the sentences of the report itself."""

    name = "figures"
    version = 2
    needs: frozenset[type[Mark]] = frozenset({Sentence, Statement, TimeExpression, PlaceMention})
    gives: frozenset[type[Mark]] = frozenset({Figure})

    def __call__(self, article: Article) -> Iterator[Figure]:
        """The figures of one article, in reading order."""
        reader = counting(article.language)
        told = reader.harm.told(pieces_of(article.text))
        for sentence in article.of(Sentence):
            if sentence.part not in REPORT_LABELS:
                continue
            nearest = bisect_left(told, sentence.span.start)
            if nearest == len(told) or told[nearest] >= sentence.span.end:
                continue  # nine of ten sentences speak of no harm
            words = reader.amounts.numbers.words(article.text, start=sentence.span.start, end=sentence.span.end)
            made: list[Figure] = []
            for count in reader.counts(words):
                made.append(self._figure(article, words, count=count, sentence=sentence.span, earlier=made))
            yield from made

    def _figure(
        self, article: Article, words: list[Word], *, count: Count, sentence: Span, earlier: list[Figure]
    ) -> Figure:
        item, anchor = count.counted, count.anchor
        amount = item.amount
        span = Span(words[amount.first].start, words[amount.last - 1].end)
        harm = Span(words[anchor.first].start, words[anchor.last - 1].end)
        statement = _statement(article, span)
        when = _nearest(article.within(TimeExpression, sentence), harm)
        place = _nearest(article.within(PlaceMention, sentence), harm)
        status = _status(article.language, words, count=count, sourced=statement is not None)
        return Figure(
            span=span,
            why=f"{anchor.role}: {anchor.word}",
            id=mark_id(article, "figure", span, anchor.what),
            what=anchor.what,
            low=amount.low,
            high=amount.high,
            approximate=amount.approximate,
            who=_who(article, words, count) or (earlier[-1].who if earlier else None),
            place=place.place.id if place else None,
            when=when.edtf if when else None,
            source=statement.speaker if statement else None,
            status=status,
            part_of=earlier[count.part_of].id if count.part_of is not None and count.part_of < len(earlier) else None,
            evidence=Evidence(
                place=place.span if place else None,
                when=when.span if when else None,
                status=harm,
                source=statement.speaker_span if statement else None,
            ),
        )


def _who(article: Article, words: list[Word], count: Count) -> str | None:
    item = count.counted
    if item.head is None:
        return None
    return article.text[words[item.amount.last].start : words[item.head].end]


def _status(language: str, words: list[Word], *, count: Count, sourced: bool) -> Status:
    """What the sentence says of the reality of a count (codebook section 5); a named source answers for its own doubts."""
    reader = counting(language)
    lo = min(count.counted.amount.first, count.anchor.first)
    hi = max(count.counted.last, count.anchor.last)
    if count.anchor.role == "of" and any(reader.frame.is_a(w, "demanded") for w in words):
        return "proposed"
    if count.anchor.role == "patient" and any(reader.frame.is_a(w, "threatened") for w in words[: hi + 1]):
        return "threatened"
    around = words[max(0, lo - _DOUBT) : hi + 1]
    return "possible" if not sourced and any(reader.frame.is_a(w, "uncertain") for w in around) else "happened"


def _statement(article: Article, span: Span) -> Statement | None:
    """The innermost statement whose content holds the span."""
    holding = [s for s in article.of(Statement) if any(c.holds(span) for c in s.content)]
    return min(holding, key=lambda s: s.span.end - s.span.start, default=None)


def _nearest(marks: tuple[M, ...], harm: Span) -> M | None:
    """The mark closest to the harm word."""
    return min(marks, key=lambda m: min(abs(m.span.start - harm.end), abs(harm.start - m.span.end)), default=None)
