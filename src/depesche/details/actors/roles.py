"""Who is meant by a role: "der US-Außenminister", "sein russischer Kollege", "the UN envoy", "der Präsident"."""

from depesche.details.actors.drafts import Owner, Phrase
from depesche.details.actors.lexicon import Role
from depesche.details.actors.scene import Scene, Seen
from depesche.knowledge.actors import Office, known_actors
from depesche.knowledge.lookup import holders
from depesche.knowledge.rows import slug
from depesche.record import Actor

_COLLEAGUE = "colleague"
_TITLES_ONLY = frozenset(
    {
        "courtesy",
        "expert",
        "politician",
        "general",
        "journalist",
        "suspect",
        "clergy",
        "judge",
        "terror_chief",
        "founder",
        "faction_leader",
    }
)
_HEADS = {
    "head_of_state": ("head_of_state", "leader", "head_of_government", "central_figure"),
    "head_of_government": ("head_of_government",),
    "leader": ("leader", "secretary_general", "head_of_state", "head_of_government", "central_figure"),
    "faction_leader": ("faction_leader", "leader"),
    "special_envoy": ("special_envoy", "envoy", "mediator"),
    "envoy": ("special_envoy", "envoy", "ambassador"),
    "mediator": ("mediator", "special_envoy"),
    "secretary_general": ("secretary_general",),
    "chief_of_staff": ("chief_of_staff", "commander"),
}
_MANY = frozenset({"special_envoy", "envoy", "mediator", "spokesperson", "ambassador", "commander"})
_SURE, _OFFICE, _LOCAL, _GUESS = 0.95, 0.85, 0.8, 0.6
_LOOK_BACK = 40
_BROAD = frozenset({"politician", "expert", "general"})
"""Roles that gather many callings."""


class RoleResolver:
    """Resolves the role phrases of one report.

    Args:
        scene: what the report has said so far.
    """

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._p = scene.reading.pieces
        self._words = scene.reading.words

    def named_beside(self, phrase: Phrase) -> Seen | None:
        """The person whose name stands next to the role: "Präsident Putin", "Putin, der Präsident", "der Gesandte, Michael Ratney"."""
        texts = self._p
        after = phrase.last + 1
        if after < len(texts.starts) and (seen := self._person_at(after)):
            return seen
        follows = phrase.end + 1
        if (
            follows < len(texts.starts)
            and self._between(phrase.end, follows) in {", ", " "}
            and (seen := self._person_at(follows))
        ):
            return seen
        if phrase.determiner or phrase.owner or self._goes_on(phrase):
            before = phrase.first - 1
            if before >= 0 and self._between(before, phrase.first) == ", ":
                return self._person_ending(before)
        return None

    def _goes_on(self, phrase: Phrase) -> bool:
        """Whether the role says of what: "director of the ministry", "Sprecher des Teams"."""
        after = phrase.last + 1
        if after >= len(self._p.keys) or self._p.gaps[after] != " ":
            return False
        return self._words.is_part(self._p.keys[after], "of_preposition", "genitive_article")

    def _between(self, left: int, right: int) -> str:
        gap = self._p.starts[right] - self._p.ends[left]
        return ", " if gap == len(", ") else " " if gap == 1 else ""

    def _person_at(self, piece: int) -> Seen | None:
        seen = self._scene.at(self._p.starts[piece])
        return seen if seen and seen.actor.kind == "person" and seen.mention.form == "name" else None

    def _person_ending(self, piece: int) -> Seen | None:
        end = self._p.ends[piece]
        return next(
            (
                s
                for s in reversed(self._scene.seen)
                if s.mention.span[1] == end and s.actor.kind == "person" and s.mention.form == "name"
            ),
            None,
        )

    def country(self, phrase: Phrase) -> str:
        """The country that the phrase itself names; empty where it names none."""
        role = phrase.head.role
        if role and role.country:
            return role.country
        base = known_actors()
        for sense in phrase.owner.senses if phrase.owner else ():
            actor = base.actors.get(sense.entity)
            if actor and actor.kind in {"state", "government"} and actor.country:
                return actor.country
        return ""

    def resolve(self, phrase: Phrase) -> tuple[Actor, float, str] | None:
        """Who is meant by a role without a name beside it, how surely, and why; None where nobody can be."""
        role = phrase.head.role
        if role is None or not self._stands_alone(phrase, role):
            return None
        start = self._p.starts[phrase.first]
        if role.role == _COLLEAGUE:
            return self._colleague(phrase, start)
        indefinite = self._words.is_part(phrase.determiner, "singular_determiner")
        country = self.country(phrase)
        if not indefinite:
            if found := self._by_office(phrase, role.role, country):
                return found
            if found := self._in_report(role.role, country, start):
                return found
            if not (country or phrase.owner or phrase.adjectives) and (found := self._by_main_country(role.role)):
                return found
        return self._unknown(phrase, country)

    def _stands_alone(self, phrase: Phrase, role: Role) -> bool:
        """Whether a role without a name can be somebody: it has an article or an owner; a bare rank ("Maj. Gen. Smith") is a title."""
        said = phrase.determiner or phrase.owner or role.country or self._bare_subject(phrase)
        return bool(said) and (role.role != "general" or bool(phrase.determiner))

    def _bare_subject(self, phrase: Phrase) -> bool:
        """A role that opens a headline: "Außenminister weist Vorwürfe zurück"; headlines drop the article."""
        return self._p.gaps[phrase.first] in {"|", ";"}

    def _by_office(self, phrase: Phrase, role: str, country: str) -> tuple[Actor, float, str] | None:
        day = self._scene.day
        if day is None or role in _TITLES_ONLY or self.former(phrase):
            return None
        actors = known_actors().actors
        for wanted in _HEADS.get(role, (role,)):
            terms: tuple[Office, ...] = ()
            if country:
                terms = holders(wanted, country=country, on=day)
            elif phrase.owner:
                terms = tuple(t for s in phrase.owner.senses for t in holders(wanted, body=s.entity, on=day))
            terms = self._about(phrase, terms, several=wanted in _MANY)
            if terms:
                sure = _SURE if len({t.person for t in terms}) == 1 else _OFFICE
                return actors[terms[0].person], sure, f"{terms[0].title}, in office on the day"
        return None

    def _about(self, phrase: Phrase, terms: tuple[Office, ...], *, several: bool) -> tuple[Office, ...]:
        """Of envoys, who are many, the one whose title names what the phrase is about ("für Syrien"), else those of this report."""
        topics: list[Owner] = [o for o in (phrase.about, phrase.owner) if o]
        names = {
            n
            for o in topics
            for s in o.senses
            if s.entity.startswith("state/") and (a := known_actors().actors.get(s.entity))
            for n in (a.name, a.name_de or a.name)
        }
        fitting = tuple(t for t in terms if any(n in t.title or n in t.title_de for n in names))
        if fitting or not several:
            return fitting or (terms if phrase.about is None else ())
        here = {s.actor.id for s in self._scene.seen}
        return tuple(t for t in terms if t.person in here)

    def former(self, phrase: Phrase) -> bool:
        """Whether the office is not held any more, or not yet: "der ehemalige Präsident"."""
        return any(self._words.is_part(a, "former") for a in phrase.adjectives) or (
            phrase.first > 0 and self._words.is_part(self._p.keys[phrase.first - 1], "former")
        )

    def _in_report(self, role: str, country: str, at: int) -> tuple[Actor, float, str] | None:
        """A person whom this report has called so, or who holds such an office; the nearest before."""
        for seen in self._scene.persons_before(at, sentences=_LOOK_BACK):
            called = self._scene.roles.get(seen.actor.id, [])
            if any(self._same(role, r) and (not country or country in {c, seen.actor.country}) for r, c in called):
                return seen.actor, _LOCAL, "called so in this report"
        if country:
            return None
        for seen in self._scene.persons_before(at, sentences=_LOOK_BACK):
            if any(self._same(role, o.role) for o in self._scene.offices(seen.actor.id)):
                return seen.actor, _LOCAL, "holds such an office"
        return None

    def _same(self, role: str, other: str) -> bool:
        ministers = role == "other_minister" and other.endswith("_minister")
        return role == other or other in _HEADS.get(role, ()) or ministers

    def _by_main_country(self, role: str) -> tuple[Actor, float, str] | None:
        main = self._scene.reading.countries.most_common(1)
        if not main or self._scene.day is None or role in _TITLES_ONLY or role == "other_minister":
            return None
        terms = holders(role, country=main[0][0], on=self._scene.day)
        if role in {"head_of_state", "head_of_government", "foreign_minister", "defence_minister"} and terms:
            return known_actors().actors[terms[0].person], _GUESS, "office of the report's main country"
        return None

    def _colleague(self, phrase: Phrase, at: int) -> tuple[Actor, float, str] | None:
        """The holder of the same office in another country: of the person that the sentence is about."""
        country = self.country(phrase)
        if not country or self._scene.day is None:
            return None
        for seen in self._scene.persons_before(at, sentences=2):
            roles = [r for r, _ in self._scene.roles.get(seen.actor.id, [])] + [
                o.role for o in self._scene.offices(seen.actor.id)
            ]
            for role in roles:
                for term in holders(role, country=country, on=self._scene.day):
                    if term.person != seen.actor.id:
                        return known_actors().actors[term.person], _OFFICE, f"counterpart of {seen.actor.name}"
        return None

    def _unknown(self, phrase: Phrase, country: str) -> tuple[Actor, float, str] | None:
        role = phrase.head.role
        if role is None or role.role == "courtesy":
            return None
        owner = ""
        base = known_actors()
        if phrase.owner:
            actor = next((a for s in phrase.owner.senses if (a := base.actors.get(s.entity))), None)
            owner = slug(actor.name) if actor else ""
        texts = self._p.texts
        name = self._scene.reading.pieces
        text = " ".join(texts[phrase.core : phrase.last + 1]) if phrase.core == phrase.last else None
        if text is None:
            first, last = name.starts[phrase.core], name.ends[phrase.last]
            text = self._quote(first, last)
        called = self._p.keys[phrase.last] if role.role in _BROAD else role.name  # an officer is no diplomat
        identifier = "/".join(x for x in ("role", owner, slug(called)) if x)
        return (
            Actor(id=identifier, name=text, name_de=text, kind="person", country=country or None, known=False), _GUESS,
            "role of nobody known",
        )  # fmt: skip

    def _quote(self, first: int, last: int) -> str:
        at = [i for i, s in enumerate(self._p.starts) if first <= s and self._p.ends[i] <= last]
        words = [self._p.texts[at[0]]]
        for i in at[1:]:
            gap = self._p.gaps[i]
            words.append((gap if gap != "|" else " ") + self._p.texts[i])
        return "".join(words)
