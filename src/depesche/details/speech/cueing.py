"""Finds cue verbs in a sentence, with their auxiliaries and separated particles."""

from collections.abc import Iterator
from typing import NamedTuple

from depesche.details.speech.lexica import Cue, Frame
from depesche.details.speech.lines import Line
from depesche.details.speech.verbs import Verbs

_PARTICLE_REACH = 30


class Found(NamedTuple):
    """A cue verb in a sentence.

    Attributes:
        at: index of the verb; `finite` of the word that carries person and tense (the verb itself or its auxiliary).
        pieces: indices of all its words.
        passive: whether its subject is not who speaks.
    """

    cue: Cue
    at: int
    finite: int
    pieces: tuple[int, ...]
    passive: bool


class Cueing:
    """The search for cue verbs of one language."""

    def __init__(self, frame: Frame, verbs: Verbs, *, by_form: dict[str, tuple[Cue, ...]]) -> None:
        self.frame = frame
        self.verbs = verbs
        self.by_form = by_form
        self._worded = {cue.forms: [form.split() for form in cue.forms] for known in by_form.values() for cue in known}

    def find(self, line: Line) -> Iterator[Found]:
        """All cue verbs outside quotations, left to right."""
        by_form = self.by_form
        candidates = [(at, known) for at, word in enumerate(line.words) if (known := by_form.get(word))]
        if line.words[0] not in by_form and (known := by_form.get(line.lowers[0])):
            candidates.insert(0, (0, known))
        for at, known in candidates:
            piece = line.pieces[at]
            if piece.quote >= 0 or piece.bracket:
                continue
            for cue in known:
                found = self._complete(line, at, cue)
                if found is not None:
                    yield found
                    break

    def _complete(self, line: Line, at: int, cue: Cue) -> Found | None:
        pieces = self._form(line, at, cue)
        particle = self._particle(line, at, cue.particle) if cue.particle else at
        if pieces is None or particle is None:
            return None
        pieces = (*pieces, particle) if cue.particle else pieces
        word = line.pieces[at]
        if "noun" in cue.takes:
            return Found(cue, at, at, pieces, passive=False)
        if self.verbs.infinitive(word) and "state" not in cue.takes and self._under_modal(line, at):
            return None
        pieces = self._with_gap(line, pieces)
        if "it" in cue.takes and at + 1 < len(line.pieces) and self.frame.is_a(line.pieces[at + 1].lower, "it"):
            pieces = (*pieces, at + 1)
        auxiliary = None
        if "state" in cue.takes or not self.verbs.finite(word) or self._closes(line, pieces[-1]):
            auxiliary = self._auxiliary(line, at)
        if auxiliary is None:
            parts = self.frame.has("comma")
            passive = not parts and self._passive(line, at)
            return Found(cue, at, at, pieces, passive) if self.verbs.finite(word) or not parts else None
        passive = self.frame.is_a(line.pieces[auxiliary].lower, "be") and "state" not in cue.takes
        return Found(cue, at, auxiliary, tuple(sorted({auxiliary, *pieces})), passive)

    def _under_modal(self, line: Line, at: int) -> bool:
        """Whether a form in -en is an infinitive: "will … warnen", "soll vor Böen warnen"; "would also say"."""
        if not self.frame.has("comma"):
            before = at - 1
            while before > 0 and self.frame.is_a(line.pieces[before].lower, "adverb"):
                before -= 1
            return at > 0 and self.frame.is_a(line.pieces[before].lower, "modal")
        segment = line.segments[line.segment_of(at)]
        return any(
            self.frame.is_a(line.pieces[i].lower, "modal") for i in range(segment.first, segment.last) if i != at
        )

    def _with_gap(self, line: Line, pieces: tuple[int, ...]) -> tuple[int, ...]:
        """The cue with the word that points to what is said: "geht davon aus", "wies darauf hin"."""
        reach = range(pieces[0] + 1, min(pieces[-1] + 2, len(line.pieces)))
        pointing = [i for i in reach if self.frame.is_a(line.pieces[i].lower, "pointer")]
        return tuple(sorted({*pieces, *pointing[-1:]}))

    def _form(self, line: Line, at: int, cue: Cue) -> tuple[int, ...] | None:
        """The indices of the form that begins here: some are of two words ("bekannt gab")."""
        first = line.pieces[at]
        for words in self._worded[cue.forms]:
            if words[0] != first.lower and words[0] != first.text:
                continue
            here = line.pieces[at : at + len(words)]
            if [p.lower for p in here] == words or [p.text for p in here] == words:
                return tuple(range(at, at + len(words)))
        return None

    def _particle(self, line: Line, at: int, particle: str) -> int | None:
        """The separated particle: last word before a comma or the end, "teilte die Polizei mit"."""
        last = min(len(line.pieces), at + _PARTICLE_REACH)
        for i in range(at + 1, last):
            piece = line.pieces[i]
            if piece.text in {";", ":"}:
                return None
            if piece.lower == particle and (
                i + 1 >= line.end or not line.pieces[i + 1].text[0].isalnum() or self._on(line, i)
            ):
                return i
        return None

    def _on(self, line: Line, at: int) -> bool:
        return self.frame.is_a(line.pieces[at + 1].lower, "and")

    def _passive(self, line: Line, at: int) -> bool:
        """Whether a form of "be" stands before a participle, adverbs passed over: "was widely reported"."""
        while at and self.frame.is_a(line.pieces[at - 1].lower, "adverb"):
            at -= 1
        return bool(at) and self.frame.is_a(line.pieces[at - 1].lower, "be")

    def _closes(self, line: Line, at: int) -> bool:
        return (
            at + 1 >= line.end
            or not line.pieces[at + 1].text[0].isalnum()
            or self.frame.is_a(line.pieces[at + 1].lower, "and", "have", "be")
        )

    def _auxiliary(self, line: Line, at: int) -> int | None:
        """The auxiliary of a participle: nearest before it in its segment, or right after it in a subordinate clause."""
        segment = line.segments[line.segment_of(at)]
        for i in range(at - 1, segment.first - 1, -1):
            piece = line.pieces[i]
            if piece.text == piece.lower and self.frame.is_a(piece.lower, "have", "be"):
                return i
        if at + 1 < segment.last and self.frame.is_a(line.pieces[at + 1].lower, "have", "be"):
            return at + 1
        return None
