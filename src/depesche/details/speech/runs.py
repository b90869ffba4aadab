"""Speech that goes on without a cue of its own: Konjunktiv I over sentences, and quotations that nobody is named for.

"Dabei gehe es um Zusammenarbeit." after a sentence with a speaker is that speaker's.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from depesche.details.speech.drafts import Draft
from depesche.details.speech.lexica import Frame, frame
from depesche.details.speech.lines import Line
from depesche.details.speech.phrases import Phrases
from depesche.details.speech.pieces import Segment
from depesche.details.speech.verbs import Verbs
from depesche.record import Span

_CARRIED, _QUOTED = 0.7, 0.6
_LEAST_QUOTED = 4  # words of a quotation that can be a statement and no title or scare quote
_CLOSE = 2  # sentences: one in between that is told by the outlet itself
_REACH = 3  # sentences over which a speaker is remembered without speaking


class Told(NamedTuple):
    """A line with the drafts that its own cues gave."""

    line: Line
    drafts: list[Draft]


class _Memory:
    """What was told so far, who told it last, and how many sentences ago (`age`)."""

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self.speaker: Span | None = None
        self.cue: tuple[Span, ...] = ()
        self.age = _REACH + 1
        self.running = False
        self.end = 0

    def spoken(self, drafts: Sequence[Draft]) -> None:
        """A sentence with cues of its own."""
        self.drafts += drafts
        self.speaker = drafts[-1].speaker or self.speaker
        self.cue = drafts[-1].cue
        self.age, self.running = 0, False

    def at(self, end: int) -> None:
        """Where the sentence ended that was just read: a paragraph ends where more than a blank follows."""
        self.end = end

    def older(self) -> None:
        """One more sentence."""
        self.age += 1

    def go_on(self, whole: Span, *, speaker: Span | None) -> None:
        """A sentence told as speech by its mood alone: it joins the one before, if that was such too."""
        if self.running:
            last = self.drafts[-1]
            self.drafts[-1] = last._replace(content=(Span(last.content[-1].start, whole.end),))
        else:
            self.drafts.append(Draft(speaker, (), (whole,), "Konjunktiv I without a cue", _CARRIED, carried=True))
            self.speaker = speaker or self.speaker
        self.age, self.running = 0, True

    def quote(self, quote: Span, *, speaker: Span | None) -> None:
        """A quotation without a cue; right behind a sentence with one, that one stands for it too."""
        if self.age <= 1 and self._quoting() and speaker == self.speaker and quote.start <= self.end + 1:
            last = self.drafts[-1]
            self.drafts[-1] = last._replace(content=(*last.content, quote))
            self.age, self.running = 0, False
            return
        cue = self.cue if self.age <= 1 and speaker == self.speaker else ()
        self.drafts.append(Draft(speaker, cue, (quote,), "quotation without a cue", _QUOTED, carried=True))
        self.speaker, self.cue = speaker or self.speaker, cue
        self.age, self.running = 0, False

    def _quoting(self) -> bool:
        """Whether the last statement was nothing but quotation before its cue: "…," she said. "…"."""
        return bool(self.drafts) and self.drafts[-1].why.split(":")[0] in {
            "fronted",
            "inverted",
            "quotation without a cue",
        }


class Runs:
    """Carries speakers over sentences in one language."""

    def __init__(self, language: str) -> None:
        self.frame: Frame = frame(language)
        self.verbs = Verbs(language)
        self.phrases = Phrases(self.frame, self.verbs)

    def drafts(self, told: Sequence[Told], *, mentions: Sequence[Span] = ()) -> list[Draft]:
        """The drafts of all sentences, those without a cue of their own among them, in reading order.

        Args:
            told: the sentences with what their own cues gave.
            mentions: where actors are named, to find who was spoken of last.
        """
        memory = _Memory()
        claimed = [draft for _, own in told for draft in own]
        for number, (line, own) in enumerate(told):
            quote = self._quote(line, [*claimed, *memory.drafts]) if line.quoted else None
            if own:
                memory.spoken(own)
            elif line.telling and self._runs(line, running=memory.running or memory.age == 0):
                memory.older()
                memory.go_on(
                    line.span(0, len(line.pieces)),
                    speaker=self._speaker(memory, told, number=number, mentions=mentions),
                )
            elif quote is not None:
                memory.older()
                own_subject = self._introduced(line, quote)
                memory.quote(
                    quote, speaker=own_subject or self._speaker(memory, told, number=number, mentions=mentions)
                )
            else:
                memory.older()
                memory.running = False
            memory.at(line.sentence.span.end)
        return memory.drafts

    def _speaker(
        self, memory: "_Memory", told: Sequence[Told], *, number: int, mentions: Sequence[Span]
    ) -> Span | None:
        """Who speaks on: the last speaker, or where that is long past the subject of the sentence before."""
        if memory.age <= _CLOSE and memory.speaker is not None:
            return memory.speaker
        subject = self._subject(told, number=number, mentions=mentions)
        return subject or (memory.speaker if memory.age <= _REACH else None)

    def _runs(self, line: Line, *, running: bool) -> bool:
        """Whether the sentence as a whole is told as speech by the mood of its first finite verb."""
        begun = False  # whether a first segment without a verb of its own waits for it: "Personen, die krank seien, | müssten warten"
        for segment in line.segments:
            opener = line.pieces[segment.first]
            subordinate = self.frame.is_a(opener.lower, "other", "opens", "wh") and not self._second(line, segment)
            if subordinate or (segment.first and self.frame.is_a(opener.lower, "relative")):
                continue
            at = next(self._finite(line, segment), None)
            if at is None:
                begun = True
                continue
            if begun and at != segment.first and not self.frame.is_a(opener.lower, "and"):
                return False  # "Der Verdacht, er sei erkrankt, bestätigte sich": a clause put in is no main clause
            beside = line.pieces[max(0, at - 1) : at + 2]
            if any(self.frame.is_a(p.lower, "first") and p.quote < 0 for p in beside):
                return False  # "Ich beschäftige mich lange damit": with "ich" the form is no subjunctive
            piece = line.pieces[at]._replace(text=line.pieces[at].lower) if not at else line.pieces[at]
            return self.verbs.reported(piece) or (running and self.frame.is_a(piece.lower, "irreal"))
        return False

    def _second(self, line: Line, segment: Segment) -> bool:
        """Whether a finite verb follows a word that can be subordinator or adverb: "Damit wäre der Streit beendet"."""
        at = segment.first + 1
        return at < segment.last and line.pieces[at].quote < 0 and self.verbs.finite(line.pieces[at])

    def _finite(self, line: Line, segment: Segment) -> Iterator[int]:
        """The finite verbs of a segment; a noun that opens the sentence is none ("Hinweise nimmt die Polizei entgegen")."""
        for i in range(segment.first, segment.last):
            piece = line.pieces[i] if i else line.pieces[i]._replace(text=line.pieces[i].lower)
            if piece.quote >= 0 or not self.verbs.finite(piece):
                continue
            small = self.frame.is_a(piece.lower, "pronoun", "article", "adverb", "preposition")
            if i == 0 and (small or self.verbs.nominal(line.pieces[0])):
                continue
            yield i

    def _quote(self, line: Line, drafts: Sequence[Draft]) -> Span | None:
        """A quotation of whole sentences that no cue has claimed."""
        claimed = [c for d in drafts for c in d.content]
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

    def _introduced(self, line: Line, quote: Span) -> Span | None:
        """The subject of the clause that a colon and a quotation follow: "Die Schuld weist Hahn von sich: „…“"."""
        first = next(i for i, p in enumerate(line.pieces) if p.start >= quote.start)
        phrase = line.tree.root_subject(first) if first else None
        return line.span(*phrase) if phrase else None

    def _subject(self, told: Sequence[Told], *, number: int, mentions: Sequence[Span]) -> Span | None:
        """Who was named first in the sentence before; without a name its first noun phrase."""
        if not number:
            return None
        line = told[number - 1].line
        named = [m for m in mentions if line.sentence.span.holds(m)]
        if named:
            return named[0]
        phrase = self.phrases.forward(line, 0, line.end)
        return line.span(*phrase) if phrase else None
