"""Tests of `depesche.store`."""
