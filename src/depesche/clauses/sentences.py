"""The stage that cuts the parts of a report into sentences."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from depesche.clauses.cutting import sentences
from depesche.record import REPORT_LABELS, Article, Dateline, Mark, Part, Sentence, Span, Token


class Sentences:
    """Finds the sentences of every part that is evidence for the record (codebook section 1).

    No sentence runs across parts. A dateline stands before the first sentence of its part and is no part of it.
    """

    name = "sentences"
    version = 1
    needs: frozenset[type[Mark]] = frozenset({Part})
    gives: frozenset[type[Mark]] = frozenset({Sentence})

    def __call__(self, article: Article) -> Iterator[Sentence]:
        """The sentences of one article, in reading order."""
        for part in article.of(Part):
            if part.label not in REPORT_LABELS:
                continue
            origin = _after_dateline(article, part)
            for start, end in sentences(article.text[origin : part.span.end], article.language):
                yield Sentence(
                    span=Span(origin + start, origin + end), why="terminator or end of part", part=part.label
                )


def _after_dateline(article: Article, part: Part) -> int:
    ends = [line.span.end for line in article.within(Dateline, part.span)]
    # A dateline that is the whole part (an agency line cut off by the page) leaves nothing to cut.
    return max(ends, default=part.span.start)


def sentence_words(article: Article) -> Iterator[Sequence[Token]]:
    """The tokens of each sentence that has any, in reading order."""
    tokens = article.of(Token)
    for first, end in sentence_borders(article, [token.span[0] for token in tokens]):
        yield tokens[first:end]


def sentence_borders(article: Article, starts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The numbers `[first, end)` of the tokens of each sentence that has any; `starts` are the characters at which tokens begin."""
    at = 0
    for start, end in [sentence.span for sentence in article.of(Sentence)]:
        first = bisect_left(starts, start, at)
        at = bisect_left(starts, end, first)
        if at > first:
            yield first, at
