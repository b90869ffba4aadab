"""Actors: who is named, and who is meant by a role, a metonym or a pronoun."""

from depesche.details.actors.references import References
from depesche.details.actors.stage import Actors

__all__ = ["Actors", "References"]
