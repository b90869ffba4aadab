"""Word classes."""

import pytest

from depesche.events.kinship import STRANGER, kinship


@pytest.mark.parametrize(("language", "one", "other"), [("de", "töten", "ermorden"), ("en", "condemn", "denounce")])
def test_like_words_share_features(language: str, one: str, other: str) -> None:
    """Words of like meaning share the large class or a type that words like them name."""
    kin, like = kinship(language).of(one), kinship(language).of(other)
    assert kin is not STRANGER
    assert kin.coarse == like.coarse or {t.rpartition(":")[0] for t in kin.types} & {
        t.rpartition(":")[0] for t in like.types
    }


def test_a_compound_is_known_by_its_last_part() -> None:
    """No text holds "Wochenendzusammenarbeit"; what is known of "Zusammenarbeit" holds for it."""
    assert kinship("de").of("wochenendzusammenarbeit") == kinship("de").of("zusammenarbeit")
    assert kinship("de").of("wochenendzusammenarbeit") is not STRANGER


def test_strangers() -> None:
    """A word that no text held, and a language without classes, say nothing."""
    assert kinship("en").of("qqqq") is STRANGER
    assert kinship("xx").of("attack") is STRANGER
