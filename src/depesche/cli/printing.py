"""Printing what was read, in the form that was asked for."""

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO, Protocol

import click
import msgspec
from rich.console import Console

from depesche.cli.patience import patience
from depesche.cli.text import TextPrinter
from depesche.document import Record
from depesche.errors import InputError
from depesche.record import Article


class Printer(Protocol):
    """Takes records one by one and writes them."""

    def add(self, record: Record) -> None:
        """Write one record, or keep it for the end."""
        ...

    def close(self) -> None:
        """Write what must stand at the end."""
        ...


class JsonLines:
    """One document a line."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def add(self, record: Record) -> None:
        """Write one line."""
        self._stream.write(record.json().decode() + "\n")

    def close(self) -> None:
        """Nothing is left to write."""


class Json:
    """One document; an array where several reports were read. Holds one record back to know which."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream
        self._first: Record | None = None
        self._several = False

    def add(self, record: Record) -> None:
        """Write the record, once it is known whether it stands alone."""
        if self._first is None and not self._several:
            self._first = record
            return
        if self._first is not None:
            self._stream.write("[\n" + _indented(self._first))
            self._first, self._several = None, True
        self._stream.write(",\n" + _indented(record))

    def close(self) -> None:
        """Close the array, or write the only document; an empty array where nothing was read."""
        if self._several:
            self._stream.write("\n]\n")
        else:
            self._stream.write((_indented(self._first) if self._first else "[]") + "\n")


def _text_printer(stream: IO[str]) -> Printer:
    return TextPrinter(Console(file=stream, width=None if stream.isatty() else 80, highlight=False))


_PRINTERS: dict[str, Callable[[IO[str]], Printer]] = {
    "text": _text_printer,
    "json": Json,
    "jsonl": JsonLines,
}
FORMATS = tuple(_PRINTERS)


def print_all(articles: Iterable[Article | InputError], *, form: str, output: Path | None) -> bool:
    """Print every article and name every error on standard error; whether all could be read."""
    complete = True
    stream = output.open("w", encoding="utf-8") if output else sys.stdout
    try:
        printer: Printer = _PRINTERS[form](stream)
        with patience() as waiting:
            for article in articles:
                waiting.cancel()
                if isinstance(article, InputError):
                    complete = False
                    click.echo(f"depesche: {article}", err=True)
                else:
                    printer.add(article.record)
        printer.close()
        stream.flush()
    finally:
        if output:
            stream.close()
    return complete


def print_record(record: Record) -> None:
    """Print one record as text for people."""
    _text_printer(sys.stdout).add(record)


def _indented(record: Record) -> str:
    return msgspec.json.format(record.json(), indent=2).decode()
