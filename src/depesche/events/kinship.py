"""Which words keep like company: classes of words learned from much unlabelled text.

What is coded by hand shows a few thousand words in use; the classes carry what is learned from them over to the words beside them in meaning
("besprechen" to "beraten"). See `models/events/README.md` for the texts they were learned from.
"""

from functools import cache

import msgspec
import numpy as np

from depesche.events.model import MODELS
from depesche.events.ontology import TYPES

_SHORTEST_TAIL = 5
_SHORTEST_FRONT = 3
_KEPT_WORDS = 60_000
_LEVEL = 7
"""The bits that say how likely a type is; those above say which."""


class Kin(msgspec.Struct, frozen=True):
    """What is known of a word's company.

    Attributes:
        fine: number of its small class, `coarse` of the large one; -1 where the word is unknown.
        types: features of the event types that words like it name.
    """

    fine: int = -1
    coarse: int = -1
    types: tuple[str, ...] = ()


STRANGER = Kin()


class Kinship:
    """The word classes of one language."""

    def __init__(self, language: str) -> None:
        path = MODELS / f"kin_{language}.npz"
        self._numbers: dict[str, int] = {}
        self._met: dict[str, Kin] = {}
        if not path.exists():  # a language without word classes goes without
            return
        with np.load(path, allow_pickle=False) as stored:
            words = bytes(stored["words"]).decode("utf-8").split("\n")
            self._classes = stored["classes"]
            self._types = stored["types"]
        self._numbers = {word: number for number, word in enumerate(words)}

    def of(self, lemma: str) -> Kin:
        """What is known of a lower-case lemma; of a compound that is not known, what is known of its last part."""
        known = self._met.get(lemma)
        if known is None:
            if len(self._met) >= _KEPT_WORDS:
                self._met.clear()
            known = self._met[lemma] = self._look_up(lemma)
        return known

    def _look_up(self, lemma: str) -> Kin:
        number = self._numbers.get(lemma)
        if number is None:
            tails = (lemma[cut:].lstrip("-") for cut in range(_SHORTEST_FRONT, len(lemma) - _SHORTEST_TAIL + 1))
            number = next((self._numbers[tail] for tail in tails if tail in self._numbers), None)
        if number is None:
            return STRANGER
        fine, coarse = self._classes[number].tolist()
        types = tuple([_likely(code) for code in self._types[number].tolist() if code & _LEVEL])
        return Kin(fine, coarse, types)


@cache
def _likely(code: int) -> str:
    """The name of the feature that a type and how likely it is are written as; there are few."""
    return f"kt:{TYPES[code >> 3]}:{code & _LEVEL}"


@cache
def kinship(language: str) -> Kinship:
    """The classes of a language, read once."""
    return Kinship(language)
