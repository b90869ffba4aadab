"""What can go wrong, as a tree.

DepescheError
├── InputError            a path, page or row that cannot be read; names the place and the remedy
│   ├── NotFoundError     the path does not exist
│   ├── EmptyInputError   nothing in it
│   ├── BinaryInputError  bytes that are no text and no known container
│   ├── RowError          one row of a table (the others are still read)
│   └── FaultError        a fault of our own on one input (the others are still read)
├── SpanError             a mark outside its text, or text that is not canonical
├── PipelineError         stages in an impossible order, or a stage that gives what it does not declare
└── TableError            a lexicon or knowledge table that breaks its schema

Every message says what, where, what is valid, and what to do.
"""


class DepescheError(Exception):
    """The root: whatever this package raises on purpose."""


class InputError(DepescheError):
    """An input that cannot be read.

    Args:
        what: what is wrong and what would be right, as one sentence.
        where: the path, URL or `path#row` it concerns.
    """

    def __init__(self, what: str, *, where: str) -> None:
        super().__init__(f"{where}: {what}")
        self.what = what
        self.where = where


class NotFoundError(InputError):
    """The path does not exist."""


class EmptyInputError(InputError):
    """The input holds no text."""


class BinaryInputError(InputError):
    """The bytes are neither text nor a container that we open."""


class RowError(InputError):
    """One row of a table is not what `record.md` asks for; the rows around it are still read."""


class FaultError(InputError):
    """One input brought out a fault in this package; the inputs around it are still read."""


class SpanError(DepescheError):
    """A span outside its text, or a text that is not canonical."""


class PipelineError(DepescheError):
    """A pipeline whose stages do not fit together."""


class TableError(DepescheError):
    """A lexicon or knowledge table that breaks its schema."""
