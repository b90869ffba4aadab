"""Tests of `depesche.web`."""
