"""The phrase that names a speaker: where it begins and ends."""

from depesche.details.speech.lexica import Frame
from depesche.details.speech.lines import Line
from depesche.details.speech.verbs import Verbs

_SMALL = ("adverb", "have", "be", "preposition", "modal", "trail", "wh", "opens", "other", "and", "link")
_LOOSE = frozenset({".", "/", "&"})
_YEAR = 4  # digits
_ADJECTIVES = 3  # in a row: "laut nationalem statistischem Institut"
_LONGEST_NAME = 6  # pieces of a name in quotation marks


def _named(text: str) -> bool:
    """Whether a word is written as a name or, in German, a noun: "Grandi", "el-Baradei", "bildblog.de"."""
    capital = not text.islower() and (text[0].isupper() or any(c.isupper() for c in text))
    return capital or ("." in text and text[-1].isalpha())


class Phrases:
    """Finds noun phrases in the sentences of one language, without a parse."""

    def __init__(self, frame: Frame, verbs: Verbs) -> None:
        self.frame = frame
        self.verbs = verbs

    def forward(self, line: Line, first: int, last: int) -> tuple[int, int] | None:
        """The noun phrase that begins at or after a piece, adverbs and phrases of time passed over; None where there is none before `last`."""
        at = first
        while at < last:
            piece = line.pieces[at]
            if piece.quote >= 0:
                return None
            if self.frame.is_a(piece.lower, "pronoun"):
                return at, at + 1
            plain = at == first and not self.frame.has("comma") and self._noun_goes_on(line, at)
            if plain or self._begins(line, at):
                return at, self._grown(line, at, last)
            if self.frame.is_a(piece.lower, "preposition"):
                at = self._past_prepositional(line, at, last)
            elif self.frame.is_a(piece.lower, "adverb", "gap", "have") or not piece.text[0].isalnum():
                at += 1
            else:
                at += 1
        return None

    def _begins(self, line: Line, at: int) -> bool:
        piece = line.pieces[at]
        if self.frame.is_a(piece.lower, "adverb", "preposition", "other", "opens"):
            return False
        if piece.text[0].isdigit():
            return len(piece.text) != _YEAR and ":" not in piece.text and not self.frame.is_a(piece.lower, "time")
        if self.frame.is_a(piece.lower, "time"):
            return False
        if self.frame.is_a(piece.lower, "article") or _named(piece.text):
            return True
        return self.frame.has("comma") and self._described(line, at)

    def _described(self, line: Line, at: int) -> bool:
        """Whether an adjective without article opens the phrase: "ersten Angaben zufolge"."""
        end = at
        while end < min(at + _ADJECTIVES, len(line.pieces) - 1) and self.verbs.adjective(line.pieces[end]):
            end += 1
        after = line.pieces[end]
        return end > at and after.text[0].isupper() and after.quote < 0

    def _past_prepositional(self, line: Line, at: int, last: int) -> int:
        """After a prepositional phrase: "am Dienstag", "in Genf", "nach dem Treffen"."""
        at += 1
        while at < last and not line.pieces[at].text[0].isupper():
            if line.pieces[at].text == "," or self.verbs.finite(line.pieces[at]) or line.pieces[at].quote >= 0:
                return at
            at += 1
        if at < last and self.frame.is_a(line.pieces[at].lower, "time"):
            return at + 1
        while at + 1 < last and _named(line.pieces[at + 1].text):
            at += 1
        return at + 1

    def _grown(self, line: Line, at: int, last: int) -> int:
        """Where a noun phrase ends that begins at a piece."""
        end, noun = at, False
        while end < last:
            jump = self._past_marks(line, end, last)
            if jump is not None:
                if jump == end:
                    break
                end = jump
                continue
            step = self._step(line, end, last=last, noun=noun)
            if step is None:
                break
            noun, end = step, end + 1
        while end > at + 1 and (
            self.frame.is_a(line.pieces[end - 1].lower, "link", "article", "and") or line.pieces[end - 1].text in _LOOSE
        ):
            end -= 1
        return end

    def _past_marks(self, line: Line, at: int, last: int) -> int | None:
        """Past a bracket or a name in quotation marks; `at` itself where the phrase ends there, None for a plain word."""
        piece = line.pieces[at]
        if piece.quote >= 0:
            closing = next((i for i in range(at, last) if line.pieces[i].quote != piece.quote), last)
            name = (
                at + 1 < last and not line.pieces[at + 1].text.islower()
            )  # "die Richter „gravierende Bedenken“": no name
            return closing if name and closing - at <= _LONGEST_NAME and closing < last else at
        if piece.text == "(":
            return next((i + 1 for i in range(at, last) if line.pieces[i].text == ")"), at)
        if piece.text in {"/", "&", "."} and at + 1 < last:
            return at + 1
        return None

    def _step(self, line: Line, at: int, *, last: int, noun: bool) -> bool | None:
        """Whether the phrase has its noun after one more word; None where the word is no part of it."""
        piece = line.pieces[at]
        if noun and piece.text[0].isdigit():
            return None  # "laut Reuters 900 Menschen": a number opens the next phrase
        capital = _named(piece.text) or piece.text[0].isdigit()
        if capital or (not noun and not self.frame.is_a(piece.lower, "adverb", "have", "be", "preposition")):
            small_noun = not self.frame.has("comma") and self.verbs.nominal(piece)
            return noun or ((capital or small_noun) and not self.frame.is_a(piece.lower, "article"))
        if noun and not self.frame.has("comma") and self._noun_goes_on(line, at):
            return True
        if self.frame.is_a(piece.lower, "link") and self._linked(line, at, last):
            return False
        return None

    def _noun_goes_on(self, line: Line, at: int) -> bool:
        """Whether a small-written noun goes on with the phrase: "The UN chief"."""
        piece = line.pieces[at]
        noun = self.verbs.nominal(piece, unknown=self.frame.ends(piece.lower, "plural_ending")) and not self.verbs.past(
            piece
        )
        return noun and not self.frame.is_a(piece.lower, *_SMALL)

    def _linked(self, line: Line, at: int, last: int) -> bool:
        """Whether a small word goes on with the phrase: what follows must be a noun phrase."""
        after = at + 1
        while after < last and self.frame.is_a(line.pieces[after].lower, "article"):
            after += 1
        while after < last and line.pieces[after].text.islower() and not self._small(line, after):
            after += 1
        if after < last and line.pieces[after].quote >= 0:  # "die Sektion von „Ärzte ohne Grenzen“"
            return self.frame.has("comma") and after == at + 1
        return after < last and line.pieces[after].text[0].isupper()

    def _small(self, line: Line, at: int) -> bool:
        return self.frame.is_a(
            line.pieces[at].lower, "preposition", "adverb", "have", "be", "and", "opens", "other"
        ) or (not line.pieces[at].text[0].isalnum())
