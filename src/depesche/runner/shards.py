"""Shards on disk: what a worker reads, what it writes, and how both survive a crash at any moment.

A shard's output appears under its name only when it is complete (written beside, then renamed), so that the name is
the completion file. It goes when the database has it.
"""

import hashlib
import os
from pathlib import Path

import msgspec

from depesche.record import Page, Row
from depesche.store import Prepared


class ShardInput(msgspec.Struct, frozen=True, kw_only=True):
    """Sources to read, with the digest of each."""

    sources: tuple[Page | Row, ...]
    digests: tuple[bytes, ...]


class ShardOutput(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a shard.

    Attributes:
        records: of what could be read.
        inputs: digest and origin of every source that is dealt with and need not be read again.
        rejects: origin and reason of what could not be read.
    """

    records: tuple[Prepared, ...]
    inputs: tuple[tuple[bytes, str], ...]
    rejects: tuple[tuple[str, str], ...]


def source_digest(source: Page | Row) -> bytes:
    """The identity of an input: its content and what the caller says of it, wherever it lies."""
    if isinstance(source, Page):
        parts = [source.content, source.media_type, source.url, source.charset, source.published, source.language]
    else:
        parts = [source.id, source.headline, source.body, source.published, source.language, source.url, source.source]
    hashed = hashlib.blake2b(digest_size=16)
    for part in parts:
        piece = part if isinstance(part, bytes) else (part or "").encode()
        hashed.update(len(piece).to_bytes(8, "little") + piece)
    return hashed.digest()


def write_shard(path: Path, shard: ShardInput | ShardOutput) -> None:
    """Write a shard so that its name appears only when it is whole."""
    # A name of its own: a worker whose run was killed may still be at the shard that the next run has begun anew.
    beside = path.with_suffix(f".{os.getpid()}.part")
    beside.write_bytes(msgspec.msgpack.encode(shard))
    os.replace(beside, path)  # noqa: PTH105 (named as POSIX names it: atomic)


def read_input(path: Path) -> ShardInput:
    """A shard that waits for its worker."""
    return msgspec.msgpack.decode(path.read_bytes(), type=ShardInput)


def read_output(path: Path) -> ShardOutput:
    """A finished shard."""
    return msgspec.msgpack.decode(path.read_bytes(), type=ShardOutput)
