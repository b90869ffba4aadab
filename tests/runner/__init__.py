"""Tests of `depesche.runner`."""
