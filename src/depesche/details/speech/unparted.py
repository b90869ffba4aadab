"""Speech in languages that put no comma between a cue and what follows it ("Kerry said that …", "Kerry said it …").

What was said stands behind the cue, or before it and a comma ("…, Kerry said", "…", said Kerry).
"""

from collections.abc import Iterator

from depesche.details.speech.cueing import Cueing, Found
from depesche.details.speech.drafts import Draft
from depesche.details.speech.lexica import Frame, cues, frame
from depesche.details.speech.lines import Line, Verbs
from depesche.details.speech.phrases import Phrases
from depesche.record import Span

_SURE, _LIKELY = 0.95, 0.85
_STOPS = frozenset({".", "!", "?", ","})
_LEAST = 2  # words that a reported clause has at least
_ADDRESSEE, _TITLED = 8, 4


class Unparted:
    """The rules for one language without commas before reported clauses."""

    def __init__(self, language: str) -> None:
        self.frame: Frame = frame(language)
        self.verbs = Verbs(language)
        self.phrases = Phrases(self.frame, self.verbs)
        self.cueing = Cueing(self.frame, self.verbs, by_form=cues(language))

    def drafts(self, line: Line) -> Iterator[Draft]:
        """The statements that one sentence tells by itself."""
        titled = self._titled(line)
        if titled is not None:
            yield titled
            return
        found = [
            f
            for f in self.cueing.find(line)
            if not self._noun(line, f.at) and (not f.passive or "quoted" in f.cue.takes)
        ]
        kept = [*self._sourced(line)]
        # A cue that closes the sentence claims all before it: "The court heard he was told to go, police said."
        for cue in reversed(found):
            draft = self._closing(line, cue)
            if draft is not None and not any(_covers(k, line, cue.at) for k in kept):
                kept.append(draft)
        for cue in found:
            draft = self._opening(line, cue)
            if draft is not None and not any(draft.cue == k.cue for k in kept):
                nested = any(_covers(k, line, cue.at) for k in kept)
                if not nested or ("quote" in cue.cue.takes and draft.speaker is not None):
                    kept.append(draft)
        yield from kept

    def _noun(self, line: Line, at: int) -> bool:
        """Whether a form that is also a noun is one here: "the reports", "his claim"."""
        if not at or not self.verbs.nominal(line.pieces[at]):
            return False
        before = line.pieces[at - 1]
        return (
            self.frame.is_a(before.lower, "article")
            or before.lower in {"of", "'s", "to", "for"}
            or (before.lower.endswith(("'s", "’s")))
        )

    def _closing(self, line: Line, found: Found) -> Draft | None:
        """A cue with what it tells before it: "…, Kerry said", "…", said Kerry"."""
        start = self._auxiliaries(line, found.at)
        opens = not start or line.pieces[start - 1].text == "," or line.pieces[start - 1].quote >= 0
        if opens and "addressee" not in found.cue.takes:
            fronted = self._fronted(line, start)
            inverted = self.phrases.forward(line, found.at + 1, len(line.pieces)) if fronted is not None else None
            if fronted is not None and inverted and inverted[0] == found.at + 1 and self._ends(line, inverted[1]):
                content = [fronted, *self._resumed(line, found.at)]
                return self._draft(line, found, speaker=inverted, content=content, how="inverted")
        subject = self._before(line, start)
        fronted = self._fronted(line, subject[0]) if subject is not None else None
        if fronted is None or subject is None:
            return None
        quoted = line.pieces[subject[0] - 1].quote >= 0 or line.pieces[subject[0] - 2].quote >= 0
        behind = self._behind(line, found.at)
        plain = behind is None or not line.pieces[behind].text[0].isalnum()
        if plain or (quoted and not self.frame.is_a(line.pieces[behind or 0].lower, "opens")):
            if (
                behind is not None
                and line.pieces[behind].quote >= 0
                and line.pieces[behind - 1].quote < 0
                and not quoted
            ):
                return None
            content = [fronted, *self._resumed(line, found.at)]
            return self._draft(line, found, speaker=subject, content=content, how="fronted")
        if "addressee" in found.cue.takes and not self._tells_on(line, found, behind or found.at):
            content = [fronted, *self._resumed(line, found.at)]
            return self._draft(line, found, speaker=subject, content=content, how="fronted")
        if "quoted" in found.cue.takes:
            return self._draft(line, found, speaker=subject, content=[fronted], how="quoted")
        return None

    def _tells_on(self, line: Line, found: Found, at: int) -> bool:
        """Whether something is told behind those it is told to: "told AFP that …" against "told the BBC in an interview"."""
        after = self._addressed(line, at) or at
        return after < line.end and self._following(line, found, at) is not None

    def _ends(self, line: Line, at: int) -> bool:
        """Whether nothing but a day, a place or an apposition follows an inverted subject."""
        return at >= line.end or not self._clausal(line, at - 1, line.end) or line.pieces[at].text in {",", "."}

    def _opening(self, line: Line, found: Found) -> Draft | None:
        """A cue with what it tells behind it: "Kerry said that …", "…, saying …"."""
        if "quoted" in found.cue.takes:
            return None
        behind = self._behind(line, found.at)
        if behind is None:
            return None
        content = self._following(line, found, behind)
        if content is None:
            return None
        if line.pieces[found.at].lower.endswith("ing"):
            speaker = self._distant(line, found.at)
        else:
            speaker = self._before(line, self._auxiliaries(line, found.at))
        if speaker is None:
            return None
        return self._draft(line, found, speaker=speaker, content=[content], how="following")

    def _titled(self, line: Line) -> Draft | None:
        """A headline that names its source: "60,000 registered so far: UNHCR"."""
        colons = [i for i, p in enumerate(line.pieces) if p.text == ":" and p.quote < 0]
        if line.sentence.part != "headline" or len(colons) != 1:
            return None
        at, count = colons[0], len(line.pieces)
        behind = line.pieces[at + 1 :]
        short = 0 < len(behind) <= _TITLED and at > len(behind)
        if not short or any(self.verbs.finite(p) and not self.verbs.nominal(p) for p in behind):
            return None
        return Draft(line.span(at + 1, count), (), (self._whole(line, 0, at),), "headline with its source", _LIKELY)

    def _draft(
        self, line: Line, found: Found, *, speaker: tuple[int, int] | None, content: list[Span], how: str
    ) -> Draft | None:
        return Draft(
            speaker=line.span(*speaker) if speaker else None,
            cue=(
                line.span(found.pieces[0], found.pieces[-1] + 1)
                if found.passive is False
                else line.pieces[found.at].span,
            ),
            content=tuple(content),
            why=f"{how}: {found.cue.lemma}",
            confidence=_LIKELY if how == "following" else _SURE,
            clause=self._clause(line, found.at),
        )

    def _clause(self, line: Line, at: int) -> Span:
        """The words around a cue that are not the content, where the day of saying stands."""
        segment = line.segments[line.segment_of(at)]
        return line.span(segment.first, segment.last)

    def _auxiliaries(self, line: Line, at: int) -> int:
        """The first word of the verb group: "had earlier said"."""
        start = at
        while (
            start
            and line.pieces[start - 1].quote < 0
            and self.frame.is_a(line.pieces[start - 1].lower, "have", "adverb", "modal", "be")
        ):
            start -= 1
        return start

    def _before(self, line: Line, at: int) -> tuple[int, int] | None:
        """The subject right before a verb group."""
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
        return (first, at) if first < at and self._could_speak(line, first, at) else None

    def _could_speak(self, line: Line, first: int, last: int) -> bool:
        pieces = line.pieces[first:last]
        return any(
            p.text[0].isupper() or self.frame.is_a(p.lower, "pronoun", "article") or self.verbs.nominal(p)
            for p in pieces
        )

    def _belongs(self, line: Line, at: int, end: int) -> bool:
        """Whether a word can be part of the noun phrase that ends at `end`."""
        piece = line.pieces[at]
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
                piece.lower.endswith(("ed", "en"))
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
        head = self._before(line, opening)
        return (head[0], comma) if head else None

    def _behind(self, line: Line, at: int) -> int | None:
        """Where what follows a cue begins: after those it is told to and the day of saying."""
        after = at + 1
        end = line.end
        for _ in range(_ADDRESSEE):
            if after >= end:
                return None
            piece = line.pieces[after]
            if piece.quote >= 0 or self.frame.is_a(piece.lower, "opens", "wh"):
                return after
            if self._trails(line, after):
                after = self._past(line, after)
                continue
            return after
        return after if after < end else None

    def _trails(self, line: Line, at: int) -> bool:
        return self.frame.is_a(line.pieces[at].lower, "trail") and (
            not self.frame.is_a(line.pieces[at].lower, "preposition") or at + 1 < line.end
        )

    def _past(self, line: Line, at: int) -> int:
        """After a day or a prepositional phrase: "Monday", "on Monday", "in a statement"."""
        if not self.frame.is_a(line.pieces[at].lower, "preposition"):
            return at + 1
        at += 1
        while at < line.end and self.frame.is_a(line.pieces[at].lower, "article", "adverb"):
            if self.frame.is_a(line.pieces[at].lower, "trail"):
                return at + 1
            at += 1
        return at + 1

    def _following(self, line: Line, found: Found, at: int) -> Span | None:
        piece = line.pieces[at]
        takes = found.cue.takes
        end = line.end
        if "addressee" in takes and not self.frame.is_a(piece.lower, "opens") and piece.quote < 0:
            at = self._addressed(line, at) or at
            piece = line.pieces[at] if at < end else piece
        if at >= end:
            return None
        if piece.text in {":", ","} and at + 1 < len(line.pieces) and line.pieces[at + 1].quote >= 0:
            return self._whole(line, at + 1, self._quote_end(line, at + 1)) if "quote" in takes else None
        if piece.quote >= 0:
            closing = self._quote_end(line, at)
            stops = closing < end and line.pieces[closing].text[0].isalnum() and line.pieces[closing - 2].text in _STOPS
            return self._whole(line, at, closing if stops else end)
        if piece.text == ":":
            return self._whole(line, at + 1, end) if at + 1 < end else None
        if piece.text in {",", ";", "--", "–", ")"}:
            return None
        if "fragment" in takes and "clause" not in takes:
            inside = next((i for i in range(at, end) if line.pieces[i].quote >= 0), None)
            return line.quotes[line.pieces[inside].quote].span if inside is not None else None
        if self.frame.is_a(piece.lower, "opens"):
            at += 1
        elif piece.lower == "to":
            if "infinitive" not in takes and found.cue.lemma not in {"tell", "ask", "urge"}:
                return None
        elif not self._clausal(line, at, end) or "clause" not in takes:
            return None
        end = self._cut(line, at, end)
        return self._whole(line, at, end) if end - at >= _LEAST else None

    def _cut(self, line: Line, at: int, end: int) -> int:
        """Where what is told ends before a participle tells more: "…, adding that …"."""
        for i in range(at + 1, end - 1):
            after = line.pieces[i + 1]
            if line.pieces[i].text == "," and after.quote < 0 and after.lower.endswith("ing"):
                if after.lower in self.cueing.by_form or self.frame.is_a(after.lower, "aside"):
                    return i
        return end

    def _addressed(self, line: Line, at: int) -> int | None:
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
        while end < line.end and self._trails(line, end):
            end = self._past(line, end)
        return end

    def _clausal(self, line: Line, at: int, end: int) -> bool:
        """Whether a clause begins here: a subject, then a finite verb or modal."""
        if self.frame.is_a(line.pieces[at].lower, "preposition") and not self.frame.is_a(
            line.pieces[at].lower, "trail"
        ):
            return False
        for i in range(at + 1, end):
            piece = line.pieces[i]
            if piece.text == "'s" or piece.lower.endswith(("n't", "'re", "'ll", "n’t")):
                return True
            if self.frame.is_a(piece.lower, "have", "be", "modal") or (
                self.verbs.finite(piece) and not (self.verbs.nominal(piece) and i == at + 1)
            ):
                return True
        return False

    def _quote_end(self, line: Line, at: int) -> int:
        number = line.pieces[at].quote
        return next((i for i in range(at, len(line.pieces)) if line.pieces[i].quote != number), len(line.pieces))

    def _fronted(self, line: Line, before: int) -> Span | None:
        """What stands before a subject and a comma, where it can be a reported clause."""
        if before < _LEAST:
            return None
        border = line.pieces[before - 1]
        if border.text != "," and border.quote < 0:
            return None
        first = 0
        if border.quote >= 0:
            number = border.quote
            first = next(i for i, p in enumerate(line.pieces) if p.quote == number)
            lead = line.pieces[:first]
            if lead and (lead[-1].text == ":" or (lead[-1].text == "," and not self._clausal(line, 0, first))):
                return self._whole(line, first, before)
            first = 0
        elif not self._clausal(line, 0, before - 1):
            return None
        last = before - 1 if border.text == "," else before
        if (
            self.frame.is_a(line.pieces[0].lower, "other", "preposition")
            and not any(p.text == "," for p in line.pieces[first : last - 1])
            and border.quote < 0
        ):
            return None  # "When he arrived, Kerry said …": the clause before the comma is no content
        while first < last - 1 and self.frame.is_a(line.pieces[first].lower, "and", "adverb"):
            first += 1
            if line.pieces[first].text == ",":
                first += 1
        return self._whole(line, first, last)

    def _resumed(self, line: Line, at: int) -> list[Span]:
        """A quotation that goes on after its cue: "…," he said, "…"."""
        if not any(p.quote >= 0 for p in line.pieces[:at]):
            return []
        after = next((i for i in range(at, len(line.pieces)) if line.pieces[i].quote >= 0), None)
        if after is None or line.pieces[after - 1].text not in {",", ".", ":", "--"}:
            return []
        return [self._whole(line, after, self._quote_end(line, after))]

    def _distant(self, line: Line, at: int) -> tuple[int, int] | None:
        """The subject of a participle: that of the sentence ("The UN chief voiced his regrets, saying …")."""
        phrase = self.phrases.forward(line, 0, at)
        return phrase if phrase and phrase[1] <= at else None

    def _sourced(self, line: Line) -> Iterator[Draft]:
        """ "According to X, …" and "…, according to X"."""
        for at in range(len(line.pieces) - 1):
            pair = f"{line.pieces[at].lower} {line.pieces[at + 1].lower}"
            if line.pieces[at].quote >= 0 or not self.frame.is_a(pair, "source"):
                continue
            border = next(
                (i for i in range(at + 2, line.end) if line.pieces[i].text in {",", ";"} and line.pieces[i].quote < 0),
                line.end,
            )
            speaker = self.phrases.forward(line, at + 2, border) or (at + 2, border)
            if at <= 1:
                border = self._past_apposition(line, border)
                content = self._whole(line, border + 1, line.end) if border + 1 < line.end else None
            else:
                last = at - 1 if line.pieces[at - 1].text == "," else at
                content = self._whole(line, 0, last) if last > 1 else None
            if content is not None:
                yield Draft(
                    speaker=line.span(*speaker),
                    cue=(line.span(at, at + 2),),
                    content=(content,),
                    why="source: according to",
                    confidence=_SURE,
                    clause=line.span(at, border),
                )
                return

    def _past_apposition(self, line: Line, border: int) -> int:
        """The second comma, where the first only opens an apposition without a verb."""
        second = next((i for i in range(border + 1, line.end) if line.pieces[i].text == ","), None)
        if second is None or self._clausal(line, border, second):
            return border
        opener = line.pieces[border + 1]
        return second if self.frame.is_a(opener.lower, "article", "relative") and second - border < 10 else border  # noqa: PLR2004

    def _whole(self, line: Line, first: int, last: int) -> Span:
        """The span of pieces, grown to the whole of a quotation that it begins or ends in."""
        while last > first + 1 and line.pieces[last - 1].text in {",", ":", ";", "--"}:
            last -= 1
        start, end = line.span(first, last)
        if line.pieces[first].quote >= 0:
            start = line.quotes[line.pieces[first].quote].span.start
        if line.pieces[last - 1].quote >= 0:
            end = line.quotes[line.pieces[last - 1].quote].span.end
        return Span(start, end)


def _covers(draft: Draft, line: Line, at: int) -> bool:
    """Whether a word stands in what a draft tells, or in its source phrase."""
    span = line.pieces[at].span
    return any(c.holds(span) for c in draft.content) or (
        draft.why.startswith("source") and draft.clause is not None and draft.clause.holds(span)
    )
