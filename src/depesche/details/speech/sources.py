"""Phrases that name a source: "laut", "nach Angaben", "zufolge", ", so X"."""

from collections.abc import Iterator

from depesche.details.speech.drafts import Draft
from depesche.details.speech.lexica import Frame, frame
from depesche.details.speech.lines import Line
from depesche.details.speech.phrases import Phrases
from depesche.details.speech.subjects import Subjects
from depesche.details.speech.verbs import Verbs
from depesche.record import Span

_SURE = 0.95
_KINDS = ("source", "source_pre", "source_after", "so", "therefore")
_MEMORY = 50_000  # words that are remembered at most
_LONGEST_TITLE = 6  # pieces, the marks included


class Sources:
    """Finds source phrases in one language."""

    def __init__(self, language: str) -> None:
        self.frame: Frame = frame(language)
        self.verbs = Verbs(language)
        self.phrases = Phrases(self.frame, self.verbs)
        self.subjects = Subjects(language)
        self._report_nouns: dict[str, bool] = {}
        self._openers = frozenset().union(*map(self.frame.all, _KINDS))

    def sourced(self, line: Line) -> Iterator[Draft]:
        """Phrases that name a source: "laut", "nach Angaben", "zufolge", ", so X"."""
        found: list[tuple[int, int, tuple[int, int], int]] = []
        for at in [at for at, lower in enumerate(line.lowers) if lower in self._openers]:
            phrase = self.source_phrase(line, at) if line.pieces[at].quote < 0 else None
            if phrase is not None and (not found or phrase[0] >= found[-1][1]):
                found.append(phrase)
        for number, (first, last, speaker, cue) in enumerate(found):
            content = self.without(line, first, last)
            if len(found) > 1:  # "laut UN zehn und laut den Rebellen 30 Tote": each source tells what follows it
                stop = found[number + 1][0] if number + 1 < len(found) else line.end
                while stop > last and (
                    self.frame.is_a(line.pieces[stop - 1].lower, "and") or line.pieces[stop - 1].text == ","
                ):
                    stop -= 1
                content = [line.whole(last, stop)] if last < stop else []
            if content:
                yield Draft(
                    speaker=line.span(*speaker),
                    cue=(line.span(cue, cue + 1),),
                    content=tuple(content),
                    why=f"source: {line.pieces[cue].lower}",
                    confidence=_SURE,
                    clause=line.span(first, last),
                )

    def source_phrase(self, line: Line, at: int) -> tuple[int, int, tuple[int, int], int] | None:
        """(first, last, speaker, cue) of a phrase that names a source and begins at a piece."""
        piece = line.pieces[at]
        count = len(line.pieces)
        if self.frame.is_a(piece.lower, "source"):
            phrase = self._titled(line, at + 1) or self.phrases.forward(line, at + 1, count)
            return (at, phrase[1], phrase, at) if phrase and phrase[0] == at + 1 else None
        if self.frame.is_a(piece.lower, "source_pre") and self.names_report(line, at + 1, (at + 1, count)):
            phrase = self.phrases.forward(line, at + 1, count)
            near = phrase is not None and phrase[0] <= at + 1 + 2
            if phrase and near and self.names_report(line, at + 1, phrase):
                return at, phrase[1], (at + 1, phrase[1]), at
        if self.frame.is_a(piece.lower, "source_after") and at:
            return self.behind(line, at)
        starts = at in {s.first for s in line.segments}
        if self.frame.is_a(piece.lower, "so") and starts and at and not line.pieces[at - 1].text[0].isalnum():
            segment = line.segments[line.segment_of(at)]
            phrase = self.phrases.forward(line, at + 1, segment.last)
            verbal = any(self.verbs.finite(p) for p in line.pieces[at + 1 : segment.last])
            if phrase and phrase[0] <= at + 2 and not verbal:
                return at, segment.last, (phrase[0], self.subjects.named(line, phrase[1])), at
        if self.frame.is_a(piece.lower, "therefore"):
            return at, at + 1, (at, at + 1), at
        return None

    def _titled(self, line: Line, at: int) -> tuple[int, int] | None:
        """A source in quotation marks: "laut „Tagblatt“"."""
        if at >= len(line.pieces) or line.pieces[at].quote < 0:
            return None
        number = line.pieces[at].quote
        end = next((i for i in range(at, len(line.pieces)) if line.pieces[i].quote != number), len(line.pieces))
        return (at, end) if end - at <= _LONGEST_TITLE else None

    def names_report(self, line: Line, first: int, phrase: tuple[int, int]) -> bool:
        """Whether the phrase after "nach" speaks of a report: "nach Angaben der Polizei", not "nach dem Treffen"."""
        end = min(phrase[1], first + 5)
        return any(self.report_noun(line.pieces[i].lower) for i in range(first, end))

    def report_noun(self, lower: str) -> bool:
        """Whether a noun names a report; a compound does where its last part does ("Zeugenaussagen")."""
        known = self._report_nouns.get(lower)
        if known is None:
            if len(self._report_nouns) > _MEMORY:
                self._report_nouns.clear()
            ends = (lower[start:] for start in range(max(1, len(lower) - 5)))
            known = self._report_nouns[lower] = not self.frame.all("source_noun").isdisjoint(ends)
        return known

    def behind(self, line: Line, at: int) -> tuple[int, int, tuple[int, int], int] | None:
        """A phrase with its preposition behind it: "Augenzeugen zufolge", "Ansicht von Beobachtern nach"."""
        segment = line.segments[line.segment_of(at)]
        closing = (
            at + 1 >= len(line.pieces)
            or not line.pieces[at + 1].text[0].isalnum()
            or self.verbs.finite(line.pieces[at + 1])
        )
        plain = self.frame.is_a(line.pieces[at].lower, "preposition")
        if plain and not closing:
            return None
        for start in range(segment.first, at):
            phrase = self.phrases.forward(line, start, at)
            whole = phrase is not None and phrase == (start, at)
            if phrase and whole and (not plain or self.names_report(line, start, phrase)):
                return start, at + 1, phrase, at
        return None

    def without(self, line: Line, first: int, last: int) -> list[Span]:
        """The sentence without a phrase and the commas around it."""
        content = []
        head = first
        while head and line.pieces[head - 1].text in {",", "–", "("}:
            head -= 1
        if head:
            content.append(line.whole(0, head))
        tail = last
        while tail < line.end and line.pieces[tail].text in {",", "–", ")"}:
            tail += 1
        if tail < line.end:
            content.append(line.whole(tail, line.end))
        return content
