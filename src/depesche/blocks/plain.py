"""Plain text, perhaps the flattened text of a whole page → the same labelled parts, line by line."""

import re

from depesche.blocks.canonical import fold_line
from depesche.blocks.compose import Piece, joined
from depesche.blocks.cues import has_cue
from depesche.blocks.dateline import dateline_of
from depesche.blocks.decode import decoded
from depesche.blocks.languages import given_or_detected
from depesche.blocks.stubs import stubbed
from depesche.record import Article, Meta, Page, Part, PartLabel, Published

_LONG = 160
_CLOSES = (".", "!", "?", "“", "”", '"', "»", "«", ")", ":", "…")
_WORD = re.compile(r"[^\W\d_]{4,}")


def article_of_plain(page: Page) -> Article:
    """The article in a plain text: labelled lines, dateline, language."""
    text = decoded(page.content, charset=page.charset).replace("\r\n", "\n").replace("\r", "\n")
    text = text.encode("utf-8", errors="replace").decode()
    lines = [(number, fold_line(line)) for number, line in enumerate(text.split("\n"), start=1)]
    lines = [(number, line) for number, line in lines if line]
    labels = _labels([line for _, line in lines])
    pieces = [
        Piece(label=label, text=line, why="line rules", at=f"line {number}")
        for (number, line), label in zip(lines, labels, strict=True)
    ]
    canonical, parts = joined(stubbed(pieces))
    report = " ".join(piece.text for piece in pieces if piece.label in {"body", "standfirst", "headline"})
    meta = Meta(
        origin=page.origin,
        url=page.url,
        language=given_or_detected(page.language, text=report or canonical),
        bylines=(),
        published=_published(page),
        not_article=None if any(part.label == "body" for part in parts) else "no paragraph of a report in it",
    )
    dateline = next(filter(None, (dateline_of(canonical, part) for part in _openings(parts))), None)
    return Article(text=canonical, meta=meta, marks=(*parts, dateline) if dateline else parts)


def _published(page: Page) -> Published:
    if page.published:
        return Published(edtf=page.published, known_by="given", why="given by the caller")
    return Published(why="the text states no date")


def _openings(parts: tuple[Part, ...]) -> list[Part]:
    """Where a dateline may stand: the standfirst, the first paragraph."""
    found = {part.label: part for part in reversed(parts) if part.label in {"standfirst", "body"}}
    return [found[label] for label in ("standfirst", "body") if label in found]


def _labels(lines: list[str]) -> list[PartLabel]:
    longs = next(
        (
            found
            for least in (_LONG, _LONG // 2, _LONG // 8)
            if (found := [i for i, line in enumerate(lines) if len(line) >= least and line.endswith(_CLOSES)])
        ),
        [],
    )
    chrome = {i for i, line in enumerate(lines) if has_cue(line, "chrome") or not any(c.isalpha() for c in line)}
    first, last = _region(longs, lines=lines, walls=chrome)
    labels: list[PartLabel] = ["chrome"] * len(lines)
    if first < 0:
        return labels
    headline = _headline(lines, first, chrome, words=set(_WORD.findall(" ".join(lines[first : last + 1]))))
    for i, line in enumerate(lines):
        if i in chrome:
            continue
        if i == headline:
            labels[i] = "headline"
        elif first <= i <= last:
            labels[i] = "body" if line.endswith(_CLOSES) else "subheading"
        elif i < first:
            labels[i] = _before(line, nearness=abs(i - headline), after=i > headline)
        elif len(line) > _LONG // 8:
            labels[i] = "teaser"
    if headline >= 0 and first > headline and first < last and _sets_apart(lines[first : last + 1]):
        labels[first] = "standfirst"
    return labels


def _sets_apart(body: list[str]) -> bool:
    first, second = set(_WORD.findall(body[0])), set(_WORD.findall(body[1]))
    return len(body[0]) < len(body[1]) and len(first & second) >= 2  # noqa: PLR2004 (told again, not told on)


def _before(line: str, *, nearness: int, after: bool) -> PartLabel:
    if has_cue(line, "byline"):
        return "byline"
    if has_cue(line, "update"):
        return "date"
    if line.endswith("."):
        return "caption" if not after else "standfirst"
    return "kicker" if nearness == 1 and not after else "chrome"


def _region(longs: list[int], *, lines: list[str], walls: set[int]) -> tuple[int, int]:
    best, best_size = (-1, -1), 0
    runs: list[list[int]] = []
    for i in longs:
        if runs and i - runs[-1][-1] <= 4 and not walls & set(range(runs[-1][-1], i)):  # noqa: PLR2004
            runs[-1].append(i)
        else:
            runs.append([i])
    for run in runs:
        size = sum(len(lines[i]) for i in run)
        if size > best_size:
            best, best_size = (run[0], run[-1]), size
    return best


def _headline(lines: list[str], first: int, chrome: set[int], *, words: set[str]) -> int:
    def score(i: int) -> float:
        shared = len(set(_WORD.findall(lines[i])) & words)
        return shared - 0.3 * (first - i)

    candidates = [
        i
        for i in range(max(0, first - 8), first)
        if i not in chrome and not lines[i].endswith(".") and 15 <= len(lines[i]) <= 200  # noqa: PLR2004
    ]
    return max(candidates, key=score, default=-1)
