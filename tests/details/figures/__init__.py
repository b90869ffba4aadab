"""Tests of the figures of human cost."""
