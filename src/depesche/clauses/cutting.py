"""Where words and sentences begin and end in running text.

Sentences are found first, from their terminators alone; words are cut inside a sentence, so that a full stop that no
sentence ends at is known to belong to its word ("Dr.", "26.", "Rafik Y.").
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Literal

import msgspec

from depesche.words import lexicon

_OPENERS = "\"„“”»«‚‘'’([–—-"
_CLOSERS = "\"”“»«'’‘)]›‹"


class Abbreviation(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of `words/*/abbreviations.tsv`.

    Attributes:
        entry: with its full stops, without spaces.
        ends: whether a sentence may end with it ("usw." may, "Dr." may not).
    """

    entry: str
    ends: Literal["never", "sometimes"]
    example: str


class Opening(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of `words/*/openings.tsv`: a word that, capitalised, opens a sentence and is no part of a name."""

    entry: str
    example: str


class Habit(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of `words/*/writing.tsv`: one habit of writing of a language, and whether it has it.

    Attributes:
        entry: `ordinal_dot` ("26. Juli"), `hyphen_splits` ("US | - | backed"), `clitic` (one piece that is cut off, as a
            regular expression).
        value: yes, no, or the expression.
    """

    entry: str
    value: str
    example: str


class Habits(msgspec.Struct, frozen=True, kw_only=True):
    """All that cutting needs to know of one language."""

    never: frozenset[str]
    sometimes: frozenset[str]
    openings: frozenset[str]
    ordinal_dot: bool
    token: re.Pattern[str]
    inner: re.Pattern[str]


_WORD = r"[^\W\d_]+"
_PIECE = r"""
  [^\W\d_]+(?=[\s,;])                                           # most words: none of the others begins like that
| (?:https?://|www\.)[^\s<>"„“”»«]*[^\s<>"„“”»«.,;:!?)\]']     # an address
| [\w.+-]+@\w[\w-]*(?:\.[\w-]+)+
| \d{1,3}(?:[ .,’']\d{3})+(?![\d])(?:[.,]\d+)?                 # 250 000 and 1.200,50 are one number each
| \d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})?(?!\d)                     # 26.07.2016, 26.7.
| \d+(?:[.,:/]\d+)+                                            # 4,5 and 10:30
| (?:[^\W\d_]\.){2,}(?=\W|$)                                   # U.S. and z.B.
| \d+(?:st|nd|rd|th|s|er|ern|jährig\w*)?\b
| (?:WORD|\d+)(?:['’]WORD)*(?:HYPHEN)*(?:\.WORD)*                # US-Außenminister, d'Ivoire, spiegel.de
| \#?\w+
| \.{2,}|…|-{2,}|``|''|[!?]+
| \S
"""


@cache
def habits(language: str) -> Habits:
    """What is known of how a language is written; the tables of `words/{language}`."""
    told = lexicon(language, "writing", Habit)
    short = lexicon(language, "abbreviations", Abbreviation)
    flags = {h.entry: h.value == "yes" for h in told}
    clitics = "|".join(h.value for h in told if h.entry == "clitic")
    hyphen = r"(?!)" if flags.get("hyphen_splits") else r"[-‐‑/](?:WORD|\d+)(?:['’]WORD)*|[-‐‑](?![-\w])"
    token = _PIECE.replace("HYPHEN", hyphen).replace("WORD", _WORD)
    return Habits(
        never=_cases(a.entry for a in short if a.ends == "never"),
        sometimes=_cases(a.entry for a in short if a.ends == "sometimes"),
        openings=frozenset(o.entry.lower() for o in lexicon(language, "openings", Opening)),
        ordinal_dot=flags.get("ordinal_dot", False),
        token=re.compile(token, re.VERBOSE),
        inner=re.compile(f"(?:{clitics or '(?!)'})$", re.IGNORECASE),
    )


def _cases(entries: Iterable[str]) -> frozenset[str]:
    """The entries, and what they look like at the head of a sentence; "Fr." is one, "FR." (a newspaper) is not."""
    return frozenset(form for entry in entries for form in (entry, entry[0].upper() + entry[1:]))


_END = re.compile(
    # What all begin with is asked first: searching for one sign is several times faster than for one of three patterns.
    rf"[.!?…\n:;](?:(?<=[.!?…])[.!?…]*[{re.escape(_CLOSERS)}]*(?=\s|$)|(?<=\n)\n*|(?<=[:;])-?[)(](?=\s|$))"
)
_GLUED = re.compile(r"[.!?](?<=[a-zäöüß]{2}.)(?=[A-ZÄÖÜ][a-zäöüß]+[ ,])")
"""A full stop with no space after it, between a small word and a capital ("beendet.Die Lage")."""
_NEXT = re.compile(rf"\s*[{re.escape(_OPENERS)}\s]*(\w+)?")
_BEFORE = re.compile(r"[^\s(\[„“\"»]+$")


def sentences(text: str, language: str) -> Iterator[tuple[int, int]]:
    """The sentences of one paragraph, as `[start, end)`, without the white space between them."""
    told = habits(language)
    start = _skip(text, 0)
    stops = sorted({m.end() for m in _END.finditer(text)} | {m.end() for m in _GLUED.finditer(text)})
    whole = len(text.rstrip())
    for stop in stops:
        if stop > start and (stop >= whole or _ends(text, stop, told=told)):
            end = len(text[:stop].rstrip())
            if end > start:
                yield start, end
            start = _skip(text, stop)
    end = whole
    if start < end:
        yield start, end


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _ends(text: str, stop: int, *, told: Habits) -> bool:
    """Whether a sentence ends with the terminator (and closing quotes) that stops here, before the end of the paragraph."""
    if "\n" in text[max(0, stop - 3) : stop]:
        return True
    body = text[:stop].rstrip(_CLOSERS)
    closed = len(body) < stop
    following = _NEXT.match(text, stop)
    word = following[1] if following and following[1] else ""
    if not word:
        # ": ..." or a dash alone follows: the sentence goes on unless something closed it for good
        return text[stop:].lstrip()[:1] not in {",", ";", ":"}
    last = body[-1:]
    if word[0].islower():
        # "Das ist nicht erklärbar. denn ohne sie ginge": small openings after a whole word, in hurried writing
        return last == "." and word in told.openings and _whole_word(body, told=told)
    if last == "…" or body.endswith(".."):
        # "Die Kämpfe dauern an … Während in Genf": dots with a space before them stand for what was left out
        return closed or not body.rstrip(".…")[-1:].isspace()
    if last != ".":
        return True
    return not _abbreviated(body, word, told=told)


_WHOLE = re.compile(r"[^\W\d_]{4,}\.$")


def _last(body: str) -> str:
    """What stands behind the last blank: expressions that end a text would else be tried at each of its characters."""
    return body[body.rfind(" ") + 1 :]


def _whole_word(body: str, *, told: Habits) -> bool:
    found = _WHOLE.search(_last(body))
    return found is not None and not _known(found[0], told=told)


def _abbreviated(body: str, word: str, *, told: Habits) -> bool:
    """Whether the full stop at the end of `body` belongs to its word and ends no sentence before `word`."""
    found = _BEFORE.search(_last(body))
    before = found[0] if found else ""
    opening = word.lower() in told.openings
    stem = before[:-1]
    if before in told.never or stem.rsplit("-", 1)[-1] + "." in told.never:
        return True
    if before in told.sometimes:
        return not opening
    if stem.count(".") and all(len(piece) == 1 for piece in stem.split(".")):  # "U.S. Senate", "z.B. Berlin"
        return not opening
    if len(stem) == 1 and stem.isalpha():  # "Rafik Y. wurde", "z. B. Berlin"; "Plan B. Der Minister"
        return not opening
    if told.ordinal_dot and (_ordinal(stem) or _roman(body)):  # "am 26. Juli", "Johannes Paul II. Papst"
        return not opening
    return False


def _ordinal(stem: str) -> bool:
    digits = stem.rsplit("-", 1)[-1].rsplit("/", 1)[-1]
    return digits.isdigit() and len(digits) <= 3  # noqa: PLR2004 (a year of four digits ends its sentence)


_ROMAN = re.compile(r"(?:^|\s)[IVX]{1,5}\.$")


def _roman(body: str) -> bool:
    return _ROMAN.search(_last(body)) is not None


def tokens(text: str, language: str, *, origin: int = 0) -> list[tuple[int, int]]:
    """The words and signs of one sentence, as `[start, end)` of what it begins at `origin` of.

    A full stop inside the sentence belongs to the word before it; the last one stands alone unless it ends a known
    abbreviation.
    """
    last = len(text.rstrip(_CLOSERS + " ")) - 1
    tail = text.rfind(" ", 0, max(0, last)) + 1
    found: list[tuple[int, int]] = []
    if tail and not _SPACED.search(text):
        at = origin
        chunks = text[: tail - 1].split(" ")
        for pieces, length in zip(map(_chunks(language).__getitem__, chunks), map(len, chunks), strict=True):
            if pieces is None:
                found.append((at, at + length))
            else:
                for start, end in pieces:
                    found.append((at + start, at + end))
            at += length + 1
    else:
        tail = 0
    at = origin + tail
    found += [(at + start, at + end) for start, end in _pieces(text[tail:], language, last=last - tail)]
    return found


_SPACED = re.compile(r"[0-9] (?=\d)|[^\x00-\u0100](?<=\d) (?=\d)")
"""A blank that may lie inside a number; elsewhere nothing that stands on both sides of one is one piece."""


_MOST_CHUNKS = 1 << 16


class _Chunks(dict[str, tuple[tuple[int, int], ...] | None]):
    """The pieces of what stands between two blanks, not at the end of a sentence; None for one piece. Most of it has been met before."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language

    def __missing__(self, chunk: str) -> tuple[tuple[int, int], ...] | None:
        if len(self) >= _MOST_CHUNKS:
            self.clear()
        pieces = _pieces(chunk, self._language, last=-1)
        found = self[chunk] = None if pieces == [(0, len(chunk))] else tuple(pieces)
        return found


@cache
def _chunks(language: str) -> _Chunks:
    return _Chunks(language)


def _pieces(text: str, language: str, *, last: int) -> list[tuple[int, int]]:
    """The words and signs of a text; the full stop at `last` may end the sentence."""
    told = habits(language)
    found: list[tuple[int, int]] = []
    inner = told.inner.search
    for match in told.token.finditer(text):
        start, end = match.span()
        if end - start == 1 and text[start] == "." and found and found[-1][1] == start:
            previous = text[found[-1][0] : end]
            if previous[0].isalnum() and (start != last or _known(previous, told=told)):
                found[-1] = (found[-1][0], end)
                continue
        if (end - start > 2 or text[start] in "'’") and (cut := inner(text, start, end)) and cut.start() > start:  # noqa: PLR2004
            found.append((start, cut.start()))
            start = cut.start()
        found.append((start, end))
    return found


def _known(word: str, *, told: Habits) -> bool:
    return word in told.never or word in told.sometimes
