"""Depesche: news pages about conflict and diplomacy in, a record that can be checked out.

from depesche import read
article = read("report.html")
article.record.events
"""

from importlib import import_module
from typing import TYPE_CHECKING

from depesche.version import NUMBER

if TYPE_CHECKING:
    from depesche.document import Record
    from depesche.errors import DepescheError, InputError
    from depesche.reading import read, read_many, read_text
    from depesche.record import Article
    from depesche.runner.build import Options, build
    from depesche.store import Correction, Filter, OpenRecord, decide, open_record

__version__ = NUMBER

_FOUND_IN = {
    "Article": "record",
    "Correction": "store",
    "DepescheError": "errors",
    "Filter": "store",
    "InputError": "errors",
    "OpenRecord": "store",
    "Options": "runner",
    "Record": "document",
    "build": "runner",
    "decide": "store",
    "open_record": "store",
    "read": "reading",
    "read_many": "reading",
    "read_text": "reading",
}
"""Who only asks a record should not wait for the code that reads reports: a name's module is loaded when it is used."""

__all__ = [
    "Article",
    "Correction",
    "DepescheError",
    "Filter",
    "InputError",
    "OpenRecord",
    "Options",
    "Record",
    "__version__",
    "build",
    "decide",
    "open_record",
    "read",
    "read_many",
    "read_text",
]


def __getattr__(name: str) -> object:
    """The public verbs and types (PEP 562)."""
    if name not in _FOUND_IN:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{_FOUND_IN[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """What completion offers."""
    return sorted({*globals(), *__all__})
