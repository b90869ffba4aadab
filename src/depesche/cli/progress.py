"""Progress of a build, on standard error: one line that moves on a terminal, plain lines elsewhere."""

import sys
import threading
import time

from depesche.runner import Progress

_PLAIN_EVERY = 10.0
_TEN_SECONDS = 10
_TWO_MINUTES = 120
_TWO_HOURS = 120


class Teller:
    """Says how far a build is, how fast, and how long it will take."""

    def __init__(self) -> None:
        self._moving = sys.stderr.isatty()
        self._last = time.monotonic()

    def __call__(self, progress: Progress, *, waiting: threading.Timer) -> None:
        """Say it, on a terminal every time, elsewhere every ten seconds; `waiting` need say nothing more."""
        if progress.read or progress.known:
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
    """Counts, rate, how far through the input that is, and time left.

    >>> line(Progress(read=12000, rejected=1, consumed=500, fresh=500, total=1000, seconds=480))
    '12,000 reports read, 1 rejected, 25.0 reports/s, 50%, about 8 min left'
    """
    seconds = max(progress.seconds, 1e-9)
    pieces = [f"{_counted(progress.read)} read"]
    if progress.known:
        pieces.append(f"{progress.known:,} known already")
    if progress.rejected:
        pieces.append(f"{progress.rejected:,} rejected")
    if progress.read:
        pieces.append(f"{progress.read / seconds:.1f} reports/s")
    if finished:
        pieces.append(_duration(seconds))
    elif 0 < progress.consumed < progress.total:
        pieces.append(f"{100 * progress.consumed / progress.total:.0f}%")
        if progress.fresh:
            pieces.append(f"about {_duration(seconds * (progress.total - progress.consumed) / progress.fresh)} left")
    return ", ".join(pieces)


def _counted(reports: int) -> str:
    return "1 report" if reports == 1 else f"{reports:,} reports"


def _duration(seconds: float) -> str:
    """A time as a person says it.

    >>> _duration(0.42), _duration(75), _duration(480), _duration(9000)
    ('0.4 s', '75 s', '8 min', '2 h 30 min')
    """
    if seconds < _TWO_MINUTES:
        return f"{seconds:.1f} s" if seconds < _TEN_SECONDS else f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < _TWO_HOURS else f"{minutes // 60} h {minutes % 60} min"
