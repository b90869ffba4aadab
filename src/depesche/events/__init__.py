"""Events: who did what to whom, where and when, whether it really happened, and according to whom (codebook section 5)."""

from depesche.events.stage import Events

__all__ = ["Events"]
