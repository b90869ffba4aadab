"""Numbers with what moves their bounds: "mehr als 50", "bis zu 30", "rund 600", "zwischen 20 und 30" (codebook section 6)."""

from functools import cache
from typing import Literal, NamedTuple

import msgspec

from depesche.details.figures.numbers import Number, Numbers, Word, numbers
from depesche.words import lexicon

_GAP = "…"
_NOUNS_BETWEEN = 2  # "zwischen 20 Menschen und 40 Menschen"


class BoundPhrase(msgspec.Struct, frozen=True):
    """One row of `figures_bounds.tsv`."""

    phrase: str
    effect: Literal["least", "most", "about", "none", "twice"]
    side: Literal["before", "after", "between"]
    example: str


class Amount(NamedTuple):
    """A number with its bounds, at words `[first, last)`; `number` is the word at which the number itself begins."""

    first: int
    last: int
    number: int
    low: int | None
    high: int | None
    approximate: bool
    article: bool


class Amounts:
    """The reader of amounts of one language."""

    def __init__(self, language: str) -> None:
        self.numbers: Numbers = numbers(language)
        self._before: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        """By the last word, the longest first."""
        self._openers: dict[str, list[tuple[str, ...]]] = {}
        """Those of several words, by the first."""
        self._after: list[tuple[tuple[str, ...], str]] = []
        self._between: set[str] = set()
        self._brackets: list[tuple[str, str]] = []
        for row in lexicon(language, "figures_bounds", BoundPhrase):
            if _GAP in row.phrase:
                opening, closing = row.phrase.split(f" {_GAP} ")
                self._brackets.append((opening, closing))
            elif row.side == "between":
                self._between.add(row.phrase)
            else:
                phrase = tuple(row.phrase.split())
                known = self._after if row.side == "after" else self._before.setdefault(phrase[-1], [])
                known.append((phrase, row.effect))
        for phrases in self._before.values():
            phrases.sort(key=lambda item: -len(item[0]))
            for phrase, _ in phrases:
                if len(phrase) > 1:
                    self._openers.setdefault(phrase[0], []).append(phrase)

    def find(self, words: list[Word]) -> list[Amount]:
        """All amounts of a sentence, left to right, without overlap."""
        found: list[Amount] = []
        at = 0
        while at < len(words):
            number = self.numbers.read(words, at) if self.numbers.opens(words[at]) else None
            if number is None or (number.article and self._opens_phrase(words, at)):
                at += 1
                continue
            amount = self._bounded(words, self._ranged(words, number))
            if not _ordinal(words, number):
                found.append(amount)
            at = amount.last
        return found

    def _opens_phrase(self, words: list[Word], at: int) -> bool:
        """Whether an article belongs to a bound phrase: "an estimated 25"."""
        lower = tuple(w.lower for w in words[at : at + 4])
        phrases = self._openers.get(words[at].lower, ())
        return any(lower[: len(p)] == p and self.numbers.read(words, at + len(p)) for p in phrases)

    def _ranged(self, words: list[Word], number: Number) -> Number:
        """The number with its second half, where it is a range."""
        if number.article:
            return number
        closing = next((c for o, c in self._brackets if number.first and words[number.first - 1].lower == o), None)
        joins = self._between if closing is None else {closing}
        reach = 1 if closing is None else 1 + _NOUNS_BETWEEN
        for gap in range(number.last, min(number.last + reach, len(words) - 1)):
            if words[gap].lower in joins:
                second = self.numbers.read(words, gap + 1)
                if second is None or second.high is None or number.high is None:
                    break
                low = number.low
                scale = next(
                    (s for s in (10**9, 10**6, 10**3) if second.low >= s and second.last > second.first + 1), 1
                )
                if low * scale <= second.low:  # "4 bis 5 Millionen"
                    low *= scale
                if low < second.low:
                    return Number(number.first, second.last, low, second.high, article=False)
        return number

    def _bounded(self, words: list[Word], number: Number) -> Amount:
        first, low, high, approximate = number.first, number.low, number.high, False
        effects: list[str] = []
        while phrase := self._ending(words, first):
            first -= len(phrase[0])
            effects.append(phrase[1])
        last = number.last
        for phrase_words, effect in self._after:
            if tuple(w.lower for w in words[last : last + len(phrase_words)]) == phrase_words:
                last += len(phrase_words)
                effects.append(effect)
        floor: int | None = low
        if "least" in effects:
            high = None
        elif "most" in effects and high is not None:
            floor = None
        approximate = "about" in effects and "least" not in effects and high is not None
        return Amount(first, last, number.first, floor, high, approximate, number.article)

    def _ending(self, words: list[Word], at: int) -> tuple[tuple[str, ...], str] | None:
        """The longest bound phrase that ends right before a word."""
        for phrase, effect in self._before.get(words[at - 1].lower, ()) if at else ():
            if len(phrase) <= at and tuple(w.lower for w in words[at - len(phrase) : at]) == phrase:
                return phrase, effect
        return None


def _ordinal(words: list[Word], number: Number) -> bool:
    """Whether digits with a full stop inside a sentence count days or ranks: "am 13. Januar"."""
    after = words[number.last : number.last + 2]
    return (
        len(after) > 1 and after[0].text == "." and words[number.last - 1].text.isdigit() and after[1].text[0].isalnum()
    )


@cache
def amounts(language: str) -> Amounts:
    """The reader of amounts of a language, made once."""
    return Amounts(language)
