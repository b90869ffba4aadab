"""Depesche: news pages about conflict and diplomacy in, a record that can be checked out.

from depesche import read
article = read("report.html")
article.record.events
"""

from depesche.document import Record
from depesche.errors import DepescheError, InputError
from depesche.reading import read, read_many, read_text
from depesche.record import Article
from depesche.runner import Options, build
from depesche.store import Correction, Filter, OpenRecord, decide
from depesche.version import NUMBER

__version__ = NUMBER

open_record = OpenRecord

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
