"""The dateline before a report's first sentence: "Vientiane/Genf - ", "Berlin (dpa) - ", "WASHINGTON (AP) -- "."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

import msgspec

from depesche.blocks.languages import is_function_word
from depesche.knowledge.gazetteer import gazetteer
from depesche.knowledge.spelling import fold
from depesche.record import Dateline, Part, Span
from depesche.words import languages, lexicon

_LONGEST = 120
_LONGEST_UNSIGNED = 60
_MOST_PLACES = 4
_ABBREVIATION_LENGTH = 3

# What may end a dateline: a dash of any length, a bar, plus signs; after a bracket also a full stop, a colon or nothing;
# a colon alone after places that a stroke parts ("Damaskus/Genf: "): after one name it may introduce what somebody said.
_MARK = re.compile(r"\s?(?:--+|[–—―])\s?|\s-\s|\s?\|\s|\s?\+\+\+\s|(?<=[)\]])\s?[.:]?\s|(?<=\w):\s")
_BRACKET = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_PLACE = re.compile(
    r"(?:[^\W\d_a-zß-öø-ÿ][\w'’.-]*|al-\w+)"
    r"(?:\s(?:(?:am|an|der|den|auf|in|im|bei|ob|vor|de|del|da|do|di|du|la|le|el|on|upon|the|of)\s)*(?:[^\W\d_a-zß-öø-ÿ][\w'’.-]*|al-\w+)){0,3}"
)
# The first sentence opens with a capital, a quotation mark or a digit ("Rund", "„Wir", "14 Menschen").
_OPENING = re.compile(r"[\"'„“”‚‘’«»(…]*(?:[^\W_a-zß-öø-ÿ]|\d)")


class Agency(msgspec.Struct, frozen=True, kw_only=True):
    """A news agency as it signs a dateline.

    Attributes:
        agency: lower case.
        example: a sentence that holds it.
    """

    agency: str
    example: str


@cache
def agencies() -> frozenset[str]:
    """All agencies of all languages, lower case: a German page carries AP, an English one dpa."""
    return frozenset(entry.agency for language in languages() for entry in lexicon(language, "blocks_agencies", Agency))


def dateline_of(text: str, part: Part | None) -> Dateline | None:
    """The dateline that opens a part, its dash and the space after it included, or None.

    Args:
        text: the canonical text.
        part: the part that may open with one (a standfirst or the first paragraph).
    """
    if part is None:
        return None
    head = text[part.span.start : min(part.span.end, part.span.start + _LONGEST)]
    for mark in _MARK.finditer(head):
        if not _OPENING.match(head, mark.end()):
            continue
        read = _read(head[: mark.start()])
        if read is None:
            continue
        places, signed = read
        if mark.group() == ": " and head[: mark.start()][-1:].isalnum():
            if not _are_places(head[: mark.start()].split("/")):
                continue
        elif not signed and (mark.start() > _LONGEST_UNSIGNED or not mark.group().strip(" .:")):
            continue
        return Dateline(
            span=Span(part.span.start, part.span.start + mark.end()),
            why="dateline: "
            + (f"agency {signed[0]}" if signed else f"places before a {'colon' if mark.group() == ': ' else 'dash'}"),
            made_by="blocks@2",
            places=places,
            agencies=signed,
        )
    return None


def _are_places(names: Sequence[str]) -> bool:
    """Whether these are two places or more, each of them known: "CDU/CSU: " is none."""
    return len(names) > 1 and all(fold(name.strip()) in gazetteer() for name in names)


def _read(prefix: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Places and agencies of what stands before the dash; None where it is no dateline."""
    signed = [name for match in _BRACKET.finditer(prefix) for name in _signatures(match[1])]
    rest = _BRACKET.sub(" ", prefix).strip(" ,.")
    first, _, last = rest.rpartition(" ")
    if _signatures(last or rest):
        signed += _signatures(last or rest)
        rest = first.strip(" ,.")
    # "BEIJING, Nov. 2" and "Bagdad, 05.12.2004": what holds a digit is the day, the rest are places.
    names = [name for name in _pieces(rest) if not any(c.isdigit() for c in name)]
    if not (names or signed) or len(names) > _MOST_PLACES:
        return None
    if not all(_PLACE.fullmatch(name) and not is_function_word(name.split()[0]) for name in names):
        return None
    return tuple(_cased(name) for name in names), tuple(signed)


def _pieces(text: str) -> Iterator[str]:
    for piece in re.split(r"[/,;]|\s(?:und|and)\s", text):
        if piece.strip():
            yield " ".join(piece.split())


def _signatures(text: str) -> list[str]:
    """The agencies a bracket names, with the desks beside them: "dpa/lhe" is dpa's; none where it holds something else."""
    names = [name.strip() for name in re.split(r"[/,]|\s(?:und|and)\s", text)]
    return [name for name in names if name.lower() in agencies()] if names[0].lower() in agencies() else []


def _cased(name: str) -> str:
    """A place in capitals in ordinary case ("WASHINGTON" → "Washington"); lone abbreviations stay ("UN")."""
    if name.isupper() and len(name) > _ABBREVIATION_LENGTH and "." not in name:
        return name.title()
    return name


def opening_dateline(text: str, parts: Sequence[Part]) -> Dateline | None:
    """The dateline of a report: it opens the standfirst or the first paragraph."""
    body = next((number for number, part in enumerate(parts) if part.label == "body"), -1)
    openings = [part for part in parts if part.label == "standfirst"] + list(
        parts[body : body + 1] if body >= 0 else ()
    )
    return next(filter(None, (dateline_of(text, part) for part in openings)), None)
