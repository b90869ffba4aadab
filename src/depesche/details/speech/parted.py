"""Speech in languages that part a reported clause from its cue by a comma, and so show where it begins and ends.

The rules read segments between commas: where the cue's segment opens with its verb, what is said stands before it
("Es gehe um Hilfe, sagte Kerry"); otherwise what is said follows ("Kerry sagte, es gehe um Hilfe").
"""

from collections.abc import Iterator

from depesche.details.speech.cueing import Cueing, Found
from depesche.details.speech.drafts import Draft
from depesche.details.speech.lexica import Frame, cues, frame
from depesche.details.speech.lines import Line, Segment, Verbs
from depesche.details.speech.phrases import Phrases
from depesche.record import Span

_APPOSITIONS = 3  # segments between cue and content: "Kerry sagte am Dienstag in Laos, wo er Lawrow traf, es gehe um …"
_SURE, _LIKELY, _TOLD = 0.95, 0.8, 0.6


class Parted:
    """The rules for one language with commas."""

    def __init__(self, language: str) -> None:
        self.frame: Frame = frame(language)
        self.verbs = Verbs(language)
        self.phrases = Phrases(self.frame, self.verbs)
        self.cueing = Cueing(self.frame, self.verbs, by_form=cues(language))

    def drafts(self, line: Line) -> Iterator[Draft]:
        """The statements that one sentence tells by itself."""
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
        for draft in self._sourced(line):
            told += draft.content
            yield draft
        if told:
            return
        for cue in found:
            act = self._act(line, cue)
            if act is not None:
                yield act
                return

    def _said(self, line: Line, found: Found) -> Draft | None:
        """A cue with what is said, before or after it."""
        number = line.segment_of(found.finite)
        segment = line.segments[number]
        first = self._opening(line, segment)
        speaker: tuple[int, int] | None
        if "noun" in found.cue.takes:
            return self._named_speech(line, found, number)
        if self.frame.is_a(line.pieces[first].lower, "as") and found.at > first:
            speaker = self.phrases.forward(line, first + 1, min(found.finite, found.at))
            content = self._around(line, number)
            why = "inserted"
        elif found.finite == first and number and self._fronted(line, found, number):
            speaker = self._after(line, found, segment.last)
            content = self._before(line, number, found)
            why = "fronted"
        else:
            speaker = self._subject(line, found, number)
            content = self._following(line, found, number)
            why = "following"
        if not content:
            return None
        if found.passive:
            speaker = self._agent(line, segment, found)
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
            if segment.cut == ":" and opener.quote >= 0 and end <= opener.span.start <= end + 3:  # noqa: PLR2004 (colon, blank)
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
            or self._infinitive(line, following)
            or (self._reported(line, following) and not self.frame.is_a(opener.lower, "relative", "other", "wh", "and"))
        ):
            return None
        genitive = self.phrases.forward(line, found.at + 1, segment.last)
        near = genitive is not None and genitive[0] <= found.at + 2 and genitive[1] == segment.last
        first = following.first
        last = next(
            (s.first - 1 for s in line.segments[number + 2 :] if s.first < line.end and self._verb_first(line, s)),
            line.end,
        )
        return Draft(
            speaker=line.span(*genitive) if genitive and near else None,
            cue=(line.pieces[found.at].span,),
            content=(self._whole(line, first, last),),
            why=f"noun: {found.cue.lemma}",
            confidence=_TOLD,
            clause=line.span(segment.first, segment.last),
        )

    def _verb_first(self, line: Line, segment: Segment) -> bool:
        piece = line.pieces[segment.first]
        return self.verbs.finite(piece) and not self.frame.is_a(
            piece.lower, "and", "opens", "other", "relative", "article"
        )

    def _opening(self, line: Line, segment: Segment) -> int:
        """The first word of a segment that is no conjunction."""
        at = segment.first
        while at + 1 < segment.last and (
            self.frame.is_a(line.pieces[at].lower, "and") or not line.pieces[at].text[0].isalnum()
        ):
            at += 1
        return at

    def _fronted(self, line: Line, found: Found, number: int) -> bool:
        """Whether the verb that opens this segment follows what was said, and not an apposition to its subject."""
        before = line.segments[:number]
        if any(p.quote >= 0 for p in line.pieces[: line.segments[number].first][-2:]):
            return True
        told = any(self._reported(line, s) for s in before)
        if not told and ("quote" not in found.cue.takes or self._opens_other(line, before[0])):
            return False  # "Wenn er verurteilt wird, droht die Todesstrafe"
        if not any(self._verbal(line, s) for s in before if not self._opens_relative(line, s)):
            return False  # "Gutachter des Amtes, die den Bau prüften, gehen von einem Schaden aus"
        if "it" in found.cue.takes:
            return found.at + 1 < len(line.pieces) and self.frame.is_a(line.pieces[found.at + 1].lower, "it")
        return self._after(line, found, line.segments[number].last) is not None

    def _verbal(self, line: Line, segment: Segment) -> bool:
        return any(
            self.verbs.finite(p) or p.quote >= 0 or (i == 0 and self.verbs.finite(p._replace(text=p.lower)))
            for i, p in enumerate(line.pieces[: segment.last])
            if i >= segment.first
        )

    def _opens_other(self, line: Line, segment: Segment) -> bool:
        return self.frame.is_a(line.pieces[segment.first].lower, "other", "wh")

    def _opens_relative(self, line: Line, segment: Segment) -> bool:
        return bool(segment.first) and self.frame.is_a(line.pieces[segment.first].lower, "relative")

    def _after(self, line: Line, found: Found, last: int) -> tuple[int, int] | None:
        """The speaker behind the verb, with a name in apposition: "sagte der Sprecher des Amtes, Karl Hahn"."""
        stop = min((p for p in found.pieces if p > found.finite), default=last)
        stop = max(stop, found.finite + 1)
        phrase = self.phrases.forward(line, found.finite + 1, min(stop, last))
        if phrase is None or phrase[1] < last or stop < last:
            return phrase
        return phrase[0], self._named(line, phrase[1])

    def _named(self, line: Line, at: int) -> int:
        """The end of a name in apposition after a comma, or `at` itself."""
        if at + 1 >= len(line.pieces) or line.pieces[at].text != ",":
            return at
        end = at + 1
        while end < len(line.pieces) and not line.pieces[end].text.islower() and line.pieces[end].text[0].isalpha():
            end += 1
        closed = end >= line.end or line.pieces[end].text in {",", "."}
        return end if closed and end > at + 1 else at

    def _subject(self, line: Line, found: Found, number: int) -> tuple[int, int] | None:
        """The speaker of a cue that stands before what is said."""
        segment = line.segments[number]
        first = self._opening(line, segment)
        opener = line.pieces[first]
        verb_last = self.frame.is_a(opener.lower, "opens", "other", "wh", "as")
        if segment.cut == "," and number and self.frame.is_a(opener.lower, "relative") and found.finite > first + 1:
            return first, first + 1
        if verb_last:
            return self.phrases.forward(line, first + 1, found.finite)
        if found.finite == first:
            return self._apposed(line, number) or self._after(line, found, segment.last)
        prefield = line.pieces[first]
        behind = self._pronoun(line, found)
        if behind is not None:
            return behind
        if not self.frame.is_a(
            prefield.lower, "preposition", "adverb", "it", "source_pre", "source", "oblique", "time", "back"
        ):
            phrase = self.phrases.forward(line, first, found.finite)
            if phrase is not None and phrase[0] == first and self._nominal(line, first, found.finite):
                return first, self._trimmed(line, first, found.finite)
        behind = self._after(line, found, segment.last)
        return behind or self.phrases.forward(line, first, found.finite)

    def _verb(self, line: Line, at: int) -> bool:
        """Whether a word in a prefield is a verb of another clause, no adjective."""
        piece = line.pieces[at]
        return self.verbs.finite(piece) and piece.quote < 0 and not piece.bracket and not self.verbs.adjective(piece)

    def _nominal(self, line: Line, first: int, last: int) -> bool:
        """Whether a prefield holds a noun, name or pronoun, and not only "Besorgt" or "Sinngemäß"."""
        return any(
            self.frame.is_a(p.lower, "pronoun") or p.quote >= 0 or (p.text != p.lower and not self.verbs.descriptive(p))
            for p in line.pieces[first:last]
        )

    def _pronoun(self, line: Line, found: Found) -> tuple[int, int] | None:
        """A pronoun right behind the verb: the prefield is then its object ("Die Arbeit der Koalition lobte er")."""
        at = found.finite + 1
        here = (
            at < len(line.pieces) and line.pieces[at].quote < 0 and self.frame.is_a(line.pieces[at].lower, "nominative")
        )
        return (at, at + 1) if here else None

    def _trimmed(self, line: Line, first: int, last: int) -> int:
        """The prefield up to another verb and without adverbs at its end: "Podolski | war da und", "Der Sprecher | hingegen"."""
        last = next((i for i in range(first + 1, last) if self._verb(line, i)), last)
        while last > first + 1 and self.frame.is_a(line.pieces[last - 1].lower, "adverb"):
            last -= 1
        return last

    def _apposed(self, line: Line, number: int) -> tuple[int, int] | None:
        """The subject before an apposition: "Konrad Freiberg, der Vorsitzende der Gewerkschaft, sagte"."""
        if number < 2:  # noqa: PLR2004 (subject, apposition, verb)
            return None
        first = line.segments[0]
        start = self._opening(line, first)
        if self.frame.is_a(line.pieces[start].lower, "preposition", "adverb", "other", "opens"):
            return None
        if any(self.verbs.finite(p) for p in line.pieces[first.first : line.segments[1].first]):
            return None
        if self._opens_relative(line, line.segments[1]) and self._verbal(line, line.segments[1]):
            return start, first.last
        return start, line.segments[number - 1].last

    def _agent(self, line: Line, segment: Segment, found: Found) -> tuple[int, int] | None:
        """Who does what a passive tells: "wurde von der Polizei mitgeteilt"."""
        for i in range(segment.first, segment.last - 1):
            if line.pieces[i].lower in {"von", "vom", "by"}:
                phrase = self.phrases.forward(line, i + 1, segment.last)
                return phrase if phrase and phrase[0] <= i + 1 else None
        del found
        return None

    def _before(self, line: Line, number: int, found: Found) -> list[Span]:
        """What was said before the cue, and what goes on after it."""
        segment = line.segments[number]
        last = line.segments[number - 1].last
        first = self._first_said(line, number)
        content = [self._whole(line, first, last)]
        after = self._resumed(line, number, found)
        if after is not None:
            content.append(self._whole(line, after, line.end))
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
                return segment.first if opener.quote >= 0 or self._reported(line, segment) else None
            if self._reported(line, segment) and not self.frame.is_a(opener.lower, "relative"):
                return segment.first
        del found
        return None

    def _around(self, line: Line, number: int) -> list[Span]:
        """Everything but an inserted segment: "wie die Polizei mitteilte"."""
        segment = line.segments[number]
        content = []
        if number:
            content.append(self._whole(line, 0, line.segments[number - 1].last))
        if number + 1 < len(line.segments) and line.segments[number + 1].first < line.end:
            content.append(self._whole(line, line.segments[number + 1].first, line.end))
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
                and self._reported(line, ahead)
                and not self._reported(line, segment)
            ):
                return [self._whole(line, segment.first, self._turn(line, i))]
            if self.frame.is_a(line.pieces[segment.first].lower, "and"):
                break
        return []

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
        opener = line.pieces[segment.first]
        takes = found.cue.takes
        if self.frame.is_a(opener.lower, "and"):
            return False
        if segment.cut == ":" or opener.quote >= 0:
            return "quote" in takes or ("clause" in takes and segment.cut == ":")
        if self.frame.is_a(opener.lower, "opens", "wh"):
            return "clause" in takes or "it" in takes or self._points(line, found)
        if "infinitive" in takes and self._infinitive(line, segment):
            return True
        reported = self._reported(line, segment)
        if "clause" not in takes:
            return False
        if self.frame.is_a(opener.lower, "other"):  # "er erklärte, damit solle …": an adverb, since the verb stands second
            second = segment.first + 1 < segment.last and self.verbs.reported(line.pieces[segment.first + 1])
            return reported and second
        if self.frame.is_a(opener.lower, "relative"):
            return reported and self._second(line, segment)
        return reported or ("quote" in takes and self._second(line, segment))

    def _points(self, line: Line, found: Found) -> bool:
        """Whether a word in the cue's clause points to what follows: "spricht davon, dass", "beruft sich darauf, dass"."""
        segment = line.segments[line.segment_of(found.finite)]
        return any(self.frame.is_a(p.lower, "pointer", "points") for p in line.pieces[segment.first : segment.last])

    def _reported(self, line: Line, segment: Segment) -> bool:
        """Whether a segment holds a form that marks speech, Konjunktiv I or II."""
        pieces = [p for p in line.pieces[segment.first : segment.last] if p.quote < 0]
        return any(self.verbs.reported(p) or self.frame.is_a(p.lower, "irreal", "weak") for p in pieces)

    def _second(self, line: Line, segment: Segment) -> bool:
        """Whether the finite verb stands second, as in a main clause."""
        for i in range(segment.first + 1, segment.last):
            piece = line.pieces[i]
            if self.verbs.finite(piece) and not self.verbs.infinitive(piece):
                return i + 1 < segment.last
        return False

    def _infinitive(self, line: Line, segment: Segment) -> bool:
        """Whether a segment ends in a zu-infinitive: "die Waffen niederzulegen", "zu helfen"."""
        for i in range(segment.first, min(segment.last, line.end)):
            piece = line.pieces[i]
            after = line.pieces[i + 1] if i + 1 < len(line.pieces) else None
            if self.frame.is_a(piece.lower, "to") and after is not None and self.verbs.infinitive(after):
                return True
            if (
                piece.text == piece.lower
                and piece.lower.endswith("en")
                and "zu" in piece.lower[2:-3]
                and self.verbs.infinitive(piece)
            ):
                return True
        return False

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

    def _whole(self, line: Line, first: int, last: int) -> Span:
        """The span of pieces, grown to the whole of a quotation that it begins or ends in."""
        while last > first + 1 and line.pieces[last - 1].text in {",", ":", ";", "–", "-"}:
            last -= 1
        while first < last - 1 and line.pieces[first].text in {",", ":", ";", "–", "-"}:
            first += 1
        start, end = line.span(first, last)
        if line.pieces[first].quote >= 0:
            start = line.quotes[line.pieces[first].quote].span.start
        if line.pieces[last - 1].quote >= 0:
            end = line.quotes[line.pieces[last - 1].quote].span.end
        return Span(start, end)

    def _sourced(self, line: Line) -> Iterator[Draft]:
        """Phrases that name a source: "laut", "nach Angaben", "zufolge", ", so X"."""
        for at, piece in enumerate(line.pieces):
            if piece.quote >= 0:
                continue
            phrase = self._source_phrase(line, at)
            if phrase is None:
                continue
            first, last, speaker, cue = phrase
            content = self._without(line, first, last)
            if content:
                yield Draft(
                    speaker=line.span(*speaker),
                    cue=(line.pieces[cue].span,),
                    content=tuple(content),
                    why=f"source: {line.pieces[cue].lower}",
                    confidence=_SURE,
                    clause=line.span(first, last),
                )
                return

    def _source_phrase(self, line: Line, at: int) -> tuple[int, int, tuple[int, int], int] | None:
        """(first, last, speaker, cue) of a phrase that names a source and begins at a piece."""
        piece = line.pieces[at]
        count = len(line.pieces)
        if self.frame.is_a(piece.lower, "source"):
            phrase = self.phrases.forward(line, at + 1, count)
            return (at, phrase[1], phrase, at) if phrase and phrase[0] == at + 1 else None
        if self.frame.is_a(piece.lower, "source_pre"):
            phrase = self.phrases.forward(line, at + 1, count)
            near = phrase is not None and phrase[0] <= at + 1 + 2
            if phrase and near and self._names_report(line, at + 1, phrase):
                return at, phrase[1], (at + 1, phrase[1]), at
        if self.frame.is_a(piece.lower, "source_after") and at:
            return self._behind(line, at)
        starts = at in {s.first for s in line.segments}
        if self.frame.is_a(piece.lower, "so") and starts and at and not line.pieces[at - 1].text[0].isalnum():
            segment = line.segments[line.segment_of(at)]
            phrase = self.phrases.forward(line, at + 1, segment.last)
            verbal = any(self.verbs.finite(p) for p in line.pieces[at + 1 : segment.last])
            if phrase and phrase[0] <= at + 2 and not verbal:
                return at, segment.last, (phrase[0], self._named(line, phrase[1])), at
        if self.frame.is_a(piece.lower, "therefore"):
            return at, at + 1, (at, at + 1), at
        return None

    def _names_report(self, line: Line, first: int, phrase: tuple[int, int]) -> bool:
        """Whether the phrase after "nach" speaks of a report: "nach Angaben der Polizei", not "nach dem Treffen"."""
        end = min(phrase[1], first + 5)
        return any(self._report_noun(line.pieces[i].lower) for i in range(first, end))

    def _report_noun(self, lower: str) -> bool:
        """Whether a noun names a report; a compound does where its last part does ("Zeugenaussagen")."""
        return any(self.frame.is_a(lower[start:], "source_noun") for start in range(max(1, len(lower) - 5)))

    def _behind(self, line: Line, at: int) -> tuple[int, int, tuple[int, int], int] | None:
        """A phrase with its preposition behind it: "Augenzeugen zufolge", "Ansicht von Beobachtern nach"."""
        segment = line.segments[line.segment_of(at)]
        closing = (
            at + 1 >= len(line.pieces)
            or not line.pieces[at + 1].text[0].isalnum()
            or self.verbs.finite(line.pieces[at + 1])
        )
        plain = self.frame.is_a(line.pieces[at].lower, "preposition")
        for start in range(segment.first, at):
            phrase = self.phrases.forward(line, start, at)
            if phrase and phrase[0] == start and phrase[1] == at:
                if not plain or (closing and self._names_report(line, start, phrase)):
                    return start, at + 1, phrase, at
        return None

    def _without(self, line: Line, first: int, last: int) -> list[Span]:
        """The sentence without a phrase and the commas around it."""
        content = []
        head = first
        while head and line.pieces[head - 1].text in {",", "–", "("}:
            head -= 1
        if head:
            content.append(self._whole(line, 0, head))
        tail = last
        while tail < line.end and line.pieces[tail].text in {",", "–", ")"}:
            tail += 1
        if tail < line.end:
            content.append(self._whole(line, tail, line.end))
        return content

    def _act(self, line: Line, found: Found) -> Draft | None:
        """A speech act told in a few words: "Sie bezeichnete die Lösung als Irrweg.\""""
        takes = set(found.cue.takes)
        if not takes & {"object", "about", "of"}:
            return None
        number = line.segment_of(found.finite)
        segment = line.segments[number]
        opener = line.pieces[self._opening(line, segment)]
        if self.frame.is_a(opener.lower, "other", "opens", "wh", "as"):
            return None
        if "object" not in takes and not self._told_of(line, segment, found):
            return None
        speaker = self._agent(line, segment, found) if found.passive else self._subject(line, found, number)
        if speaker is not None and takes & {"about", "of"} and "object" not in takes:
            speaker = self._before_preposition(line, speaker)
        if speaker is None or self.frame.is_a(line.pieces[speaker[0]].lower, "it", "not_speaker"):
            return None
        return Draft(
            speaker=line.span(*speaker),
            cue=(),
            content=(Span(line.pieces[0].span.start, line.pieces[-1].span.end),),
            why=f"act: {found.cue.lemma}",
            confidence=_TOLD,
            tell="act",
            clause=line.span(segment.first, segment.last),
        )

    def _before_preposition(self, line: Line, phrase: tuple[int, int]) -> tuple[int, int]:
        """The speaker without what he spoke of: "sprach Merkel | von der Möglichkeit"."""
        stop = next(
            (i for i in range(phrase[0] + 1, phrase[1]) if line.pieces[i].lower in {"von", "vom", "für"}), phrase[1]
        )
        return phrase[0], stop

    def _told_of(self, line: Line, segment: Segment, found: Found) -> bool:
        """Whether a preposition names what is spoken of: "sprach von", "warnte vor", "berichtete über"."""
        wanted = {"von", "vom"} if "of" in found.cue.takes else {"von", "vom", "vor", "über", "um", "mit", "für", "auf"}
        return any(p.lower in wanted for p in line.pieces[segment.first : segment.last])


def _spans(line: Line, pieces: tuple[int, ...]) -> tuple[Span, ...]:
    """The spans of pieces, neighbours joined."""
    spans: list[Span] = []
    before = -2
    for i in sorted(pieces):
        if i == before + 1:
            spans[-1] = Span(spans[-1].start, line.pieces[i].span.end)
        else:
            spans.append(line.pieces[i].span)
        before = i
    return tuple(spans)
