"""Speech that goes on without a cue of its own: Konjunktiv I over sentences, and quotations that nobody is named for.

"Dabei gehe es um Zusammenarbeit." after a sentence with a speaker is that speaker's.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from depesche.details.speech.drafts import Draft
from depesche.details.speech.lexica import Frame, frame
from depesche.details.speech.lines import Line, Verbs
from depesche.details.speech.phrases import Phrases
from depesche.record import Span

_CARRIED, _QUOTED = 0.7, 0.6
_LEAST_QUOTED = 4  # words of a quotation that can be a statement and no title or scare quote
_REACH = 3  # sentences over which a speaker is remembered without speaking


class Told(NamedTuple):
    """A line with the drafts that its own cues gave."""

    line: Line
    drafts: list[Draft]


class Runs:
    """Carries speakers over sentences in one language."""

    def __init__(self, language: str) -> None:
        self.frame: Frame = frame(language)
        self.verbs = Verbs(language)
        self.phrases = Phrases(self.frame, self.verbs)

    def carried(self, told: Sequence[Told]) -> Iterator[Draft]:
        """The drafts of the sentences that have none of their own."""
        speaker: Span | None = None
        age = _REACH + 1
        run: Draft | None = None
        for number, (line, drafts) in enumerate(told):
            if drafts:
                speaker, age = drafts[-1].speaker or speaker, 0
                if run is not None:
                    yield run
                run = None
                continue
            age += 1
            quote = self._quote(line, told[:number] + told[number + 1 :])
            runs = self._runs(line, running=run is not None or age <= 1)
            if run is not None and not runs:
                yield run
                run = None
            if runs:
                if age > _REACH:
                    speaker = self._subject(told, number)
                whole = line.span(0, len(line.pieces))
                if run is not None:
                    run = run._replace(content=(*run.content[:-1], Span(run.content[-1].start, whole.end)))
                else:
                    run = Draft(speaker, (), (whole,), "Konjunktiv I without a cue", _CARRIED, carried=True)
                age = 0
            elif quote is not None:
                source = speaker if age <= _REACH else self._subject(told, number)
                yield Draft(source, (), (quote,), "quotation without a cue", _QUOTED, carried=True)
                age = 0
            elif age > 1:
                subject = self._subject(told, number + 1)
                speaker = subject or speaker
        if run is not None:
            yield run

    def _runs(self, line: Line, *, running: bool) -> bool:
        """Whether the sentence as a whole is told as speech by the mood of its first finite verb."""
        for segment in line.segments:
            opener = line.pieces[segment.first]
            if self.frame.is_a(opener.lower, "other", "opens", "wh"):
                continue
            if segment.first and self.frame.is_a(opener.lower, "relative"):
                continue
            for i in range(segment.first, segment.last):
                piece = line.pieces[i] if i else line.pieces[i]._replace(text=line.pieces[i].lower)
                if piece.quote >= 0 or not self.verbs.finite(piece):
                    continue
                if i == 0 and self.frame.is_a(piece.lower, "pronoun", "article", "adverb", "preposition"):
                    continue
                return self.verbs.reported(piece) or (running and self.frame.is_a(piece.lower, "irreal"))
            if not segment.first:
                return False  # "Der Verdacht, er sei erkrankt, bestätigte sich": the first segment has no verb of its own
        return False

    def _quote(self, line: Line, others: Sequence[Told]) -> Span | None:
        """A quotation of whole sentences that no cue has claimed."""
        claimed = [c for other in others for d in other.drafts for c in d.content]
        for number in dict.fromkeys(p.quote for p in line.pieces if p.quote >= 0):
            quote = line.quotes[number]
            inside = [p for p in line.pieces if p.quote == number]
            starts = quote.span.start >= line.sentence.span.start
            whole = inside[0] == line.pieces[0] or line.pieces[line.pieces.index(inside[0]) - 1].text == ":"
            if not starts or not whole or len(inside) < _LEAST_QUOTED or any(c.overlaps(quote.span) for c in claimed):
                continue
            if any(self.verbs.finite(p) for p in inside):
                return quote.span
        return None

    def _subject(self, told: Sequence[Told], number: int) -> Span | None:
        """The first noun phrase of the sentence before."""
        if not number:
            return None
        line = told[number - 1].line
        phrase = self.phrases.forward(line, 0, line.end)
        return line.span(*phrase) if phrase else None
