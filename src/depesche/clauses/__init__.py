"""Sentences, words, names and clauses: what the grammar of a text says, before anybody asks what it means."""
