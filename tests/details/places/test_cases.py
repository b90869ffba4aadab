"""The literate cases of places."""

import pytest

from depesche.record import PlaceMention
from tests.details.reading_cases import read_case
from tests.literate import Case, cases


@pytest.mark.parametrize("case", cases("places"), ids=lambda case: case.where)
def test_places_of_a_sentence(case: Case) -> None:
    """Each expected mention is found with its place, and what must not be one is none."""
    article = read_case(case)
    found = {f"{article.quote(m.span)} | {m.place.id}" for m in article.of(PlaceMention)}
    words = {article.quote(m.span) for m in article.of(PlaceMention)}
    missing = [line for line in case.expected if not line.startswith("not ") and line not in found]
    wrong = [line for line in case.expected if line.startswith("not ") and line[4:] in words]
    assert (missing, wrong) == ([], []), sorted(found)
