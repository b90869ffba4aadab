"""Which amounts of a sentence count people harmed: every amount with its noun, every harm word, and what joins them."""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from depesche.details.figures.amounts import Amounts, amounts
from depesche.details.figures.harm import Anchor, Frame, Harm, People, frame, harm, people
from depesche.details.figures.nouns import Counted, Nouns, nouns
from depesche.details.figures.numbers import Word
from depesche.details.figures.ties import FAR, Ties

_COMMA, _CLAUSE, _BREAK, _OTHER_ANCHOR, _OTHER_AMOUNT = 3, 3, 12, 4, 4
_LIMIT = {"person": 22, "other": 12, "bare": 9}
_ARTICLE_LIMIT, _TOLL_LIMIT, _TAIL, _AMONG, _DEMANDED, _OBJECT = 10, 30, 5, 9, 8, 3
_INSERTION = 16  # words in brackets or between dashes
_INSERTING = frozenset("(–—-")
_WEAK = frozenset({"displaced", "abducted", "detained", "in_need"})
"""Kinds whose nouns name people ("refugees", "hostages"): what a verb says of them counts more."""
_YEARS = range(1800, 2100)


class Count(NamedTuple):
    """An amount that counts people harmed; `anchor` is None where it inherits `what` as a part of another count."""

    counted: Counted
    anchor: Anchor
    part_of: int | None


class Counting:
    """Joins amounts and harm words of one language."""

    def __init__(self, language: str) -> None:
        self.amounts: Amounts = amounts(language)
        self.frame: Frame = frame(language)
        self.harm: Harm = harm(language)
        self.people: People = people(language)
        self.nouns: Nouns = nouns(language)
        self.ties = Ties(language)

    def counts(self, words: list[Word]) -> list[Count]:
        """The counts of people harmed in one sentence, in reading order."""
        insertion = next(insertions(words), None)
        return (insertion and self._around(words, insertion)) or self._plain(words)

    def _around(self, words: list[Word], insertion: range) -> list[Count] | None:
        """The counts of a sentence that tells apart in brackets or dashes whom it counts; None where it does no such thing.

        "Six priests (five of them Spaniards and one Salvadoran) and two women were killed": the parts belong to the six.
        """
        inside = words[insertion.start + insertion.step : insertion.stop - insertion.step]
        shift = insertion.start + insertion.step
        anchors = self.harm.find(inside)
        found = self.amounts.find(inside)
        starts = {a.first for a in found}
        parts = [self.nouns.counted(inside, amount=a, anchors=anchors, starts=starts) for a in found]
        if not parts or anchors or any(p.kind in {"thing", "bare"} for p in parts):
            return None
        outer = self._plain(words[: insertion.start] + words[insertion.stop :])
        outer = [_moved(c, by=insertion.stop - insertion.start, behind=insertion.start) for c in outer]
        host = next((i for i, c in enumerate(outer) if c.counted.last == insertion.start), None)
        if host is None:
            return None
        told = [_moved(Count(p, outer[host].anchor, host), by=shift, behind=0, anchored=False) for p in parts]
        later = [
            c._replace(part_of=None if c.part_of is None else c.part_of + len(told) * (c.part_of > host))
            for c in outer[host + 1 :]
        ]
        return [*outer[: host + 1], *told, *later]

    def _plain(self, words: list[Word]) -> list[Count]:
        anchors = self.harm.find(words)
        found = self.amounts.find(words) if anchors else []
        if not found:
            return []
        starts = {a.first for a in found}
        counted = [self.nouns.counted(words, amount=a, anchors=anchors, starts=starts) for a in found]
        barriers = self._barriers(words)
        results: list[Count] = []
        for group in self._groups(words, counted):
            parts = self._enumerated(words, group=group, so_far=results)
            results += self._joined(
                words, group=parts or group, anchors=anchors, counted=counted, barriers=barriers, so_far=results
            )
        return results

    def _enumerated(self, words: list[Word], *, group: list[Counted], so_far: list[Count]) -> list[Counted] | None:
        """A list behind a colon as parts of the count before it: "13 people died: eight rebels, four soldiers and a civilian"."""
        first = group[0].amount.first
        whole = so_far[-1].counted.amount.low if so_far else None
        people = len(group) > 1 and all(c.kind in {"person", "other"} for c in group)
        if not first or words[first - 1].text not in {":", ";"} or whole is None or not people:
            return None
        fits = sum(c.amount.low or 0 for c in group) <= whole
        return [c._replace(part=True) for c in group] if fits else None

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
        while len(between) > 1 and self.frame.is_a(between[-1], "article"):
            between = between[:-1]  # "the six priests and their | two employees"
        beside = self.frame.ends_with(between, at=len(between), kind="beside")
        if beside:  # "two diplomats, as well as three journalists, were abducted"
            return len(between[:beside]) <= 1
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
            if item.part and not so_far and self._among(group[0], anchors) is not None:
                item = item._replace(part=False)  # noqa: PLW2901 (a part of what is only named: "unter den Toten 36 Kinder")
                results.append(Count(item, self._among(group[0], anchors), None))  # type: ignore[arg-type]
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

    def _among(self, item: Counted, anchors: list[Anchor]) -> Anchor | None:
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

    def _other_object(self, words: list[Word], *, group: list[Counted], anchor: Anchor, counted: list[Counted]) -> bool:
        """Whether a finite verb has a nearer object behind it: "Zwei Angreifer töteten fünf Wachleute"."""
        if anchor.role != "strikes" or anchor.split or group[-1].last > anchor.first:
            return False
        if anchor.last < len(words) and self.frame.is_a(words[anchor.last], "and"):
            return False
        behind = range(anchor.last, anchor.last + _OBJECT)
        return any(c.amount.first in behind and c.kind in {"person", "other"} for c in counted if c not in group)

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
            cost = min(self.ties.cost(words, item=i, anchor=anchor, barriers=barriers) for i in (group[0], group[-1]))
            if cost >= FAR or self._other_object(words, group=group, anchor=anchor, counted=counted):
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


def insertions(words: list[Word]) -> Iterator[range]:
    """Bracketed and dashed insertions, signs included; the step of the range is the number of signs on each side."""
    at = 0
    while at < len(words):
        sign = words[at].text
        if sign not in _INSERTING:
            at += 1
            continue
        doubled = sign == "-" and at + 1 < len(words) and words[at + 1].text == "-"
        width = 2 if doubled else 1
        closing = ")" if sign == "(" else sign if sign in "–—" or doubled else ""
        reach = range(at + width, min(at + _INSERTION, len(words) - width + 1)) if closing and at else range(0)
        end = next((i for i in reach if words[i].text == closing == words[i + width - 1].text), None)
        if end is not None:
            yield range(at, end + width, width)
            at = end
        at += width


def _moved(count: Count, *, by: int, behind: int, anchored: bool = True) -> Count:
    """A count as it stands in words among which `by` more stand from word `behind` on."""

    def at(index: int) -> int:
        return index + by * (index >= behind)

    def end(index: int) -> int:
        return at(index - 1) + 1

    item, anchor = count.counted, count.anchor
    amount = item.amount._replace(
        first=at(item.amount.first), last=end(item.amount.last), number=at(item.amount.number)
    )
    head = None if item.head is None else at(item.head)
    preposition = None if item.preposition is None else at(item.preposition)
    item = item._replace(amount=amount, head=head, preposition=preposition, last=end(item.last))
    if anchored:
        anchor = anchor._replace(first=at(anchor.first), last=end(anchor.last))
    return Count(item, anchor, count.part_of)


@cache
def counting(language: str) -> Counting:
    """The counting of a language, made once."""
    return Counting(language)
