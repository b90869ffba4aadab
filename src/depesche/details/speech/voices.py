"""Whose voice it is: the words that name a speaker become an actor (codebook section 3).

A mention found by the actor stages counts where it covers the head of the phrase: in "foreign ministry spokesman Jacques
Rummelhardt" the ministry is not who speaks. A speaker that nobody knows ("a military source", "the radio") still becomes an actor,
with `known` false, and is found again by its head noun or last name.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from depesche.clauses.forms import readings
from depesche.details.speech.lexica import Frame, frame, voice_nouns
from depesche.details.speech.verbs import Verbs
from depesche.knowledge.rows import slug
from depesche.record import Actor, ActorKind, ActorMention, Article, Sentence, Span

_WORD = re.compile(r"(?:[^\W_]|[-’'])+|\S")
_NEAR = 3  # statements over which a pronoun is taken for the speaker before it
_ISSUERS = frozenset({"person", "government", "igo", "ngo", "rebel", "party", "military"})
_ABBREVIATION = 5  # letters
_LONGEST = 60  # characters of a made-up actor's name


class _Word(NamedTuple):
    text: str
    span: Span


class Voices:
    """Resolves the speakers of one article, in reading order, remembering those before."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.frame: Frame = frame(article.language)
        self.verbs = Verbs(article.language)
        self.nouns = voice_nouns(article.language)
        self.mentions = article.of(ActorMention)
        self._starts = [m.span.start for m in self.mentions]
        self._longest = max((m.span.end - m.span.start for m in self.mentions), default=0)
        self.made: list[ActorMention] = []
        self._before: list[Actor] = []
        self._heard = 0
        self._by_head: dict[str, Actor] = {}

    def actor(self, span: Span) -> Actor | None:
        """The actor that a phrase stands for; one is made where none is known, None for a pronoun that nobody fits."""
        words = self._words(span)
        pronoun = len(words) == 1 and self.frame.is_a(words[0].text.lower(), "pronoun", "therefore", "relative")
        found = self._pronoun(words) if pronoun else None
        if found is None and pronoun:
            return None
        found = (
            found
            or self._named_behind(span, words)
            or self._mentioned(span, words)
            or self._again(words)
            or self._make(span, words)
        )
        self._before.append(found)
        self._heard = span.end
        return found

    def _overlapping(self, span: Span) -> list[ActorMention]:
        """The mentions that share a character with a span."""
        first = bisect_left(self._starts, span.start - self._longest)
        near = self.mentions[first : bisect_left(self._starts, span.end)]
        return [m for m in near if m.span.overlaps(span)]

    def _words(self, span: Span) -> list[_Word]:
        """The words of a phrase without articles and adverbs at its ends."""
        words = [_Word(found[0], Span(*found.span())) for found in _WORD.finditer(self.article.text, *span)]
        while len(words) > 1 and self.frame.is_a(words[0].text.lower(), "article", "adverb"):
            words = words[1:]
        while len(words) > 1 and (
            not words[-1].text[0].isalnum()
            or self.frame.is_a(words[-1].text.lower(), "adverb", "preposition", "time", "link")
        ):
            words = words[:-1]
        return words

    def _core(self, words: Sequence[_Word]) -> list[_Word]:
        """The words up to the first that opens an addition: comma, bracket, preposition, genitive."""
        core: list[_Word] = []
        for word in words:
            lower = word.text.lower()
            short = (
                word.text == "." and bool(core) and core[-1].text[0].isupper() and len(core[-1].text) < _ABBREVIATION
            )
            opens = not word.text[0].isalnum() or self.frame.is_a(lower, "preposition", "link", "relative", "and")
            if core and opens and not short:
                break
            if core and self._participle(core[-1], word):
                break  # "the hostages | freed from the residence"
            if not opens:
                core.append(word)
        return core or list(words[:1])

    def _participle(self, noun: _Word, word: _Word) -> bool:
        """Whether a word adds what was done to the noun before it."""
        if self.frame.has("comma") or not word.text.islower():
            return False
        return self.frame.ends(word.text, "past_ending") and word.text not in self.nouns and noun.text[0].isalnum()

    def _mentioned(self, span: Span, words: Sequence[_Word]) -> Actor | None:
        """The actor of a mention that covers the head of the phrase, or a name in apposition to it."""
        head = self._core(words)[-1].span
        inside = self._overlapping(span)
        covering = [m for m in inside if m.span.overlaps(head) and m.form != "adjective"]
        report = self.nouns.get(self.article.quote(head).lower())
        if report in {"document", "report"}:
            return self._issuer(span, inside)
        covering = [m for m in covering if not self._part_of_name(m, words)]
        named = [m for m in inside if m.form == "name" and m.actor.kind == "person" and self._apposed(m.span, words)]
        best = max(
            self._closing_name(inside, words) or named or covering,
            key=lambda m: (m.actor.kind == "person", len(self.article.quote(m.span))),
            default=None,
        )
        return best.actor if best else None

    def _named_behind(self, span: Span, words: Sequence[_Word]) -> Actor | None:
        """An unknown person named in apposition: "representative in Nepal, Abraham Abraham"."""
        name = self._behind_comma(words) or self._at_the_end(words)
        if len(name) < 2 or any(m.form == "name" for m in self._overlapping(name[-1].span)):  # noqa: PLR2004
            return None
        return self._again(name) or self._make(span, name)

    def _closing_name(self, inside: Sequence[ActorMention], words: Sequence[_Word]) -> list[ActorMention]:
        """A person's name that closes the phrase: "spokesman of the agency (UNHCR) | Paul Stromberg", but not "spokesman for | Kerry"."""
        found = []
        for mention in inside:
            before = [w.text.lower() for w in words if w.span.end <= mention.span.start]
            hangs = not before or self.frame.is_a(before[-1], "preposition", "link", "article", "and")
            closes = mention.span.end >= words[-1].span.end
            if mention.form == "name" and mention.actor.kind == "person" and closes and not hangs:
                found.append(mention)
        return found

    def _part_of_name(self, mention: ActorMention, words: Sequence[_Word]) -> bool:
        """Whether a group noun is only the end of a longer name: "Israel army | radio"."""
        core = self._core(words)
        before = [w for w in core if w.span.end <= mention.span.start]
        described = all(w.text.islower() and self._adjective(w.text) for w in before)
        medium = any(self.nouns.get(w.text.lower()) == "media" for w in core)
        if medium and mention.actor.kind not in {"media", "person"}:
            return True  # "Radio | Rwanda"
        return mention.form == "group" and bool(before) and not described

    def _adjective(self, word: str) -> bool:
        return any(r.upos == "ADJ" or "VerbForm=Part" in r.feats for r in readings(self.article.language, word))

    def _apposed(self, span: Span, words: Sequence[_Word]) -> bool:
        """Whether a name stands in the core of the phrase or right behind a comma."""
        core = self._core(words)
        if core[0].span.start <= span.start <= core[-1].span.end:
            return span.end >= core[-1].span.end
        before = [w for w in words if w.span.end <= span.start]
        return bool(before) and before[-1].text == ","

    def _issuer(self, span: Span, inside: Sequence[ActorMention]) -> Actor | None:
        """Whose report or statement it is: the body it names, else who spoke last."""
        bodies = [m for m in inside if m.form != "adjective" and m.span.start > span.start]
        if bodies:
            return bodies[0].actor
        words = self._words(span)
        document = any(self.nouns.get(w.text.lower()) == "document" for w in words[-1:])
        definite = document or self.frame.is_a(self.article.quote(span).split(" ")[0].lower(), "definite")
        if not definite:
            return None
        named = [
            m.actor for m in self.mentions if m.form == "name" and m.span.end <= span.start and m.actor.kind in _ISSUERS
        ]
        return self._before[-1] if self._before else named[-1] if named else None

    def _pronoun(self, words: Sequence[_Word]) -> Actor | None:
        """Who a pronoun means: whoever spoke last, if it fits, else what the actor stages say."""
        word = words[0]
        personal = self.frame.is_a(word.text.lower(), "personal")
        stated = next((m.actor for m in self._overlapping(word.span)), None)
        alone = self._alone_before(word.span) if personal else None
        if alone is not None:
            return alone
        for actor in self._before[-_NEAR:][::-1]:
            if personal == (actor.kind == "person"):
                return actor
        if stated is not None:
            return stated
        before = next((a for a in reversed(self._before) if personal == (a.kind == "person")), None)
        return before or (None if personal else self._body_before(word.span))

    def _body_before(self, span: Span) -> Actor | None:
        """The body that the sentence itself is about: "The agency has begun to fly home refugees, it said"."""
        sentence = next((s.span for s in self.article.of(Sentence) if s.span.holds(span)), span)
        near = (m for m in self.mentions if sentence.start <= m.span.start < span.start and m.form != "adjective")
        return next((m.actor for m in near if m.actor.kind in _ISSUERS - {"person"}), None)

    def _alone_before(self, span: Span) -> Actor | None:
        """The one person named in the sentence before, if that names just one: "… mit Staffan de Mistura. …, sagte er"."""
        sentences = [s.span for s in self.article.of(Sentence) if s.span.start <= span.start][-2:]
        if len(sentences) < 2 or "\n" in self.article.text[sentences[0].end : sentences[1].start]:  # noqa: PLR2004
            return None
        if self._heard > sentences[0].start:
            return None  # whoever spoke there speaks on
        named = {
            m.actor.id: m.actor
            for m in self.mentions
            if m.form == "name" and m.actor.kind == "person" and sentences[0].holds(m.span)
        }
        return next(iter(named.values())) if len(named) == 1 else None

    def _again(self, words: Sequence[_Word]) -> Actor | None:
        """Someone met before under the same head: "the source", "Grandi"."""
        core = self._core(words)
        last = core[-1].text
        if last[0].isupper() and self._is_name(last):
            for actor in [*self._before[::-1], *(m.actor for m in self.mentions)]:
                if actor.kind == "person" and actor.name.split()[-1] == last:
                    return actor
        return self._by_head.get(last.lower())

    def _is_name(self, word: str) -> bool:
        """Whether a capitalised word is no noun of the dictionary."""
        return word.lower() not in self.nouns

    def _make(self, span: Span, words: Sequence[_Word]) -> Actor:
        """An actor of its own for a speaker that nobody knows."""
        core = self._behind_comma(words) or self._core(words)
        head = core[-1].text
        kind = self._kind(core)
        named = _trailing_name(core) if kind == "person" else []
        text = " ".join(w.text for w in (named or core))[:_LONGEST].strip()
        actor = Actor(
            id=f"{kind if kind == 'person' else 'source'}/{slug(text) or 'unnamed'}", name=text, name_de=text, kind=kind
        )
        self._by_head[head.lower()] = actor
        self.made.append(
            ActorMention(span=span, why="speaker without a known name", actor=actor, form="role", confidence=0.5)
        )
        return actor

    def _behind_comma(self, words: Sequence[_Word]) -> list[_Word]:
        """A name in apposition at the end: "representative in Nepal, | Abraham Abraham"."""
        commas = [i for i, w in enumerate(words) if w.text == ","]
        if not commas:
            return []
        name = list(words[commas[-1] + 1 :])
        fits = bool(name) and len(name) <= 3 and all(w.text[:1].isupper() and self._is_name(w.text) for w in name)  # noqa: PLR2004
        return name if fits else []

    def _at_the_end(self, words: Sequence[_Word]) -> list[_Word]:
        """A name behind a title with additions: "Director of the Bureau (FBI) | Louis Freeh", "mission spokesman | Ann Reed"."""
        at = len(words)
        while at and words[at - 1].text[:1].isupper() and self._is_name(words[at - 1].text):
            at -= 1
        name = list(words[at:])
        before = words[at - 1].text if at else ""
        title = before in {")", "."} or self.nouns.get(before.lower()) == "person"
        return name if title and 1 < len(name) <= 3 else []  # noqa: PLR2004 (first name, middle name, last name)

    def _kind(self, core: Sequence[_Word]) -> ActorKind:
        head = core[-1].text
        known = self.nouns.get(head.lower())
        if known == "person":
            return "person"
        if known in {"media", "population", "police", "military", "government", "ngo", "igo", "judiciary", "party"}:
            return known  # type: ignore[return-value]  # the names of the kinds are those of the codebook
        if known is not None:
            return "other"
        if self.frame.is_a(head.lower(), "personal"):
            return "person"
        return "person" if head[:1].isupper() and not head.isupper() else "other"


def _trailing_name(core: Sequence[_Word]) -> list[_Word]:
    """The capitalised words at the end: "spokesman | Jacques Rummelhardt"; all of them where that is all."""
    at = len(core)
    while at and core[at - 1].text[:1].isupper():
        at -= 1
    name = list(core[at:])
    return name[-3:] if at else name[-2:]
