"""Real sentences coded for training: the codings stand here, the sentences in the data folder that the caller names.

`sentences/NAME.tsv` has one line an event: sentence, trigger (`#2`: its second occurrence), type, status, agents, recipients, source, place;
names are exact substrings, several parted by `;`, one from an earlier sentence of the same document with `<` before it. `sentences/NAME.ids`
lists all sentences that were read, so that the silent ones are known. Sources: GermEval 2014 (CC BY 4.0), UD English EWT (CC BY-SA 4.0),
re3d (per source, without its BBC part), the development reports of MUC-3/4 (public domain).
"""

import gzip
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

import msgspec
from training.events.coded import STATUS_LETTERS, Coded, CodedActor, CodedEvent, CodedReport, piped
from training.events.muc import muc_reports

from depesche.blocks import article_of
from depesche.pipeline import Pipeline, default_stages
from depesche.record import Dateline, Part, Row, Sentence

_NO_SPACE_BEFORE = frozenset(",.;:!?)]}»“%…")
_NO_SPACE_AFTER = frozenset("([{«„")
_MARK_LENGTH = 3
_OF_A_REPORT = 14
"""So many sentences of each document were coded."""
_DOCUMENTS = ("re3d-", "muc-")


class _Line(msgspec.Struct, frozen=True):
    """One coded event as written down."""

    sentence: str
    trigger: str
    nth: int
    type: str
    status: str
    agents: tuple[str, ...]
    recipients: tuple[str, ...]
    source: str | None
    place: str | None


def read_sentences(data: Path, folder: Path, *, pattern: str = "*") -> list[Coded]:
    """The coded sentences of some files, each a text of its own; consecutive ones of a document are one text."""
    wanted: dict[str, list[_Line]] = {}
    for file in sorted(folder.glob(f"{pattern}.ids")):
        wanted |= {number: [] for number in file.read_text("utf-8").split()}
    for file in sorted(folder.glob(f"{pattern}.tsv")):
        for row in file.read_text("utf-8").splitlines():
            line = _line(row.split("\t"))
            wanted.setdefault(line.sentence, []).append(line)
    texts = _sentences(data, wanted)
    reports = [
        _report(numbers, language, [texts[n] for n in numbers], wanted)
        for numbers, language in _documents(list(wanted))
        if all(n in texts for n in numbers)
    ]
    rows = (Row(origin="coded", id=r.id, body=r.text, language=r.lang) for r, _ in reports)
    articles = piped(article_of(row) for row in rows)
    return [
        Coded(article, report, marked, alone=True)
        for article, (report, marked) in zip(articles, reports, strict=True)
        if article.text == report.text
    ]


def _line(cells: Sequence[str]) -> _Line:
    number, trigger, kind, status, agents, recipients, source, place = [c.strip() for c in [*cells, "", "", ""][:8]]
    trigger, _, nth = trigger.partition("#")
    return _Line(
        number,
        trigger,
        int(nth or 1),
        kind.partition("/")[0],
        STATUS_LETTERS[status],
        tuple(filter(None, (a.strip() for a in agents.split(";")))),
        tuple(filter(None, (a.strip() for a in recipients.split(";")))),
        source or None,
        place or None,
    )


def _documents(numbers: Sequence[str]) -> Iterator[tuple[list[str], str]]:
    """Sentences that belong together, with their language."""
    together: dict[str, list[str]] = {}
    for number in numbers:
        name = number.rpartition("-")[0] if number.startswith(_DOCUMENTS) else number
        together.setdefault(name, []).append(number)
    for members in together.values():
        yield members, "de" if members[0].startswith("ge-") else "en"


def _report(
    numbers: Sequence[str], language: str, texts: Sequence[str], lines: Mapping[str, Sequence[_Line]]
) -> tuple[CodedReport, dict[str, tuple[tuple[int, int], ...]]]:
    text, spans = "", []
    for sentence in texts:
        start = len(text) + bool(text)
        text = f"{text} {sentence}" if text else sentence
        spans.append((start, len(text)))
    events: list[CodedEvent] = []
    marked: dict[str, tuple[tuple[int, int], ...]] = {}
    for s, number in enumerate(numbers):
        for line in lines[number]:
            if line.trigger not in texts[s]:
                continue
            names = [*line.agents, *line.recipients, *([line.source] if line.source else [])]
            keys = {name: name.removeprefix("<") for name in names}
            for name in names:
                start, end = (0, spans[s][0]) if name.startswith("<") else spans[s]
                found = tuple(_occurrences(text, keys[name], start=start, end=end))
                marked[keys[name]] = tuple(dict.fromkeys((*marked.get(keys[name], ()), *found)))
            events.append(
                CodedEvent(
                    s,
                    line.trigger,
                    line.type,
                    line.status,
                    nth=line.nth,
                    agents=tuple(keys[a] for a in line.agents),
                    recipients=tuple(keys[r] for r in line.recipients),
                    source=keys[line.source] if line.source else None,
                    place=line.place,
                )
            )
    actors = {key: CodedActor(key, "other") for key in marked}
    return CodedReport(numbers[0], language, text, tuple(spans), actors, tuple(events)), marked


def _occurrences(text: str, name: str, *, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where a name stands as whole words: "er" is not in "erreichte"."""
    for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text[start:end]):
        yield start + match.start(), start + match.end()


def _sentences(data: Path, wanted: Mapping[str, object]) -> dict[str, str]:
    """The texts of the wanted sentences."""
    found: dict[str, str] = {}
    if any(n.startswith("ge-") for n in wanted):
        found |= germeval(data)
    if any(n.startswith(("weblog", "newsgroup")) for n in wanted):
        found |= weblogs(data)
    if any(n.startswith("re3d-") for n in wanted):
        found |= cut_up(tuple(defence_reports(data)))
    if any(n.startswith("muc-") for n in wanted):
        found |= cut_up(tuple(wire_reports(data)))
    return {number: text for number, text in found.items() if number in wanted}


@cache
def germeval(data: Path) -> dict[str, str]:
    """The training sentences of GermEval 2014 by number, written as they are read."""
    file = data / "ner" / "germeval2014" / "train_bioes.train.gz"
    blocks = gzip.decompress(file.read_bytes()).decode("utf-8").replace("\r", "").split("\n\n")
    kept = [[line.split(" ")[0] for line in block.splitlines() if line.strip()] for block in blocks]
    return {f"ge-{number}": written(words) for number, words in enumerate(filter(None, kept))}


def written(words: Sequence[str]) -> str:
    """Words of a treebank as a line of text: "( SPD )" becomes "(SPD)"."""
    text, glued, quoted = "", True, False
    for word in words:
        if word in {'"', "''", "``"}:
            text += '"' if quoted or glued else ' "'
            quoted = not quoted
            glued = quoted
            continue
        close = word[0] in _NO_SPACE_BEFORE and len(word) <= _MARK_LENGTH
        text += word if glued or close else f" {word}"
        glued = word in _NO_SPACE_AFTER
    return text


@cache
def weblogs(data: Path) -> dict[str, str]:
    """The sentences of EWT's web logs and newsgroups (training and dev parts) by their `sent_id`."""
    found, number = {}, ""
    for part in ("train", "dev"):
        file = data / "treebanks" / "en_ewt" / f"en_ewt-ud-{part}.src.conllu.gz"
        for line in gzip.decompress(file.read_bytes()).decode("utf-8").splitlines():
            if line.startswith("# sent_id"):
                number = line.partition("=")[2].strip()
            elif line.startswith("# text ="):
                found[number] = line.partition("=")[2].strip()
    return found


def defence_reports(data: Path) -> Iterator[tuple[str, str]]:
    """The re3d documents but for the BBC's: name and text."""
    for file in sorted((data / "ner" / "re3d").glob("*/documents.json")):
        if "BBC" in file.parent.name:
            continue
        for line in file.read_text("utf-8-sig").splitlines():
            entry = json.loads(line)
            identity = entry["_id"] if isinstance(entry["_id"], str) else entry["_id"]["$oid"]
            yield f"re3d-{identity}", entry["text"]


def wire_reports(data: Path) -> Iterator[tuple[str, str]]:
    """The MUC reports: name and text."""
    for number, paragraphs in muc_reports(data / "events" / "muc34" / "muc34-dev-tst1-tst2.tar.gz"):
        yield f"muc-{number.rpartition('-')[2]}", "\n\n".join(paragraphs)


@cache
def cut_up(documents: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """The first sentences of each document by document and number."""
    rows = [Row(origin="coded", id=name, body=text, language="en") for name, text in documents if text]
    cutting = Pipeline([s for s in default_stages() if s.name == "sentences"], given=frozenset({Part, Dateline}))
    found: dict[str, str] = {}
    for row, article in zip(rows, cutting.many(article_of(row) for row in rows), strict=True):
        cuts = [m for m in article.marks if isinstance(m, Sentence)][:_OF_A_REPORT]
        found |= {f"{row.id}-{k}": " ".join(article.quote(m.span).split()) for k, m in enumerate(cuts)}
    return found
