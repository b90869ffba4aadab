"""Tests of events: lexicon, ontology, models at work."""
