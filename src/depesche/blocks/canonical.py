"""The one canonical text: white space folded, Unicode NFC, no lone surrogates (record.md, "Input rows")."""

import re
import unicodedata

_BREAK = re.compile(r"\n[ \n]*")
_BLANKS = re.compile(r"[^\S\n]{2,}|[^\S\n ]")
# Soft hyphens, zero-width spaces, joiners' cousins and byte order marks are typesetting of a page, never part of a word.
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")


def fold(text: str) -> str:
    """Text in NFC whose runs of white space are one blank line (where they hold a newline) or one space; ends stripped."""
    text = unicodedata.normalize("NFC", text)
    return _BREAK.sub("\n\n", _BLANKS.sub(" ", text).replace(" \n", "\n")).strip()


def fold_line(text: str) -> str:
    """One block of a page on one line: NFC, every run of white space one space, invisible characters removed."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    return " ".join(text.split())


def lone_surrogate(text: str) -> int | None:
    """The place of the first lone surrogate, which UTF-8 cannot hold, or None."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        return error.start
    return None
