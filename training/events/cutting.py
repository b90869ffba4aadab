"""Each sentence of the coded reports as a text of its own: what the reader sees when somebody gives it a single sentence."""

from collections.abc import Iterator, Sequence

import msgspec
from training.events.coded import Coded, CodedEvent, CodedReport, piped

from depesche.blocks import article_of
from depesche.record import Row


def cut_up(reports: Sequence[Coded]) -> list[tuple[int, Coded]]:
    """The sentences of some reports, each with the number of its report; those that read differently alone are left out."""
    cut = [(number, report) for number, coded in enumerate(reports) for report in _sentences(coded)]
    articles = piped(
        article_of(Row(origin="cut", id=report.id, body=report.text, language=report.lang)) for _, report in cut
    )
    return [
        (number, Coded(article, report, alone=True))
        for article, (number, report) in zip(articles, cut, strict=True)
        if article.text == report.text
    ]


def _sentences(coded: Coded) -> Iterator[CodedReport]:
    report, language = coded.report, coded.article.language
    events = [] if report is None else [(report.span_of(event), event) for event in report.events]
    for line in coded.scene.lines:
        start, end = line.span
        own = [
            _moved(event, span, by=start, text=coded.article.text[start:end])
            for span, event in events
            if start <= span[0] < end
        ]
        text = coded.article.text[start:end]
        yield CodedReport(f"{coded.article.meta.id}-{start}", language, text, ((0, end - start),), {}, tuple(own))


def _moved(event: CodedEvent, span: tuple[int, int], *, by: int, text: str) -> CodedEvent:
    """The event in a text of one sentence: its trigger is the same word, counted from the sentence's start."""
    before = text.count(event.trigger, 0, span[0] - by + len(event.trigger) - 1)
    return msgspec.structs.replace(event, s=0, nth=before + 1, agents=(), recipients=(), source=None, place=None)
