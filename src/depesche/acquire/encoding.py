"""Which encoding a table's bytes are in. Pages have their own, richer evidence in `blocks/`."""

import codecs

from charset_normalizer import from_bytes

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def has_bom(sample: bytes) -> bool:
    """Whether the bytes begin with a Unicode byte order mark."""
    return any(sample.startswith(mark) for mark, _ in _BOMS)


def encoding_of(sample: bytes) -> str:
    """The name of the most likely encoding of the first bytes of a file: byte order mark, UTF-8, else a guess."""
    for mark, name in _BOMS:
        if sample.startswith(mark):
            return name
    try:
        # A sample may end inside a character; that alone does not speak against UTF-8.
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        best = from_bytes(sample).best()
        return best.encoding if best else "cp1252"
    return "utf-8"
