"""What a noun phrase that names an actor holds: as read, and while it is read."""

from typing import NamedTuple

import msgspec

from depesche.details.actors.lexicon import Head, People
from depesche.knowledge.forms import Sense


class Owner(NamedTuple):
    """The known body, state or person that a phrase belongs to, how it says so, and the pieces that say it."""

    senses: list[Sense]
    by: str
    first: int
    last: int


class Phrase(NamedTuple):
    """A noun phrase around a head.

    Attributes:
        first: its first piece, determiner included; `core` its first piece without determiner and numbers; `last` its head's last piece.
        determiner: folded determiner, possessive or "both" word; empty where there is none.
        counted: a number or quantifier stands before the head.
        prefix: what stands before the head in a compound, folded ("bundeswehr"), else empty.
        owner: whose it is; `about` a second one ("UN-Sonderbeauftragter für Syrien"); `beside` who has such a one too
            ("the Peruvian and Japanese governments").
        people: a community that qualifies it ("sunnitische Rebellen").
        adjectives: other adjectives, folded.
        modifies: it only modifies a noun that follows ("police raid").
        end: the last piece of what follows and belongs to it ("der Ukraine"); `last` where nothing does.
    """

    first: int
    core: int
    last: int
    head: Head
    determiner: str
    counted: bool
    prefix: str
    owner: Owner | None
    about: Owner | None
    people: People | None
    adjectives: tuple[str, ...]
    modifies: bool
    end: int
    beside: Owner | None = None


class Draft(msgspec.Struct):
    """A phrase while it is read from its head to the left; `link` is a word that belongs to it only if another follows."""

    first: int
    core: int
    owner: Owner | None = None
    people: People | None = None
    determiner: str = ""
    counted: bool = False
    closed: bool = False
    link: int | None = None
    plural: bool = False
    adjectives: list[str] = []

    def take(self, owner: Owner) -> None:
        """The phrase is this owner's, and begins with it."""
        self.owner = owner
        self.first = self.core = owner.first


def compound(left: Phrase, right: Phrase, *, prefix: str) -> Phrase:
    """Two nouns as one phrase that ends in the second."""
    return right._replace(
        first=left.first, core=left.core, determiner=left.determiner, counted=left.counted, prefix=prefix,
        owner=left.owner or right.owner, people=left.people, adjectives=left.adjectives,
    )  # fmt: skip
