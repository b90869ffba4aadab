"""Across articles: which reports are copies of one another."""

from depesche.links.duplicates import Fingerprint, containment, fingerprint, same_report, same_sentence

__all__ = ["Fingerprint", "containment", "fingerprint", "same_report", "same_sentence"]
