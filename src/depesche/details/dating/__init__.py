"""When a report came out, where the page does not say: inferred from the offices people held and the dates the text mentions."""

from depesche.details.dating.stage import Dating

__all__ = ["Dating"]
