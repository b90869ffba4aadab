"""Statements: spans, speakers as actors, lexicons."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from depesche.blocks import article_of
from depesche.clauses.sentences import Sentences
from depesche.details.speech import Speech
from depesche.details.speech.lexica import Cue, FrameWord, VoiceNoun
from depesche.details.speech.lines import lines_of
from depesche.details.speech.parted import Parted
from depesche.details.speech.unparted import Unparted
from depesche.reading import default_pipeline
from depesche.record import Actor, ActorMention, Article, Meta, Part, Row, Sentence, Span, Statement
from depesche.words import lexicon

ENGLISH = [
    '"',
    "“",
    "”",
    "'",
    ",",
    ".",
    ":",
    "--",
    "(",
    "said",
    "he",
    "told",
    "Reed",
    "that",
    "the",
    "according",
    "to",
    "saying",
    "was",
]
WORDS = [
    "„",
    "“",
    "«",
    "»",
    '"',
    "'",
    "’",
    ",",
    ".",
    ":",
    ";",
    "(",
    "–",
    "sagte",
    "er",
    "laut",
    "Polizei",
    "dass",
    "sei",
    "habe",
    "teilte",
    "mit",
    "so",
    "nach",
    "Angaben",
    "12",
    "\n\n",
]


def read(text: str, *, language: str, marks: tuple[ActorMention, ...] = ()) -> Article:
    """A text with its statements; `marks` are actors found before."""
    article = article_of(Row(origin="test", body=text, language=language)).with_marks(marks)
    for stage in (Sentences(), Speech()):
        article = article.with_marks(tuple(stage(article)))
    return article


def mention(text: str, words: str, *, identity: str, kind: str = "person") -> ActorMention:
    """The first mention of an actor by these words."""
    start = text.index(words)
    actor = Actor(id=identity, name=words, kind=kind)  # type: ignore[arg-type]  # the tests use kinds of the codebook
    return ActorMention(span=Span(start, start + len(words)), why="test", actor=actor)


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.tuples(st.just("de"), st.lists(st.sampled_from(WORDS), min_size=1, max_size=30)),
        st.tuples(st.just("en"), st.lists(st.sampled_from(ENGLISH), min_size=1, max_size=30)),
    )
)
def test_statements_stay_inside_the_text(drawn: tuple[str, list[str]]) -> None:
    """Whatever is read, unclosed quotations too, every span lies inside the text and holds its content."""
    language, words = drawn
    text = " ".join(words).strip()
    if not text:
        return
    article = read(text, language=language)
    for statement in article.of(Statement):
        assert statement.content
        for span in (*statement.content, *statement.cue):
            assert 0 <= span.start < span.end <= len(article.text)
            assert statement.span.holds(span)


def test_a_pronoun_is_the_one_person_named_before() -> None:
    """The pronoun is whoever the sentence before names alone, not who spoke last."""
    text = "Alt erklärte, die Brücke sei fest. In Bern berieten Fachleute mit Jan Roth. Es gehe voran, sagte er."
    marks = (mention(text, "Alt", identity="person/alt"), mention(text, "Jan Roth", identity="person/roth"))
    found = read(text, language="de", marks=marks).of(Statement)
    assert [s.speaker for s in found] == ["person/alt", "person/roth"]


def test_a_body_inside_the_phrase_does_not_speak() -> None:
    """In "a spokesman of the ministry" the ministry is not the speaker; the spokesman gets an actor of his own."""
    text = "Ein Sprecher des Ministeriums sagte, die Brücke sei fest."
    marks = (mention(text, "Ministeriums", identity="government/ministry", kind="government"),)
    article = read(text, language="de", marks=marks)
    [statement] = article.of(Statement)
    made = [m.actor for m in article.of(ActorMention) if m.actor.id == statement.speaker]
    assert [(actor.kind, actor.known) for actor in made] == [("person", False)]


def test_an_unknown_speaker_is_found_again() -> None:
    """What is called "the source" is the "military source" of the sentence before."""
    text = "A military source said the bridge was gone. The road was closed, the source added."
    found = read(text, language="en").of(Statement)
    assert found[0].speaker == found[1].speaker


def test_teasers_are_no_evidence() -> None:
    """Nothing is said in a part that belongs to another report."""
    text = "Alt sagte, die Brücke sei fest."
    span = Span(0, len(text))
    teaser, sentence = Part(span=span, why="test", label="teaser"), Sentence(span=span, why="test", part="teaser")
    article = Article(text=text, meta=Meta(origin="test", language="de"), marks=(teaser, sentence))
    assert list(Speech()(article)) == []


@pytest.mark.parametrize("language", ["de", "en"])
def test_examples_hold_their_entries(language: str) -> None:
    """Every entry of the lexicons of speech stands in its example sentence."""
    for cue in lexicon(language, "speech_cues", Cue):
        assert any(form.lower() in cue.example.lower() for form in cue.forms), cue
        assert cue.particle in cue.example.lower(), cue
    for small in lexicon(language, "speech_frame", FrameWord):
        assert small.form in small.example.lower(), small
    for voice in lexicon(language, "speech_voices", VoiceNoun):
        assert voice.noun in voice.example.lower(), voice


@pytest.mark.parametrize(("language", "rules"), [("de", Parted("de")), ("en", Unparted("en"))], ids=["de", "en"])
def test_what_tells_of_speech_has_a_word_that_tells(language: str, rules: Parted | Unparted) -> None:
    """No sentence in which a rule finds speech is passed over unread."""
    examples = [row.example for row in lexicon(language, "speech_cues", Cue)]
    examples += [row.example for row in lexicon(language, "speech_frame", FrameWord)]
    told = 0
    for example in examples:
        article = article_of(Row(origin="test", body=example, language=language))
        article = article.with_marks(tuple(Sentences()(article)))
        lines = [line for part in article.of(Part) for line in lines_of(article, part)]
        telling = [line for before, line in zip([None, *lines], lines, strict=False) if [*rules.drafts(line, before)]]
        told += len(telling)
        assert all(line.telling for line in telling), example
    assert told > len(examples) / 4


def test_first_person_of_a_quotation() -> None:
    """In a quotation "I" is the speaker, "we" of a minister the government; "US" is a country and no pronoun."""
    body = (
        'In Washington, John Kerry said: "We condemn the attack. I will tell the US envoy, and they will hear from us."'
    )
    row = Row(origin="test", body=body, language="en", published="2016-07-26")
    article = next(default_pipeline().many([article_of(row)]))
    spoken = {
        (article.quote(m.span), m.actor.id) for m in article.of(ActorMention) if m.why == "first person in a quotation"
    }
    assert spoken == {("We", "government/usa"), ("I", "person/john-kerry"), ("us", "government/usa")}
