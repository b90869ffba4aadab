"""What kind of character each code point of the basic plane is, as the measures need it."""

import unicodedata
from functools import cache

import numpy as np
import numpy.typing as npt

_UPPER, _LOWER, _DIGIT, _SPACE, _STOP, _ELLIPSIS, _COLON, _COMMA, _QUOTE, _BAR, _SIGN, _BRACKET, _WIDE, _OTHER = range(
    14
)
_NAMED = {
    ".!?。！？।؟": _STOP,
    "…": _ELLIPSIS,
    ":：": _COLON,
    ",;、，；،": _COMMA,
    "\"'„“”‚‘’«»‹›「」『』": _QUOTE,
    "|/•·›»>+": _BAR,
    "©®™": _SIGN,
    "()[]（）【】": _BRACKET,
}


def classes() -> npt.NDArray[np.uint8]:
    """One class for each of the 65,536 code points of the basic plane; about 20 ms, once a process."""
    table = np.full(65536, _OTHER, dtype=np.uint8)
    for code in range(65536):
        category = unicodedata.category(chr(code))
        if category in {"Lu", "Lt"}:
            table[code] = _UPPER
        elif category == "Nd":
            table[code] = _DIGIT
        elif category[0] == "Z" or code in {9, 10, 13}:
            table[code] = _SPACE
        elif category == "Lo" and (0x2E80 <= code <= 0x9FFF or 0xAC00 <= code <= 0xD7FF):  # noqa: PLR2004 (CJK, kana, hangul)
            table[code] = _WIDE
        elif category[0] in "LM":
            table[code] = _LOWER
    for characters, kind in _NAMED.items():
        for character in characters:
            table[ord(character)] = kind
    return table


@cache
def folded() -> npt.NDArray[np.uint32]:
    """Each code point of the basic plane in small letters, where that is one code point too."""
    small = (chr(code).lower() for code in range(65536))
    return np.fromiter(
        (ord(text) if len(text) == 1 else code for code, text in enumerate(small)), dtype=np.uint32, count=65536
    )


@cache
def lettered() -> npt.NDArray[np.uint32]:
    """Each letter and digit of the basic plane in small letters, 0 for everything else."""
    table = folded().copy()
    table[[not chr(code).isalnum() for code in range(65536)]] = 0
    return table
