"""Proper names of persons, places, organisations and other things, by a linear-chain conditional random field.

Lafferty, McCallum, Pereira: Conditional random fields (2001). The model sees spelling, neighbours, gazetteers and word
classes of one sentence; a second look at the whole report carries over what it was sure of elsewhere.
"""

from depesche.clauses.names.stage import Names

__all__ = ["Names"]
