"""Speech in languages that put no comma between a cue and what follows it ("Kerry said that …", "Kerry said it …").

What was said stands behind the cue, or before it and a comma ("…, Kerry said", "…", said Kerry).
"""

from collections.abc import Iterator

from depesche.details.speech.attributed import Attributed
from depesche.details.speech.cueing import Cueing, Found
from depesche.details.speech.drafts import Draft
from depesche.details.speech.following import Following
from depesche.details.speech.lexica import Frame, cues, frame
from depesche.details.speech.lines import Line
from depesche.details.speech.phrases import Phrases
from depesche.details.speech.speakers import Speakers
from depesche.details.speech.verbs import Verbs
from depesche.record import Span

_SURE, _LIKELY = 0.95, 0.85
_LEAST = 2  # words that a reported clause has at least


class Unparted:
    """The rules for one language without commas before reported clauses."""

    def __init__(self, language: str) -> None:
        self.frame: Frame = frame(language)
        self.verbs = Verbs(language)
        self.phrases = Phrases(self.frame, self.verbs)
        self.cueing = Cueing(self.frame, self.verbs, by_form=cues(language))
        self.following = Following(self.cueing, self.phrases)
        self.speakers = Speakers(self.cueing, self.phrases)
        self.attributed = Attributed(self.following)

    def drafts(self, line: Line, before: Line | None = None) -> Iterator[Draft]:
        """The statements that one sentence tells by itself; the sentence `before` tells nothing in these languages."""
        del before
        titled = self.attributed.titled(line) or self.attributed.scripted(line)
        if titled is not None:
            yield titled
            return
        found = [
            f
            for f in self.cueing.find(line)
            if not self._noun(line, f.at) and (not f.passive or "quoted" in f.cue.takes)
        ]
        kept = [*self.attributed.sourced(line)]
        # A cue that closes the sentence claims all before it: "The court heard he was told to go, police said."
        for cue in reversed(found):
            draft = self._inserted(line, cue) or self._closing(line, cue)
            if draft is not None and not any(_covers(k, line, cue.at) for k in kept):
                kept.append(draft)
        for cue in found:
            draft = self._opening(line, cue)
            if draft is not None and not any(draft.cue == k.cue for k in kept):
                around = next((k for k in kept if _covers(k, line, cue.at)), None)
                if around is None:
                    kept.append(draft)
                elif "quote" in cue.cue.takes and draft.speaker is not None:
                    kept.append(_within(draft, around, line.span(cue.at, cue.at + 1)))
        yield from kept

    def _noun(self, line: Line, at: int) -> bool:
        """Whether a form that is also a noun is one here: "the reports", "his claim"."""
        attribute = line.tree.attribute(at) and not self.frame.ends(line.pieces[at].lower, "participle")
        if attribute or (line.tree.nominal(at) and not self.verbs.past(line.pieces[at])):
            return True
        if not at or not self.verbs.nominal(line.pieces[at]):
            return False
        before = line.pieces[at - 1]
        return (
            self.frame.is_a(before.lower, "article")
            or self.frame.is_a(before.lower, "before_noun")
            or self.frame.ends(before.lower, "genitive_ending")
        )

    def _closing(self, line: Line, found: Found) -> Draft | None:
        """A cue with what it tells before it: "…, Kerry said", "…", said Kerry"."""
        start = self.speakers.auxiliaries(line, found.at)
        inverted = self._inverted(line, found, start)
        if inverted is not None:
            return inverted
        for subject in dict.fromkeys((self.speakers.subject(line, found), self.speakers.before(line, start))):
            fronted = self._fronted(line, subject[0]) if subject is not None else None
            if fronted is not None and subject is not None and self._closes(line, found, subject[0]):
                content = [fronted, *self._resumed(line, found.at)]
                return self._draft(line, found, speaker=subject, content=content, how="fronted")
        return None

    def _inverted(self, line: Line, found: Found, start: int) -> Draft | None:
        """The verb before its subject: "…", said Kerry; never where an apposition ends before the verb ("Grandi, …, told AFP")."""
        participle = self.frame.ends(line.pieces[found.at].lower, "participle")
        opens = not start or line.pieces[start - 1].text == "," or line.pieces[start - 1].quote >= 0
        fronted = (
            self._fronted(line, start) if opens and "addressee" not in found.cue.takes and not participle else None
        )
        if fronted is None:
            return None
        speaker = self.phrases.forward(line, found.at + 1, len(line.pieces))
        quoted = any(line.pieces[i].quote >= 0 for i in range(max(0, start - 2), start))
        if speaker is None or speaker[0] != found.at + 1 or not (quoted or self._ends(line, speaker[1])):
            return None
        content = [fronted, *self._resumed(line, found.at)]
        whole = line.tree.subject(found.at)
        added = whole is not None and whole[0] == speaker[0] and whole[1] > speaker[1]
        if (
            whole is not None
            and added
            and line.pieces[speaker[1]].text in {",", "("}
            and self.speakers.unquoted(line, whole)
        ):
            speaker = whole  # with its appositions: "said Hart, a former envoy who …"
        return self._draft(line, found, speaker=speaker, content=content, how="inverted")

    def _closes(self, line: Line, found: Found, subject: int) -> bool:
        """Whether a cue tells what stands before it, and not what follows."""
        quoted = line.pieces[subject - 1].quote >= 0 or line.pieces[subject - 2].quote >= 0
        behind = self.following.behind(line, found.at)
        if behind is None or "quoted" in found.cue.takes:
            return True
        here = line.pieces[behind]
        if not here.text[0].isalnum():
            sign = here.text in {",", ":", "--"} and here.quote < 0 and behind + 1 < len(line.pieces)
            after = line.pieces[behind + 1] if sign else here
            opens_quote = here.text == ":" or (after.quote >= 0 and line.pieces[behind - 1].quote < 0)
            return quoted or not opens_quote
        if quoted and not self.frame.is_a(here.lower, "opens"):
            return True
        return "addressee" in found.cue.takes and not self._tells_on(line, found, behind)

    def _tells_on(self, line: Line, found: Found, at: int) -> bool:
        """Whether something is told behind those it is told to: "told AFP that …" against "told the BBC in an interview"."""
        after = self.following.addressed(line, at) or at
        return after < line.end and self.following.following(line, found, at) is not None

    def _ends(self, line: Line, at: int) -> bool:
        """Whether nothing but a day, a place or an apposition follows an inverted subject."""
        return (
            at >= line.end or not self.following.clausal(line, at - 1, line.end) or line.pieces[at].text in {",", "."}
        )

    def _opening(self, line: Line, found: Found) -> Draft | None:
        """A cue with what it tells behind it: "Kerry said that …", "…, saying …"."""
        if "quoted" in found.cue.takes:
            return None
        behind = self.following.behind(line, found.at)
        if behind is None:
            return None
        content = self._complement(line, found, behind) or self.following.following(line, found, behind)
        if content is None:
            return None
        speaker = self.speakers.of_opening(line, found)
        if speaker is None:
            return None
        return self._draft(line, found, speaker=speaker, content=[content], how="following")

    def _complement(self, line: Line, found: Found, behind: int) -> Span | None:
        """What is told in a clause with "that" that the parse finds further on: "said on television, where she works, that …"."""
        if "clause" not in found.cue.takes or line.pieces[behind].quote >= 0:
            return None
        mark = line.tree.complement(found.at)
        if mark is None or mark <= behind or not self.frame.is_a(line.pieces[mark].lower, "opens"):
            return None
        if any(line.pieces[i].quote >= 0 for i in range(behind, mark)):
            return None
        return self.following.following(line, found, mark)

    def _draft(
        self, line: Line, found: Found, *, speaker: tuple[int, int] | None, content: list[Span], how: str
    ) -> Draft | None:
        return Draft(
            speaker=line.span(*speaker) if speaker else None,
            cue=(line.span(self.speakers.auxiliaries(line, found.at), found.pieces[-1] + 1),),
            content=tuple(content),
            why=f"{how}: {found.cue.lemma}",
            confidence=_LIKELY if how == "following" else _SURE,
            clause=self._clause(line, found.at),
        )

    def _clause(self, line: Line, at: int) -> Span:
        """The words around a cue that are not the content, where the day of saying stands."""
        segment = line.segments[line.segment_of(at)]
        return line.span(segment.first, segment.last)

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
            if lead and (lead[-1].text == ":" or (lead[-1].text == "," and not self.following.clausal(line, 0, first))):
                return line.whole(first, before)
            first = 0
        elif not self.following.clausal(line, 0, before - 1):
            return None
        last = before - 1 if border.text == "," else before
        if (
            self.frame.is_a(line.pieces[0].lower, "other")
            and not any(p.text == "," for p in line.pieces[first : last - 1])
            and border.quote < 0
        ):
            return None  # "When he arrived, Kerry said …": the clause before the comma is no content
        while first < last - 1 and self.frame.is_a(line.pieces[first].lower, "and", "adverb"):
            first += 1
            if line.pieces[first].text == ",":
                first += 1
        return line.whole(first, last)

    def _resumed(self, line: Line, at: int) -> list[Span]:
        """A quotation that goes on after its cue: "…," he said, "…"."""
        if not any(p.quote >= 0 for p in line.pieces[:at]):
            return []
        after = next((i for i in range(at, len(line.pieces)) if line.pieces[i].quote >= 0), None)
        if after is None or line.pieces[after - 1].text not in {",", ".", ":", "--"}:
            return []
        return [line.whole(after, self.following.quote_end(line, after))]

    def _inserted(self, line: Line, found: Found) -> Draft | None:
        """A cue with its subject between commas, inside what it tells: "The rebels, officials said, would withdraw"."""
        after = found.pieces[-1] + 1
        subject = self.speakers.before(line, self.speakers.auxiliaries(line, found.at)) or self.speakers.subject(
            line, found
        )
        if subject is None or subject[0] < _LEAST or after + 1 >= line.end or "quote" not in found.cue.takes:
            return None
        if line.pieces[after].text != "," or line.pieces[subject[0] - 1].text != ",":
            return None
        behind = line.pieces[after + 1]
        if subject[1] != self.speakers.auxiliaries(line, found.at) or behind.quote >= 0:
            return None
        if self.following.told_on(line, after + 1) or self.following.turns(line, after + 1, line.end):
            return None  # "The army has won, he said, adding that …": another cue goes on
        hangs = self.frame.is_a(behind.lower, "preposition", "other")
        if (
            hangs
            and self.following.clausal(line, 0, subject[0])
            and not self.following.clausal(line, after + 1, line.end)
        ):
            return None  # "The army has won, he said, after meeting the generals."
        content = [line.whole(0, subject[0]), line.whole(after + 1, self.following.cut(line, after + 1, line.end))]
        return self._draft(line, found, speaker=subject, content=content, how="inserted")


def _within(draft: Draft, around: Draft, cue: Span) -> Draft:
    """A statement told inside another one ends with it: "…, saying that it was late, | the agency reported"."""
    last, end = draft.content[-1], around.content[-1].end
    if not any(c.holds(cue) for c in around.content) or last.start >= end:
        return draft
    return draft._replace(content=(*draft.content[:-1], Span(last.start, min(last.end, end))))


def _covers(draft: Draft, line: Line, at: int) -> bool:
    """Whether a word stands in what a draft tells, or in its source phrase."""
    span = line.span(at, at + 1)
    return any(c.holds(span) for c in draft.content) or (
        draft.why.startswith("source") and draft.clause is not None and draft.clause.holds(span)
    )
