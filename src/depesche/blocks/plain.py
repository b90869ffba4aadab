"""Plain text, perhaps the flattened text of a whole page → the same labelled parts, line by line."""

import math
import re
from collections.abc import Sequence

import numpy as np

from depesche.blocks.bylines import parted, written_names
from depesche.blocks.canonical import fold_line
from depesche.blocks.compose import Piece, joined
from depesche.blocks.context import CLASSES
from depesche.blocks.credits import credit_of
from depesche.blocks.cues import KINDS, cue_matrix
from depesche.blocks.dateline import dateline_of, opening_dateline
from depesche.blocks.dates import day_of
from depesche.blocks.decode import decoded
from depesche.blocks.features import Floats, overlap, word_set
from depesche.blocks.forest import Looks, looks
from depesche.blocks.languages import given_or_detected
from depesche.blocks.lines import CUES, line_chances, line_features
from depesche.blocks.stubs import stubbed
from depesche.record import Article, Meta, Page, Part, PartLabel, Published, Span

_LABELS: tuple[PartLabel, ...] = ("chrome", *CLASSES[1:])  # type: ignore[assignment]  # the names are the same
_BODY, _STANDFIRST = CLASSES.index("body"), CLASSES.index("standfirst")
_CLOSES = (".", "!", "?", "“", "”", '"', "»", "«", ")", ":", "…")
_WRAP = (45, 90)
_KICKER_LONGEST = 80
_CAPTION_LONGEST = 200
_TEASER_SHORTEST = 24
_DATE_LONGEST = 60
_HEADLINE = (10, 220)
_REPORT = frozenset({"headline", "standfirst", "body"})


def article_of_plain(page: Page, *, models: Looks | None = None) -> Article:
    """The article in a plain text: labelled lines, dateline, language.

    Args:
        page: as it was acquired.
        models: other classifiers than the ones shipped, to measure them.
    """
    text = decoded(page.content, charset=page.charset).replace("\r\n", "\n").replace("\r", "\n")
    text = text.encode("utf-8", errors="replace").decode()
    numbered = _lines(text)
    lines = [line for _, line in numbered]
    labels = line_labels(lines, models=models or looks("lines"))
    pieces = stubbed(
        [
            Piece(
                label=label,
                text=line,
                why="line model",
                at=f"line {number}",
                credit=credit_of(line) if label == "caption" else None,
            )
            for (number, line), label in zip(numbered, labels, strict=True)
        ]
    )
    canonical, parts = joined(pieces)
    names, agencies = parted(name for p in pieces if p.label == "byline" for name in written_names(p.text))
    report = " ".join(piece.text for piece in pieces if piece.label in _REPORT)
    dateline = opening_dateline(canonical, parts)
    meta = Meta(
        origin=page.origin,
        url=page.url,
        language=given_or_detected(page.language, text=report or canonical),
        bylines=names,
        agencies=agencies,
        published=_published(page, pieces),
        not_article=None if any(piece.label == "body" for piece in pieces) else "no paragraph of a report in it",
    )
    return Article(text=canonical, meta=meta, marks=(*parts, dateline) if dateline else parts)


def _lines(text: str) -> list[tuple[int, str]]:
    """Numbered lines, folded, empty ones left out; paragraphs that were wrapped at a fixed width are one line again."""
    raw = [(number, fold_line(line)) for number, line in enumerate(text.split("\n"), start=1)]
    full = [line for _, line in raw if line]
    long = [line for line in full if len(line) >= _WRAP[0]]
    wrapped = (
        len(long) * 2 > len(full)
        and max(map(len, full)) <= _WRAP[1]
        and sum(line.endswith(_CLOSES) for line in long) * 2 < len(long)
        and any(not line for _, line in raw)
    )
    if not wrapped:
        return [(number, line) for number, line in raw if line]
    found: list[tuple[int, str]] = []
    open_line = False
    for number, line in raw:
        if line and open_line:
            found[-1] = (found[-1][0], f"{found[-1][1]} {line}")
        elif line:
            found.append((number, line))
        open_line = bool(line)
    return found


def line_labels(lines: Sequence[str], *, models: Looks) -> list[PartLabel]:
    """The label of each line, in order."""
    if not lines:
        return []
    rows = line_features(lines)
    chances = line_chances(lines, rows, models=models)
    cues = rows[:, CUES].copy()
    labels: list[PartLabel] = [_LABELS[i] for i in chances.argmax(axis=1).tolist()]
    menus = [number for number, line in enumerate(lines) if sum(map(line.count, _BETWEEN)) >= _ENTRIES]
    cues[menus, KINDS.index("chrome")] = 1
    for number in np.flatnonzero(cues[:, KINDS.index("chrome")]).tolist():
        if len(lines[number]) < _KICKER_LONGEST or number in menus:
            labels[number] = "chrome"
    if sum(len(line) for line, label in zip(lines, labels, strict=True) if label == "body") < _LITTLE:
        _rescue(lines, labels, chances)
    _datelined(lines, labels)
    _one_headline(lines, labels, chances)
    heads = _comment_heads(lines, cues)
    _no_comments(lines, labels, heads)
    _one_run(lines, labels)
    _beside(lines, labels, chances)
    _numbered(lines, labels)
    _others(lines, labels, cues, heads=heads)
    return labels


# "Impressum | Datenschutz | AGB | Kontakt": a menu that lost its line breaks.
_BETWEEN = (" | ", " • ", " · ", " › ", " > ")
_ENTRIES = 3


def _rescue(lines: Sequence[str], labels: list[PartLabel], chances: Floats) -> None:
    """A text of a few sentences is a report too, where nothing else in it is."""
    for number, line in enumerate(lines):
        if line.endswith(_CLOSES) and line.count(" ") > 3 and chances[number, _BODY] > 0.02:  # noqa: PLR2004
            labels[number] = "body"


def _datelined(lines: Sequence[str], labels: list[PartLabel]) -> None:
    """A line that opens with a dateline opens the report, whatever the model thinks of it."""
    first = next((number for number, label in enumerate(labels) if label == "body"), len(lines))
    for number in range(max(0, first - _OPENS), min(first, len(lines))):
        line = lines[number]
        if labels[number] in {"body", "standfirst"} or not line.endswith(_CLOSES) or len(line) < _DATELINED:
            continue
        if dateline_of(line, Part(span=Span(0, len(line)), label="body", why="")):
            labels[number] = "body"


_DATELINED = 40
_OPENS = 12
_LITTLE = 250


def _one_headline(lines: Sequence[str], labels: list[PartLabel], chances: Floats) -> None:
    """One headline before the first paragraph: the likeliest line, if it tells what the paragraphs tell and is no sentence."""
    first = next((number for number, label in enumerate(labels) if label == "body"), len(lines))
    told = word_set(" ".join(line for line, label in zip(lines, labels, strict=True) if label in _TOLD))
    usable = [
        number
        for number in range(max(0, first - _REACH), first)
        if _HEADLINE[0] <= len(lines[number]) <= _HEADLINE[1]
        and lines[number].count(" ")
        and labels[number] != "standfirst"
    ]
    # Headlines are no sentences; where only sentences stand before the report, the model must be sure of one.
    open_ended = [n for n in usable if not lines[n].endswith(".") or lines[n].endswith("...")]
    usable = open_ended or [n for n in usable if chances[n, 1] > _SURE]
    telling = {number: overlap(lines[number], told) for number in usable}

    def weight(number: int) -> float:
        return math.log(float(chances[number, 1]) + 0.02) + 2 * telling[number] - 0.05 * min(first - number, _NEAR)

    best = max(usable, key=weight, default=-1)
    following = best + 1
    if (
        following in usable
        and telling[following] >= _TELLING
        and len(lines[following]) >= len(lines[best])
        and chances[following, 1] * _LIKELY > chances[best, 1]
    ):
        # Of two lines that both tell the story the first and shorter is the kicker.
        best = following
    for number, label in enumerate(labels):
        if label == "headline" and number != best:
            # "Sergej Lawrow (l.) und John Kerry." before the headline: a picture came first.
            labels[number] = "caption" if number < first and lines[number].endswith(".") else "chrome"
    if best >= 0 and weight(best) > _LEAST:
        labels[best] = "headline"
        _over_headline(lines, labels, best)


def _over_headline(lines: Sequence[str], labels: list[PartLabel], headline: int) -> None:
    """What stands over the headline is no lead paragraph: a sentence there is a picture's, a short line its kicker."""
    for number in range(headline):
        if labels[number] == "standfirst" and len(lines[number]) <= _CAPTION_LONGEST:
            labels[number] = "caption"
        elif labels[number] == "caption" and _is_menu(lines[number]):
            labels[number] = "chrome"
    over = headline - 1
    if over >= 0 and labels[over] in {"caption", "subheading"} and _is_kicker(over, lines, labels):
        labels[over] = "kicker"


def _is_menu(line: str) -> bool:
    """Whether a line is a menu without its line breaks: "Startseite Politik Ausland Wirtschaft Sport Kultur"."""
    words = line.split()
    return (
        len(words) >= _MENU
        and all(w.isalpha() for w in words)
        and sum(w[0].isupper() for w in words) * 4 > len(words) * 3
    )


_MENU = 6


def _may_be_kicker(line: str) -> bool:
    # "Berlin-Marathon: Ein Porträt", "Wie groß ist das Haus?" over a headline are that headline as search engines are given it.
    whole = not line.endswith((".", "?", "!")) and ":" not in line.strip(" :")
    return len(line) <= _KICKER_LONGEST and whole


_REACH = 40
_NEAR = 12
_AROUND = 8
_LEAST = -3.5
_SURE = 0.5
_TELLING = 0.3
_LIKELY = 3
_TOLD = frozenset({"body", "standfirst"})
_GAP = 14


def _one_run(lines: Sequence[str], labels: list[PartLabel]) -> None:
    """The report is one run of paragraphs: what looks like one far behind it is another report's blurb."""
    bodies = [number for number, label in enumerate(labels) if label == "body"]
    runs: list[list[int]] = []
    for number in bodies:
        if runs and number - runs[-1][-1] <= _GAP:
            runs[-1].append(number)
        else:
            runs.append([number])
    if not runs:
        return
    main = max(runs, key=lambda run: sum(len(lines[n]) for n in run))
    for run in runs:
        if run is not main and sum(len(lines[n]) for n in run) * 3 < sum(len(lines[n]) for n in main):
            for number in run:
                labels[number] = "chrome"
    for number, label in enumerate(labels):
        if label in {"subheading", "standfirst"} and number > main[-1]:
            labels[number] = "chrome"


def _comment_heads(lines: Sequence[str], cues: Floats) -> frozenset[int]:
    """The lines that head readers' comments, "Kommentare" as well as "3 Kommentare"."""
    column = KINDS.index("comment_head")
    counted = [number for number, line in enumerate(lines) if line[0].isdigit() and len(line) <= _COUNTED_LONGEST]
    named = cue_matrix([lines[number].lstrip("0123456789., ") for number in counted])[:, column]
    return frozenset(np.flatnonzero(cues[:, column]).tolist()).union(
        number for number, is_head in zip(counted, named, strict=True) if is_head
    )


def _no_comments(lines: Sequence[str], labels: list[PartLabel], heads: frozenset[int]) -> None:
    """Paragraphs after the head of the readers' comments are theirs, once a report has been read."""
    read = 0
    commented = False
    for number, label in enumerate(labels):
        commented = commented or (number in heads and read >= _READ)
        if label != "body":
            continue
        if commented:
            labels[number] = "comment"
        read += len(lines[number])


_READ = 1000
_COUNTED_LONGEST = 40


def _beside(lines: Sequence[str], labels: list[PartLabel], chances: Floats) -> None:
    """A short sentence right beside a paragraph is one too, unless the model is sure that it is not."""
    for number in range(1, len(lines)):
        is_sentence = lines[number].endswith(_CLOSES) and lines[number].count(" ") >= 3  # noqa: PLR2004
        doubtful = labels[number] == "chrome" and chances[number, _BODY] > _DOUBT
        if is_sentence and doubtful and labels[number - 1] == "body":
            labels[number] = "body"


_DOUBT = 0.3


def _numbered(lines: Sequence[str], labels: list[PartLabel]) -> None:
    """Headings that count ("1. …", "2. …", "3. …") are the report's where they tell what it tells: lists of what is most read do not."""
    counted: list[int] = []
    for number, line in enumerate(lines):
        match = line[0].isdigit() and _ORDINAL.match(line)
        if match and int(match[1]) == len(counted) + 1 and "body" in labels[:number]:
            counted.append(number)
    if len(counted) < _COUNTS:
        return
    told = word_set(" ".join(line for line, label in zip(lines, labels, strict=True) if label in _REPORT))
    telling = [number for number in counted if overlap(lines[number], told)]
    if len(telling) * 3 >= len(counted) * 2:
        for number in counted:
            if labels[number] == "chrome":
                labels[number] = "subheading"


_ORDINAL = re.compile(r"(\d{1,2})[.)]\s\S")
_COUNTS = 3


def _others(lines: Sequence[str], labels: list[PartLabel], cues: Floats, *, heads: frozenset[int]) -> None:
    """Part what is no piece of the report: kicker, date, comments, teasers, and the rest."""
    bodies = [number for number, label in enumerate(labels) if label == "body"]
    headline = labels.index("headline") if "headline" in labels else -1
    last = bodies[-1] if bodies else len(lines)
    commented = False
    for number, line in enumerate(lines):
        commented = commented or (number > last and number in heads)
        if labels[number] != "chrome" or cues[number, KINDS.index("chrome")] or not any(c.isalpha() for c in line):
            continue
        if len(line) <= _DATE_LONGEST and abs(number - max(headline, 0)) <= _AROUND and day_of(line):
            labels[number] = "date"
        elif number == headline - 1 and _is_kicker(number, lines, labels):
            labels[number] = "kicker"
        elif number > last and commented and line.endswith(_CLOSES):
            labels[number] = "comment"
        elif number > last and len(line) >= _TEASER_SHORTEST and line.count(" ") > 2:  # noqa: PLR2004
            labels[number] = "teaser"


def _is_kicker(number: int, lines: Sequence[str], labels: Sequence[PartLabel]) -> bool:
    """Whether the line over the headline says something of its own about the report: paths of links and sections do not."""
    line, headline = lines[number], lines[number + 1]
    if not _may_be_kicker(line) or lines.count(line) > 1 or overlap(line, word_set(headline)) >= _SAME:
        return False
    if not line.count(" "):
        return (
            _NAMED[0] <= len(line) <= _NAMED[1]
            and line.isalpha()
            and not any(line in other and number != at for at, other in enumerate(lines[: number + 1]))
        )
    told = word_set(" ".join(other for other, label in zip(lines, labels, strict=True) if label in _TOLD))
    return overlap(line, told) > 0


_SAME = 0.6
_NAMED = (7, 30)


def _published(page: Page, pieces: Sequence[Piece]) -> Published:
    if page.published:
        return Published(edtf=page.published, known_by="given", why="given by the caller")
    for piece in pieces:
        if piece.label == "date" and (day := day_of(piece.text)):
            return Published(edtf=day, known_by="text", why=f"date line, {piece.at}")
    return Published(why="the text states no date")
