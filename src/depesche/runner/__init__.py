"""Many pages: shards, workers, completion files, progress."""

from depesche.runner.build import Options, Progress, build

__all__ = ["Options", "Progress", "build"]
