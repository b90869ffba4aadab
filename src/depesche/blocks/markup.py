"""What class names and ids say of a block: groups of words that web designers everywhere use."""

import re
from functools import cache, lru_cache
from pathlib import Path

import msgspec

from depesche.tables import read_table

_WORD = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")


class MarkupWords(msgspec.Struct, frozen=True, kw_only=True):
    """One group of words.

    Attributes:
        group: what they say.
        words: lower case.
        example: an opening tag that holds one of them.
    """

    group: str
    words: tuple[str, ...]
    example: str


@cache
def groups() -> tuple[str, ...]:
    """The names of the groups, in the order of their bits."""
    return tuple(row.group for row in _rows())


@cache
def bit(group: str) -> int:
    """The bit that stands for a group."""
    return 1 << groups().index(group)


@cache
def _rows() -> tuple[MarkupWords, ...]:
    return read_table(Path(__file__).with_name("markup.tsv"), MarkupWords)


@cache
def known_words() -> dict[str, int]:
    """Each word of the groups → the groups that it belongs to, as bits."""
    found: dict[str, int] = {}
    for row in _rows():
        for word in row.words:
            found[word] = found.get(word, 0) | bit(row.group)
    return found


@lru_cache(maxsize=20_000)
def meaning(names: str) -> int:
    """The groups that the words of a class attribute, id or test id belong to, as bits.

    "ArticleBody_text__2f3a" → body; "teaser-list" → teaser. Two words side by side are also read as one ("most-read").
    """
    known = known_words()
    words = [word.lower() for word in _WORD.findall(names[:300])]
    found = 0
    for word, following in zip(words, [*words[1:], ""], strict=False):
        found |= known.get(word, 0) | known.get(word + following, 0)
    return found
