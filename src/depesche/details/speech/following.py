"""What stands behind a cue, in languages without commas before reported clauses: those told, the day, and what is told."""

from depesche.details.speech.cueing import Cueing, Found
from depesche.details.speech.lexica import Frame
from depesche.details.speech.lines import Line
from depesche.details.speech.phrases import Phrases
from depesche.details.speech.verbs import Verbs
from depesche.record import Span

_BORDERS = frozenset({":", ",", ";", "--", "–", ")"})
_STOPS = frozenset({".", "!", "?", ","})
_LEAST, _ADDRESSEE = 2, 8  # words


class Following:
    """Reads on behind cues."""

    def __init__(self, cueing: Cueing, phrases: Phrases) -> None:
        self.cueing = cueing
        self.phrases = phrases
        self.frame: Frame = cueing.frame
        self.verbs: Verbs = cueing.verbs

    def behind(self, line: Line, at: int) -> int | None:
        """Where what follows a cue begins: after those it is told to and the day of saying."""
        after = at + 1
        end = line.end
        for _ in range(_ADDRESSEE):
            if after >= end:
                return None
            piece = line.pieces[after]
            if piece.quote >= 0 or self.frame.is_a(piece.lower, "opens", "wh"):
                return after
            if self.trails(line, after):
                after = self.past(line, after)
                continue
            return after
        return after if after < end else None

    def trails(self, line: Line, at: int) -> bool:
        """Whether a day or a phrase of place and time begins at a piece."""
        return self.frame.is_a(line.pieces[at].lower, "trail") and (
            not self.frame.is_a(line.pieces[at].lower, "preposition") or at + 1 < line.end
        )

    def past(self, line: Line, at: int) -> int:
        """After a day or a prepositional phrase: "Monday", "on Monday", "in a statement"."""
        if not self.frame.is_a(line.pieces[at].lower, "preposition"):
            return at + 1
        at += 1
        while at < line.end and self.frame.is_a(line.pieces[at].lower, "article", "adverb"):
            if self.frame.is_a(line.pieces[at].lower, "trail"):
                return at + 1
            at += 1
        return at + 1

    def following(self, line: Line, found: Found, at: int) -> Span | None:
        """What is told from a piece on; None where nothing is."""
        takes = found.cue.takes
        if "addressee" in takes and not self.frame.is_a(line.pieces[at].lower, "opens") and line.pieces[at].quote < 0:
            at = self.addressed(line, at) or at
        if at >= line.end:
            return None
        piece = line.pieces[at]
        if piece.quote >= 0 or piece.text in _BORDERS:
            return self.quoted(line, found, at)
        if "fragment" in takes and "clause" not in takes:
            return self.named(line, at)
        if self.frame.is_a(piece.lower, "opens"):
            at += 1
        elif not self.told(line, found, at):
            return None
        end = self.cut(line, at, line.end)
        return line.whole(at, end) if end - at >= _LEAST else None

    def named(self, line: Line, at: int) -> Span | None:
        """What is called something: "called the plan “absurd”", "described it as a mistake"; to the end of the clause."""
        segment = line.segments[line.segment_of(at)]
        quotes = [i for i in range(at, segment.last) if line.pieces[i].quote >= 0]
        last = min(max([segment.last, *(self.quote_end(line, i) for i in quotes)]), line.end)
        joins = (
            i for i in range(at + 1, last) if self.frame.is_a(line.pieces[i].lower, "and") and line.pieces[i].quote < 0
        )
        last = next((i for i in joins if i > max(quotes, default=at)), last)
        names = bool(quotes) or any(self.frame.is_a(p.lower, "naming") for p in line.pieces[at:last])
        return line.whole(at, last) if names else None

    def quoted(self, line: Line, found: Found, at: int) -> Span | None:
        """A quotation, or what a colon introduces."""
        piece = line.pieces[at]
        after = line.pieces[at + 1] if at + 1 < len(line.pieces) else None
        if piece.quote >= 0:
            closing = self.quote_end(line, at)
            stops = (
                closing < line.end
                and line.pieces[closing].text[0].isalnum()
                and line.pieces[closing - 2].text in _STOPS
            )
            return line.whole(at, closing if stops else line.end)
        if piece.text in {":", ","} and after is not None and after.quote >= 0:
            return line.whole(at + 1, self.quote_end(line, at + 1)) if "quote" in found.cue.takes else None
        if piece.text == ",":
            return self.past_insertion(line, at)
        return line.whole(at + 1, line.end) if piece.text == ":" and at + 1 < line.end else None

    def past_insertion(self, line: Line, comma: int) -> Span | None:
        """A clause with "that" behind an insertion: "stated, while speaking to lawmakers, that …"."""
        closing = next((i for i in range(comma + 1, line.end) if line.pieces[i].text == ","), None)
        if closing is None or closing + 1 + _LEAST >= line.end:
            return None
        opener = line.pieces[closing + 1]
        if opener.quote >= 0 or not self.frame.is_a(opener.lower, "opens"):
            return None
        return line.whole(closing + 2, self.cut(line, closing + 2, line.end))

    def told(self, line: Line, found: Found, at: int) -> bool:
        """Whether a clause or infinitive that the cue can take begins at a piece."""
        if self.frame.is_a(line.pieces[at].lower, "to"):
            straight = not any(self.frame.is_a(p.lower, "preposition") for p in line.pieces[found.at : at])
            return "infinitive" in found.cue.takes or (straight and "addressee" in found.cue.takes)
        here = line.pieces[at].lower
        if self.frame.is_a(here, "preposition") and not self.frame.is_a(here, "trail"):
            return False
        if line.sentence.part == "headline" and "bare" in found.cue.takes:
            return True  # headlines drop their verbs: "Zarqawi says attacks no crime"
        # "announced a ceasefire after …": only verbs of plain saying take a clause without "that" across a preposition
        kinds = ("relative",) if "bare" in found.cue.takes else ("relative", "preposition", "to")
        stops = (i for i in range(at + 1, line.end) if self.frame.is_a(line.pieces[i].lower, *kinds))
        end = line.end if "bare" in found.cue.takes else next(stops, line.end)
        return "clause" in found.cue.takes and self.clausal(line, at, end)

    def cut(self, line: Line, at: int, end: int) -> int:
        """Where what is told ends before a participle tells more: "…, adding that …"."""
        for i in range(at + 1, end - 1):
            comma = line.pieces[i].text == "," and line.pieces[i + 1].quote < 0
            if comma and (self.told_on(line, i + 1) or self.turns(line, i + 1, end)):
                return i
        return end

    def told_on(self, line: Line, at: int) -> bool:
        """Whether a participle tells more: "…, adding that …", "…, referring to …"."""
        lower = line.pieces[at].lower
        tells = lower in self.cueing.by_form or self.frame.is_a(lower, "aside")
        return tells and self.frame.ends(lower, "participle")

    def turns(self, line: Line, at: int, end: int) -> bool:
        """Whether a clause with a cue of its own begins: "…, while Canada said it would …"."""
        if not self.frame.is_a(line.pieces[at].lower, "and", "turn"):
            return False
        stop = next((i for i in range(at, end) if line.pieces[i].text == ","), end)
        cues = [
            i for i in range(at + 2, stop) if line.pieces[i].lower in self.cueing.by_form and line.pieces[i].quote < 0
        ]
        return any(
            "quote" in c.takes and not self.verbs.nominal(line.pieces[i])
            for i in cues
            for c in self.cueing.by_form[line.pieces[i].lower]
        )

    def addressed(self, line: Line, at: int) -> int | None:
        """Where the content begins after those who are told: "told AFP that", "told reporters the army"."""
        for i in range(at, min(at + _ADDRESSEE, line.end)):
            if self.frame.is_a(line.pieces[i].lower, "opens"):
                return i
        phrase = self.phrases.forward(line, at, line.end)
        if phrase is None:
            return at + 1 if self.verbs.nominal(line.pieces[at]) else None
        first = phrase[0]
        if first > at:  # lower-case nouns: "told reporters the army …"
            return at + 1
        end = phrase[1]
        while end < line.end and self.trails(line, end):
            end = self.past(line, end)
        return end

    def clausal(self, line: Line, at: int, end: int) -> bool:
        """Whether a clause begins here: a subject, then a finite verb or modal."""
        for i in range(at + 1, end):
            piece = line.pieces[i]
            if self.frame.ends(piece.lower, "clitic"):
                return True
            if (
                self.frame.is_a(piece.lower, "have", "be", "modal")
                or line.tree.finite(i)
                or (self.verbs.finite(piece) and not self.noun(line, i, at))
            ):
                return True
        return False

    def noun(self, line: Line, at: int, first: int) -> bool:
        """Whether a form that is noun and verb is a noun here: "responsibility for the attack"."""
        before = line.pieces[at - 1].lower
        hangs = at == first + 1 or self.frame.is_a(before, "article", "preposition", "to")
        return self.verbs.nominal(line.pieces[at]) and hangs

    def quote_end(self, line: Line, at: int) -> int:
        """The piece after a quotation."""
        number = line.pieces[at].quote
        return next((i for i in range(at, len(line.pieces)) if line.pieces[i].quote != number), len(line.pieces))
