"""The offline knowledge base of actors and places: tables with their sources, and what can be asked of them.

>>> from depesche.knowledge import where
>>> where("Genf")[0].id
'place/geneva'
"""

from depesche.knowledge.actors import KnownActors, Office, known_actors
from depesche.knowledge.lookup import Who, holders, where, who

__all__ = ["KnownActors", "Office", "Who", "holders", "known_actors", "where", "who"]
