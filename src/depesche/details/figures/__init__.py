"""Figures of human cost: how many people, with bounds, what happened to them, who says so (codebook section 6)."""

from depesche.details.figures.stage import Figures

__all__ = ["Figures"]
