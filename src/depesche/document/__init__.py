"""The record document: the public JSON of one report, made from an `Article` and read back, in this one place.

The form is fixed by `docs/record.md` (schema 1); `docs/record.schema.json` is generated from `rows`. Reading a document
back and writing it again gives the same bytes.
"""

import msgspec

from depesche.document.restoring import article_of_record
from depesche.document.rows import SCHEMA, Record
from depesche.document.writing import record_of

__all__ = ["SCHEMA", "Record", "article_of_record", "json_schema", "record_of"]


def json_schema() -> bytes:
    """The JSON Schema (draft 2020-12) of the document, as indented JSON."""
    return msgspec.json.format(msgspec.json.encode(msgspec.json.schema(Record)), indent=1) + b"\n"
