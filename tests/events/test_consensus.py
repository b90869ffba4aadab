"""The last look at when, where and how real: what it sees of a report's events, and what it makes of them."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from depesche.blocks import article_of
from depesche.events.around import RELATED, events_of
from depesche.events.consensus import answers_of, of_times, of_values, regression
from depesche.events.relations import Option, Question
from depesche.events.scene import scene_of
from depesche.events.triggers import all_candidates
from depesche.reading import default_pipeline
from depesche.record import Article, Event, Row

TEXT = (
    "Am Montag griffen Rebellen einen Posten an und töteten neun Soldaten. Der Präsident verurteilte den Angriff. "
    "Die Rebellen griffen auch eine Brücke an."
)


class Own(NamedTuple):
    """The options of one event with their chances."""

    options: Sequence[Option]
    chances: Sequence[float]


def read(text: str) -> Article:
    """A German report of a Wednesday in 2016."""
    return default_pipeline()(article_of(Row(origin="test", body=text, language="de", published="2016-08-03")))


def questions() -> list[Question]:
    """Four events: an attack, a killing, a condemnation, an attack."""
    scene = scene_of(read(TEXT))
    verbs = [c for line in all_candidates(scene) for c in line if c.upos == "VERB"]
    return [Question(c, "ACCUSE" if c.lemma == "verurteilen" else "ASSAULT") for c in verbs]


def test_events_know_those_around_them() -> None:
    """Of the sentence, with the same word, of the type, before and after; rows sum to one where there is any, and no event counts for itself."""
    events = events_of(questions())
    related = dict(zip(RELATED, events.related, strict=True))
    assert events.kind.tolist()[0] == events.kind.tolist()[1] != events.kind.tolist()[2]
    assert related["sentence"].tolist() == [[0, 1, 0, 0], [1, 0, 0, 0], [0] * 4, [0] * 4]
    assert related["lemma"].tolist() == [[0, 0, 0, 1], [0] * 4, [0] * 4, [1, 0, 0, 0]]
    assert related["type"].tolist()[3] == [0.5, 0.5, 0, 0]
    assert related["before"].argmax(axis=1).tolist()[1:] == [0, 1, 2]
    assert related["after"].argmax(axis=1).tolist()[:3] == [1, 2, 3]
    assert related["type before"].argmax(axis=1).tolist()[3] == 1
    assert related["type after"].argmax(axis=1).tolist()[:2] == [1, 3]
    assert np.isclose(events.related.sum(axis=2), events.related.any(axis=2)).all()
    assert not events.related.diagonal(axis1=1, axis2=2).any()


CHANCES = st.lists(
    st.lists(st.tuples(st.sampled_from(["2016-08-01", "2016-08", "../2016", "2016~"]), st.floats(0, 1)), max_size=5),
    min_size=4,
    max_size=4,
)


@given(CHANCES)
def test_each_value_is_one_option_with_numbers(chances: list[list[tuple[str, float]]]) -> None:
    """A value that is mentioned twice stands for its likeliest mention; whatever the chances, every column of every option is a number."""
    judged = [Own([Option(value, None, ()) for value, _ in own], [chance for _, chance in own]) for own in chances]
    answers = answers_of(judged)
    assert [(e, o.value) for e, o in zip(answers.values.events.tolist(), answers.options, strict=True)] == [
        (event, value) for event, own in enumerate(chances) for value in dict.fromkeys(value for value, _ in own)
    ]
    for event, own in enumerate(chances):
        assert answers.values.grid[event].max(initial=0) == max([chance for _, chance in own], default=0)
    events, statuses = events_of(questions()), np.full((4, 7), 1 / 7)
    for columns in (
        of_values(events, answers, statuses),
        of_times(events, answers, statuses, published=None),
    ):
        assert len(columns) == len(answers.options)
        assert np.isfinite(columns).all()
    assert columns.shape[1] == len(regression("all_times").weights)


def test_only_those_who_can_have_a_value_speak_about_it() -> None:
    """The mean over those related that may have the value at all; of the sentence over all; where there is no such event, one's own chance."""
    told = [[("a", 0.8), ("b", 0.1)], [("a", 0.6)], [], [("b", 0.4)]]
    judged = [Own([Option(value, None, ()) for value, _ in own], [chance for _, chance in own]) for own in told]
    answers = answers_of(judged)
    columns = of_values(events_of(questions()), answers, np.full((4, 7), 1 / 7))
    seen = columns[:, 3 + len(RELATED) + 3 :]  # behind three columns of its own and the odds of what is seen
    views = {
        (event, option.value): dict(zip(RELATED, row.tolist(), strict=False))
        for event, option, row in zip(answers.values.events.tolist(), answers.options, seen, strict=True)
    }
    first, last = views[0, "a"], views[3, "b"]
    assert np.allclose(
        [first[name] for name in ("sentence", "type", "report", "before", "after")], [0.6, 0.6, 0.6, 0.8, 0.6]
    )
    assert np.allclose(
        [last[name] for name in ("sentence", "type", "report", "before", "first")], [0.4, 0.1, 0.1, 0, 0.1]
    )


def test_events_of_one_sentence_share_their_day() -> None:
    """The day stands beside the attack; the killing has it, too."""
    attack, killing, *_ = read(TEXT).of(Event)
    assert attack.when == killing.when == "2016-08-01"
