"""Tests of `depesche.links`."""
