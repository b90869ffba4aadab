"""Places: which words name one, and which one it is."""

from depesche.details.places.stage import Places

__all__ = ["Places"]
