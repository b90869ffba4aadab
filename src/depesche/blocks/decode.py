"""Bytes of a page → its characters: byte order mark, transport, the page's own word, UTF-8, then detection."""

import codecs
import re

from charset_normalizer import from_bytes

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ALL_MARKS = tuple(mark for mark, _ in _MARKS)
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_HEAD = 4096
_SAMPLE = 20_000
# The encoding standard (https://encoding.spec.whatwg.org/#names-and-labels): browsers read both labels as windows-1252.
_AS_WINDOWS = {"iso8859-1": "cp1252", "ascii": "cp1252"}


def decoded(content: bytes, *, charset: str | None = None) -> str:
    """The characters of a page; never fails, what cannot be read becomes U+FFFD.

    Args:
        content: the bytes as they came.
        charset: what the transport (an HTTP header) said, if anything.
    """
    for mark, codec in _MARKS:
        if content.startswith(mark):
            return content.decode(codec, errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        spoiled = error
    declared = _META.search(content, 0, _HEAD)
    for name in (charset, declared[1].decode("ascii") if declared else None):
        codec_name = _codec(name)
        if codec_name == "utf-8":
            # One bad byte in a page that says UTF-8 is damage, not another encoding.
            if _mostly_utf8(content, spoiled.start):
                return content.decode("utf-8", errors="replace")
        elif codec_name:
            return content.decode(codec_name, errors="replace")
    if _mostly_utf8(content, spoiled.start):
        return content.decode("utf-8", errors="replace")
    best = from_bytes(content[:_SAMPLE]).best()
    return content.decode(best.encoding if best else "cp1252", errors="replace")


def as_utf8(content: bytes, *, is_utf8: bool, charset: str | None = None) -> bytes:
    """The same page in UTF-8, for the parser: the bytes themselves where they are that already."""
    if is_utf8 and not content.startswith(_ALL_MARKS):
        return content
    return decoded(content, charset=charset).encode("utf-8", errors="replace")


def _codec(name: str | None) -> str | None:
    if not name:
        return None
    try:
        codec = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    # "base64", "rot13" and the like are codecs too, but of no page.
    if not getattr(codec, "_is_text_encoding", True) or codec.name.startswith(("utf-16", "utf-32", "utf-7")):
        return None
    return _AS_WINDOWS.get(codec.name, codec.name)


def _mostly_utf8(content: bytes, start: int) -> bool:
    """Whether the bytes beyond ASCII around the first damage are UTF-8 sequences far more often than not."""
    text = content[max(0, start - _SAMPLE) : start + _SAMPLE].decode("utf-8", errors="replace").strip("\ufffd")
    beyond = [c for c in text if not c.isascii()]
    return beyond.count("\ufffd") * 4 < len(beyond)
