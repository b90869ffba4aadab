"""How a trigger and a mention in its sentence are related."""

import pytest

from depesche.blocks import article_of
from depesche.events.pairing import PAIR, pairs
from depesche.events.scene import scene_of
from depesche.events.templates import CODES
from depesche.events.triggers import all_candidates
from depesche.reading import default_pipeline
from depesche.record import Row


@pytest.mark.parametrize(
    ("language", "text", "trigger", "mention", "expected"),
    [
        pytest.param(
            "de",
            "Am Montag griff die Türkei Syrien an.",
            "angreifen",
            "Türkei",
            {"role": "own:s:active:main", "side": "a", "between": "0", "inner": "der", "before": "der"},
            id="de-subject behind the verb",
        ),
        pytest.param(
            "en",
            "Russia, which lost the war, attacked the town on Monday.",
            "attack",
            "Russia",
            {"side": "b", "commas": "2", "verbs": "1", "before2": "·", "after": ","},
            id="en-far before the verb",
        ),
        pytest.param(
            "en",
            "France was not attacked by Russia.",
            "attack",
            "France",
            {"role": "own:s:passive:main:not", "before": "·", "before2": "·", "side": "b"},
            id="en-denied passive",
        ),
    ],
)
def test_what_is_known_of_a_pair(
    language: str, text: str, trigger: str, mention: str, expected: dict[str, str]
) -> None:
    """Clause, order and the words between are told in the names that the models have learned."""
    article = default_pipeline()(article_of(Row(origin="test", body=text, language=language)))
    scene = scene_of(article)
    (found,) = [c for line in all_candidates(scene) for c in line if c.lemma == trigger]
    (span,) = [m.span for m in found.line.actors if article.quote(m.span) == mention]
    row = dict(zip(PAIR, pairs([(found, span, CODES["state"])], scene)[0].tolist(), strict=True))
    assert {name: row[name] for name in expected} == {name: CODES[value] for name, value in expected.items()}
