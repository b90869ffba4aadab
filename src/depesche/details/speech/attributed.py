"""Speakers named apart from any verb: "according to X", a headline with its source, a speaker before a colon."""

from collections.abc import Iterator

from depesche.details.speech.drafts import Draft
from depesche.details.speech.following import Following
from depesche.details.speech.lexica import Frame
from depesche.details.speech.lines import Line
from depesche.details.speech.phrases import Phrases
from depesche.details.speech.verbs import Verbs

_SURE, _LIKELY = 0.95, 0.85
_TITLED = 4  # words of a name before or behind a colon


class Attributed:
    """Finds them, in languages without commas before reported clauses."""

    def __init__(self, following: Following) -> None:
        self.following = following
        self.frame: Frame = following.frame
        self.verbs: Verbs = following.verbs
        self.phrases: Phrases = following.phrases
        self._sources = {phrase.split()[0] for phrase in self.frame.all("source")}

    def titled(self, line: Line) -> Draft | None:
        """A headline that names its source: "60,000 registered so far: UNHCR"."""
        colons = [i for i, p in enumerate(line.pieces) if p.text == ":" and p.quote < 0]
        if line.sentence.part != "headline" or len(colons) != 1:
            return None
        at, count = colons[0], len(line.pieces)
        behind = line.pieces[at + 1 :]
        short = 0 < len(behind) <= _TITLED and at > len(behind)
        if not short or any(self.verbs.finite(p) and not self.verbs.nominal(p) for p in behind):
            return None
        return Draft(line.span(at + 1, count), (), (line.whole(0, at),), "headline with its source", _LIKELY)

    def scripted(self, line: Line) -> Draft | None:
        """A speaker before a colon, as in an interview: "Reed: “We will build it.”"."""
        at = next((i for i, p in enumerate(line.pieces) if p.text == ":" and p.quote < 0), None)
        if at is None or not 0 < at <= _TITLED or at + 1 >= line.end:
            return None
        named = all(p.quote < 0 and (p.text[0].isupper() or p.text == ".") for p in line.pieces[:at])
        quoted = line.pieces[at + 1].quote >= 0
        if (
            not named
            or not (quoted or self.following.clausal(line, at + 1, line.end))
            or line.sentence.part == "headline"
        ):
            return None
        return Draft(
            line.span(0, at),
            (line.span(at, at + 1),),
            (line.whole(at + 1, line.end),),
            "speaker before a colon",
            _LIKELY,
        )

    def sourced(self, line: Line) -> Iterator[Draft]:
        """The phrase "according to X", before or behind what X says."""
        for at in range(len(line.pieces) - 1):
            if line.pieces[at].lower not in self._sources:
                continue
            pair = f"{line.pieces[at].lower} {line.pieces[at + 1].lower}"
            if line.pieces[at].quote >= 0 or not self.frame.is_a(pair, "source"):
                continue
            border = next(
                (i for i in range(at + 2, line.end) if line.pieces[i].text in {",", ";"} and line.pieces[i].quote < 0),
                line.end,
            )
            if at + 2 >= border:
                continue
            speaker = self.phrases.forward(line, at + 2, border) or (at + 2, border)
            if at <= 1:
                border = self._past_apposition(line, border)
                content = line.whole(border + 1, line.end) if border + 1 < line.end else None
            else:
                last = at - 1 if line.pieces[at - 1].text == "," else at
                content = line.whole(0, last) if last > 1 else None
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
        if second is None or self.following.clausal(line, border, second):
            return border
        opener = line.pieces[border + 1]
        return second if self.frame.is_a(opener.lower, "article", "relative") and second - border < 10 else border  # noqa: PLR2004
