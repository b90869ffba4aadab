"""Known names in a text: the longest form of the knowledge base at each piece, whole words only."""

from collections.abc import Iterator
from typing import NamedTuple

from depesche.details.actors.lexicon import actor_words
from depesche.details.actors.pieces import Pieces
from depesche.knowledge.forms import Sense, endings, forms

_MOST_ENDING = 3


class Hit(NamedTuple):
    """A known form at the pieces `first` to `last`, both included, with its readings.

    Attributes:
        inflected: what was cut from its end: "s" of "Lawrows", the possessive not counted.
        prefix: a hyphen follows, so that it is the first part of a compound ("Syrien-Konflikt", "US-Soldaten").
        suffix: a hyphen precedes ("Nord-Syrien").
    """

    first: int
    last: int
    senses: list[Sense]
    inflected: str
    prefix: bool
    suffix: bool


def known_names(pieces: Pieces, language: str) -> list[Hit]:
    """The known names of a text, longest first at each place, not overlapping, in reading order."""
    return list(_walk(pieces, language))


def _walk(pieces: Pieces, language: str) -> Iterator[Hit]:
    table = forms(language)
    longest, senses = table.longest, table.senses
    cut = tuple(e for e in endings(language).get("name", ()) if e)
    final = {e[-1] for e in cut}
    keys, gaps, texts = pieces.keys, pieces.gaps, pieces.texts
    small = actor_words(language).is_part
    count, free = len(keys), 0
    for i, (key, known) in enumerate(zip(keys, map(longest.get, keys), strict=True)):
        if i < free or (known is None and (key[-1] != "s" or not texts[i][0].isupper())):
            continue
        reach = known or 1
        hit = None
        for last in range(min(i + reach - 1, pieces.reach[i]), i - 1, -1):
            form = key if last == i else " ".join(keys[i : last + 1])
            found, ending = senses.get(form), ""
            if found is None and form[-1] in final:
                found, ending = _inflected(form, senses, cut)
            if found and (fitting := _fitting(found, pieces, i, last, ending)):
                after = gaps[last + 1] if last + 1 < count else "|"
                first = i + (i < last and texts[i][0].islower() and small(key, "determiner"))  # "die Grünen"
                hit = Hit(first, last, fitting, ending, after == "-", gaps[i] == "-")
                break
        if hit:
            yield hit
            free = hit.last + 1


def _inflected(form: str, senses: dict[str, list[Sense]], cut: tuple[str, ...]) -> tuple[list[Sense] | None, str]:
    for ending in cut:
        if form.endswith(ending) and len(form) > len(ending) + _MOST_ENDING:
            found = senses.get(form[: -len(ending)])
            if found:
                return [s for s in found if s.how not in {"adjective", "people", "demonym"}], ending
    return None, ""


def _foreign_letters(texts: list[str], first: int, last: int) -> bool:
    """A short word whose diacritics the folding took away: "Für" is not the people of Darfur."""
    return first == last and len(texts[first]) <= _MOST_ENDING and not texts[first].isascii()


def _fitting(found: list[Sense], pieces: Pieces, first: int, last: int, ending: str) -> list[Sense]:
    """The readings that the capitals allow: "who" is no health organisation, "us" no state."""
    texts = pieces.texts
    capital = any(texts[i][0].isupper() or texts[i][0].isdigit() for i in range(first, last + 1))
    fitting = []
    for sense in found:
        if sense.exact:
            letters = sense.exact.replace(".", "").replace("/", "").replace("-", "")
            written = "".join(texts[first : last + 1])
            if written in {letters, letters + ending}:
                fitting.append(sense)
        elif (capital or sense.how == "adjective") and not (ending == "" and _foreign_letters(texts, first, last)):
            fitting.append(sense)
    return fitting
