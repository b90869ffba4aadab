"""One report as one self-contained HTML page: the text on the left, the record beside it, each lighting up the other.

Nothing that came from an article can run: the template escapes every value, the JSON is data in which `<` does not
occur, and the page's own policy allows the one script below by its hash and no address at all.
"""

import base64
import hashlib
import itertools
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from functools import cache
from pathlib import Path

import jinja2
import msgspec

from depesche.document import Record
from depesche.store.decisions import Judged, key_of, spelled
from depesche.web.drawing import HEIGHT, WIDTH, map_of, timeline_of
from depesche.web.families import FAMILIES, family_of
from depesche.web.segments import Anchor, Piece, anchors, pieces

Labelled = tuple[str, tuple[Piece, ...]]
"""The label of a part, and its text in pieces."""

_ASIDE = {"teaser", "comment", "chrome"}
_TITLE = {"kicker", "headline"}
_HERE = Path(__file__).parent / "templates"


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """What a person decided about a row, as the page says it."""

    verdict: str
    person: str
    changes: str
    note: str | None


def page_of(record: Record, judged: Iterable[Judged] = ()) -> str:
    """The page, complete in itself.

    Args:
        record: the document as the machine made it.
        judged: what people decided about its findings; it is shown beside them.
    """
    found = tuple(anchors(record))
    script = (_HERE / "report.js").read_text("utf-8")
    actors = {a.id: a for a in record.actors}
    places = {p.id: p for p in record.places}
    return (
        _environment()
        .get_template("report.html.jinja")
        .render(
            record=record,
            article=record.article,
            title=_labelled(record, found, of=_TITLE),
            runs=_runs(record, found),
            decided=dict(_decided(record, judged)),
            families=_families(record),
            event_ids={e.id for e in record.events},
            actors=actors,
            places=places,
            map=map_of(record),
            timeline=timeline_of(record),
            width=WIDTH,
            height=HEIGHT,
            style=(_HERE / "report.css").read_text("utf-8"),
            script=script,
            script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
            json=record.json().decode().replace("<", "\\u003c"),
        )
    )


def _families(record: Record) -> list[tuple[str, str, int]]:
    """Every family of events that the report has: its name, its class, and how many."""
    count = Counter(family_of(event.type) for event in record.events)
    classes = ((name, name.replace(" ", "-")) for name in FAMILIES)
    return [(name, family, count[family]) for name, family in classes if count[family]]


def _runs(record: Record, found: tuple[Anchor, ...]) -> list[tuple[bool, list[Labelled]]]:
    """The parts in reading order, in runs of what belongs to the report and what only stands around it."""
    labels = {p.label for p in record.article.parts} - _TITLE
    labelled = _labelled(record, found, of=labels)
    return [(aside, list(run)) for aside, run in itertools.groupby(labelled, key=lambda part: part[0] in _ASIDE)]


def _labelled(record: Record, found: tuple[Anchor, ...], *, of: Container[str]) -> list[Labelled]:
    """The parts with these labels, in reading order, cut into pieces."""
    parts = [p for p in record.article.parts if p.label in of]
    return [(p.label, tuple(pieces(record.article.text, within=p.span, found=found))) for p in parts]


def _decided(record: Record, judged: Iterable[Judged]) -> Iterator[tuple[str, Shown]]:
    """The key of each row that a person has decided about, with the decision."""
    rows: dict[tuple[str, str], str] = {("event", e.id): f"e{n}" for n, e in enumerate(record.events)}
    rows |= {("figure", f.id): f"f{n}" for n, f in enumerate(record.figures)}
    rows |= {("statement", key_of(s)): f"s{n}" for n, s in enumerate(record.statements) if s.content}
    for one in judged:
        decision = one.decision
        yield (
            rows[one.kind, one.finding],
            Shown(
                verdict=decision.verdict,
                person=decision.person,
                changes=spelled(decision.correction) if decision.correction else "",
                note=decision.note,
            ),
        )


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["family"] = family_of
    environment.filters["quote"] = lambda span, text: text[span[0] : span[1]] if span else ""
    return environment
