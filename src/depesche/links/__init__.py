"""Across articles: which reports are copies of one another."""

from depesche.links.duplicates import (
    Fingerprint,
    Words,
    all_runs,
    containment,
    fingerprint,
    is_copy,
    same_report,
    same_sentence,
    words_of,
)

__all__ = [
    "Fingerprint",
    "Words",
    "all_runs",
    "containment",
    "fingerprint",
    "is_copy",
    "same_report",
    "same_sentence",
    "words_of",
]
