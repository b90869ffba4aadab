"""The literate cases of actors and references."""

import pytest

from depesche.record import ActorMention
from tests.details.reading_cases import read_case
from tests.literate import Case, cases


@pytest.mark.parametrize("case", cases("actors"), ids=lambda case: case.where)
def test_actors_of_a_sentence(case: Case) -> None:
    """Each expected mention is found with its actor, and what must not be one is none."""
    article = read_case(case)
    found = {f"{article.quote(m.span)} | {m.actor.id}" for m in article.of(ActorMention)}
    words = {article.quote(m.span) for m in article.of(ActorMention)}
    missing = [line for line in case.expected if not line.startswith("not ") and line not in found]
    wrong = [line for line in case.expected if line.startswith("not ") and line[4:] in words]
    assert (missing, wrong) == ([], []), sorted(found)
