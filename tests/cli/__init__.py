"""Tests of `depesche.cli`."""
