"""References that are no roles: pronouns, "beide Seiten", "die Regierung", "das Land"."""

from collections.abc import Iterator

from depesche.details.actors.phrases import Phrase
from depesche.details.actors.scene import Scene, Seen
from depesche.knowledge.actors import known_actors
from depesche.record import Actor, ActorMention, Span

_PRONOUN, _PAIR, _GOVERNMENT, _COUNTRY = 0.7, 0.75, 0.8, 0.6
_SIDES = frozenset(
    {"state", "government", "rebel", "opposition", "party", "igo", "military", "ngo", "business", "population", "other"}
)


class PairResolver:
    """Resolves pronouns, pairs and bare governments of one report.

    Args:
        scene: what the report has said so far.
    """

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._r = scene.reading
        self._words = scene.reading.words

    def pronoun(self, piece: int) -> ActorMention | None:
        """Who a personal pronoun stands for: the first-named fitting person of the nearest sentence."""
        key = self._r.pieces.keys[piece]
        masculine, feminine, plural = (self._words.is_part(key, p) for p in ("masculine", "feminine", "plural"))
        span = self._r.span(piece, piece)
        at = span[0]
        if masculine or (feminine and not self._plural_verb(piece)):
            wanted = "m" if masculine else "f"
            for seen in self._scene.persons_before(at, sentences=2):
                gender = self._scene.gender.get(seen.actor.id, "")
                if (gender == wanted or (not gender and (masculine or not plural))) and "/one" not in seen.actor.id:
                    return self._made(span, seen.actor, form="pronoun", confidence=_PRONOUN, why=f"pronoun, {wanted}")
        if plural:
            for seen in self._scene.before(at, sentences=1):
                if seen.mention.form == "group" and not seen.actor.id.endswith("/one"):
                    return self._made(span, seen.actor, form="pronoun", confidence=_PRONOUN, why="plural pronoun")
        return None

    def _plural_verb(self, piece: int) -> bool:
        """Whether the word after or before the pronoun is a plural verb; the pronoun for "she" and "they" may be one."""
        pieces, upos = self._r.pieces, self._r.grammar.upos
        key = pieces.keys[piece]
        if not self._words.is_part(key, "plural"):
            return False
        for near in (piece + 1, piece - 1):
            if 0 <= near < len(pieces.keys) and upos.get(pieces.starts[near]) in {"VERB", "AUX", "", None}:
                if pieces.keys[near].endswith("en") or pieces.keys[near] == "sind":
                    return True
        return False

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

    def pair(self, at: int, kinds: set[str]) -> tuple[Actor, ...]:
        """The two actors of these kinds named side by side last, else the two states spoken of most."""
        fitting = [
            s for s in self._scene.before(at, sentences=4) if s.actor.kind in kinds and s.mention.form != "pronoun"
        ]
        for later, earlier in zip(fitting, fitting[1:], strict=False):
            if (
                later.actor.id != earlier.actor.id
                and later.sentence == earlier.sentence
                and self._joined(earlier, later)
            ):
                return earlier.actor, later.actor
        distinct = list({s.actor.id: s.actor for s in fitting}.values())
        if len(distinct) == 2:  # noqa: PLR2004 (a pair)
            return tuple(distinct)
        base = known_actors()
        top = [c for c, _ in self._r.countries.most_common(2)]
        states = [base.actors[base.state_of[c]] for c in top if c in base.state_of]
        return tuple(states) if len(states) == 2 and "state" in kinds else ()  # noqa: PLR2004 (a pair)

    def _joined(self, earlier: Seen, later: Seen) -> bool:
        """Whether only a conjunction or preposition stands between two mentions."""
        at = self._r.pieces.at
        last = next(
            (at[c] for c in range(earlier.mention.span[1] - 1, earlier.mention.span[0] - 1, -1) if c in at), None
        )
        first = at.get(later.mention.span[0])
        if last is None or first is None:
            return False
        between = self._r.pieces.keys[last + 1 : first]
        return len(between) <= 3 and any(self._words.is_part(w, "conjunction", "actor_preposition") for w in between)  # noqa: PLR2004 ("and with the")

    def _as_government(self, actor: Actor) -> Actor:
        own = actor.id.partition("/")[2]
        return known_actors().actors.get(f"government/{own}", actor)

    def government(self, phrase: Phrase) -> ActorMention | None:
        """Whose "die Regierung" is: the government or state named last, else that of the report's main country."""
        span = self._scene.span(phrase)
        base = known_actors()
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

    def country(self, span: Span) -> ActorMention | None:
        """ "das Land": the state named last."""
        for seen in self._scene.before(span[0], sentences=3):
            if seen.actor.kind == "state" and seen.mention.form in {"name", "metonym"}:
                return self._made(span, seen.actor, form="group", confidence=_COUNTRY, why="state named last")
        return None

    def _made(self, span: Span, actor: Actor, *, form: str, confidence: float, why: str) -> ActorMention:
        return ActorMention(span=span, actor=actor, form=form, confidence=confidence, why=why)  # type: ignore[arg-type]  # one of the forms
