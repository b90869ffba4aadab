"""The texts of the coded English reports: `python -m training.events.wikinews FOLDER OUT.jsonl`.

FOLDER is a copy of AMALGUM's sources (github nitinvwaran/amalgum, commit 1d8808b8f68d1017e784f66ea07e0815581e5b0e): `out/news/*.xml` and
`data/wikinews/AA/wiki_*`, both reports of the English Wikinews (CC BY 2.5, its authors). OUT gets those that stand in `reports/`, one a
line, as `training.events.reports` reads them; no text of theirs is kept in this repository.
"""

import html
import re
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import msgspec

_FURNITURE = re.compile(r"<(figure|caption|table|gallery)\b.*?</\1>", re.DOTALL)
_BLOCK = re.compile(r"<(p|head|item|quote|sp)\b[^>]*>(.*?)</\1>", re.DOTALL)
_INNER = re.compile(r"<(/?)(p|item|list|s|head|quote|sp)\b[^>]*>")
_TAG = re.compile(r"<[^>]+>")
_END = re.compile(
    r"^(Sources?|External links?|Related (news|articles?)|Sister links?|References|See also|Further reading|Notes?|Have your say|Opinion poll|Statistics)\b",
    re.IGNORECASE,
)
_DUMP_END = re.compile(r"^(Sources?|External links?|Related|Sister|References|See also|Further|Notes?)\b.{0,20}$")
_DAY = re.compile(r"(?:\w+day), (\w+ \d+|\d+ \w+), (\d{4})")
_CLOSED = re.compile(r"[.!?:;][\"'”’)\]]*$")
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*$")
_DUMP_CLOSED = re.compile(r"[.!?][\"”’')]*$")
_FOREIGN = re.compile(r"\(\(\w\w+\)\)\s*[A-Z][\w ]+ language:\s*\u200d?")
_HIDDEN = re.compile(r"<(span|strong)\b[^>]*display:\s*none.*?</\1>", re.DOTALL)
_DUMPED = re.compile(r'<doc id="(\d+)"[^>]*title="([^"]*)">(.*?)</doc>', re.DOTALL)
_SHORT_ASIDE, _FRAGMENT, _LONG_ENOUGH, _LEAST_OF_DUMP = 160, 350, 80, 60


class NewsText(msgspec.Struct, frozen=True):
    """One report: paragraphs parted by a blank line, the day of publication where it is known."""

    id: str
    headline: str
    text: str
    published: str | None


def xml_report(name: str, page: str) -> NewsText:
    """A report of `out/news`: its blocks up to the sources."""
    opening = re.search(r"<text [^>]*>", page)
    if opening is None:
        raise ValueError(f"{name}: no <text> element; is this a file of AMALGUM's out/news?")
    title = _attribute(opening[0], "title")
    day, paragraphs = _attribute(opening[0], "dateCreated") or None, list[str]()
    for tag, inner in _BLOCK.findall(_FURNITURE.sub("", page[opening.end() :])):
        line = _one_line(html.unescape(_TAG.sub("", _INNER.sub(" ", inner))))
        if tag == "head":
            if line and line != title and _END.match(line):
                break
            continue
        dated = _DAY.fullmatch(line)
        if dated:
            day = _iso(line) or day
        elif line:
            line = _FOREIGN.sub("", line).replace("\u200d", "").replace("\ufeff", "")
            if not (re.match(r"[—–―-]", line) and len(line) < _SHORT_ASIDE):
                paragraphs.append(line)
    whole: list[str] = []
    for line in paragraphs:
        if whole and not _CLOSED.search(whole[-1]) and len(whole[-1]) < _FRAGMENT:
            whole[-1] += " " + line
        else:
            whole.append(line)
    kept = [line for line in whole if _SENTENCE_END.search(line) or len(line) > _LONG_ENOUGH]
    number = re.search(r"doc\d+", name)
    assert number is not None
    return NewsText(f"wnews-{number[0]}", title, re.sub(r"\[\d+\]", "", "\n\n".join(kept)), day)


def dumped_reports(page: str) -> Iterator[NewsText]:
    """The reports of one `wiki_*` file."""
    for number, title, body in _DUMPED.findall(page):
        plain = _HIDDEN.sub("", html.unescape(re.sub(r"<h1>.*?</h1>", "", body, flags=re.DOTALL)))
        lines = html.unescape(_TAG.sub("", plain)).replace("♡❤", "").split("\n")
        kept = []
        for line in map(_one_line, lines):
            if _DUMP_END.match(line):
                break
            if not line or line.startswith(("BULLET", "—", "–")):
                continue
            if len(line) >= _LEAST_OF_DUMP or _DUMP_CLOSED.search(line):
                kept.append(line)
        text = _FOREIGN.sub("", "\n\n".join(kept)).replace("\u200d", "")
        yield NewsText(f"wndump-{number}", html.unescape(title), text, None)


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return html.unescape(found[1]) if found else ""


def _iso(day: str) -> str | None:
    for form in ("%A, %B %d, %Y", "%A, %d %B, %Y"):
        try:
            return datetime.strptime(day, form).date().isoformat()  # noqa: DTZ007 (a day has no zone)
        except ValueError:
            continue
    return None


def _one_line(text: str) -> str:
    return " ".join(text.split())


def main() -> None:
    """Write the texts of the coded reports."""
    folder, out = Path(sys.argv[1]), Path(sys.argv[2])
    codings = "\n".join(f.read_text("utf-8") for f in (Path(__file__).parent / "reports").glob("*.txt"))
    wanted = set(re.findall(r"^# (\S+)", codings, re.MULTILINE))
    found = [xml_report(f.name, f.read_text("utf-8")) for f in sorted((folder / "out/news").glob("*.xml"))]
    for file in sorted((folder / "data/wikinews/AA").glob("wiki_*")):
        found += dumped_reports(file.read_text("utf-8"))
    kept = {report.id: report for report in found if report.id in wanted}
    if len(kept) < len(wanted):
        print(f"{len(wanted - set(kept))} coded reports are not in {folder}", file=sys.stderr)
    out.write_bytes(b"\n".join(map(msgspec.json.encode, kept.values())) + b"\n")


if __name__ == "__main__":
    main()
