"""Who speaks, in languages without commas before reported clauses: before the verb, apart from it, or far from a participle."""

from depesche.details.speech.cueing import Cueing, Found
from depesche.details.speech.lexica import Frame
from depesche.details.speech.lines import Line
from depesche.details.speech.phrases import Phrases
from depesche.details.speech.verbs import Verbs

_QUOTING = 8  # words between "quoted" and "as saying"


class Speakers:
    """Finds the speakers of cue verbs in one language."""

    def __init__(self, cueing: Cueing, phrases: Phrases) -> None:
        self.cueing = cueing
        self.phrases = phrases
        self.frame: Frame = cueing.frame
        self.verbs: Verbs = cueing.verbs

    def of_opening(self, line: Line, found: Found) -> tuple[int, int] | None:
        """Who speaks where what is said follows the cue."""
        if not self.frame.ends(line.pieces[found.at].lower, "participle"):
            return self.subject(line, found)
        return self._quoted_by(line, found) or self.subject(line, found) or self._distant(line, found.at)

    def _quoted_by(self, line: Line, found: Found) -> tuple[int, int] | None:
        """Whose words somebody gives: "The paper quoted | a guard | as saying", "| A guard | was quoted by the paper as saying"."""
        if not found.at or not self.frame.is_a(line.pieces[found.at - 1].lower, "as"):
            return None
        reach = range(found.at - 2, max(-1, found.at - 2 - _QUOTING), -1)
        at = next((i for i in reach if self.frame.is_a(line.pieces[i].lower, "quoting")), None)
        if at is None:
            return None
        if at and self.frame.is_a(line.pieces[at - 1].lower, "be"):
            return line.tree.subject(at) or self.before(line, at - 1)
        return (at + 1, found.at - 1) if at + 1 < found.at - 1 else None

    def subject(self, line: Line, found: Found) -> tuple[int, int] | None:
        """Who speaks before a cue: by the parse, else the phrase right before the verb group."""
        if found.at not in line.subjects:
            line.subjects[found.at] = self._subject(line, found)
        return line.subjects[found.at]

    def _subject(self, line: Line, found: Found) -> tuple[int, int] | None:
        start = self.auxiliaries(line, found.at)
        near = None if self.frame.ends(line.pieces[found.at].lower, "participle") else self.before(line, start)
        phrase = line.tree.subject(found.at)
        if phrase is None or phrase[1] > start or not self.unquoted(line, phrase):
            return near
        if not self.could_speak(line, *phrase) or self.frame.is_a(line.pieces[phrase[0]].lower, "preposition"):
            return near
        if near is not None:  # of a long name the parse can miss the end: "Trade Representative | Ann Reed"
            return (phrase[0], self._trimmed(line, phrase[0], near[1])) if near[0] < phrase[1] else near
        return phrase

    def _trimmed(self, line: Line, first: int, last: int) -> int:
        """The end of a phrase without what is only inserted: "The mayor | , meanwhile,"."""
        while last > first + 1 and (line.pieces[last - 1].text == "," or self._adverbial(line, last - 1)):
            last -= 1
        return last

    def _adverbial(self, line: Line, at: int) -> bool:
        return self.frame.is_a(line.pieces[at].lower, "adverb", "preposition")

    def unquoted(self, line: Line, phrase: tuple[int, int]) -> bool:
        """Whether no quotation stands in a phrase."""
        return all(line.pieces[i].quote < 0 for i in range(*phrase))

    def auxiliaries(self, line: Line, at: int) -> int:
        """The first word of the verb group: "had earlier said"."""
        start = at
        while (
            start
            and line.pieces[start - 1].quote < 0
            and self.frame.is_a(line.pieces[start - 1].lower, "have", "adverb", "modal", "be")
        ):
            start -= 1
        return start

    def before(self, line: Line, at: int) -> tuple[int, int] | None:
        """The subject right before a verb group."""
        if at not in line.nearest:
            line.nearest[at] = self._before(line, at)
        return line.nearest[at]

    def _before(self, line: Line, at: int) -> tuple[int, int] | None:
        if not at or line.pieces[at - 1].quote >= 0:
            return None
        if line.pieces[at - 1].text == ",":
            return self._apposed(line, at - 1)
        segment = line.segments[line.segment_of(at - 1)]
        first = at
        while first > segment.first and self._belongs(line, first - 1, at):
            first -= 1
        while first < at and self.frame.is_a(line.pieces[first].lower, "link", "preposition", "adverb", "and"):
            first += 1
        return (first, at) if first < at and self.could_speak(line, first, at) else None

    def could_speak(self, line: Line, first: int, last: int) -> bool:
        """Whether a phrase can name who speaks: it holds a name, a pronoun or a noun, and is no time."""
        pieces = line.pieces[first:last]
        if self.frame.is_a(pieces[-1].lower, "time"):
            return False  # "a poll released this week found that …"
        return any(
            p.text[0].isupper() or self.frame.is_a(p.lower, "pronoun", "article") or self.verbs.nominal(p, unknown=True)
            for p in pieces
        )

    def _belongs(self, line: Line, at: int, end: int) -> bool:
        """Whether a word can be part of the noun phrase that ends at `end`."""
        piece = line.pieces[at]
        if piece.lower in self.cueing.by_form and self.frame.ends(piece.lower, "participle"):
            return False  # "…, saying | the group asked for help"
        if piece.quote >= 0 or self.frame.is_a(piece.lower, "opens", "other", "wh", "have", "modal", "source"):
            return piece.lower == "who" and end - at == 1
        if self.frame.is_a(piece.lower, "pronoun") and at + 1 < end and not self.frame.is_a(piece.lower, "article"):
            return False
        if self.frame.is_a(piece.lower, "and"):
            return (
                at > 0
                and at + 1 < end
                and line.pieces[at - 1].text[0].isupper()
                and line.pieces[at + 1].text[0].isupper()
            )
        if (
            self.verbs.finite(piece)
            and not self.verbs.nominal(piece)
            and not self.frame.is_a(piece.lower, "preposition")
        ):
            return (
                self.frame.ends(piece.lower, "past_ending")
                and at > 0
                and end - at > 1
                and not self.frame.is_a(line.pieces[at - 1].lower, "pronoun")
            )
        return piece.text[0].isalnum() or piece.text in {"(", ")", "'", "’", "-", "/", ".", "&"}

    def _apposed(self, line: Line, comma: int) -> tuple[int, int] | None:
        """The subject before an apposition: "Filipo Grandi, coordinator for the agency, told"."""
        opening = next(
            (i for i in range(comma - 1, -1, -1) if line.pieces[i].text == "," and line.pieces[i].quote < 0), None
        )
        if opening is None or comma - opening > 24:  # noqa: PLR2004 (longer insertions are clauses)
            return None
        inner = line.pieces[opening + 1]
        if self.frame.is_a(inner.lower, "preposition", "other", "opens", "and"):
            return None
        head = self.before(line, opening)
        return (head[0], comma) if head else None

    def _distant(self, line: Line, at: int) -> tuple[int, int] | None:
        """The subject of a participle: that of the sentence ("The UN chief voiced his regrets, saying …")."""
        phrase = self.phrases.forward(line, 0, at)
        return phrase if phrase and phrase[1] <= at else None
