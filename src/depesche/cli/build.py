"""Progress of a build, on standard error: one line that moves on a terminal, plain lines elsewhere."""

import sys
import threading
import time

from depesche.runner import Progress

_PLAIN_EVERY = 10.0


class Teller:
    """Says how far a build is, how fast, and how long it will take."""

    def __init__(self) -> None:
        self._moving = sys.stderr.isatty()
        self._last = 0.0

    def __call__(self, progress: Progress, *, waiting: threading.Timer) -> None:
        """Say it, on a terminal every time, elsewhere every ten seconds; `waiting` need say nothing more."""
        waiting.cancel()
        now = time.monotonic()
        if self._moving:
            sys.stderr.write("\r\x1b[K" + line(progress))
            sys.stderr.flush()
        elif now - self._last >= _PLAIN_EVERY:
            sys.stderr.write(line(progress) + "\n")
        else:
            return
        self._last = now

    def close(self, progress: Progress) -> None:
        """The last line."""
        sys.stderr.write(("\r\x1b[K" if self._moving else "") + line(progress, finished=True) + "\n")


def line(progress: Progress, *, finished: bool = False) -> str:
    """Counts, rate and time left.

    >>> line(Progress(read=120, rejected=1, consumed=50, total=100, seconds=10))
    '120 reports read, 1 rejected, 12.0 reports/s, about 10 s left'
    """
    seconds = max(progress.seconds, 1e-9)
    pieces = [f"{progress.read} reports read"]
    if progress.known:
        pieces.append(f"{progress.known} known already")
    if progress.rejected:
        pieces.append(f"{progress.rejected} rejected")
    pieces.append(f"{progress.read / seconds:.1f} reports/s")
    if finished:
        pieces.append(f"{seconds:.1f} s")
    elif 0 < progress.consumed < progress.total:
        pieces.append(f"about {seconds * (progress.total / progress.consumed - 1):.0f} s left")
    return ", ".join(pieces)
