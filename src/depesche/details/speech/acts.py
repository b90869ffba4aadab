"""Speech acts told in a few words instead of quoted (codebook section 4, mode `reported`)."""

from depesche.details.speech.cueing import Found
from depesche.details.speech.drafts import Draft
from depesche.details.speech.lexica import Frame, frame
from depesche.details.speech.lines import Line
from depesche.details.speech.pieces import Segment
from depesche.details.speech.segments import Segments
from depesche.details.speech.subjects import Subjects

_TOLD = 0.6


class Acts:
    """Finds told speech acts in one language."""

    def __init__(self, language: str) -> None:
        self.frame: Frame = frame(language)
        self.grammar = Segments(language)
        self.subjects = Subjects(language)

    def act(self, line: Line, found: Found) -> Draft | None:
        """A speech act told in a few words: "Sie bezeichnete die Lösung als Irrweg"."""
        takes = set(found.cue.takes)
        if not takes & {"object", "about", "of"}:
            return None
        if line.tree.subordinate(found.at):
            return None  # "Signale von Mitgliedern, die auf ein Ende drängen", "eine oft beklagte Lücke"
        number = line.segment_of(found.finite)
        segment = line.segments[number]
        opener = line.pieces[self.grammar.opening(line, segment)]
        if self.frame.is_a(opener.lower, "other", "opens", "wh", "as"):
            return None
        if "object" not in takes and not self.told_of(line, segment, found):
            return None
        speaker = (
            self.subjects.behind(line, segment, "agent")
            if found.passive
            else self.subjects.subject(line, found, number)
        )
        if speaker is not None and takes & {"about", "of"} and "object" not in takes:
            speaker = self.subjects.before_preposition(line, speaker)
        if speaker is None or self.frame.is_a(line.pieces[speaker[0]].lower, "it", "not_speaker"):
            return None
        return Draft(
            speaker=line.span(*speaker),
            cue=(),
            content=(line.span(0, len(line.pieces)),),
            why=f"act: {found.cue.lemma}",
            confidence=_TOLD,
            tell="act",
            clause=line.span(segment.first, segment.last),
        )

    def told_of(self, line: Line, segment: Segment, found: Found) -> bool:
        """Whether a preposition names what is spoken of: "sprach von", "warnte vor", "berichtete über"."""
        kind = "agent" if "of" in found.cue.takes else "topic"
        return any(self.frame.is_a(p.lower, kind) for p in line.pieces[segment.first : segment.last])
