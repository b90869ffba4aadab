"""One report as one self-contained HTML page: the text on the left, the record beside it, each lighting up the other.

Nothing that came from an article can run: the template escapes every value, the JSON is data in which `<` does not
occur, and the page's own policy allows the one script below by its hash and no address at all.
"""

import base64
import hashlib
import itertools
from functools import cache
from pathlib import Path

import jinja2

from depesche.document import Record
from depesche.web.drawing import HEIGHT, WIDTH, map_of, timeline_of
from depesche.web.segments import Anchor, Piece, anchors, pieces

_ASIDE = {"teaser", "comment", "chrome"}
_HERE = Path(__file__).parent / "templates"


def page_of(record: Record) -> str:
    """The page, complete in itself."""
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
            runs=_runs(record, found),
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


def _runs(record: Record, found: tuple[Anchor, ...]) -> list[tuple[bool, list[tuple[str, tuple[Piece, ...]]]]]:
    """The parts in reading order, in runs of what belongs to the report and what only stands around it."""
    text = record.article.text
    labelled = ((p.label, tuple(pieces(text, within=p.span, found=found))) for p in record.article.parts)
    return [(aside, list(run)) for aside, run in itertools.groupby(labelled, key=lambda part: part[0] in _ASIDE)]


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["quote"] = lambda span, text: text[span[0] : span[1]] if span else ""
    return environment
