"""The record document as the database keeps it: JSON, compressed."""

import zlib

import msgspec

from depesche.document import Record

_LEVEL = 4
"""A twelfth more bytes than the usual 6, in a third less time."""


def packed(record: Record) -> bytes:
    """The bytes that are stored."""
    return zlib.compress(record.json(), _LEVEL)


def unpacked(blob: bytes) -> Record:
    """The document again."""
    return msgspec.json.decode(zlib.decompress(blob), type=Record)
