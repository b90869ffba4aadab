"""Statements: who said what, how it is told, and by which sign we know (codebook section 4)."""

from depesche.details.speech.stage import Speech

__all__ = ["Speech"]
