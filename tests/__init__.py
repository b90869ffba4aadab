"""Tests mirror `src/`; literate cases lie in `cases/`."""
