"""Grammar tests on the segments of a sentence, from the form dictionary and small words alone."""

from depesche.details.speech.lexica import Frame, frame
from depesche.details.speech.lines import Line
from depesche.details.speech.pieces import Segment
from depesche.details.speech.verbs import Verbs

_PREFIX, _ENDING = 2, 3  # letters around an infixed "zu": "nieder|zu|legen"


class Segments:
    """Tests on segments of one language."""

    def __init__(self, language: str) -> None:
        self.frame: Frame = frame(language)
        self.verbs = Verbs(language)

    def verb_first(self, line: Line, segment: Segment) -> bool:
        """Whether a finite verb opens a segment."""
        piece = line.pieces[segment.first]
        return self.verbs.finite(piece) and not self.frame.is_a(
            piece.lower, "and", "opens", "other", "relative", "article"
        )

    def opening(self, line: Line, segment: Segment) -> int:
        """The first word of a segment that is no conjunction."""
        at = segment.first
        while at + 1 < segment.last and (
            self.frame.is_a(line.pieces[at].lower, "and") or not line.pieces[at].text[0].isalnum()
        ):
            at += 1
        return at

    def verbal(self, line: Line, segment: Segment) -> bool:
        """Whether a segment has a finite verb or a quotation of its own."""
        return any(
            self.verbs.finite(p) or p.quote >= 0 or (i == 0 and self.verbs.finite(p._replace(text=p.lower)))
            for i, p in enumerate(line.pieces[: segment.last])
            if i >= segment.first
        )

    def opens_other(self, line: Line, segment: Segment) -> bool:
        """Whether a segment is a subordinate clause that reports no speech, or a question."""
        return self.frame.is_a(line.pieces[segment.first].lower, "other", "wh")

    def opens_relative(self, line: Line, segment: Segment) -> bool:
        """Whether a segment after the first is a relative clause."""
        return bool(segment.first) and self.frame.is_a(line.pieces[segment.first].lower, "relative")

    def verb(self, line: Line, at: int) -> bool:
        """Whether a word in a prefield is a verb of another clause, no adjective."""
        piece = line.pieces[at]
        return self.verbs.finite(piece) and piece.quote < 0 and not piece.bracket and not self.verbs.adjective(piece)

    def reported(self, line: Line, segment: Segment) -> bool:
        """Whether a segment holds a form that marks speech, Konjunktiv I or II."""
        pieces = [p for p in line.pieces[segment.first : segment.last] if p.quote < 0]
        return any(self.verbs.reported(p) or self.frame.is_a(p.lower, "irreal", "weak") for p in pieces)

    def second(self, line: Line, segment: Segment) -> bool:
        """Whether the finite verb stands second, as in a main clause."""
        for i in range(segment.first + 1, segment.last):
            piece = line.pieces[i]
            if self.verbs.finite(piece) and not self.verbs.infinitive(piece):
                return i + 1 < segment.last
        return False

    def infinitive(self, line: Line, segment: Segment) -> bool:
        """Whether a segment ends in a zu-infinitive: "die Waffen niederzulegen", "zu helfen"."""
        for i in range(segment.first, min(segment.last, line.end)):
            piece = line.pieces[i]
            after = line.pieces[i + 1] if i + 1 < len(line.pieces) else None
            if self.frame.is_a(piece.lower, "to") and after is not None and self.verbs.infinitive(after):
                return True
            if (
                piece.text == piece.lower
                and any(to in piece.lower[_PREFIX:-_ENDING] for to in self.frame.all("to"))
                and self.verbs.infinitive(piece)
            ):
                return True
        return False
