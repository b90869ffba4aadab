"""Whole English reports coded for training: the codings stand in `reports/`, the texts in a file that `training.events.wikinews` makes.

One block a report, blocks parted by a blank line, fields by ` | `:

    # wndump-31632
    a court = U.S. military court | judiciary | USA | the jury; The prosecution
    e 2 | shoved | ASSAULT/torture | h | wel | mow | al-Qaim | 2003-11 | pros

An `a` line gives an actor: key, name, kind, country, what else the report calls it. An `e` line gives an event: number of the sentence, trigger (`#2`:
its second occurrence there), type and mode, status, agents, recipients, place, time, source. A report of its `# ID` alone holds no event.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
from training.events.coded import STATUS_LETTERS, Coded, CodedActor, CodedEvent, CodedReport, piped
from training.events.wikinews import NewsText

from depesche.blocks import article_of
from depesche.events.ontology import TYPES
from depesche.record import Article, Row


class Layout(NamedTuple):
    """How the canonical text of a report was cut when it was coded: its length and its sentences."""

    length: int
    sentences: tuple[tuple[int, int], ...]


def read_reports(folder: Path, texts: Path) -> list[Coded]:
    """The coded reports whose texts are at hand, read by all stages before the events.

    Args:
        folder: of the codings, `*.txt`, and of `sentences.tsv`: report, length of its text, spans of its sentences.
        texts: JSON Lines of `NewsText`.
    """
    codings = {name: lines for file in sorted(folder.glob("*.txt")) for name, lines in _blocks(file.read_text("utf-8"))}
    layouts = dict(_layout(line) for line in (folder / "sentences.tsv").read_text("utf-8").splitlines())
    every = [msgspec.json.decode(line, type=NewsText) for line in texts.read_text("utf-8").splitlines()]
    articles = piped(article_of(_row(news)) for news in every if news.id in codings)
    return [
        Coded(article, _report(article, layouts[name], codings[name]))
        for article in articles
        if (name := article.meta.id) in layouts and len(article.text) == layouts[name].length
    ]


def _row(news: NewsText) -> Row:
    return Row(
        origin="wikinews",
        id=news.id,
        headline=news.headline,
        body=news.text,
        language="en",
        published=news.published,
    )


def _layout(line: str) -> tuple[str, Layout]:
    name, length, spans = line.split("\t")
    pairs = (span.split("-") for span in spans.split())
    return name, Layout(int(length), tuple((int(start), int(end)) for start, end in pairs))


def _blocks(text: str) -> Iterator[tuple[str, list[str]]]:
    for block in text.split("\n\n"):
        lines = [line.strip() for line in block.splitlines() if line.strip()]
        if lines and lines[0].startswith("# "):
            yield lines[0].split()[1], lines[1:]


def _report(article: Article, layout: Layout, lines: Sequence[str]) -> CodedReport:
    actors = dict(_actor(line) for line in lines if line.startswith("a "))
    events = [
        event
        for line in lines
        if line.startswith("e ") and (event := _event(line, article.text, layout, actors)) is not None
    ]
    return CodedReport(article.meta.id or "", article.language, article.text, layout.sentences, actors, tuple(events))


def _actor(line: str) -> tuple[str, CodedActor]:
    key, _, rest = line.removeprefix("a ").partition("=")
    name, kind, country, also = [cell.strip() for cell in (*rest.split("|"), "", "", "")[:4]]
    return key.strip(), CodedActor(name, kind, None if country in {"", "-"} else country, _several(also))


def _event(line: str, text: str, layout: Layout, actors: dict[str, CodedActor]) -> CodedEvent | None:
    """The event of a line; None where its trigger is not in its sentence or its type unknown."""
    cells = [cell.strip() for cell in (*line.removeprefix("e ").split("|"), *[""] * 9)[:9]]
    number, word, kind, status, agents, recipients, place, when, source = cells
    trigger, _, nth = word.partition("#")
    start, end = layout.sentences[int(number)] if int(number) < len(layout.sentences) else (0, 0)
    event_type, _, mode = kind.partition("/")
    if text.count(trigger, start, end) < int(nth or 1) or event_type not in TYPES or status not in STATUS_LETTERS:
        return None
    return CodedEvent(
        int(number),
        trigger,
        event_type,
        STATUS_LETTERS[status],
        mode=mode or None,
        nth=int(nth or 1),
        agents=tuple(key for key in _several(agents) if key in actors),
        recipients=tuple(key for key in _several(recipients) if key in actors),
        place=place or None,
        when=when or None,
        source=source or None,
    )


def _several(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, (part.strip() for part in cell.split(";"))))
