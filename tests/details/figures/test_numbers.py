"""Numbers in words and digits, and the lexicons behind them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depesche.details.figures.amounts import amounts
from depesche.details.figures.harm import FrameWord, HarmWord, PeopleWord
from depesche.details.figures.numbers import NumberWord, numbers
from depesche.words import lexicon


@pytest.mark.parametrize(
    ("language", "text", "low", "high"),
    [
        ("de", "sechsundfünfzig", 56, 56),
        ("de", "zweihundertdreißig", 230, 230),
        ("de", "elfhundert", 1100, 1100),
        ("de", "250 000", 250000, 250000),
        ("de", "9.000", 9000, 9000),
        ("de", "4,5 Millionen", 4500000, 4500000),
        ("de", "anderthalb Millionen", 1500000, 1500000),
        ("de", "eine halbe Million", 500000, 500000),
        ("de", "ein Dutzend", 12, 12),
        ("de", "mehrere hundert", 200, None),
        ("de", "Zehntausende", 20000, None),
        ("de", "4 bis 5 Millionen", 4000000, 5000000),
        ("en", "twenty-three", 23, 23),
        ("en", "one hundred and twenty thousand", 120000, 120000),
        ("en", "half a million", 500000, 500000),
        ("en", "tens of thousands", 20000, None),
        ("en", "several dozen", 24, None),
        ("en", "1,234", 1234, 1234),
    ],
)
def test_values(language: str, text: str, low: int, high: int | None) -> None:
    """Each way to write a number has the value that codebook section 6 gives it."""
    reader = amounts(language)
    found = reader.find(reader.numbers.words(text, start=0, end=len(text)))
    assert [(low, high)] == [(amount.low, amount.high) for amount in found]


@given(st.integers(min_value=1, max_value=999_999_999))
def test_every_integer_comes_back_from_its_digits(number: int) -> None:
    """Thousands parted by a point in German and by a comma in English are one number."""
    for language, sign in (("de", "."), ("en", ",")):
        text = f"{number:,}".replace(",", sign)
        reader = numbers(language)
        read = reader.read(reader.words(text, start=0, end=len(text)), 0)
        assert read is not None
        assert (number, number) == (read.low, read.high)


@given(st.text(max_size=60))
def test_any_text_is_read_without_leaving_it(text: str) -> None:
    """Whatever stands in a sentence, amounts lie inside it and their bounds are in order."""
    reader = amounts("de")
    words = reader.numbers.words(text, start=0, end=len(text))
    for amount in reader.find(words):
        assert 0 <= amount.first <= amount.number < amount.last <= len(words)
        assert amount.low is None or amount.high is None or amount.low <= amount.high


@pytest.mark.parametrize("language", ["de", "en"])
def test_examples_hold_their_entries(language: str) -> None:
    """Every entry of the lexicons of figures stands in its example sentence."""
    for number in lexicon(language, "numbers", NumberWord):
        assert number.form.strip() in number.example.lower() or number.kind == "stem", number
    for harm in lexicon(language, "figures_harm", HarmWord):
        words = {form.split()[0].lower() for form in harm.forms}
        assert any(word in harm.example.lower() for word in words), harm
    for person in lexicon(language, "figures_people", PeopleWord):
        assert person.word in person.example.lower(), person
    for small in lexicon(language, "figures_frame", FrameWord):
        assert small.form in small.example.lower(), small
