"""The stage that finds actors by name, metonym, adjective or group noun (codebook section 3)."""

from collections.abc import Iterable, Iterator

from depesche.details.actors.abbreviations import introduced
from depesche.details.actors.groups import GroupActors
from depesche.details.actors.lexicon import ActorWords
from depesche.details.actors.named import NamedActors
from depesche.details.actors.people import PeopleFinder, day_of
from depesche.details.actors.reading import Reading, reading_of
from depesche.details.actors.vocabulary import PEOPLE
from depesche.knowledge.gazetteer import gazetteer
from depesche.knowledge.rows import slug
from depesche.knowledge.spelling import fold
from depesche.record import Actor, ActorKind, ActorMention, Article, Mark, Name, Part, Span

_TAGGED = 0.6
_WHOLE = 0.96
"""More than a known name is worth that stands inside."""
_LEAST = 3


class Actors:
    """Finds who is named: known actors by any of their names, unknown ones under a stable id of their own."""

    name = "actors"
    version = 5
    needs: frozenset[type[Mark]] = frozenset({Part})
    gives: frozenset[type[Mark]] = frozenset({ActorMention})

    def __call__(self, article: Article) -> Iterable[ActorMention]:
        """The mentions of actors, in reading order; no two by a name overlap."""
        reading = reading_of(article)
        found = list(_disjoint(list(self._find(article, reading))))
        short = list(introduced(article.text, reading, found))
        return _disjoint([*short, *found]) if short else found

    def _find(self, article: Article, reading: Reading) -> Iterator[ActorMention]:
        people = [p for p in PeopleFinder(article, reading).find() if p.first not in reading.outside]
        stopped = {n.span[1] for n in article.of(Name) if n.kind == "person" and article.text[n.span[1] - 1] == "."}
        for person in people:
            start, end = reading.span(person.first, person.last)
            yield ActorMention(
                span=Span(start, end + (end + 1 in stopped)),  # "Nico G."
                actor=person.actor,
                confidence=person.confidence,
                why=person.why,
            )
        taken = {i for p in people for i in range(p.first, p.last + 1)}
        at = reading.pieces.at
        tagged = {i for n in article.of(Name) if n.kind == "organisation" for i in reading.pieces.within(n.span)}
        named = NamedActors(reading, day=day_of(article), taken=taken, tagged=tagged, language=article.language)
        bodily = list(named.find())
        yield from bodily
        persons = {i: p.actor for p in people for i in range(p.first, p.last + 1)}
        unknown = list(_unknown_bodies(article, reading))
        named_bodies = {
            i: m.actor for m in (*bodily, *unknown) if (i := at.get(m.span[0])) is not None and m.form == "name"
        }
        yield from GroupActors(reading, named=named, persons=persons, bodies=named_bodies).find()
        yield from _communities(reading, taken)
        yield from unknown


def _communities(reading: Reading, taken: set[int]) -> Iterator[ActorMention]:
    """Peoples without a state: "die Kurden", "Hutus"."""
    named = reading.able(PEOPLE)
    if not named:
        return
    pieces, peoples = reading.pieces, reading.words.peoples
    qualified = {i for p in reading.phrases if p.people for i in range(p.core, p.last + 1)}
    qualified |= {
        i for h in reading.hits if h.first < h.last for i in range(h.first, h.last + 1)
    }  # "United Arab Emirates"
    for i in named:
        after = pieces.gaps[i + 1] if i + 1 < len(pieces.gaps) else "|"
        if i not in taken | qualified | reading.outside and after != "-":
            people, number = peoples[pieces.keys[i]]
            one = "/one" if number == "singular" else ""
            actor = Actor(
                id=f"population/{people.id}{one}", name=people.name, name_de=people.name_de, kind="population"
            )
            yield ActorMention(
                span=reading.span(i, i), actor=actor, form="group", confidence=_TAGGED, why="known people"
            )


def _unknown_bodies(article: Article, reading: Reading) -> Iterator[ActorMention]:
    """Organisations that only the name tagger knows, and that begin with no known name ("NPD-Demo", "pro-Taliban")."""
    titles = {p.last for p in reading.phrases if p.head.role}
    known = {i for h in reading.hits for i in range(h.first, h.last + 1) if h.prefix or h.suffix}
    for name in article.of(Name):
        text = article.quote(name.span).strip()
        start = reading.pieces.at.get(name.span[0])
        if name.kind != "organisation" or len(text) < _LEAST or start is None or start in reading.outside | known:
            continue
        last = reading.pieces.within(name.span)[-1]
        longer = (reading.pieces.joined(start, end) for end in range(last, min(last + 3, len(reading.pieces.keys))))
        if last in titles or any(form in gazetteer() for form in longer):
            continue  # "UN Force Commander", "Strait of Hormuz"
        actor = Actor(id=f"org/{slug(text)}", name=text, name_de=text, kind=_kind_of(text, reading.words), known=False)
        confidence = _WHOLE if _is_whole(reading, start, last) else _TAGGED
        yield ActorMention(span=name.span, actor=actor, confidence=confidence, why="name tagger")


def _is_whole(reading: Reading, first: int, last: int) -> bool:
    """Whether a name that holds a known one is a name of its own: "Nato Response Force", "Financial Times Deutschland"."""
    pieces, words = reading.pieces, reading.words
    apart = any(pieces.gaps[i] != " " for i in range(first + 1, last + 1))
    if first == last or apart or any(h.first <= first and last <= h.last for h in reading.hits):
        return False
    capital = all(
        pieces.texts[i][0].isupper() or len(pieces.keys[i]) <= _LEAST or pieces.keys[i] in words.parts_of
        for i in range(first, last + 1)
    )
    return capital and pieces.texts[last][0].isupper() and words.heads.get(pieces.keys[last]) is None


def _kind_of(name: str, words: ActorWords) -> ActorKind:
    """What kind of body a name speaks of: a word of it that is a group noun tells."""
    for word in reversed(fold(name).split()):
        head = words.heads.get(word) or (words.ending_of(word) or (None,))[0]
        if head and head.group:
            return head.group.kind
    return "other"


def _disjoint(mentions: list[ActorMention]) -> Iterator[ActorMention]:
    """Where two mentions overlap, the surer one; of equals the longer one."""
    kept: list[ActorMention] = []
    covered = bytearray(max((m.span[1] for m in mentions), default=0))
    for mention in sorted(mentions, key=_surest):
        start, end = mention.span
        if covered.find(1, start, end) < 0:
            covered[start:end] = b"\1" * (end - start)
            kept.append(mention)
    yield from sorted(kept, key=_span)


def _surest(mention: ActorMention) -> tuple[float, int, int]:
    start, end = mention.span
    return -mention.confidence, start - end, start


def _span(mention: ActorMention) -> Span:
    return mention.span
