"""Tests of `depesche.blocks`."""
