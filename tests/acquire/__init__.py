"""Tests of `depesche.acquire`."""
