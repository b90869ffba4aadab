"""The scorers of the events bench on a few sentences: keys of MUC, stages, calibration, and the sets of others."""

import io
import json
import tarfile
from pathlib import Path

import pytest
from bench.events import pairs_of
from bench.events_calibration import calibration_error, judged, reliability
from bench.events_muc import (
    Incident,
    Outcome,
    coded_reports,
    folded,
    incidents,
    macro,
    published,
    stage_scores,
    told_stage,
)
from bench.events_outside import Example, gsr_examples, has_sides, plv_examples, silent_texts, told_types
from training.events.muc import wire_messages

from depesche.record import Article, Event, EventType, Evidence, Meta, Sentence, Span, Status

KEY = """;;; a remark of the coders
0.  MESSAGE: ID                     TST9-MUC9-0001
1.  MESSAGE: TEMPLATE               1 (OPTIONAL)
4.  INCIDENT: TYPE                  BOMBING / ATTACK
5.  INCIDENT: STAGE OF EXECUTION    ACCOMPLISHED / ATTEMPTED
6.  INCIDENT: INSTRUMENT ID         "TWO CHARGES" / "CHARGES"
                                    "FUSE"
9.  PERP: INDIVIDUAL ID             -
12. PHYS TGT: ID                    "\\"EL FARO\\" BRIDGE"
16. PHYS TGT: EFFECT OF INCIDENT    SOME DAMAGE: "\\"EL FARO\\" BRIDGE"

0.  MESSAGE: ID                     TST9-MUC9-0002
1.  MESSAGE: TEMPLATE               *
4.  INCIDENT: TYPE                  *
5.  INCIDENT: STAGE OF EXECUTION    *
"""
SENTENCES = ("Rebels blew up the bridge.", "Police said a plan to attack the mayor had failed.", "Strikers met.")


def told(*events: tuple[str, EventType, Status, float], text: str = " ".join(SENTENCES)) -> Article:
    """A report with events at the first place of their words."""
    article = Article(text=text, meta=Meta(origin="test", language="en"))
    marks: list[Sentence | Event] = []
    for sentence in SENTENCES:
        start = text.find(sentence)
        if start >= 0:
            span = Span(start, start + len(sentence))
            marks.append(Sentence(span=span, part="body", why="test"))
    for word, event_type, status, confidence in events:
        at = text.index(word)
        around = next(m.span for m in marks if m.span.start <= at < m.span.end)
        event = Event(
            id=f"e{at}",
            span=Span(at, at + len(word)),
            why="test",
            type=event_type,
            mode=None,
            sentence=around,
            status=status,
            confidence=confidence,
        )
        marks.append(event)
    return article.with_marks(tuple(marks))


def incident(*fillers: str, kind: str = "ATTACK") -> Incident:
    """An incident with one wording for each filler."""
    wordings = tuple(frozenset({folded(filler)}) for filler in fillers)
    return Incident(report="r", kind=kind, stages=("accomplished",), optional=False, fillers=wordings)


def test_a_key_is_read_slot_by_slot() -> None:
    """Fillers keep their wordings, further lines belong to their slot, set fills are no fillers, and "no incident" is none."""
    (found,) = incidents(KEY)
    assert (found.report, found.kind, found.optional) == ("TST9-MUC9-0001", "BOMBING", True)
    assert found.stages == ("accomplished", "attempted")
    assert found.fillers == (
        frozenset({" two charges ", " charges "}),
        frozenset({" fuse "}),
        frozenset({" el faro bridge "}),
    )


@pytest.mark.parametrize(
    ("fillers", "stage"),
    [(("bridge",), "accomplished"), (("mayor",), "attempted"), (("harbour",), "accomplished"), ((), "accomplished")],
)
def test_the_acts_beside_the_fillers_tell_the_stage(fillers: tuple[str, ...], stage: str) -> None:
    """Only sentences that name a filler count; where none does, the surest act of the report decides."""
    article = told(("blew up", "ASSAULT", "happened", 0.9), ("attack", "ASSAULT", "not_happened", 0.6))
    assert told_stage(incident(*fillers), article) == stage


def test_other_acts_tell_no_stage() -> None:
    """A meeting says nothing of an attack; a threat says that it is threatened; a strike is what a work stoppage is."""
    assert told_stage(incident("strikers"), told(("met", "CONSULT", "happened", 0.9))) is None
    assert told_stage(incident("mayor"), told(("plan", "THREATEN", "happened", 0.9))) == "threatened"
    strike = told(("Strikers", "PROTEST", "ongoing", 0.9))
    assert told_stage(incident("strikers", kind="FORCED WORK STOPPAGE"), strike) == "accomplished"


def test_always_accomplished_has_a_third_of_its_f1() -> None:
    """Macro F1 sees what accuracy hides: stages that are never told."""
    done: Outcome = (("accomplished",), "accomplished")
    missed: Outcome = (("threatened",), "accomplished")
    floor = [*[done] * 9, missed]
    counts, f1 = zip(*stage_scores(floor).values(), strict=True)
    assert counts == (9, 0, 1)
    assert f1 == pytest.approx((18 / 19, 0, 0))
    assert macro(floor) == pytest.approx(18 / 19 / 3)


def test_untold_incidents_are_missed_and_either_stage_may_be_right() -> None:
    """No act told costs recall, not precision; an incident of two stages counts for the one that was told."""
    scores = stage_scores([(("accomplished",), None), (("accomplished", "attempted"), "attempted")])
    assert (scores["accomplished"], scores["attempted"]) == ((1, 0), (1, 1))


def test_datelines_without_a_year_give_no_day() -> None:
    """Only a whole date is a day of publication; dates in the report itself are none."""
    assert published("LIMA, 17 JUNE 89 (EFE) -- [TEXT] ON 3 MAY 88") == "1989-06-17"
    assert published("LIMA, 17 JUN (EFE) -- [TEXT] ON 3 MAY 88") is None


def test_messages_of_one_part_only(tmp_path: Path) -> None:
    """Test messages come from the files of their part, without its key, each with what stands below its number."""
    archive = tmp_path / "muc.tar.gz"
    files = {
        "tst9/tst9-muc9": "TST9-MUC9-0001\n\nONE\n\nTST9-MUC9-0002 (X)\n\nTWO\n",
        "tst9/key-tst9": KEY,
        "dev/dev-muc3": "DEV-MUC3-0001\n\nNO",
    }
    with tarfile.open(archive, "w:gz") as packed:
        for name, content in files.items():
            member = tarfile.TarInfo(f"raw/CORPORA/{name}")
            member.size = len(content)
            packed.addfile(member, io.BytesIO(content.encode()))
    found = [(number, text.strip()) for number, text in wire_messages(archive, part="tst9")]
    assert found == [("TST9-MUC9-0001", "ONE"), ("TST9-MUC9-0002", "TWO")]


def test_reports_coded_for_training_are_known(tmp_path: Path) -> None:
    """Every sentence id of a wire report names a report that is not for measuring."""
    (tmp_path / "en1.ids").write_text("muc-0042-0\nmuc-0042-1\nge-7\nmuc-0901-3\n", "utf-8")
    assert coded_reports(tmp_path) == {"DEV-MUC3-0042", "DEV-MUC3-0901"}


def test_bins_are_of_equal_width_and_hold_their_lower_bound() -> None:
    """Full confidence falls into the last bin, empty bins are left out, and the error weighs bins by their events."""
    bins = reliability([(1.0, True), (0.9, True), (0.5, False), (0.59, True)])
    assert [(b.low, b.count, b.right) for b in bins] == [(0.5, 2, 0.5), (0.9, 2, 1.0)]
    assert calibration_error(bins) == pytest.approx((2 * 0.045 + 2 * 0.05) / 4)
    assert calibration_error([]) == 0


def test_a_coded_event_is_found_once() -> None:
    """Of two events of a type in a sentence with one coded, the surer is right."""
    article = told(("blew up", "ASSAULT", "happened", 0.9), ("bridge", "ASSAULT", "happened", 0.4))
    assert list(judged(article, [((0, 26), "ASSAULT")])) == [(0.9, True), (0.4, False)]


def test_triggers_become_pairs_of_sentence_and_type() -> None:
    """What lies in no coded sentence is counted apart, so that it costs precision."""
    found = pairs_of([(3, "AID"), (9, "AID"), (40, "AID")], [(0, 10)])
    assert found == {((0, 10), "AID"): 2, None: 1}


def test_the_sets_of_others_are_read(tmp_path: Path) -> None:
    """Old names of types become today's, a side that nobody takes is empty, and only sentences marked so are silent."""
    events = tmp_path / "data/events"
    (events / "plover_gsr").mkdir(parents=True)
    (events / "universal_petrarch").mkdir()
    rows = [
        {"event": "DOCUMENT"},
        {
            "event": "DEMAND",
            "text": "Mali asked Niger.",
            "source": [{"actorText": "Mali", "code": "MLI"}],
            "target": "",
        },
    ]
    (events / "plover_gsr/PLOVER_GSR_CAMEO.txt").write_text(json.dumps(rows), "utf-8")
    (events / "PLV_train.tsv").write_text("sentence\tsource\ttarget\tgold_root\nA hit B.\tA\tB\tASSAULT\n", "utf-8")
    silent = '<Sentence id="1"><EventCoding noevents="True" /><Text>\nRain\nfell.\n</Text></Sentence>'
    spoken = '<Sentence id="2"><EventCoding eventcode="190" /><Text>A hit B.</Text></Sentence>'
    for name in ("PETR2_GSR_validation.xml", "PETR.UnitTest.records.parsing_parsed_udpipe_2.0.xml"):
        (events / "universal_petrarch" / name).write_text(silent + spoken, "utf-8")
    assert gsr_examples(tmp_path) == [Example(text="Mali asked Niger.", sources=("Mali",), targets=(), type="REQUEST")]
    assert plv_examples(tmp_path) == [Example(text="A hit B.", sources=("A",), targets=("B",), type="ASSAULT")]
    assert list(silent_texts(tmp_path)) == ["Rain fell.", "Rain fell."]


def test_types_are_those_of_the_export() -> None:
    """An announced meeting is an agreement to meet there; the surest event comes first; a set may call types otherwise."""
    article = told(("met", "CONSULT", "planned", 0.5), ("blew up", "ASSAULT", "happened", 0.9))
    assert told_types(article) == ["ASSAULT", "AGREE"]
    assert told_types(article, names={"AGREE": "YIELD"}) == ["ASSAULT", "YIELD"]


@pytest.mark.parametrize(("targets", "right"), [(("the bridge",), True), (("the harbour",), False), ((), True)])
def test_sides_must_be_the_coded_ones(targets: tuple[str, ...], right: bool) -> None:  # noqa: FBT001 (a column of cases)
    """Each side that the coders filled needs one of its actors."""
    article = told()
    event = Event(
        id="e",
        span=Span(7, 14),
        why="test",
        type="ASSAULT",
        mode=None,
        sentence=Span(0, 26),
        evidence=Evidence(agents=(Span(0, 6),), recipients=(Span(15, 25),)),
    )
    example = Example(text=article.text, sources=("Rebels",), targets=targets, type="ASSAULT")
    assert has_sides(article.with_marks((event,)), example) is right
