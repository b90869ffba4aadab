"""Where a text may name a place, and how strongly the words around say so."""

from collections.abc import Iterator
from typing import NamedTuple

from depesche.details.actors.reading import Reading
from depesche.details.actors.vocabulary import PLACE, Rows, vocabulary
from depesche.knowledge.gazetteer import gazetteer
from depesche.knowledge.lookup import prominence
from depesche.knowledge.rows import PlaceRow
from depesche.record import ActorMention, Article, Name, Token

_BIG = 100_000
_SHORTEST = 3
_WORDS = frozenset({"NOUN", "ADJ", "VERB", "ADV", "PRON"})
_TELLING = frozenset({"tagger", "preposition", "dateline"})
_WIDE = frozenset({"region", "water", "country"})


class Candidate(NamedTuple):
    """A form at the pieces `first` to `last` that names one of `rows`.

    Attributes:
        evidence: what says that it is a place: tagger, preposition, dateline, table, list, derived, size.
        after: the form that follows after a comma ("Paris, Texas"), folded, else empty.
    """

    first: int
    last: int
    rows: tuple[PlaceRow, ...]
    evidence: str
    after: str


class PlaceFinder:
    """Finds the places of one article.

    Args:
        article: for its names and actors.
        reading: its pieces and known names.
    """

    def __init__(self, article: Article, reading: Reading) -> None:
        self._r = reading
        self._gazetteer = gazetteer()
        within, starts = reading.pieces.within, reading.pieces.starts
        self._tagged = {
            i: n
            for n in article.of(Name)
            if n.kind == "place"
            for i in within(n.span)
            if starts[i] == n.span[0] or reading.pieces.gaps[i] == "|"
        }
        self._owners = {
            i
            for p in reading.phrases
            if p.owner and not p.owner.by.startswith("preposition")
            for i in range(p.owner.first, p.owner.last + 1)
        }
        bodies = [n.span for n in article.of(Name) if n.kind == "organisation"]
        self._bodies = {i for span in bodies if " " in article.quote(span) for i in within(span)}
        self._bodily = {i for span in bodies for i in within(span)}
        self._any_tags = bool(article.of(Name) or article.of(Token))
        self._within = {i for n in article.of(Name) if n.kind == "place" for i in within((n.span[0] + 1, n.span[1]))}
        self._persons = _pieces_of(article, reading, {"person"})
        self._actors = pieces_of_actors(article, reading)
        self._known = vocabulary(article.language)

    def find(self) -> list[Candidate]:
        """The places, in reading order; forms that merely look like one are left out."""
        seen: list[tuple[Candidate, bool]] = []
        for first, last, rows, derived in self._forms():
            evidence = self._evidence(first, last, rows) if not derived else self._of_derived(first, last, rows)
            after = self._after(last)
            seen.append((Candidate(first, last, rows, evidence, after), bool(evidence)))
        return list(self._with_lists(seen))

    def _forms(self) -> Iterator[tuple[int, int, tuple[PlaceRow, ...], bool]]:
        pieces, longest = self._r.pieces, self._gazetteer.longest
        keys, texts, gaps, reach, outside = pieces.keys, pieces.texts, pieces.gaps, pieces.reach, self._r.outside
        count, free = len(keys), 0
        for i in self._r.able(PLACE):
            text = texts[i]
            if i < free or i in outside:
                continue
            if not text[0].isupper() and not (gaps[i] == " " and i and i + 1 < count and gaps[i + 1] == "-"):
                continue
            found, last = None, min(i + longest.get(keys[i], 1) - 1, reach[i])
            while last > i and not (found := self._of_several(i, last)):
                last -= 1
            if last == i and (i + 1 == count or gaps[i + 1] != "-"):
                found = self._known.word(text).place
            if found:
                yield i, last, *found
                free = last + 1

    def _of_several(self, first: int, last: int) -> Rows | None:
        pieces = self._r.pieces
        if last + 1 < len(pieces.gaps) and pieces.gaps[last + 1] == "-":
            return None
        return self._known.place(" ".join(pieces.keys[first : last + 1]), capital=pieces.texts[last][0].isupper())

    def _evidence(self, first: int, last: int, rows: tuple[PlaceRow, ...]) -> str:
        """What says that the form is a place here; empty where nothing does, or something says that it is none."""
        spot = range(first, last + 1)
        if not self._persons.isdisjoint(spot) or first in self._r.dateline:
            return "dateline" if self._persons.isdisjoint(spot) else ""
        before = self._r.preposition(first)
        acts = not self._actors.isdisjoint(spot)
        if acts and any(r.kind == "country" for r in rows):
            return "preposition" if self._r.words.is_part(before, "two_sided_preposition") else ""
        if (
            acts
            or first in self._bodies
            or first in self._owners
            or first in self._within
            or self._goes_on(first, last)
        ):
            return ""
        if (tagged := self._tagged.get(first)) and tagged.span[1] >= self._r.pieces.ends[last] - 1:
            return "tagger"
        if self._r.words.is_part(before, "place_preposition", "two_sided_preposition") and not self._common(first):
            whole = self._r.words.is_part(before, "place_contraction")  # "im Juli": a city has no article
            no_town = whole or first in self._bodily  # "bei Honda": the tagger knows better
            return "" if no_town and all(r.kind == "city" for r in rows) else "preposition"
        return self._by_itself(first, last, rows)

    def _of_something(self, first: int) -> bool:
        """Whether something of it is spoken of, as far as the words before tell."""
        after_noun = first > 0 and self._r.pieces.gaps[first] == " " and not self._common(first)
        return after_noun and self._r.words.is_part(self._r.pieces.keys[first - 1], "of_preposition")

    def _lies_in(self, last: int, rows: tuple[PlaceRow, ...]) -> bool:
        """Whether a region or country of it follows: "Lewisburg, West Virginia"."""
        after = self._after(last)
        wide = {r.country for r in self._gazetteer.named(after) if r.kind in _WIDE} if after else set()
        return any(r.country in wide for r in rows)

    def _goes_on(self, first: int, last: int) -> bool:
        """The tagger's name is longer: "Laurel County", "University Hospital"."""
        tagged, pieces = self._tagged.get(first), self._r.pieces
        return tagged is not None and tagged.span[1] > pieces.ends[last] + 1 and pieces.gaps[last + 1] == " "

    def _by_itself(self, first: int, last: int, rows: tuple[PlaceRow, ...]) -> str:
        """Names that need no place word before them: of something, in a region that follows, our own regions; without a tagger also big cities."""
        if self._of_something(first) and max(map(prominence, rows)) >= _BIG:
            return "preposition"  # "the mayor of Edmonton"
        if self._lies_in(last, rows):
            return "table"
        if first == last and self._is_word(first):
            return ""  # "Man" is no island
        pieces = self._r.pieces
        ours = not self._any_tags and any(r.source != "geonames" and r.kind != "country" for r in rows)
        wide = len(pieces.joined(first, last)) > _SHORTEST + 1 and any(r.kind in _WIDE for r in rows)
        if ours or (wide and pieces.texts[first][0].isupper()):
            return "table"
        big = not self._any_tags and max(r.population for r in rows) >= _BIG
        return "size" if big and pieces.gaps[first] != "|" else ""

    def _is_word(self, i: int) -> bool:
        return self._r.grammar.upos(self._r.pieces.starts[i]) in _WORDS

    def _common(self, i: int) -> bool:
        """Whether the word is an ordinary noun here, as far as the language layer can tell."""
        untold = self._r.pieces.starts[i] not in self._r.grammar.words
        return self._is_word(i) or (untold and self._any_tags and i not in self._tagged)

    def _of_derived(self, first: int, last: int, rows: tuple[PlaceRow, ...]) -> str:
        """An adjective made of a big city's name, before a noun: "Genfer Gespräche"."""
        pieces = self._r.pieces
        following = last + 1
        big = max(prominence(r) for r in rows) >= _BIG
        noun = following < len(pieces.keys) and pieces.gaps[following] == " " and pieces.texts[following][0].isupper()
        free = self._persons.isdisjoint(range(first, last + 1)) and pieces.keys[first] not in self._r.words.heads
        return "derived" if big and noun and free and first == last else ""

    def _after(self, last: int) -> str:
        """What stands after a comma or in brackets and may hold the place."""
        pieces = self._r.pieces
        i = last + 1
        if i < len(pieces.keys) and pieces.starts[i] - pieces.ends[last] == len(", ") and pieces.texts[i][0].isupper():
            for length in (3, 2, 1):
                if (form := pieces.joined(i, min(i + length - 1, len(pieces.keys) - 1))) in self._gazetteer:
                    return form
        return ""

    def _with_lists(self, seen: list[tuple[Candidate, bool]]) -> Iterator[Candidate]:
        """The members of a list are places where the first is: "in Kabul, Kandahar und Herat"; so is a name that is one elsewhere."""
        accepted: Candidate | None = None
        told = {self._form(c) for c, sure in seen if sure and c.evidence in _TELLING}
        for candidate, sure in seen:
            if sure:
                accepted = candidate
                yield candidate
            elif self._bare(candidate) and self._form(candidate) in told:
                accepted = candidate._replace(evidence="again")
                yield accepted
            elif accepted is not None and self._listed(accepted, candidate):
                accepted = candidate._replace(evidence="list")
                yield accepted

    def _form(self, candidate: Candidate) -> str:
        return self._r.pieces.joined(candidate.first, candidate.last)

    def _bare(self, candidate: Candidate) -> bool:
        """Whether nothing says that the words are something else here."""
        spot = range(candidate.first, candidate.last + 1)
        free = (self._persons | self._actors | self._owners).isdisjoint(
            spot
        ) and candidate.first not in self._r.dateline
        return free and not self._goes_on(candidate.first, candidate.last)

    def _listed(self, before: Candidate, candidate: Candidate) -> bool:
        pieces = self._r.pieces
        between = pieces.keys[before.last + 1 : candidate.first]
        near = pieces.starts[candidate.first] - pieces.ends[before.last]
        comma = not between and near == len(", ")
        conjunction = len(between) == 1 and self._r.words.is_part(between[0], "conjunction")
        free = (self._persons | self._actors).isdisjoint(range(candidate.first, candidate.last + 1))
        return free and (comma or conjunction)


def pieces_of_actors(article: Article, reading: Reading) -> set[int]:
    """The pieces that names and metonyms of actors cover."""
    return _pieces_of(article, reading, None)


def _pieces_of(article: Article, reading: Reading, kinds: set[str] | None) -> set[int]:
    """The pieces that mentions of actors cover; of names and metonyms only, where no kinds are asked for."""
    covered: set[int] = set()
    for mention in article.of(ActorMention):
        if (mention.actor.kind in kinds and mention.form == "name") if kinds else mention.form in {"name", "metonym"}:
            covered.update(reading.pieces.within(mention.span))
    return covered
