"""Datelines: places and agencies before the first sentence."""

import pytest

from depesche.blocks.dateline import dateline_of
from depesche.record import Part, Span
from tests.literate import Case, cases


@pytest.mark.parametrize("case", cases("blocks"), ids=lambda case: case.where)
def test_a_dateline_is_read_as_the_case_says(case: Case) -> None:
    """Places, agencies and extent are those of the case; a case without a line has no dateline."""
    part = Part(span=Span(0, len(case.text)), label="body", why="test")
    found = dateline_of(case.text, part)
    lines = (
        ()
        if found is None
        else (
            f"{', '.join(found.places)} | {', '.join(found.agencies)} | {case.text[: found.span.end].strip()}".strip(),
        )
    )
    assert case.expected == lines


def test_a_dateline_never_swallows_its_paragraph() -> None:
    """A part that is nothing but a place and a dash has no dateline: there is no sentence after it."""
    text = "Berlin (dpa) -"
    assert dateline_of(text, Part(span=Span(0, len(text)), label="body", why="test")) is None
