"""Across articles: which reports are copies of one another."""

from depesche.links.duplicates import (
    FEWEST,
    Fingerprint,
    Words,
    containment,
    fingerprint,
    is_copy,
    same_report,
    same_sentence,
    words_of,
)

__all__ = [
    "FEWEST",
    "Fingerprint",
    "Words",
    "containment",
    "fingerprint",
    "is_copy",
    "same_report",
    "same_sentence",
    "words_of",
]
