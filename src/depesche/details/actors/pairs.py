"""References that are no roles: pronouns, "beide Seiten", "die Regierung", "das Land"."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from itertools import pairwise

from depesche.details.actors.drafts import Phrase
from depesche.details.actors.scene import Scene, Seen
from depesche.knowledge.actors import known_actors
from depesche.record import Actor, ActorMention, Span

_VERBS = frozenset({"VERB", "AUX", ""})
_PRONOUN, _PAIR, _GOVERNMENT, _COUNTRY = 0.7, 0.75, 0.8, 0.6
_NEUTER = 0.6
_LAST_SPEAKER = 6
"""Sentences back that \"he said\" may reach: what lies between is what he said."""
_ARGUMENTS = frozenset({"nsubj", "obj", "iobj", "obl"})
_IT = frozenset(
    {
        "state",
        "government",
        "igo",
        "ngo",
        "party",
        "rebel",
        "opposition",
        "legislature",
        "judiciary",
        "business",
        "military",
    }
)
_SIDES = frozenset(
    {"state", "government", "rebel", "opposition", "party", "igo", "military", "ngo", "business", "population", "other"}
)
_BODIES = {
    "group": frozenset({"rebel", "ngo", "opposition", "party", "igo", "other"}),
    "party": frozenset({"party", "opposition"}),
    "company": frozenset({"business", "media"}),
    "unions": frozenset({"ngo"}),
    "militia": frozenset({"rebel"}),
    "rebel-group": frozenset({"rebel"}),
    "terrorists": frozenset({"rebel"}),
    "aid-agencies": frozenset({"ngo", "igo"}),
    "commission": frozenset({"igo", "government"}),
}
"""Which kinds a noun with an article can take up."""


class PairResolver:
    """Resolves pronouns, pairs and bare governments of one report.

    Args:
        scene: what the report has said so far.
    """

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._r = scene.reading
        self._words = scene.reading.words
        self._last_pair: tuple[Actor, ...] = ()

    def pronoun(self, piece: int) -> ActorMention | None:
        """Who a personal pronoun stands for: the first-named fitting person of the nearest sentence."""
        key = self._r.pieces.keys[piece]
        masculine, feminine, plural = (self._words.is_part(key, p) for p in ("masculine", "feminine", "plural"))
        span = self._r.span(piece, piece)
        at = span[0]
        if self._words.is_part(key, "neuter"):
            return self._neuter(piece, span)
        if masculine or (feminine and not self._plural(piece)):
            wanted = "m" if masculine else "f"
            near = self._scene.single_before(at, sentences=2)
            if self._says_beside(piece, piece):
                near = [*self._speakers(at), *near]
            for seen in near:
                gender = self._scene.gender_of_mention(seen)
                if gender == wanted or (not gender and (masculine or not plural)):
                    return self._made(span, seen.actor, form="pronoun", confidence=_PRONOUN, why=f"pronoun, {wanted}")
        if plural:
            near = self._scene.before(at, sentences=1)
            for seen in sorted(near, key=lambda s: (-s.sentence, not self._scene.is_subject(s))):
                if (
                    seen.mention.form == "group"
                    and not seen.actor.id.endswith("/one")
                    and not self._scene.is_singular(seen)
                ):
                    return self._made(span, seen.actor, form="pronoun", confidence=_PRONOUN, why="plural pronoun")
        return None

    def _speakers(self, at: int) -> list[Seen]:
        """Those beside a verb of speech, nearest first: "he said" goes on with who spoke before."""
        of = self._r.pieces.at
        found = []
        for seen in self._scene.before(at, sentences=_LAST_SPEAKER):
            first = of.get(seen.mention.span[0])
            if seen.actor.kind == "person" and first is not None:
                within = self._r.pieces.within(seen.mention.span)
                if self._says_beside(first, within[-1]):
                    found.append(seen)
        return found

    def _says_beside(self, first: int, last: int) -> bool:
        """Whether a verb of speech stands right before or after these pieces: "he said"."""
        keys = self._r.pieces.keys
        return any(0 <= i < len(keys) and self._words.is_part(keys[i], "says") for i in (first - 1, last + 1))

    def _neuter(self, piece: int, span: Span) -> ActorMention | None:
        """The body or state that the sentence before, or the clause before, is about: "The council met. It calls on all parties …"."""
        pieces, grammar = self._r.pieces, self._r.grammar
        after = piece + 1
        follows = after < len(pieces.starts) and pieces.gaps[after] == " "  # not "it's"
        verb = grammar.upos(pieces.starts[after]) if follows else "PUNCT"
        if grammar.deprel(span[0]) != "nsubj" or verb not in _VERBS or self._words.is_part(pieces.keys[after], "be"):
            return None  # "it is wrong that"
        reported = self._words.is_part(pieces.keys[after], "says")
        kinds = _IT | {"media", "police"} if reported else _IT
        here = self._scene.sentence(span[0])
        first = None
        for seen in self._scene.before(span[0], sentences=1):
            single = seen.mention.form in {"name", "metonym", "pronoun"} or self._scene.is_singular(seen)
            if seen.actor.kind in kinds and single and self._scene.is_subject(seen):
                return self._made(span, seen.actor, form="pronoun", confidence=_NEUTER, why="pronoun, subject before")
            if seen.sentence == here:
                first = seen if single and seen.actor.kind in kinds else None
        if first is not None:
            return self._made(
                span, first.actor, form="pronoun", confidence=_NEUTER, why="pronoun, first of its sentence"
            )
        return None

    def _plural(self, piece: int) -> bool:
        """Whether a pronoun that may be singular or plural ("sie") is plural: by its features, else by the verb beside it."""
        pieces, grammar = self._r.pieces, self._r.grammar
        if not self._words.is_part(pieces.keys[piece], "plural"):
            return False
        feats = grammar.feats(pieces.starts[piece])
        if "Number=" in feats:
            return "Number=Plur" in feats
        verbs = [i for i in (piece + 1, piece - 1) if 0 <= i < len(pieces.keys)]
        return any(pieces.keys[i].endswith("en") for i in verbs if grammar.upos(pieces.starts[i]) in _VERBS)

    def both(self, phrase: Phrase, span: Span) -> Iterator[ActorMention]:
        """The two that "beide Länder", "both sides" speak of."""
        noun = phrase.head.group
        kinds = (
            {"state"}
            if noun and noun.kind == "state"
            else {"person"}
            if noun and noun.id == "ministers"
            else set(_SIDES)
        )
        if noun and noun.id == "government":
            kinds = {"state", "government"}
        for actor in self.pair(span[0], kinds):
            chosen = self._as_government(actor) if noun and noun.id == "government" else actor
            yield self._made(span, chosen, form="group", confidence=_PAIR, why="both of the two named last")

    def alone(self, piece: int) -> Iterator[ActorMention]:
        """The two that "beide" without a noun takes up: "Kerry und Lawrow trafen sich. Beide forderten eine Waffenruhe"."""
        span = self._r.span(piece, piece)
        if self._r.grammar.deprel(span[0]).partition(":")[0] not in _ARGUMENTS:
            return
        for actor in self.pair(span[0], _SIDES - {"population"} | {"person"}, named=True):
            yield self._made(span, actor, form="pronoun", confidence=_PRONOUN, why="both of the two named side by side")

    def pair(self, at: int, kinds: AbstractSet[str], *, named: bool = False) -> tuple[Actor, ...]:
        """The two actors of these kinds named side by side last, else the pair spoken of last, else the two states named most.

        Args:
            at: character before which to look.
            kinds: kinds of actor.
            named: only two that stand side by side will do.
        """
        near = self._scene.before(at, sentences=4)
        fitting = [s for s in near if s.actor.kind in kinds and s.mention.form != "pronoun"]
        found: tuple[Actor, ...] | None = None
        for later, earlier in pairwise(fitting):
            if self._side_by_side(earlier, later):
                found = earlier.actor, later.actor
                break
        if found is None and named:
            return ()
        found = found or self._of_kinds(self._last_pair, kinds)
        if found is None:
            distinct = {s.actor.id: s.actor for s in fitting}
            found = tuple(distinct.values()) if len(distinct) == 2 else self._main_states(kinds)  # noqa: PLR2004 (a pair)
        self._last_pair = found
        return found

    def _side_by_side(self, earlier: Seen, later: Seen) -> bool:
        other = later.actor.id != earlier.actor.id and later.mention.span != earlier.mention.span
        return other and later.sentence == earlier.sentence and self._joined(earlier, later)

    def _of_kinds(self, pair: tuple[Actor, ...], kinds: AbstractSet[str]) -> tuple[Actor, ...] | None:
        """A pair in the kinds asked for: states for governments and the other way round."""
        if not pair:
            return None
        states = kinds & {"state", "government"} and all(a.kind in {"state", "government"} for a in pair)
        return pair if states or all(a.kind in kinds for a in pair) else None

    def _main_states(self, kinds: AbstractSet[str]) -> tuple[Actor, ...]:
        base = known_actors()
        top = [c for c, _ in self._r.countries.most_common(2)]
        states = tuple(base.actors[base.state_of[c]] for c in top if c in base.state_of)
        return states if len(states) == 2 and "state" in kinds else ()  # noqa: PLR2004 (a pair)

    def _joined(self, earlier: Seen, later: Seen) -> bool:
        """Whether only a conjunction or preposition stands between two mentions."""
        within = self._r.pieces.within(earlier.mention.span)
        first = self._r.pieces.at.get(later.mention.span[0])
        if not within or first is None:
            return False
        between = self._r.pieces.keys[within[-1] + 1 : first]
        return len(between) <= 3 and any(self._words.is_part(w, "conjunction", "actor_preposition") for w in between)  # noqa: PLR2004 ("and with the")

    def _as_government(self, actor: Actor) -> Actor:
        own = actor.id.partition("/")[2]
        return known_actors().actors.get(f"government/{own}", actor)

    def government(self, phrase: Phrase) -> ActorMention | None:
        """Whose "die Regierung" is: the government or state named last, else that of the report's main country."""
        span = self._scene.span(phrase)
        base = known_actors()
        if self._words.is_part(phrase.determiner, "possessive") and (own := self._own_government(span)):
            return own
        for seen in self._scene.before(span[0], sentences=40):
            if seen.actor.id.startswith("government/") and seen.actor.known:
                return self._made(span, seen.actor, form="group", confidence=_GOVERNMENT, why="government named last")
        main = self._r.countries.most_common(1)
        if main and main[0][0] in base.state_of:
            state = base.actors[base.state_of[main[0][0]]]
            return self._made(
                span, self._as_government(state), form="group", confidence=_COUNTRY, why="main country of the report"
            )
        return None

    def _own_government(self, span: Span) -> ActorMention | None:
        """The government of who was named just before: "Merkel sagte, ihre Regierung …"."""
        base = known_actors()
        near = [s for s in self._scene.before(span[0], sentences=1) if s.actor.kind in {"person", "state"}]
        for seen in sorted(near, key=lambda s: (-s.sentence, not self._scene.is_subject(s))):
            if state := base.state_of.get(seen.actor.country or ""):
                government = self._as_government(base.actors[state])
                return self._made(
                    span, government, form="group", confidence=_GOVERNMENT, why="government of the one before"
                )
        return None

    def body(self, phrase: Phrase) -> ActorMention | None:
        """The body named last: "die Gruppe", "die Organisation", "the party"."""
        span = self._scene.span(phrase)
        wanted = _BODIES.get(phrase.head.group.id, frozenset()) if phrase.head.group else frozenset()
        for seen in self._scene.before(span[0], sentences=3):
            if seen.actor.kind in wanted and seen.mention.form == "name":
                return self._made(span, seen.actor, form="group", confidence=_COUNTRY, why="body named last")
        noun = phrase.head.group.id if phrase.head.group else ""
        for seen in self._scene.before(
            span[0], sentences=3
        ):  # "Mitglieder einer paramilitärischen Gruppe … Die Gruppe"
            if noun in _BODIES and seen.mention.form == "group" and noun in seen.actor.id.split("/")[1:]:
                return self._made(span, seen.actor, form="group", confidence=_COUNTRY, why="body told of last")
        return None

    def country(self, span: Span) -> ActorMention | None:
        """The state named last: "das Land"."""
        for seen in self._scene.before(span[0], sentences=3):
            if seen.actor.kind == "state" and seen.mention.form in {"name", "metonym"}:
                return self._made(span, seen.actor, form="group", confidence=_COUNTRY, why="state named last")
        return None

    def _made(self, span: Span, actor: Actor, *, form: str, confidence: float, why: str) -> ActorMention:
        return ActorMention(span=span, actor=actor, form=form, confidence=confidence, why=why)  # type: ignore[arg-type]  # one of the forms
