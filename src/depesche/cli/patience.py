"""A word to whoever waits for the first result."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import click

_SECONDS = 3.0
_WORD = (
    "depesche: loading models; the first run on a machine also compiles code, which takes up to a minute "
    "(later runs take about two seconds)"
)


@contextmanager
def patience() -> Iterator[threading.Timer]:
    """Say on standard error why nothing comes, if nothing has come after three seconds; `cancel` what it gives when it has."""
    timer = threading.Timer(_SECONDS, click.echo, [_WORD], {"err": True})
    timer.daemon = True
    timer.start()
    try:
        yield timer
    finally:
        timer.cancel()
