"""What the dictionary of full forms says of the words of a sentence."""

from functools import lru_cache
from typing import NamedTuple

from depesche.clauses.forms import readings
from depesche.details.speech.lexica import frame
from depesche.details.speech.pieces import Piece


def _regular_past(language: str, word: str) -> bool:
    """Whether a known participle is a past tense, too, whatever the dictionary has met: "Soldiers fired back"."""
    participle = any("VerbForm=Part" in r.feats for r in readings(language, word))
    return participle and frame(language).ends(word, "regular_past")


class Features(NamedTuple):
    """What a form can be.

    Attributes:
        reported: it is Konjunktiv I that cannot be the indicative.
        past: it can be a finite past tense.
    """

    finite: bool
    reported: bool
    nominal: bool
    infinitive: bool
    adjective: bool
    past: bool


@lru_cache(maxsize=1 << 15)
def features(language: str, word: str) -> Features:
    """What the dictionary says of a form."""
    every = readings(language, word)
    known = [r for r in every if "Typo=Yes" not in r.feats]
    small = any(r.upos in {"DET", "PRON", "ADP", "CCONJ", "SCONJ"} for r in known)
    # "eine" and "einige" are Konjunktiv of "einen" and "einigen" in the dictionary, and nowhere else
    past = frame(language).ends(word, "past_ending") if not known else _regular_past(language, word)
    finite = [r for r in known if not small and "VerbForm=Fin" in r.feats and "Mood=Imp" not in r.feats]
    subjunctive = any("Mood=Sub" in r.feats and "Tense=Pres" in r.feats and r.slots & 0b100100 for r in finite)
    # "habe" is indicative with "ich" alone; "sagen" is both in the plural and so tells nothing
    subjunctive = subjunctive and all(r.upos in {"VERB", "AUX"} for r in known)
    indicative = any("Mood=Ind" in r.feats and r.slots & 0b111100 for r in finite)
    nominal = any(r.upos in {"NOUN", "PROPN"} for r in known)
    infinitive = any("VerbForm=Inf" in r.feats for r in known)
    adjective = any(r.upos == "ADJ" for r in known)
    told_past = any("Tense=Past" in r.feats and "VerbForm=Fin" in r.feats for r in every)
    return Features(bool(finite) or past, subjunctive and not indicative, nominal, infinitive, adjective, told_past)


class Verbs(NamedTuple):
    """What the dictionary says of the forms of one language."""

    language: str

    def finite(self, piece: Piece) -> bool:
        """Whether a piece can be a finite verb (never a capitalised noun inside a sentence)."""
        return piece.text == piece.lower and features(self.language, piece.lower).finite

    def reported(self, piece: Piece) -> bool:
        """Whether a form marks speech by itself: Konjunktiv I that cannot be the indicative."""
        return piece.text == piece.lower and features(self.language, piece.lower).reported

    def past(self, piece: Piece) -> bool:
        """Whether a piece can be a finite past tense."""
        return piece.text == piece.lower and features(self.language, piece.lower).past

    def nominal(self, piece: Piece, *, unknown: bool = False) -> bool:
        """Whether a piece can be a noun or name; `unknown` says whether a word that no dictionary holds can."""
        return features(self.language, piece.text).nominal or (unknown and not readings(self.language, piece.text))

    def descriptive(self, piece: Piece) -> bool:
        """Whether a word at the head of a sentence is an adjective or adverb and no noun: "Besorgt", "Sinngemäß"."""
        return features(self.language, piece.lower).adjective and not any(
            r.upos in {"NOUN", "PROPN"} for r in readings(self.language, piece.lower.capitalize())
        )

    def adjective(self, piece: Piece) -> bool:
        """Whether a piece can be an adjective."""
        return piece.text == piece.lower and features(self.language, piece.lower).adjective

    def infinitive(self, piece: Piece) -> bool:
        """Whether a piece can be an infinitive."""
        return piece.text == piece.lower and features(self.language, piece.lower).infinitive
