"""Which amounts of a sentence count people harmed: every amount with its noun, every harm word, and what joins them."""

from functools import cache
from typing import Literal, NamedTuple

from depesche.details.figures.amounts import Amount, Amounts, amounts
from depesche.details.figures.harm import Anchor, Frame, Harm, People, frame, harm, people
from depesche.details.figures.numbers import Word
from depesche.record import FigureKind

_NOUN_REACH = 7
_COMMA, _CLAUSE, _BREAK, _OTHER_ANCHOR, _OTHER_AMOUNT = 3, 3, 12, 4, 4
_LIMIT = {"person": 22, "other": 12, "bare": 9}
_FAR = 99
_ARTICLE_LIMIT, _TOLL_LIMIT, _PART_REACH, _EXTENDED, _OF_REACH, _AUXILIARY_REACH = 10, 30, 6, 9, 4, 14
_SHORT = 4  # letters
_VERB_FINAL, _TAIL, _AMONG, _DEMANDED = 6, 5, 9, 8
_QUOTES = "„“”\"»«'"
_WEAK = frozenset({"displaced", "abducted", "detained", "in_need"})
"""Kinds whose nouns name people ("refugees", "hostages"): what a verb says of them counts more."""
_YEARS = range(1800, 2100)


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


class Count(NamedTuple):
    """An amount that counts people harmed; `anchor` is None where it inherits `what` as a part of another count."""

    counted: Counted
    anchor: Anchor
    part_of: int | None


class _Noun(NamedTuple):
    head: int | None
    kind: Literal["person", "thing", "other", "bare", "harmed"]
    anchor: Anchor | None


class Counting:
    """Joins amounts and harm words of one language."""

    def __init__(self, language: str) -> None:
        self.amounts: Amounts = amounts(language)
        self.frame: Frame = frame(language)
        self.harm: Harm = harm(language)
        self.people: People = people(language)

    def counts(self, words: list[Word]) -> list[Count]:
        """The counts of people harmed in one sentence, in reading order."""
        found = self.amounts.find(words)
        if not found:
            return []
        anchors = self.harm.find(words)
        if not anchors:
            return []
        starts = {a.first for a in found}
        counted = [self._counted(words, amount=a, anchors=anchors, starts=starts) for a in found]
        barriers = self._barriers(words)
        results: list[Count] = []
        for group in self._groups(words, counted):
            results += self._joined(
                words, group=group, anchors=anchors, counted=counted, barriers=barriers, so_far=results
            )
        return results

    def _counted(self, words: list[Word], *, amount: Amount, anchors: list[Anchor], starts: set[int]) -> Counted:
        partitive = self.frame.starts_with(words, at=amount.last, kind="partitive")
        noun = self._noun(words, at=partitive or amount.last, anchors=anchors, starts=starts)
        if partitive is not None and (amount.low == amount.high == 1 or partitive in starts):
            noun = _Noun(None, "thing", None)  # "one of the hostages", "23 of the 53 wounded"
        if amount.article and noun.kind == "harmed" and not self._single(words, amount, noun):
            noun = _Noun(noun.head, "thing", None)
        last = (noun.head if noun.head is not None else amount.last - 1) + 1
        return Counted(
            amount=amount,
            head=noun.head,
            last=last,
            kind=noun.kind,
            anchor=noun.anchor,
            preposition=self._preposition(words, amount.first - 1),
            relative=self._relative(words, last),
            part=self._part(words, amount.first, starts=starts),
            person=noun.head is not None and self.people.kind(words[noun.head]) == "person",
        )

    def _single(self, words: list[Word], amount: Amount, noun: _Noun) -> bool:
        """Whether an article with a harm noun counts one person: "ein Toter", but not "a hostage crisis", "a wounded man"."""
        return (
            noun.anchor is not None
            and noun.anchor.role == "counted"
            and noun.head == amount.last
            and noun.anchor.what in {"killed", "injured", "missing"}
            and self.people.kind(words[noun.head]) == "person"
        )

    def _noun(self, words: list[Word], *, at: int, anchors: list[Anchor], starts: set[int]) -> _Noun:
        """The noun that a number counts, searched from a word on."""
        noun = _Noun(None, "bare", None)
        limit = min(at + _NOUN_REACH, len(words))
        for i in range(at, limit):
            word = words[i]
            if word.text in _QUOTES:
                continue
            if i in starts or not word.text[0].isalnum():
                break
            if self.frame.is_a(word, "stop") and not (self.frame.is_a(word, "and") and self._counts_on(i, anchors)):
                return self._extended(words, at=i, anchors=anchors) or noun
            harmed = self._harmed(words, at=i, anchors=anchors, starts=starts)
            if harmed is not None:
                return harmed
            kind = self.people.kind(word)
            if kind == "thing" and noun.kind == "person" and not self.frame.has("nouns", "capital"):
                return _Noun(i, "thing", None)  # "two refugee camps"
            if kind == "person" or (kind == "thing" and noun.kind != "person"):
                noun = _Noun(i, kind, None)
            elif word.text[0].isupper() and noun.kind == "bare":
                noun = _Noun(i, "other", None)
            elif noun.kind == "bare" and self._plural(words, i):
                noun = _Noun(i, "other", None)
            elif noun.kind == "person":
                break
            if noun.head is not None and self.frame.has("nouns", "capital") and word.text[0].isupper():
                break  # what follows a German noun is its genitive, never the counted noun itself
        return noun

    def _plural(self, words: list[Word], at: int) -> bool:
        """Whether an unknown small-written word can be a plural noun: "six jesuits"."""
        text = words[at].text
        return not self.frame.has("nouns", "capital") and len(text) > _SHORT and text.endswith("s") and text.isalpha()

    def _extended(self, words: list[Word], *, at: int, anchors: list[Anchor]) -> _Noun | None:
        """A harm noun behind an extended attribute: "90.000 in Ägypten lebenden Flüchtlingen"."""
        if not (self._ordered_freely() and self.frame.is_a(words[at], "preposition")):
            return None
        for i in range(at + 2, min(at + _EXTENDED, len(words))):
            if not words[i].text[0].isalnum():
                return None
            anchor = next((a for a in anchors if a.first == i and a.role == "counted"), None)
            before = words[i - 1]
            if anchor is not None and before.text.islower() and before.text.endswith(("n", "e", "r")):
                small = self.frame.is_a(before, "article") or self.frame.is_a(before, "stop")
                return None if small else _Noun(i, "harmed", anchor)
        return None

    def _counts_on(self, at: int, anchors: list[Anchor]) -> bool:
        """Whether a stop word only joins two attributes of a harm noun: "30,000 combat and civilian deaths"."""
        return any(a.first == at + 2 and a.role == "counted" for a in anchors)

    def _harmed(self, words: list[Word], *, at: int, anchors: list[Anchor], starts: set[int]) -> _Noun | None:
        """The noun phrase as one that says by itself what happened: "zehn Tote", "40 verletzte Teilnehmer"."""
        here = {a.role: a for a in anchors if a.first == at and not a.split}
        if "attribute" in here:
            noun = self._noun_after(words, at=here["attribute"].last, starts=starts)
            if noun is not None:
                return _Noun(noun, "harmed", here["attribute"])
        if "counted" in here and not self._goes_on(words, at=here["counted"].last):
            return _Noun(here["counted"].last - 1, "harmed", here["counted"])
        return None

    def _part(self, words: list[Word], at: int, *, starts: set[int]) -> bool:
        """Whether the amount is told as a part: "darunter 68 Kinder", "darunter laut UNO-Angaben 62 Zivilisten"."""
        for here in range(at, max(0, at - _PART_REACH), -1):
            if self.frame.ends_with(words, at=here, kind="part") is not None:
                return True
            if here - 1 in starts or not words[here - 1].text[0].isalnum():
                return False
        return False

    def _noun_after(self, words: list[Word], *, at: int, starts: set[int]) -> int | None:
        """The noun that an attribute stands before, if it counts people."""
        for i in range(at, min(at + 4, len(words))):
            if i in starts or not words[i].text[0].isalnum() or self.frame.is_a(words[i], "stop"):
                return None
            if self.people.kind(words[i]) == "person" or words[i].text[0].isupper():
                return i if self.people.kind(words[i]) != "thing" else None
        return None

    def _goes_on(self, words: list[Word], *, at: int) -> bool:
        """Whether a harm noun only opens a longer noun: "two refugee camps"."""
        return at < len(words) and self.people.kind(words[at]) == "thing"

    def _preposition(self, words: list[Word], at: int) -> int | None:
        if at >= 0 and self.frame.is_a(words[at], "article"):
            if at > 1 and self.frame.is_a(words[at], "relative") and words[at - 2].text == ",":
                return None  # ", bei der 12 Menschen starben": the article is a relative pronoun
            at -= 1
        return at if at >= 0 and self.frame.is_a(words[at], "preposition") else None

    def _relative(self, words: list[Word], at: int) -> bool:
        at += at < len(words) and words[at].text == ","
        return at < len(words) and self.frame.is_a(words[at], "relative")

    def _barriers(self, words: list[Word]) -> list[int]:
        """Running cost of crossing clause borders, per word."""
        cost, running = [0], 0
        for i, word in enumerate(words):
            if word.text in ";:" or (word.text in "–—" and len(word.text) == 1):
                running += _BREAK
            elif word.text == ",":
                running += _COMMA
            elif self.frame.is_a(word, "subordinator") and i:
                running += _CLAUSE
            cost.append(running)
        return cost

    def _groups(self, words: list[Word], counted: list[Counted]) -> list[list[Counted]]:
        """Coordinated counts together: "14 rebels, two soldiers and one hostage"."""
        groups: list[list[Counted]] = []
        for item in counted:
            between = words[groups[-1][-1].last : item.amount.first] if groups else []
            joined = bool(between) and self._coordinated(between)
            named = groups and (groups[-1][-1].kind != "bare" or item.kind == "bare")
            if joined and named and not self._fixed(groups[-1][-1]) and not item.part:
                groups[-1].append(item)
            else:
                groups.append([item])
        return groups

    def _coordinated(self, between: list[Word]) -> bool:
        """Whether only "und" or a comma stands between two counts, and what belongs to the first ("… der US-Armee und …")."""
        last = between[-1]
        if not (last.text == "," or self.frame.is_a(last, "and")):
            return False
        tail = [w for w in between if w.text != "," and not self.frame.is_a(w, "and")]
        opens = not tail or self.frame.is_a(tail[0], "partitive") or self.frame.is_a(tail[0], "article")
        return opens and len(tail) <= _TAIL and not any(self.frame.is_a(w, "being") or w.text in ";:" for w in tail)

    def _joined(  # noqa: PLR0913 (the sentence, what was found in it, and what was settled before)
        self,
        words: list[Word],
        *,
        group: list[Counted],
        anchors: list[Anchor],
        counted: list[Counted],
        barriers: list[int],
        so_far: list[Count],
    ) -> list[Count]:
        results: list[Count] = []
        shared = self._best(words, group=group, anchors=anchors, counted=counted, barriers=barriers)
        if self._aged(words, group[0]):
            return []
        for item in group:
            if item.part and not so_far and self._among(words, group[0], anchors) is not None:
                item = item._replace(part=False)  # noqa: PLW2901 (a part of what is only named: "unter den Toten 36 Kinder")
                results.append(Count(item, self._among(words, group[0], anchors), None))  # type: ignore[arg-type]
                continue
            inherited = so_far[-1] if so_far and (item.part or group[0].part) else None
            fits = shared is not None and shared[1] <= self._limit(item, shared[0])
            if item.kind == "thing" or self._year(words, item):
                continue
            if self._fixed(item) and item.anchor is not None:
                results.append(Count(item, item.anchor, len(so_far) - 1 if inherited else None))
            elif inherited is not None and item.kind != "bare":
                results.append(Count(item, inherited.anchor, len(so_far) - 1))
            elif fits and shared is not None and self._plausible(words, item):
                results.append(Count(item, shared[0], None))
            elif item.anchor is not None:
                results.append(Count(item, item.anchor, None))
        return results

    def _aged(self, words: list[Word], item: Counted) -> bool:
        """Whether numbers without a noun are ages: "aged three, six and seven"."""
        before = words[item.amount.first - 1] if item.amount.first else None
        return before is not None and self.frame.is_a(before, "age")

    def _among(self, words: list[Word], item: Counted, anchors: list[Anchor]) -> Anchor | None:
        """The harm noun that the count is a part of: "unter den Toten 36 Kinder sowie neun Frauen"."""
        reach = range(max(0, item.amount.first - _AMONG), item.amount.first)
        near = [a for a in anchors if a.role == "counted" and a.first in reach]
        return near[-1] if near else None

    def _fixed(self, item: Counted) -> bool:
        """Whether the noun phrase settles what happened, whatever the verb says."""
        if item.anchor is None or item.anchor.role != "counted" or item.anchor.what not in _WEAK:
            return item.anchor is not None
        return item.head is not None and not self._someone(item)

    def _someone(self, item: Counted) -> bool:
        """Whether the harm noun names people ("hostages") and not acts ("arrests")."""
        return item.person

    def _limit(self, item: Counted, anchor: Anchor) -> int:
        if anchor.role == "toll":
            return _TOLL_LIMIT
        return _ARTICLE_LIMIT if item.amount.article else _LIMIT.get(item.kind, _LIMIT["person"])

    def _year(self, words: list[Word], item: Counted) -> bool:
        """Four digits without a sign between them are a year, unless people follow them or a bound stands before."""
        amount = item.amount
        looks = amount.low == amount.high and amount.low in _YEARS and words[amount.number].text.isdigit()
        return looks and amount.first == amount.number and not (item.kind == "person" and item.head == amount.last)

    def _plausible(self, words: list[Word], item: Counted) -> bool:
        """No bare years, no number that names a thing ("Resolution 1701"), no article before what is no person."""
        amount = item.amount
        if amount.article:
            return item.kind == "person"
        if item.kind != "bare" or amount.first != amount.number:
            return True
        before = words[amount.first - 1] if amount.first > 1 else None
        after = words[amount.last] if amount.last < len(words) else None
        if before is not None and after is not None and before.text == after.text == ",":
            return False  # "Ahmed Mousa, 20, brother of": an age
        if before is not None and before.text == ".":
            before = words[amount.first - 2]  # "Aug. 15"
        return before is None or not before.text[0].isupper()

    def _best(
        self,
        words: list[Word],
        *,
        group: list[Counted],
        anchors: list[Anchor],
        counted: list[Counted],
        barriers: list[int],
    ) -> tuple[Anchor, int] | None:
        best: tuple[Anchor, int] | None = None
        for anchor in anchors:
            if anchor.role in {"counted", "attribute"}:
                continue
            cost = min(self._cost(words, item=i, anchor=anchor, barriers=barriers) for i in (group[0], group[-1]))
            if cost >= _FAR:
                continue
            lo, hi = sorted((group[0].amount.first, anchor.first))
            cost += _DEMANDED * (anchor.role == "of" and group[0].relative)
            cost += _OTHER_ANCHOR * len(
                {a.first for a in anchors if lo < a.first < hi and a.what != anchor.what and a.role == anchor.role}
            )
            cost += _OTHER_AMOUNT * sum(
                1 for c in counted if c not in group and lo < c.amount.first < hi and c.kind in {"person", "bare"}
            )
            if best is None or cost < best[1]:
                best = (anchor, cost)
        return best

    def _cost(  # noqa: PLR0911 (one return a role)
        self, words: list[Word], *, item: Counted, anchor: Anchor, barriers: list[int]
    ) -> int:
        """How far an amount is from being counted by a harm word; `_FAR` where grammar forbids it."""
        amount = item.amount
        before = item.last <= anchor.first
        inside = anchor.split and anchor.first < amount.first < anchor.last
        distance = 0 if inside else anchor.first - item.last if before else amount.first - anchor.last
        if distance < 0:
            return _FAR
        crossed = abs(barriers[anchor.first] - barriers[amount.first])
        if item.relative and before:
            crossed = max(0, crossed - _COMMA - _CLAUSE)
        cost = distance + crossed
        if anchor.role == "toll":
            start = item.preposition is not None and self.frame.is_a(words[item.preposition], "start")
            return _FAR if before or amount.article or start else cost  # "stieg von 60 auf 76": only the second is the toll
        if anchor.role == "of":
            return _FAR if before or item.kind == "bare" else self._of_cost(words, item=item, anchor=anchor)
        if any(self.frame.is_a(w, "pronoun") for w in words[item.last : anchor.first]):
            return _FAR  # "the two rebels were disarmed when they were captured"
        if not self._free(words, item=item, anchor=anchor, before=before, distance=distance):
            return _FAR
        if inside:
            return 0
        if anchor.role == "suffers":
            return cost if before else cost + 1 if self._inverted(words, item, anchor) else _FAR
        if anchor.role == "patient":
            return cost if self._passive(words, item=item, anchor=anchor, before=before) else _FAR
        return self._strikes_cost(words, item=item, anchor=anchor, cost=cost)

    def _free(self, words: list[Word], *, item: Counted, anchor: Anchor, before: bool, distance: int) -> bool:
        """Whether no preposition keeps the amount from being subject or object."""
        if item.preposition is None or (item.relative and before):
            return True
        if anchor.first <= item.preposition < anchor.last:
            return True  # the preposition belongs to the harm word: "claimed the lives of"
        if before and self.frame.is_a(words[item.preposition], "subordinator"):
            return True  # "after 14 soldiers were killed"
        reduced = before and not distance and anchor.role == "patient"
        return reduced and not self._ordered_freely()  # "one of at least 707 people shot and killed by police"

    def _ordered_freely(self) -> bool:
        return self.frame.has("order", "free")

    def _strikes_cost(self, words: list[Word], *, item: Counted, anchor: Anchor, cost: int) -> int:
        """Cost of being the object of a finite verb."""
        auxiliary = words[max(0, anchor.first - 3) : anchor.first]
        if any(self.frame.is_a(w, "being") for w in auxiliary):
            return _FAR
        after = words[anchor.last] if anchor.last < len(words) else None
        closed = after is None or not after.text[0].isalnum() or self.frame.is_a(after, "and")
        if item.last <= anchor.first:
            if not self._ordered_freely():
                return _FAR
            return cost if closed else cost + _VERB_FINAL
        between = words[anchor.last : item.amount.first]
        if not self._ordered_freely() and any(self.frame.is_a(w, "preposition") for w in between):
            return _FAR
        return cost + _VERB_FINAL if closed and self._ordered_freely() else cost

    def _of_cost(self, words: list[Word], *, item: Counted, anchor: Anchor) -> int:
        """Genitive or preposition right after the noun: "Tod von 24 Zivilisten", "the murder of four Kurds"."""
        between = words[anchor.last : item.amount.first]
        small = all(
            self.frame.is_a(w, "preposition") or self.frame.is_a(w, "article") or w.text in _QUOTES for w in between
        )
        return len(between) if small and len(between) < _OF_REACH else _FAR

    def _inverted(self, words: list[Word], item: Counted, anchor: Anchor) -> bool:
        """Whether what follows a verb can be its subject: "starben 150 Menschen"; never across a comma or "und"."""
        between = words[anchor.last : item.amount.first]
        if (
            between
            and self.frame.is_a(between[-1], "and")
            and self.people.kind(words[item.amount.first - 2]) == "person"
        ):
            between = between[:-1]  # "starben … die Frau und fünf Kinder"
        return self._ordered_freely() and all(
            (w.text[0].isalnum() or w.text in _QUOTES or w.text in "()") and not self.frame.is_a(w, "and")
            for w in between
        )

    def _passive(self, words: list[Word], *, item: Counted, anchor: Anchor, before: bool) -> bool:
        """Whether a form that can be both participle and past tense is a participle here."""
        lo, hi = (item.last, anchor.first) if before else (anchor.last, item.amount.first)
        if any(self.frame.is_a(w, "being") for w in words[lo:hi]):
            return True
        if not before:
            return False
        if not self._ordered_freely():
            return anchor.first - item.last <= 1 and self.amounts.numbers.read(words, anchor.last) is None
        start = max(0, anchor.first - _AUXILIARY_REACH)
        if any(self.frame.is_a(w, "being") for w in words[start : anchor.first]):
            return True
        return anchor.last >= len(words) or self.amounts.numbers.read(words, anchor.last) is None


@cache
def counting(language: str) -> Counting:
    """The counting of a language, made once."""
    return Counting(language)


def kind_of(count: Count) -> FigureKind:
    """What happened to the counted people."""
    return count.anchor.what
