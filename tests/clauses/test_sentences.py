"""Sentences and tokens: literate cases, and what must hold of any text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from depesche.clauses.cutting import sentences, tokens
from depesche.clauses.sentences import Sentences
from depesche.record import Article, Dateline, Meta, Part, Sentence, Span
from tests.literate import Case, cases

CASES = [(language, case) for language in ("de", "en") for case in cases(f"sentences/{language}")]


@pytest.mark.parametrize(("language", "case"), CASES, ids=[f"{language}: {case.where}" for language, case in CASES])
def test_case(language: str, case: Case) -> None:
    """The sentences of a paragraph are those that the case lists."""
    assert case.expected == tuple(case.text[start:end] for start, end in sentences(case.text, language))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Der US-Außenminister kam am 26. Juli.", "Der|US-Außenminister|kam|am|26.|Juli|."),
        ("Mehr als 250 000 Menschen flohen.", "Mehr|als|250 000|Menschen|flohen|."),
        ("Um 10:30 Uhr, am 26.07.2016, fielen 1.200,50 Euro.", "Um|10:30|Uhr|,|am|26.07.2016|,|fielen|1.200,50|Euro|."),
        ("Rafik Y. sagte: „Links- und Rechtsparteien“ ...", "Rafik|Y.|sagte|:|„|Links-|und|Rechtsparteien|“|..."),
    ],
)
def test_german_tokens(text: str, expected: str) -> None:
    """Hyphen compounds, ordinals, grouped numbers and initials are one token each."""
    assert expected == "|".join(text[start:end] for start, end in tokens(text, "de"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The U.S.-backed rebels' leader can't go.", "The|U.S.|-|backed|rebels|'|leader|ca|n't|go|."),
        ("Annan's 1,200 troops--they cannot stay.", "Annan|'s|1,200|troops|--|they|can|not|stay|."),
    ],
)
def test_english_tokens(text: str, expected: str) -> None:
    """Clitics and the parts of hyphen compounds are tokens of their own, as in the treebank that the parser learned from."""
    assert expected == "|".join(text[start:end] for start, end in tokens(text, "en"))


@settings(deadline=None)  # the first call compiles regular expressions
@given(st.text(alphabet=st.sampled_from("aB1 .,!?-'„“\"(): \nöÖ…"), max_size=80), st.sampled_from(["de", "en"]))
def test_nothing_is_lost(text: str, language: str) -> None:
    """Sentences follow each other and leave out white space only, and so do the tokens inside them."""
    for pieces in (list(sentences(text, language)), tokens(text, language)):
        rest = "".join(
            text[end:start] for (_, end), (start, _) in zip([(0, 0), *pieces], [*pieces, (len(text), 0)], strict=True)
        )
        assert rest.strip() == ""
        assert all(start < end for start, end in pieces)


def _article(text: str, *parts: Part | Dateline) -> Article:
    return Article(text=text, meta=Meta(origin="test", language="de"), marks=parts)


def test_stage_keeps_to_the_report() -> None:
    """No sentence runs across parts, none comes from a teaser, and the dateline stands before the first."""
    text = "Genf (dpa) - Sie trafen sich\n\nund gingen. Ende\n\nLesen Sie auch das."
    article = _article(
        text,
        Part(span=Span(0, 28), why="", label="body"),
        Part(span=Span(30, 46), why="", label="body"),
        Part(span=Span(48, 67), why="", label="teaser"),
        Dateline(span=Span(0, 12), why=""),
    )
    found = list(Sentences()(article))
    assert [article.quote(mark.span) for mark in found] == ["Sie trafen sich", "und gingen.", "Ende"]
    assert all(isinstance(mark, Sentence) and mark.part == "body" for mark in found)
