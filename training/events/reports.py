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

import msgspec
from training.events.coded import STATUS_LETTERS, Coded, CodedActor, CodedEvent, CodedReport, piped

from depesche.blocks import article_of
from depesche.events.ontology import TYPES
from depesche.record import Row


class NewsReport(msgspec.Struct, frozen=True):
    """One line of the file of texts: the canonical text of a report, with its sentences as they were numbered for coding."""

    id: str
    text: str
    headline: str
    sentences: tuple[tuple[int, int], ...]
    published: str | None = None


def read_reports(folder: Path, texts: Path) -> list[Coded]:
    """The coded reports whose texts are at hand, read by all stages before the events.

    Args:
        folder: of the codings, `*.txt`.
        texts: JSON Lines of `NewsReport`.
    """
    codings = {name: lines for file in sorted(folder.glob("*.txt")) for name, lines in _blocks(file.read_text("utf-8"))}
    lines = texts.read_text("utf-8").splitlines()
    wanted = [r for r in (msgspec.json.decode(line, type=NewsReport) for line in lines) if r.id in codings]
    articles = piped(
        article_of(
            Row(
                origin="wikinews",
                id=r.id,
                headline=r.headline,
                body=r.text.removeprefix(r.headline).lstrip(),
                language="en",
                published=r.published,
            )
        )
        for r in wanted
    )
    return [
        Coded(article, _report(news, codings[news.id]))
        for article, news in zip(articles, wanted, strict=True)
        if article.text == news.text
    ]


def _blocks(text: str) -> Iterator[tuple[str, list[str]]]:
    for block in text.split("\n\n"):
        lines = [line.strip() for line in block.splitlines() if line.strip()]
        if lines and lines[0].startswith("# "):
            yield lines[0].split()[1], lines[1:]


def _report(news: NewsReport, lines: Sequence[str]) -> CodedReport:
    actors = dict(_actor(line) for line in lines if line.startswith("a "))
    events = [event for line in lines if line.startswith("e ") and (event := _event(line, news, actors)) is not None]
    return CodedReport(news.id, "en", news.text, news.sentences, actors, tuple(events))


def _actor(line: str) -> tuple[str, CodedActor]:
    key, _, rest = line.removeprefix("a ").partition("=")
    name, kind, country, also = [cell.strip() for cell in (*rest.split("|"), "", "", "")[:4]]
    return key.strip(), CodedActor(name, kind, None if country in {"", "-"} else country, _several(also))


def _event(line: str, news: NewsReport, actors: dict[str, CodedActor]) -> CodedEvent | None:
    """The event of a line; None where its trigger is not in its sentence or its type unknown."""
    cells = [cell.strip() for cell in (*line.removeprefix("e ").split("|"), *[""] * 9)[:9]]
    number, word, kind, status, agents, recipients, place, when, source = cells
    trigger, _, nth = word.partition("#")
    start, end = news.sentences[int(number)] if int(number) < len(news.sentences) else (0, 0)
    event_type, _, mode = kind.partition("/")
    if news.text.count(trigger, start, end) < int(nth or 1) or event_type not in TYPES or status not in STATUS_LETTERS:
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
