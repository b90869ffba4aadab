"""Events found by the whole pipeline: literate cases, and what holds of every record."""

import pytest

from depesche.blocks import article_of
from depesche.events.ontology import mutual_types
from depesche.reading import default_pipeline
from depesche.record import ActorMention, Article, Event, PlaceMention, Row, Sentence
from tests.literate import Case, cases

CASES = [(language, case) for language in ("de", "en") for case in cases(f"events/{language}")]
REPORT = (
    "Die Rebellen griffen am Montag einen Posten der Armee an und töteten neun Soldaten. "
    "Der Präsident verurteilte den Angriff. Die Vereinten Nationen forderten beide Seiten auf, die Kämpfe zu beenden. "
    "Die Außenminister der USA und Russlands wollen sich im August in Genf treffen."
)


def read(text: str, *, language: str, published: str | None = None) -> Article:
    """A text read by all stages."""
    return default_pipeline()(article_of(Row(origin="test", body=text, language=language, published=published)))


@pytest.mark.parametrize(("language", "case"), CASES, ids=[f"{language} {case.where}" for language, case in CASES])
def test_acts(language: str, case: Case) -> None:
    """The acts named come out; where none is named, none does."""
    article = read(case.text, language=language, published=case.options.get("published"))
    found = [f"{article.quote(e.span)} | {e.type} | {e.status}" for e in article.of(Event)]
    if not case.expected:
        assert found == []
    assert set(case.expected) <= set(found)


def test_everything_in_an_event_is_in_the_report() -> None:
    """Triggers lie in their sentences, actors and places are mentioned, evidence lies in the text, confidence is a probability."""
    article = read(REPORT, language="de", published="2016-08-03")
    actors = {m.actor.id for m in article.of(ActorMention)}
    places = {m.place.id for m in article.of(PlaceMention)}
    sentences = {s.span for s in article.of(Sentence)}
    events = article.of(Event)
    assert events
    for event in events:
        assert event.sentence in sentences
        assert event.sentence.holds(event.span)
        assert set(event.agents + event.recipients) <= actors
        assert not set(event.agents) & set(event.recipients)
        assert event.source is None or event.source in actors
        assert event.place is None or event.place in places
        assert 0 < event.confidence <= 1
        assert event.why
        assert not (event.type in mutual_types() and event.recipients)
        spans = (*event.evidence.agents, *event.evidence.recipients)
        assert all(0 <= s.start < s.end <= len(article.text) for s in spans)


def test_ids_are_stable_and_differ() -> None:
    """The same report gives the same ids, and no two events share one."""
    first, second = (read(REPORT, language="de").of(Event) for _ in range(2))
    assert [e.id for e in first] == [e.id for e in second]
    assert len(first) == len({e.id for e in first})


def test_same_as_points_to_an_earlier_event_of_the_same_type() -> None:
    """A link never dangles and never points ahead."""
    events = read(REPORT, language="de").of(Event)
    earlier: dict[str, str] = {}
    for event in events:
        if event.same_as is not None:
            assert earlier[event.same_as] == event.type
        earlier[event.id] = event.type


def test_an_unread_language_has_no_events() -> None:
    """A language without words yields parts only."""
    assert read("Les rebelles ont attaqué la ville lundi.", language="fr").of(Event) == ()
