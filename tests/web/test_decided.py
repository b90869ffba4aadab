"""What people decided stands beside the rows of the page."""

import re

from depesche.store import Correction, Decision, Judged
from depesche.web import page_of
from depesche.web.drawing import HEIGHT, WIDTH, map_of
from tests.factories import record

HOSTILE = "<img src=x onerror=alert(1)>"


def judgement(verdict: str, correction: Correction | None = None) -> Judged:
    """A decision about the event of the report."""
    event = record().events[0]
    return Judged(
        kind="event",
        finding=event.id,
        decision=Decision(
            article="k", kind="event", start=0, end=4, quote="traf", was="CONSULT", person=HOSTILE, note=HOSTILE,
            verdict="reject" if verdict == "reject" else "correct", correction=correction, decided="2026-01-01",
        ),
    )  # fmt: skip


def test_a_decision_is_shown_and_cannot_run() -> None:
    """With who decided, what is otherwise, and why; names and notes are text."""
    page = page_of(record(), [judgement("correct", Correction(status="planned"))])
    said = re.search(r'<div class="decision">(.*?)</div>', page)
    assert said
    assert said[1].startswith("corrected by &lt;img")
    assert "status=planned" in said[1]
    assert HOSTILE not in page
    assert 'data-row="e0" tabindex="0" class="verbal-cooperation reject"' in page_of(record(), [judgement("reject")])


def test_names_on_the_map_cover_neither_each_other_nor_its_edge() -> None:
    """Where there is no room for a name it is left to the tooltip."""
    drawn = map_of(record())
    assert drawn
    for dot in drawn.dots:
        assert dot.title
        assert 0 <= dot.label_x <= WIDTH
        assert 0 <= dot.label_y <= HEIGHT
