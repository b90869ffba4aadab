"""Depesche: news pages about conflict and diplomacy in, a record that can be checked out."""

__version__ = "0.1.0"
