"""Who speaks, in languages that part clauses by commas: before the verb, behind it, or apart from it by an apposition."""

from depesche.details.speech.cueing import Found
from depesche.details.speech.lexica import Frame, frame
from depesche.details.speech.lines import Line
from depesche.details.speech.phrases import Phrases
from depesche.details.speech.pieces import Segment
from depesche.details.speech.segments import Segments
from depesche.details.speech.verbs import Verbs


class Subjects:
    """Finds the speakers of cue verbs in one language."""

    def __init__(self, language: str) -> None:
        self.frame: Frame = frame(language)
        self.verbs = Verbs(language)
        self.phrases = Phrases(self.frame, self.verbs)
        self.grammar = Segments(language)

    def after(self, line: Line, found: Found, last: int) -> tuple[int, int] | None:
        """The speaker behind the verb, with a name in apposition: "sagte der Sprecher des Amtes, Karl Hahn"."""
        stop = min((p for p in found.pieces if p > found.finite), default=last)
        stop = max(stop, found.finite + 1)
        phrase = self.phrases.forward(line, found.finite + 1, min(stop, last))
        if phrase is None:
            return None
        whole = line.tree.subject(found.at)
        grown = whole is not None and whole[0] == phrase[0] and whole[1] > phrase[1]
        if whole is not None and grown and self.plain(line, phrase[1], whole[1]):
            return whole  # with what hangs on it: "sagte ein Sprecher des Amtes | in Genf", "…, Leiter der Behörde"
        if phrase[1] < last or stop < last:
            return phrase
        return phrase[0], self.named(line, phrase[1])

    def plain(self, line: Line, first: int, last: int) -> bool:
        """Whether pieces hold no verb and no quotation."""
        return not any(p.quote >= 0 or self.verbs.finite(p) for p in line.pieces[first:last])

    def named(self, line: Line, at: int) -> int:
        """The end of a name in apposition after a comma, or `at` itself."""
        if at + 1 >= len(line.pieces) or line.pieces[at].text != ",":
            return at
        end = at + 1
        while end < len(line.pieces) and not line.pieces[end].text.islower() and line.pieces[end].text[0].isalpha():
            end += 1
        closed = end >= line.end or line.pieces[end].text in {",", "."}
        return end if closed and end > at + 1 else at

    def subject(self, line: Line, found: Found, number: int) -> tuple[int, int] | None:
        """The speaker of a cue that stands before what is said."""
        segment = line.segments[number]
        first = self.grammar.opening(line, segment)
        opener = line.pieces[first]
        verb_last = self.frame.is_a(opener.lower, "opens", "other", "wh", "as")
        if segment.cut == "," and number and self.frame.is_a(opener.lower, "relative") and found.finite > first + 1:
            return first, first + 1
        if verb_last:
            return self.phrases.forward(line, first + 1, found.finite)
        if found.finite == first:
            return self.apposed(line, number) or self.after(line, found, segment.last)
        prefield = line.pieces[first]
        behind = self.pronoun(line, found)
        if behind is not None:
            return behind
        if not self.frame.is_a(
            prefield.lower, "preposition", "adverb", "it", "source_pre", "source", "oblique", "time", "back"
        ):
            phrase = self.phrases.forward(line, first, found.finite)
            if phrase is not None and phrase[0] == first and self.nominal(line, first, found.finite):
                return first, self.trimmed(line, first, found.finite)
        behind = self.after(line, found, segment.last)
        return behind or self.phrases.forward(line, first, found.finite)

    def nominal(self, line: Line, first: int, last: int) -> bool:
        """Whether a prefield holds a noun, name or pronoun, and not only "Besorgt" or "Sinngemäß"."""
        return any(
            self.frame.is_a(p.lower, "pronoun") or p.quote >= 0 or (p.text != p.lower and not self.verbs.descriptive(p))
            for p in line.pieces[first:last]
        )

    def pronoun(self, line: Line, found: Found) -> tuple[int, int] | None:
        """A pronoun right behind the verb: the prefield is then its object ("Die Arbeit der Koalition lobte er")."""
        at = found.finite + 1
        here = (
            at < len(line.pieces) and line.pieces[at].quote < 0 and self.frame.is_a(line.pieces[at].lower, "nominative")
        )
        return (at, at + 1) if here else None

    def trimmed(self, line: Line, first: int, last: int) -> int:
        """The prefield up to another verb and without adverbs at its end: "Podolski | war da und", "Der Sprecher | hingegen"."""
        last = next((i for i in range(first + 1, last) if self.grammar.verb(line, i)), last)
        while last > first + 1 and self.frame.is_a(line.pieces[last - 1].lower, "adverb"):
            last -= 1
        return last

    def apposed(self, line: Line, number: int) -> tuple[int, int] | None:
        """The subject before an apposition: "Konrad Freiberg, der Vorsitzende der Gewerkschaft, sagte"."""
        if number < 2:  # noqa: PLR2004 (subject, apposition, verb)
            return None
        first = line.segments[0]
        start = self.grammar.opening(line, first)
        if self.frame.is_a(line.pieces[start].lower, "preposition", "adverb", "other", "opens"):
            return None
        if any(self.verbs.finite(p) for p in line.pieces[first.first : line.segments[1].first]):
            return None
        if self.grammar.opens_relative(line, line.segments[1]) and self.grammar.verbal(line, line.segments[1]):
            return start, first.last
        return start, line.segments[number - 1].last

    def behind(self, line: Line, segment: Segment, kind: str) -> tuple[int, int] | None:
        """The phrase behind a preposition of a kind: who does what a passive tells ("wurde von der Polizei mitgeteilt")."""
        for i in range(segment.first, segment.last - 1):
            if self.frame.is_a(line.pieces[i].lower, kind) and line.pieces[i].quote < 0:
                phrase = self.phrases.forward(line, i + 1, segment.last)
                return phrase if phrase and phrase[0] <= i + 1 else None
        return None

    def before_preposition(self, line: Line, phrase: tuple[int, int]) -> tuple[int, int]:
        """The speaker without what he spoke of: "sprach Merkel | von der Möglichkeit"."""
        stop = next(
            (i for i in range(phrase[0] + 1, phrase[1]) if self.frame.is_a(line.pieces[i].lower, "topic")), phrase[1]
        )
        return phrase[0], stop
