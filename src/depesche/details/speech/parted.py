"""Speech in languages that part a reported clause from its cue by a comma, and so show where it begins and ends.

The rules read segments between commas: where the cue's segment opens with its verb, what is said stands before it
("Es gehe um Hilfe, sagte Kerry"); otherwise what is said follows ("Kerry sagte, es gehe um Hilfe").
"""

from collections.abc import Iterator

from depesche.details.speech.acts import Acts
from depesche.details.speech.cueing import Cueing, Found
from depesche.details.speech.drafts import Draft
from depesche.details.speech.lexica import Frame, cues, frame
from depesche.details.speech.lines import Line
from depesche.details.speech.phrases import Phrases
from depesche.details.speech.pieces import Segment
from depesche.details.speech.segments import Segments
from depesche.details.speech.sources import Sources
from depesche.details.speech.subjects import Subjects
from depesche.details.speech.verbs import Verbs
from depesche.record import Span

_APPOSITIONS = 3  # segments between cue and content: "Kerry sagte am Dienstag in Laos, wo er Lawrow traf, es gehe um …"
_SURE, _LIKELY, _TOLD = 0.95, 0.8, 0.6


class Parted:
    """The rules for one language with commas."""

    def __init__(self, language: str) -> None:
        self.frame: Frame = frame(language)
        self.verbs = Verbs(language)
        self.phrases = Phrases(self.frame, self.verbs)
        self.grammar = Segments(language)
        self.subjects = Subjects(language)
        self.sources = Sources(language)
        self.acts = Acts(language)
        self.cueing = Cueing(self.frame, self.verbs, by_form=cues(language))

    def drafts(self, line: Line, before: Line | None = None) -> Iterator[Draft]:
        """The statements that one sentence tells by itself, or of the sentence before it ("Das sagte Kerry am Montag.")."""
        told: list[Span] = []
        found = list(self.cueing.find(line))
        for cue in found:
            draft = self._said(line, cue)
            if draft is not None:
                told += draft.content
                yield draft
                handed = self._handed_over(line, draft)
                if handed is not None:
                    yield handed
        for draft in self.sources.sourced(line):
            told += draft.content
            yield draft
        if told:
            return
        for cue in found:
            backward = self._backward(line, cue, before)
            if backward is not None:
                yield backward
                return
        for cue in found:
            act = self.acts.act(line, cue)
            if act is not None:
                yield act
                return

    def _backward(self, line: Line, found: Found, before: Line | None) -> Draft | None:
        """A sentence that says whose words the one before it was: "Das teilte die Polizei am Montag mit."."""
        number = line.segment_of(found.finite)
        tells = {"clause", "from"} & set(found.cue.takes)
        starts = self.frame.is_a(line.pieces[0].lower, "back") and found.finite == 1 and not number
        if before is None or not starts or not tells or before.sentence.part != line.sentence.part:
            return None
        source = "from" in found.cue.takes
        segment = line.segments[number]
        speaker = (
            self.subjects.behind(line, segment, "out_of") if source else self.subjects.after(line, found, segment.last)
        )
        if speaker is None:
            return None
        return Draft(
            speaker=line.span(*speaker),
            cue=_spans(line, found.pieces),
            content=(before.whole(0, before.end), line.span(0, 1)),
            why=f"backward: {found.cue.lemma}",
            confidence=_LIKELY,
            clause=line.span(segment.first, segment.last),
        )

    def _said(self, line: Line, found: Found) -> Draft | None:
        """A cue with what is said, before or after it."""
        number = line.segment_of(found.finite)
        segment = line.segments[number]
        first = self.grammar.opening(line, segment)
        speaker: tuple[int, int] | None
        if "noun" in found.cue.takes:
            return self._named_speech(line, found, number)
        if self.frame.is_a(line.pieces[first].lower, "as") and found.at > first:
            speaker = self.phrases.forward(line, first + 1, min(found.finite, found.at))
            content = self._around(line, number)
            why = "inserted"
        elif found.finite == first and number and self._fronted(line, found, number):
            speaker = self.subjects.after(line, found, segment.last)
            content = self._before(line, number, found)
            why = "fronted"
        else:
            speaker = self.subjects.subject(line, found, number)
            content = self._following(line, found, number)
            why = "following"
        if not content:
            return None
        if found.passive and "quoted" not in found.cue.takes:
            speaker = self.subjects.behind(line, segment, "agent")
        elif "from" in found.cue.takes or "it" in found.cue.takes:
            speaker = self.subjects.behind(
                line, segment, "out_of"
            )  # "Aus dem Bericht geht hervor", "heißt es in dem Brief"
        if speaker is not None and self.frame.is_a(line.pieces[speaker[0]].lower, "it"):
            speaker = None
        return Draft(
            speaker=line.span(*speaker) if speaker else None,
            cue=_spans(line, found.pieces),
            content=tuple(content),
            why=f"{why}: {found.cue.lemma}",
            confidence=_SURE if why != "following" else _LIKELY,
            clause=line.span(segment.first, segment.last),
        )

    def _handed_over(self, line: Line, draft: Draft) -> Draft | None:
        """The quotation that a statement hands over to: "Er glaubt, dass …: „Wir haben gelernt.“"."""
        end = draft.content[-1].end
        for segment in line.segments:
            opener = line.pieces[segment.first]
            if segment.cut == ":" and opener.quote >= 0 and end <= opener.start <= end + 3:
                return draft._replace(content=(line.quotes[opener.quote].span,), why=f"{draft.why}, quotation")
        return None

    def _named_speech(self, line: Line, found: Found, number: int) -> Draft | None:
        """A noun that announces speech: "die Forderung Müllers, auf die SPD zuzugehen"."""
        segment = line.segments[number]
        if number + 1 >= len(line.segments) or line.segments[number + 1].first >= line.end:
            return None
        following = line.segments[number + 1]
        opener = line.pieces[following.first]
        dass = self.frame.is_a(opener.lower, "opens")
        if following.cut != "," or not (
            dass
            or self.grammar.infinitive(line, following)
            or (
                self.grammar.reported(line, following)
                and not self.frame.is_a(opener.lower, "relative", "other", "wh", "and")
            )
        ):
            return None
        genitive = self.phrases.forward(line, found.at + 1, segment.last)
        near = genitive is not None and genitive[0] <= found.at + 2 and genitive[1] == segment.last
        first = following.first
        last = next(
            (
                s.first - 1
                for s in line.segments[number + 2 :]
                if s.first < line.end and self.grammar.verb_first(line, s)
            ),
            line.end,
        )
        return Draft(
            speaker=line.span(*genitive) if genitive and near else None,
            cue=(line.span(found.at, found.at + 1),),
            content=(line.whole(first, last),),
            why=f"noun: {found.cue.lemma}",
            confidence=_TOLD,
            clause=line.span(segment.first, segment.last),
        )

    def _fronted(self, line: Line, found: Found, number: int) -> bool:
        """Whether the verb that opens this segment follows what was said, and not an apposition to its subject."""
        before = line.segments[:number]
        if any(p.quote >= 0 for p in line.pieces[: line.segments[number].first][-2:]):
            return True
        told = any(self.grammar.reported(line, s) for s in before)
        if not told and ("quote" not in found.cue.takes or self.grammar.opens_other(line, before[0])):
            return False  # "Wenn er verurteilt wird, droht die Todesstrafe"
        if not any(self.grammar.verbal(line, s) for s in before if not self.grammar.opens_relative(line, s)):
            return False  # "Gutachter des Amtes, die den Bau prüften, gehen von einem Schaden aus"
        if "it" in found.cue.takes:
            return found.at + 1 < len(line.pieces) and self.frame.is_a(line.pieces[found.at + 1].lower, "it")
        return self.subjects.after(line, found, line.segments[number].last) is not None

    def _before(self, line: Line, number: int, found: Found) -> list[Span]:
        """What was said before the cue, and what goes on after it."""
        segment = line.segments[number]
        last = line.segments[number - 1].last
        first = self._first_said(line, number)
        content = [line.whole(first, last)]
        after = self._resumed(line, number, found)
        if after is not None:
            content.append(line.whole(after, line.end))
        del segment
        return content

    def _first_said(self, line: Line, number: int) -> int:
        """Where what was said before a cue begins: at the quotation right before it, else with the sentence."""
        before = line.pieces[line.segments[number - 1].last - 1]
        if before.quote >= 0:
            quote = before.quote
            first = next(i for i, p in enumerate(line.pieces) if p.quote == quote)
            ahead = line.pieces[:first]
            # "Kerry lobte die Gespräche: „…“, sagte er": what stands before a colon is no part of it
            if not ahead or ahead[-1].text in {":", ",", "–"} or not any(self.verbs.finite(p) for p in ahead):
                return first
        return 0

    def _resumed(self, line: Line, number: int, found: Found) -> int | None:
        """Where a statement goes on after an inserted cue: "Das sei, sagte er, nicht richtig"."""
        for segment in line.segments[number + 1 :]:
            opener = line.pieces[segment.first]
            if opener.quote >= 0 or self.frame.is_a(opener.lower, "and", "opens", "other"):
                return segment.first if opener.quote >= 0 or self.grammar.reported(line, segment) else None
            if self.grammar.reported(line, segment) and not self.frame.is_a(opener.lower, "relative"):
                return segment.first
        del found
        return None

    def _around(self, line: Line, number: int) -> list[Span]:
        """Everything but an inserted segment: "wie die Polizei mitteilte"."""
        segment = line.segments[number]
        content = []
        if number:
            content.append(line.whole(0, line.segments[number - 1].last))
        if number + 1 < len(line.segments) and line.segments[number + 1].first < line.end:
            content.append(line.whole(line.segments[number + 1].first, line.end))
        del segment
        return content

    def _following(self, line: Line, found: Found, number: int) -> list[Span]:
        """What is said after the cue."""
        inside = self._quoted_inside(line, found, number)
        if inside is not None:
            return [inside]
        last = min(len(line.segments), number + 1 + _APPOSITIONS)
        for i in range(number + 1, last):
            segment = line.segments[i]
            if segment.first >= line.end:
                break
            ahead = line.segments[i + 1] if i + 1 < len(line.segments) else None
            if self._opens_speech(line, found, segment) or (
                ahead is not None
                and "clause" in found.cue.takes
                and self.frame.is_a(line.pieces[segment.first].lower, "other")
                and self.grammar.reported(line, ahead)
                and not self.grammar.reported(line, segment)
            ):
                closed = max(found.pieces) == line.segments[number].last - 1
                first = self._begun(line, segment=i, after=number) if closed else i
                return [line.whole(line.segments[first].first, self._turn(line, i))]
            if self.frame.is_a(line.pieces[segment.first].lower, "and"):
                break
        return []

    def _begun(self, line: Line, *, segment: int, after: int) -> int:
        """Where an infinitive clause begins whose object holds commas: "schlägt vor, die Brücke, den Turm und das Tor zu bauen"."""
        if not self.grammar.infinitive(line, line.segments[segment]):
            return segment
        between = line.segments[after + 1 : segment]
        plain = not any(self.grammar.verbal(line, s) or s.cut != "," for s in between)
        return after + 1 if plain else segment

    def _turn(self, line: Line, number: int) -> int:
        """Where what is said ends: before a colon that hands over to a quotation."""
        for segment in line.segments[number + 1 :]:
            if (
                segment.cut == ":"
                and line.pieces[segment.first].quote >= 0
                and line.pieces[line.segments[number].first].quote < 0
            ):
                return segment.first - 1
        return line.end

    def _opens_speech(self, line: Line, found: Found, segment: Segment) -> bool:
        """Whether a segment behind the cue begins what is said."""
        opener = line.pieces[segment.first]
        takes = found.cue.takes
        if self.frame.is_a(opener.lower, "and"):
            return False
        if segment.cut == ":" and opener.quote >= 0:
            return True  # "Er lobte sie mit den Worten: „…“"
        if segment.cut == ":" or opener.quote >= 0:
            return "quote" in takes or ("clause" in takes and segment.cut == ":")
        if self.frame.is_a(opener.lower, "opens", "wh"):
            return "clause" in takes or "it" in takes or self._points(line, found)
        if "infinitive" in takes and self.grammar.infinitive(line, segment):
            return True
        return "clause" in takes and self._told_freely(line, segment, quotes="quote" in takes)

    def _told_freely(self, line: Line, segment: Segment, *, quotes: bool) -> bool:
        """Whether a clause without "dass" is told: by its mood, or behind a verb of saying as a main clause."""
        opener = line.pieces[segment.first]
        reported = self.grammar.reported(line, segment)
        if self.frame.is_a(
            opener.lower, "other"
        ):  # "er erklärte, damit solle …": an adverb, since the verb stands second
            second = segment.first + 1 < segment.last and self.verbs.reported(line.pieces[segment.first + 1])
            return reported and second
        if self.frame.is_a(opener.lower, "relative"):
            return reported and self.grammar.second(line, segment)
        return reported or (quotes and self.grammar.second(line, segment))

    def _points(self, line: Line, found: Found) -> bool:
        """Whether a word in the cue's clause points to what follows: "spricht davon, dass", "beruft sich darauf, dass"."""
        segment = line.segments[line.segment_of(found.finite)]
        return any(self.frame.is_a(p.lower, "pointer", "points") for p in line.pieces[segment.first : segment.last])

    def _quoted_inside(self, line: Line, found: Found, number: int) -> Span | None:
        """A quotation in the cue's own segment that is all it says: "nannte den Plan „absurd“"."""
        if not {"fragment", "quote"} & set(found.cue.takes):
            return None
        segment = line.segments[number]
        quoted = [i for i in range(segment.first, segment.last) if line.pieces[i].quote >= 0]
        following = number + 1 < len(line.segments) and line.pieces[line.segments[number + 1].first].quote >= 0
        if not quoted or following or "fragment" not in found.cue.takes:
            return None
        return line.quotes[line.pieces[quoted[0]].quote].span


def _spans(line: Line, pieces: tuple[int, ...]) -> tuple[Span, ...]:
    """The spans of pieces, neighbours joined."""
    spans: list[Span] = []
    before = -2
    for i in sorted(pieces):
        if i == before + 1:
            spans[-1] = Span(spans[-1].start, line.pieces[i].end)
        else:
            spans.append(line.span(i, i + 1))
        before = i
    return tuple(spans)
