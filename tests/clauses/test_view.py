"""The clause view: literate cases read from raw text, and small trees read by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depesche.blocks import article_of
from depesche.clauses.sentences import Sentences
from depesche.clauses.view import Clauses
from depesche.clauses.view_lexicon import grammar, names_event
from depesche.clauses.words import Words
from depesche.pipeline import Pipeline
from depesche.record import Argument, Article, Clause, Dateline, Meta, Part, Row, Sentence, Span, Token
from tests.literate import Case, cases


def _read(text: str, language: str) -> Article:
    pipeline = Pipeline([Sentences(), Words(), Clauses()], given=frozenset({Part, Dateline}))
    return pipeline(article_of(Row(origin="case", body=text, language=language)))


def _argument(article: Article, found: Argument | None) -> str:
    if found is None:
        return ""
    return (f"{found.preposition}:" if found.preposition else "") + article.quote(found.span)


def _value(article: Article, clause: Clause, field: str) -> str:
    several = {"objects": clause.objects, "obliques": clause.obliques}
    if field in several:
        return ", ".join(
            _argument(article, a) if a.preposition or field == "objects" else f":{article.quote(a.span)}"
            for a in several[field]
        )
    value = {
        "subject": _argument(article, clause.subject),
        "particle": article.quote(clause.particle) if clause.particle else "",
        "modals": ", ".join(clause.modals),
        "negated": "yes" if clause.negated else "no",
    }.get(field)
    return str(getattr(clause, field)) if value is None else value


CASES = [(language, case) for language in ("de", "en") for case in cases(f"clauses/{language}")]


@pytest.mark.parametrize(("language", "case"), CASES, ids=[f"{language}: {case.where}" for language, case in CASES])
def test_case(language: str, case: Case) -> None:
    """Every line of a literate case holds of the clause with that predicate."""
    article = _read(case.text, language)
    by_predicate = {article.quote(c.predicate): c for c in article.of(Clause)}
    for line in case.expected:
        predicate, *wanted = [part.strip() for part in line.split(";")]
        fields = dict(part.split("=", 1) for part in wanted)
        clause = by_predicate[predicate]
        assert fields == {field: _value(article, clause, field) for field in fields}, predicate


def _parsed(rows: str, language: str) -> tuple[Article, dict[str, Clause]]:
    """The clauses of a sentence parsed by hand: a line a token, "word lemma UPOS features head relation"."""
    text, marks = "", []
    for row in rows.strip().splitlines():
        word, lemma, upos, feats, head, relation = row.split()
        span = Span(len(text), len(text) + len(word))
        text += word + " "
        marks.append(
            Token(
                span=span, why="", lemma=lemma, upos=upos, feats=feats.strip("_"), head=int(head) - 1, deprel=relation
            )
        )
    sentence = Sentence(span=Span(0, len(text) - 1), why="", part="body")
    article = Article(text=text.strip(), meta=Meta(origin="test", language=language), marks=(sentence, *marks))
    return article, {article.quote(c.predicate): c for c in Clauses()(article)}


def test_passive_perfect_under_a_modal() -> None:
    """Auxiliaries are read from the verb outwards, the finite one last."""
    _, found = _parsed(
        """
        Er er PRON Case=Nom|Number=Sing|Person=3 2 nsubj:pass
        angegriffen angreifen VERB VerbForm=Part 0 root
        worden werden AUX VerbForm=Part 2 aux:pass
        sein sein AUX VerbForm=Inf 2 aux
        soll sollen AUX Mood=Ind|Tense=Pres|VerbForm=Fin 2 aux
        """,
        "de",
    )
    clause = found["angegriffen"]
    assert (clause.voice, clause.tense, clause.modals) == ("passive", "perfect", ("sollen",))


def test_rueckte_lemma_takes_its_particle_once() -> None:
    """A particle is joined to a German lemma that lacks it, and not twice to one that has it."""
    rows = """
        Sie sie PRON Case=Nom 2 nsubj
        rückten {lemma} VERB Mood=Ind|Tense=Past|VerbForm=Fin 0 root
        vor vor ADP _ 2 compound:prt
        """
    lemmas = {_parsed(rows.format(lemma=lemma), "de")[1]["rückten"].lemma for lemma in ("rücken", "vorrücken")}
    assert lemmas == {"vorrücken"}


def test_phrasal_verb_keeps_its_particle_apart() -> None:
    """An English phrasal verb is "call off", not "offcall"."""
    _, found = _parsed(
        """
        They they PRON Case=Nom 2 nsubj
        called call VERB Mood=Ind|Tense=Past|VerbForm=Fin 0 root
        off off ADP _ 2 compound:prt
        talks talk NOUN Number=Plur 2 obj
        """,
        "en",
    )
    assert found["called"].lemma == "call off"


def test_apposition_behind_a_comma_is_no_part_of_the_subject() -> None:
    """The subject of a verb is who is named before the comma, not what else is said of him."""
    article, found = _parsed(
        """
        Lawrow Lawrow PROPN Case=Nom 6 nsubj
        , , PUNCT _ 1 punct
        Moskaus Moskau PROPN Case=Gen 4 nmod
        Außenminister Außenminister NOUN Case=Nom 1 appos
        , , PUNCT _ 1 punct
        schwieg schweigen VERB Mood=Ind|Tense=Past|VerbForm=Fin 0 root
        """,
        "de",
    )
    subject = found["schwieg"].subject
    assert subject is not None
    assert article.quote(subject.span) == "Lawrow"


def test_parents_of_coordinated_complements() -> None:
    """Both of two coordinated complements are embedded in the verb that governs the first."""
    _, found = _parsed(
        """
        He he PRON Case=Nom 2 nsubj
        said say VERB Mood=Ind|Tense=Past|VerbForm=Fin 0 root
        they they PRON Case=Nom 4 nsubj
        left leave VERB Mood=Ind|Tense=Past|VerbForm=Fin 2 ccomp
        and and CCONJ _ 6 cc
        returned return VERB Mood=Ind|Tense=Past|VerbForm=Fin 4 conj
        """,
        "en",
    )
    assert [(found[v].parent_lemma, found[v].kind) for v in ("left", "returned")] == [
        ("say", "complement"),
        ("say", "complement"),
    ]


def test_participle_behind_its_noun_is_passive() -> None:
    """A past participle that modifies a noun is passive, and the noun is its subject."""
    article, found = _parsed(
        """
        a a DET _ 2 det
        territory territory NOUN _ 0 root
        claimed claim VERB Tense=Past|VerbForm=Part 2 acl
        by by ADP _ 5 case
        Morocco Morocco PROPN _ 3 obl
        """,
        "en",
    )
    clause = found["claimed"]
    assert (clause.voice, clause.kind) == ("passive", "participle")
    assert clause.subject is not None
    assert article.quote(clause.subject.span) == "a territory"


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["VERB", "AUX", "NOUN", "PROPN", "PRON", "ADP", "DET", "PUNCT", "SCONJ", "CCONJ", "NUM"]),
            st.sampled_from(
                [
                    "nsubj",
                    "obj",
                    "obl",
                    "root",
                    "conj",
                    "acl",
                    "aux",
                    "cop",
                    "case",
                    "compound",
                    "nmod",
                    "mark",
                    "compound:prt",
                    "punct",
                ]
            ),
            st.sampled_from(["Mood=Ind|Tense=Pres|VerbForm=Fin", "VerbForm=Inf", "VerbForm=Part", "Case=Nom", ""]),
            st.integers(0, 9),
        ),
        min_size=1,
        max_size=10,
    ),
    st.sampled_from(["de", "en"]),
)
def test_any_parse_is_read(rows: list[tuple[str, str, str, int]], language: str) -> None:
    """Whatever tree the parser makes of whatever words, even none at all, clauses end and lie inside the sentence."""
    words = {"VERB": "sagte", "AUX": "hat", "ADP": "in", "PUNCT": ",", "SCONJ": "dass", "NUM": "900"}
    lines = [
        f"{words.get(upos, 'die')} {words.get(upos, 'die')} {upos} {feats or '_'} {head if head <= len(rows) else 0} {rel}"
        for upos, rel, feats, head in rows
    ]
    article, found = _parsed("\n".join(lines), language)
    assert all(0 <= c.span.start < c.span.end <= len(article.text) for c in found.values())


@pytest.mark.parametrize(
    ("noun", "language", "expected"),
    [
        ("Luftangriff", "de", True),
        ("Friedensgespräch", "de", True),
        ("Übergangsregierung", "de", False),
        ("Region", "de", False),
        ("ceasefire", "en", True),
        ("withdrawal", "en", True),
        ("government", "en", False),
        ("hospital", "en", False),
    ],
)
def test_event_nouns(noun: str, language: str, *, expected: bool) -> None:
    """Nouns name events by themselves, as the last part of a compound, or by their ending; exceptions are longer than the rule."""
    assert names_event(noun, language) == expected


@pytest.mark.parametrize("language", ["de", "en"])
def test_tables_load(language: str) -> None:
    """The tables fit their schema, and each language can negate and form a passive."""
    told = grammar(language)
    assert told.negations
    assert "passive" in {meaning for means in told.auxiliaries.values() for meaning in means.values()}
