"""The noun phrase that a number counts, and whether it says by itself what happened."""

from functools import cache
from typing import Literal, NamedTuple

from depesche.details.figures.amounts import Amount
from depesche.details.figures.harm import Anchor, Frame, People, frame, people
from depesche.details.figures.numbers import Numbers, Word, numbers

_NOUN_REACH, _PART_REACH, _EXTENDED, _SHORT = 7, 6, 9, 4  # words; the last: letters
_QUOTES = "„“”\"»«'"


class Counted(NamedTuple):
    """An amount with its noun phrase.

    Attributes:
        head: word index of the noun, None where there is none ("mehr als 30 wurden verletzt").
        last: word index after the noun phrase.
        kind: what the noun is; `harmed` where the phrase itself says what happened ("zehn Tote").
        preposition: word index of the preposition before it, or None.
        relative: whether a relative clause on the noun follows.
        part: whether it is told as a part of an earlier count ("darunter").
    """

    amount: Amount
    head: int | None
    last: int
    kind: Literal["person", "thing", "other", "bare", "harmed"]
    anchor: Anchor | None
    preposition: int | None
    relative: bool
    part: bool
    person: bool


class Noun(NamedTuple):
    """What a number counts: the word index of its head, what it is, and the harm word that it is."""

    head: int | None
    kind: Literal["person", "thing", "other", "bare", "harmed"]
    anchor: Anchor | None


class Nouns:
    """Finds the noun phrases behind numbers in one language."""

    def __init__(self, language: str) -> None:
        self.frame: Frame = frame(language)
        self.people: People = people(language)
        self.numbers: Numbers = numbers(language)

    def counted(self, words: list[Word], *, amount: Amount, anchors: list[Anchor], starts: set[int]) -> Counted:
        """One amount with its noun phrase; `starts` are the words at which amounts begin."""
        partitive = self.frame.starts_with(words, at=amount.last, kind="partitive")
        noun = self.noun(words, at=partitive or amount.last, anchors=anchors, starts=starts)
        if partitive is not None and (amount.low == amount.high == 1 or partitive in starts):
            several = partitive in starts and amount.low != 1
            noun = self.noun(words, at=partitive + 1, anchors=anchors, starts=starts) if several else noun
            if not several or noun.kind != "person":
                noun = Noun(None, "thing", None)  # "one of the hostages", "23 of the 53 wounded"
        if noun.kind == "person" and self.whole(words, amount, starts=starts):
            noun = Noun(None, "thing", None)
        if amount.article and noun.kind == "harmed" and not self.single(words, amount, noun):
            noun = Noun(noun.head, "thing", None)
        last = (noun.head if noun.head is not None else amount.last - 1) + 1
        return Counted(
            amount=amount,
            head=noun.head,
            last=last,
            kind=noun.kind,
            anchor=noun.anchor,
            preposition=self.preposition(words, amount.first - 1),
            relative=self.relative(words, last),
            part=self.part(words, amount.first, starts=starts),
            person=noun.head is not None and self.people.kind(words[noun.head]) == "person",
        )

    def whole(self, words: list[Word], amount: Amount, *, starts: set[int]) -> bool:
        """Whether an amount is only what a smaller one is taken from: "seven of the | nine soldiers", but not "one of | 700"."""
        part = self.frame.ends_with(words, at=amount.first, kind="partitive")
        if part is None or part - 1 not in starts:
            return False
        smaller = self.numbers.read(words, part - 1)
        return smaller is not None and smaller.low != 1

    def single(self, words: list[Word], amount: Amount, noun: Noun) -> bool:
        """Whether an article with a harm noun counts one person: "ein Toter", but not "a hostage crisis", "a wounded man"."""
        return (
            noun.anchor is not None
            and noun.anchor.role == "counted"
            and noun.head == amount.last
            and noun.anchor.what in {"killed", "injured", "missing"}
            and self.people.kind(words[noun.head]) == "person"
        )

    def noun(self, words: list[Word], *, at: int, anchors: list[Anchor], starts: set[int]) -> Noun:
        """The noun that a number counts, searched from a word on."""
        noun = Noun(None, "bare", None)
        limit = min(at + _NOUN_REACH, len(words))
        for i in range(at, limit):
            word = words[i]
            if word.text in _QUOTES:
                continue
            if i in starts or not word.text[0].isalnum():
                break
            if self.frame.is_a(word, "stop") and not (self.frame.is_a(word, "and") and self.counts_on(i, anchors)):
                return self.extended(words, at=i, anchors=anchors) or noun
            harmed = self.harmed(words, at=i, anchors=anchors, starts=starts)
            if harmed is not None:
                return harmed
            noun, done = self.widened(words, at=i, noun=noun)
            if done:
                break
        return noun

    def widened(self, words: list[Word], *, at: int, noun: Noun) -> tuple[Noun, bool]:
        """The noun phrase with one more word, and whether it ends there."""
        word, kind = words[at], self.people.kind(words[at])
        capitals = self.frame.has("nouns", "capital")
        if kind == "thing" and noun.kind == "person" and not capitals:
            return Noun(at, "thing", None), True  # "two refugee camps"
        if kind == "person" or (kind == "thing" and noun.kind != "person"):
            noun = Noun(at, kind, None)
        elif noun.kind == "bare" and (word.text[0].isupper() or self.plural(words, at)):
            noun = Noun(at, "other", None)
        elif noun.kind == "person":
            return noun, True
        # what follows a German noun is its genitive, never the counted noun itself
        return noun, noun.head is not None and capitals and word.text[0].isupper()

    def plural(self, words: list[Word], at: int) -> bool:
        """Whether an unknown small-written word can be a plural noun: "six jesuits"."""
        text = words[at].text
        return not self.frame.has("nouns", "capital") and len(text) > _SHORT and text.endswith("s") and text.isalpha()

    def extended(self, words: list[Word], *, at: int, anchors: list[Anchor]) -> Noun | None:
        """A harm noun behind an extended attribute: "90.000 in Ägypten lebenden Flüchtlingen"."""
        if not (self.frame.has("order", "free") and self.frame.is_a(words[at], "preposition")):
            return None
        for i in range(at + 2, min(at + _EXTENDED, len(words))):
            if not words[i].text[0].isalnum():
                return None
            anchor = next((a for a in anchors if a.first == i and a.role == "counted"), None)
            before = words[i - 1]
            if anchor is not None and before.text.islower() and before.text.endswith(("n", "e", "r")):
                small = self.frame.is_a(before, "article") or self.frame.is_a(before, "stop")
                return None if small else Noun(i, "harmed", anchor)
        return None

    def counts_on(self, at: int, anchors: list[Anchor]) -> bool:
        """Whether a stop word only joins two attributes of a harm noun: "30,000 combat and civilian deaths"."""
        return any(a.first == at + 2 and a.role == "counted" for a in anchors)

    def harmed(self, words: list[Word], *, at: int, anchors: list[Anchor], starts: set[int]) -> Noun | None:
        """The noun phrase as one that says by itself what happened: "zehn Tote", "40 verletzte Teilnehmer"."""
        here = {a.role: a for a in anchors if a.first == at and not a.split}
        if "attribute" in here:
            noun = self.noun_after(words, at=here["attribute"].last, starts=starts)
            if noun is not None:
                return Noun(noun, "harmed", here["attribute"])
        if "counted" in here and not self.goes_on(words, at=here["counted"].last):
            return Noun(here["counted"].last - 1, "harmed", here["counted"])
        return None

    def part(self, words: list[Word], at: int, *, starts: set[int]) -> bool:
        """Whether the amount is told as a part: "darunter 68 Kinder", "darunter laut UNO-Angaben 62 Zivilisten"."""
        for here in range(at, max(0, at - _PART_REACH), -1):
            if self.frame.ends_with(words, at=here, kind="part") is not None:
                return True
            if here - 1 in starts or not words[here - 1].text[0].isalnum():
                return False
        return False

    def noun_after(self, words: list[Word], *, at: int, starts: set[int]) -> int | None:
        """The noun that an attribute stands before, if it counts people."""
        for i in range(at, min(at + 4, len(words))):
            if i in starts or not words[i].text[0].isalnum() or self.frame.is_a(words[i], "stop"):
                return None
            if self.people.kind(words[i]) == "person" or words[i].text[0].isupper():
                return i if self.people.kind(words[i]) != "thing" else None
        return None

    def goes_on(self, words: list[Word], *, at: int) -> bool:
        """Whether a harm noun only opens a longer noun: "two refugee camps"."""
        return at < len(words) and self.people.kind(words[at]) == "thing"

    def preposition(self, words: list[Word], at: int) -> int | None:
        """The preposition that a phrase ending at a word opens with, or None."""
        if at >= 0 and self.frame.is_a(words[at], "article"):
            if at > 1 and self.frame.is_a(words[at], "relative") and words[at - 2].text == ",":
                return None  # ", bei der 12 Menschen starben": the article is a relative pronoun
            at -= 1
        return at if at >= 0 and self.frame.is_a(words[at], "preposition") else None

    def relative(self, words: list[Word], at: int) -> bool:
        """Whether a relative clause begins at a word."""
        at += at < len(words) and words[at].text == ","
        return at < len(words) and self.frame.is_a(words[at], "relative")


@cache
def nouns(language: str) -> Nouns:
    """The noun phrases of a language, made once."""
    return Nouns(language)
