"""A record to look at: one report as a page of its own."""

from depesche.web.page import page_of

__all__ = ["page_of"]
