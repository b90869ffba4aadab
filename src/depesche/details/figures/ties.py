"""What ties a count to a word of harm: who was killed, who struck, and how far apart they may stand."""

from depesche.details.figures.harm import Anchor, Frame, People, frame, people
from depesche.details.figures.nouns import Counted
from depesche.details.figures.numbers import Numbers, Word, numbers

FAR = 99
"""The cost of what grammar forbids."""
_COMMA, _CLAUSE, _VERB_FINAL = 3, 3, 6
_LIST_REACH = 16
_PASSIVE_REACH, _BESIDE, _OWNED = 4, 5, 2
_APOSTROPHES = frozenset({"'", "’"})
_OF_REACH, _AUXILIARY_REACH = 4, 14
_QUOTES = "„“”\"»«'"


class Ties:
    """Grammar between counts and harm words in one language, as a cost in words."""

    def __init__(self, language: str) -> None:
        self.frame: Frame = frame(language)
        self.people: People = people(language)
        self.numbers: Numbers = numbers(language)

    def cost(  # noqa: PLR0911 (one return a role)
        self, words: list[Word], *, item: Counted, anchor: Anchor, barriers: list[int]
    ) -> int:
        """How far an amount is from being counted by a harm word; `FAR` where grammar forbids it."""
        amount = item.amount
        before = item.last <= anchor.first
        inside = anchor.split and anchor.first < amount.first < anchor.last
        distance = 0 if inside else anchor.first - item.last if before else amount.first - anchor.last
        if distance < 0:
            return FAR
        crossed = abs(barriers[anchor.first] - barriers[amount.first])
        if item.relative and before:
            crossed = max(0, crossed - _COMMA - _CLAUSE)
        cost = distance + crossed
        if anchor.role == "toll":
            start = item.preposition is not None and self.frame.is_a(words[item.preposition], "start")
            return (
                FAR if before or amount.article or start else cost
            )  # "stieg von 60 auf 76": only the second is the toll
        if anchor.role == "of":
            return self.of_cost(words, item=item, anchor=anchor)
        if self.beside(words, item=item, anchor=anchor):
            return min(cost, _BESIDE)
        # "the two rebels were disarmed when they were captured": the pronoun takes the verb
        replaced = any(self.frame.is_a(w, "pronoun") for w in words[item.last : anchor.first])
        if replaced or not self.free(words, item=item, anchor=anchor, before=before, distance=distance):
            return FAR
        if inside:
            return 0
        if anchor.role == "suffers":
            return cost if before else cost + 1 if self.inverted(words, item, anchor) else FAR
        if anchor.role == "patient":
            return cost if self.passive(words, item=item, anchor=anchor, before=before) else FAR
        return self.strikes_cost(words, item=item, anchor=anchor, cost=cost)

    def beside(self, words: list[Word], *, item: Counted, anchor: Anchor) -> bool:
        """Whether the count is named beside who was harmed: "The mayor was killed, along with two of his guards"."""
        first = item.amount.first
        if first and self.frame.is_a(words[first - 1], "article"):
            first -= 1
        opens = self.frame.ends_with(words, at=first, kind="beside")
        if opens is None or item.kind == "bare" or item.amount.article:
            return False
        if any(self.frame.is_a(w, "and") for w in words[anchor.last : opens]):
            return False  # "was arrested and brought to trial along with three militants"
        if anchor.role == "strikes":
            return anchor.last <= opens
        if anchor.role == "patient" and anchor.last <= opens:
            return any(self.frame.is_a(w, "being") for w in words[max(0, anchor.first - _PASSIVE_REACH) : anchor.first])
        return anchor.role in {"patient", "suffers"} and (anchor.last <= opens or anchor.first - item.last < _OF_REACH)

    def free(self, words: list[Word], *, item: Counted, anchor: Anchor, before: bool, distance: int) -> bool:
        """Whether no preposition keeps the amount from being subject or object."""
        if item.preposition is None or (item.relative and before):
            return True
        if anchor.first <= item.preposition < anchor.last:
            return True  # the preposition belongs to the harm word: "claimed the lives of"
        if before and self.frame.is_a(words[item.preposition], "subordinator"):
            return True  # "after 14 soldiers were killed"
        reduced = before and not distance and anchor.role == "patient"
        return reduced and not self.ordered_freely()  # "one of at least 707 people shot and killed by police"

    def ordered_freely(self) -> bool:
        """Whether the language lets a subject follow its verb."""
        return self.frame.has("order", "free")

    def strikes_cost(self, words: list[Word], *, item: Counted, anchor: Anchor, cost: int) -> int:
        """Cost of being the object of a finite verb."""
        auxiliary = words[max(0, anchor.first - 3) : anchor.first]
        if any(self.frame.is_a(w, "being") for w in auxiliary):
            return FAR
        after = words[anchor.last] if anchor.last < len(words) else None
        closed = after is None or not after.text[0].isalnum() or self.frame.is_a(after, "and")
        if item.last <= anchor.first:
            if not self.ordered_freely():
                return FAR
            return cost if closed else cost + _VERB_FINAL
        between = words[anchor.last : item.amount.first]
        if not self.ordered_freely() and any(self.frame.is_a(w, "preposition") for w in between):
            return FAR
        return cost + _VERB_FINAL if closed and self.ordered_freely() else cost

    def of_cost(self, words: list[Word], *, item: Counted, anchor: Anchor) -> int:
        """Genitive or preposition right after the noun: "Tod von 24 Zivilisten", "the murder of four Kurds"."""
        if item.last <= anchor.first:  # "six priests' slaying"
            owned = item.last < len(words) and words[item.last].text in _APOSTROPHES
            return 0 if owned and anchor.first - item.last <= _OWNED else FAR
        if item.kind == "bare":
            return FAR
        between = words[anchor.last : item.amount.first]
        small = all(
            self.frame.is_a(w, "preposition") or self.frame.is_a(w, "article") or w.text in _QUOTES for w in between
        )
        if small and len(between) < _OF_REACH:
            return len(between)
        return len(between) // 2 if self.listed(between) else FAR

    def listed(self, between: list[Word]) -> bool:
        """Whether a list of those harmed stands between a noun and a count: "the murder of | Father Ames, the cook, and | two guards"."""
        while len(between) > 1 and self.frame.is_a(between[-1], "article"):
            between = between[:-1]
        if not 1 < len(between) < _LIST_REACH or not (between[-1].text == "," or self.frame.is_a(between[-1], "and")):
            return False
        opens = self.frame.is_a(between[0], "preposition") or self.frame.is_a(between[0], "article")
        breaks = any(
            w.text in ";:." or self.frame.is_a(w, "being") or self.frame.is_a(w, "subordinator") for w in between
        )
        inside = any(self.frame.is_a(w, "preposition") for w in between[1:])
        return opens and not breaks and not inside

    def inverted(self, words: list[Word], item: Counted, anchor: Anchor) -> bool:
        """Whether what follows a verb can be its subject: "starben 150 Menschen"; never across a comma or "und"."""
        between = words[anchor.last : item.amount.first]
        if (
            between
            and self.frame.is_a(between[-1], "and")
            and self.people.kind(words[item.amount.first - 2]) == "person"
        ):
            between = between[:-1]  # "starben … die Frau und fünf Kinder"
        parallel = [  # "starben laut A zehn und laut B 30": what "und" joins begins with a preposition, too
            i
            for i, w in enumerate(between[:-1])
            if self.frame.is_a(w, "and") and self.frame.is_a(between[i + 1], "preposition")
        ]
        free = not any(self.frame.is_a(w, "being") for w in between) if parallel else True
        return self.ordered_freely() and all(
            (w.text[0].isalnum() or w.text in _QUOTES or w.text in "()")
            and (not self.frame.is_a(w, "and") or (free and i in parallel))
            for i, w in enumerate(between)
        )

    def passive(self, words: list[Word], *, item: Counted, anchor: Anchor, before: bool) -> bool:
        """Whether a form that can be both participle and past tense is a participle here."""
        lo, hi = (item.last, anchor.first) if before else (anchor.last, item.amount.first)
        if any(self.frame.is_a(w, "being") for w in words[lo:hi]):
            return True
        if not before:
            return False
        counted = anchor.last < len(words) and self.numbers.read(words, anchor.last) is not None
        if not self.ordered_freely():
            return anchor.first - item.last <= 1 and not counted
        start = max(0, anchor.first - _AUXILIARY_REACH)
        return any(self.frame.is_a(w, "being") for w in words[start : anchor.first]) or not counted
