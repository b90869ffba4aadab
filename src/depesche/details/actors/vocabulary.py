"""What a written word can be by itself, looked up once in a run: the same words come again and again.

A text is gone through once, word by word; the finders then look only at the words that can begin what they look for.
"""

from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from depesche.details.actors.lexicon import ActorWords, actor_words
from depesche.knowledge.forms import Forms, Sense, endings, forms
from depesche.knowledge.gazetteer import gazetteer
from depesche.knowledge.rows import PlaceRow
from depesche.knowledge.spelling import fold

NAME, PLACE, HEAD, REFERRING, PEOPLE, CAPITAL = (1 << bit for bit in range(6))
"""What a word can do: begin a known name, begin a place, end in the head of a phrase, take up what was named before, name a people;
`CAPITAL` says that it begins with one."""
_MOST_KEPT = 100_000
_MOST_ENDING = 3
_SHORTEST_PLACE = 3
_LONGEST_COMPASS = 9
_WIDE = frozenset({"region", "water", "country"})

Rows = tuple[tuple[PlaceRow, ...], bool]
"""The places of a form, and whether it is an adjective made of their name ("Genfer")."""


class Word(NamedTuple):
    """A word as written that can begin a known name or a place.

    Attributes:
        senses: its readings as a known name of one word, none where it is none; `cut` what inflection added to the name.
        place: the places that it names by itself.
    """

    senses: list[Sense]
    cut: str
    place: Rows | None


class Vocabulary(dict[str, int]):
    """What the words of one language met so far can do: the sum of its marks, by the word as written.

    Args:
        language: ISO 639-1.
    """

    def __init__(self, language: str) -> None:
        super().__init__()
        self._words: ActorWords = actor_words(language)
        self._forms: Forms = forms(language)
        inflection = endings(language)
        self._names = tuple(e for e in inflection.get("name", ()) if e)
        self._endings = tuple((e, False) for e in self._names) + tuple((e, True) for e in inflection.get("place", ()))
        self._compass = tuple(word for word, parts in self._words.parts_of.items() if "compass" in parts)
        self._gazetteer = gazetteer()
        self._openings = _openings(self._forms)
        self._compounds = bool(self._words.endings_of_compounds)
        self._names_and_places: dict[str, Word] = {}
        self._phrases: dict[str, Rows | None] = {}

    def __missing__(self, text: str) -> int:
        """Look a word up."""
        if len(self) >= _MOST_KEPT:
            self.clear()
        marks = self[text] = self._looked_up(text)
        return marks

    def opens(self, words: str) -> bool:
        """Whether a known name can begin with two folded words; the second may be inflected."""
        if words in self._openings:
            return True
        return any(words.endswith(ending) and words[: -len(ending)] in self._openings for ending in self._names)

    def marks(self, texts: list[str]) -> npt.NDArray[np.int64]:
        """What each of many words can do."""
        return np.fromiter(map(self.__getitem__, texts), np.int64, len(texts))

    def word(self, text: str) -> Word:
        """What a word that can begin a known name or a place is."""
        if (found := self._names_and_places.get(text)) is None:
            if len(self._names_and_places) >= _MOST_KEPT:
                self._names_and_places.clear()
            key = _key(text)
            place = self._place(text, key)
            found = self._names_and_places[text] = Word(*self._senses(text, key), place)
        return found

    def _looked_up(self, text: str) -> int:
        key, words, capital = _key(text), self._words, text[0].isupper()
        marks = CAPITAL if capital else 0
        if self._forms.longest.get(key, 0) > 1 or self._senses(text, key)[0]:
            marks |= NAME
        if self._gazetteer.longest.get(key, 0) > 1 or (capital and self._place(text, key)):
            marks |= PLACE
        if key in words.longest or (self._compounds and capital and words.ending_of(key)):
            marks |= HEAD
        if key in words.referring:
            marks |= REFERRING
        if capital and key in words.peoples:
            marks |= PEOPLE
        return marks

    def _senses(self, text: str, key: str) -> tuple[list[Sense], str]:
        known = self._forms.longest.get(key)
        if known is None and (key[-1] != "s" or not text[0].isupper()):
            return [], ""
        found, ending = self.name(key)
        return fitting(found, [text], ending), ending

    def name(self, form: str) -> tuple[list[Sense], str]:
        """The readings of a folded form of one or more words as a known name, and what was cut from its end."""
        senses = self._forms.senses
        if (found := senses.get(form)) is not None:
            return found, ""
        for ending in self._names:
            if form.endswith(ending) and len(form) > len(ending) + _MOST_ENDING:
                stem = senses.get(form[: -len(ending)])
                if stem:
                    return [s for s in stem if s.how not in {"adjective", "people", "demonym"}], ending
        return [], ""

    def _place(self, text: str, key: str) -> Rows | None:
        if len(key) < _SHORTEST_PLACE and not text.isupper():
            return None
        if key in self._gazetteer:
            return self._gazetteer.named(key), False
        return self._inflected(key) if text[0].isupper() else None

    def place(self, form: str, *, capital: bool) -> Rows | None:
        """The places of a folded form of several words; only where its last word has a capital, it may be inflected."""
        if form in self._gazetteer:
            return self._gazetteer.named(form), False
        if not capital:
            return None
        if form in self._phrases:
            return self._phrases[form]
        if len(self._phrases) >= _MOST_KEPT:
            self._phrases.clear()
        found = self._phrases[form] = self._inflected(form)
        return found

    def _inflected(self, form: str) -> Rows | None:
        """The place of an inflected form: "Aleppos" is Aleppo; "Genfer", the second value true, an adjective made of it."""
        for ending, derived in self._endings:
            if form.endswith(ending):
                stem = form[: -len(ending)]
                if len(stem) > _SHORTEST_PLACE and stem in self._gazetteer:
                    return self._gazetteer.named(stem), derived
        return self._part_of(form)

    def _part_of(self, form: str) -> Rows | None:
        """The country or region that a compound names a part of: "Südthailand", "Nordkosovo"."""
        if not form.startswith(self._compass):
            return None
        for cut in range(_SHORTEST_PLACE, min(_LONGEST_COMPASS, len(form) - _SHORTEST_PLACE)):
            if self._words.is_part(form[:cut], "compass") and (rows := self._gazetteer.named(form[cut:].strip())):
                wide = tuple(r for r in rows if r.kind in _WIDE)
                return (wide, False) if wide else None
        return None


def _key(text: str) -> str:
    return text.lower() if text.isascii() else fold(text)


def fitting(found: list[Sense], texts: list[str], ending: str) -> list[Sense]:
    """The readings that the capitals of the words allow: "who" is no health organisation, "us" no state."""
    if not found:
        return found
    capital = any(text[0].isupper() or text[0].isdigit() for text in texts)
    bare = not ending and _foreign_letters(texts)
    allowed = []
    for sense in found:
        if sense.exact:
            letters = sense.exact.replace(".", "").replace("/", "").replace("-", "")
            if "".join(texts) in {letters, letters + ending}:
                allowed.append(sense)
        elif (capital or sense.how == "adjective") and not bare:
            allowed.append(sense)
    return allowed


def _foreign_letters(texts: list[str]) -> bool:
    """A short word whose diacritics the folding took away: "Für" is not the people of Darfur."""
    return len(texts) == 1 and len(texts[0]) <= _MOST_ENDING and not texts[0].isascii()


def _openings(known: Forms) -> frozenset[str]:
    """The two words that each known name of several words begins with."""
    found: set[str] = set()
    for form in known.senses:
        first = form.find(" ") + 1
        if first:
            second = form.find(" ", first)
            found.add(form if second < 0 else form[:second])
    return frozenset(found)


@cache
def vocabulary(language: str) -> Vocabulary:
    """The words of a language; one list a process."""
    return Vocabulary(language)
