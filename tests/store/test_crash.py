"""The writer is killed while it loads; `python -m bench.crash` does it fifty times, this a few."""

from pathlib import Path

from bench.crash import survive


def test_a_writer_killed_under_load_loses_nothing_finished(tmp_path: Path) -> None:
    """`kill -9` at random moments with a reader beside it: every report is there whole, or not at all."""
    assert survive(8, tmp_path) > 0
