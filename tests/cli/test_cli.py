"""The command line: what it prints, what it says of bad input, how it exits."""

import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from depesche import __version__
from depesche.cli import main
from depesche.cli.text import TextPrinter

SAMPLE = Path(__file__).parents[2] / "samples" / "2016-09-20-hilfskonvoi-urum-al-kubra.html"


def run(*arguments: str | Path, given: str | bytes | None = None) -> Result:
    """One command."""
    return CliRunner().invoke(main, [str(a) for a in arguments], input=given)


def test_version_and_help_with_examples() -> None:
    """Both exit with 0."""
    assert run("--version").stdout == f"depesche, version {__version__}\n"
    helped = run("read", "--help")
    assert helped.exit_code == 0
    assert "depesche read report.txt --published 2016-07-26" in helped.stdout


def test_text_is_readable_at_80_columns() -> None:
    """The headline, the date and how it is known, the events with their sentence, no colour where nobody sees it."""
    printed = run("read", SAMPLE).stdout
    assert printed.startswith("Angriff auf Hilfskonvoi\nUN stoppen alle Hilfstransporte in Syrien\n")
    assert "2016-09-20 (stated by the page" in printed
    assert "EVENTS (" in printed
    assert max(len(line) for line in printed.splitlines()) <= 80
    assert "\x1b" not in printed


def test_json_is_one_object_for_one_report_and_an_array_for_several(tmp_path: Path) -> None:
    """As record.md says; JSON Lines is one a line."""
    rows = tmp_path / "rows.jsonl"
    rows.write_text('{"body": "Kerry traf Lawrow in Genf."}\n{"body": "Lawrow traf Kerry in Wien."}\n')
    assert json.loads(run("read", SAMPLE, "--format", "json").stdout)["schema"] == 1
    assert [r["schema"] for r in json.loads(run("read", rows, "--format", "json").stdout)] == [1, 1]
    assert len(run("read", rows, "--format", "jsonl").stdout.splitlines()) == 2


def test_every_bad_input_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    """Missing path, empty file, binary file, row without body: exit status 1, the good ones printed."""
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "binary.txt").write_bytes(b"a\0b")
    (tmp_path / "rows.jsonl").write_text('{"id": "x"}\n{"body": "Kerry traf Lawrow in Genf."}\n')
    result = run("read", tmp_path / "nowhere.html", tmp_path, "--format", "jsonl")
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 1
    for said in (
        "nowhere.html: no such file",
        "empty.txt: the file is empty",
        "binary.txt: this is binary",
        "rows.jsonl#1",
    ):
        assert said in result.stderr


def test_a_date_that_is_none_is_refused(tmp_path: Path) -> None:
    """With what would be right."""
    (tmp_path / "a.txt").write_text("Kerry traf Lawrow.")
    result = run("read", tmp_path / "a.txt", "--published", "26.7.2016")
    assert result.exit_code == 1
    assert "write it as 2016-07-26" in result.stderr


def test_standard_input_and_output_file(tmp_path: Path) -> None:
    """`-` reads, `--output` writes."""
    out = tmp_path / "out.jsonl"
    result = run(
        "read", "-", "--format", "jsonl", "--output", out, given="Kerry traf Lawrow am 9. September 2016 in Genf."
    )
    assert (result.exit_code, result.stdout) == (0, "")
    assert json.loads(out.read_text("utf-8"))["article"]["origin"] == "standard input"


def test_a_date_given_resolves_the_weekday() -> None:
    """Unresolved without, that day with it."""
    text = "Genf - Kerry sprach am Dienstag mit Lawrow über die Waffenruhe in Syrien."
    times = [
        json.loads(run("read", "-", "--format", "json", *more, given=text).stdout)["times"][0]["edtf"]
        for more in ((), ("--published", "2016-07-26"))
    ]
    assert times[1] == "2016-07-26"
    assert times[0] != "2016-07-26"


def test_build_query_show_and_export(tmp_path: Path) -> None:
    """A record is made, asked, looked at and exported."""
    record, page = tmp_path / "r.db", tmp_path / "page.html"
    built = run("build", SAMPLE, "--into", record)
    assert built.exit_code == 0
    assert "1 report read" in built.stderr
    rows = [json.loads(x) for x in run("query", record, "articles", "--format", "jsonl").stdout.splitlines()]
    assert rows[0]["headline"] == "UN stoppen alle Hilfstransporte in Syrien"
    assert run("query", record, "figures", "--text", "Zivilist").stdout.count("killed") == 1
    assert run("show", rows[0]["article"], "--record", record, "--html", page).exit_code == 0
    assert "Content-Security-Policy" in page.read_text("utf-8")
    assert run("export", record, "--format", "csv", "--output", tmp_path / "csv").exit_code == 0
    assert (tmp_path / "csv" / "events.csv").exists()


def test_a_person_decides_and_the_record_follows(tmp_path: Path) -> None:
    """Corrected by FIELD=VALUE, listed, shown, handed to another copy of the record; nonsense is refused with the remedy."""
    record, other = tmp_path / "r.db", tmp_path / "other.db"
    for path in (record, other):
        run("build", SAMPLE, "--into", path)
    event = json.loads(run("query", record, "events", "--format", "jsonl").stdout.splitlines()[0])["event_id"]
    made = run("decide", record, event, "correct", "status=possible", "agents=", "--person", "eva", "--note", "vague")
    assert made.exit_code == 0
    assert "eva: correct event" in made.stdout
    found = run("query", record, "events", "--verdict", "correct", "--format", "jsonl").stdout.splitlines()
    assert [(r["status"], r["agents"], r["decided_by"]) for r in map(json.loads, found)] == [("possible", [], "eva")]
    lines = run("decisions", record, "--format", "jsonl").stdout
    assert run("decisions", other, "--take", "-", given=lines).stdout == "1 decisions taken over\n"
    assert run("decisions", other).stdout == run("decisions", record).stdout
    article = json.loads(run("query", record, "articles", "--format", "jsonl").stdout)["article"]
    assert run("show", article, "--record", record, "--html", tmp_path / "p.html").exit_code == 0
    assert "corrected by eva: status=possible, agents= — vague" in (tmp_path / "p.html").read_text("utf-8")
    for arguments, said in (
        (("decide", record, event, "correct", "status", "--person", "eva"), "write a change as FIELD=VALUE"),
        (("decide", record, event, "correct", "status=done", "--person", "eva"), "Invalid enum value 'done'"),
        (("decide", record, "nothing", "accept", "--person", "eva"), "no finding with this id"),
    ):
        result = run(*arguments)
        assert (result.exit_code, said in result.stderr) == (1, True), result.stderr


def test_a_question_to_no_record_is_refused(tmp_path: Path) -> None:
    """No traceback, the remedy named."""
    for arguments in (("query", tmp_path / "no.db", "events"), ("rejects", tmp_path / "no.db")):
        result = run(*arguments)
        assert result.exit_code == 1
        assert "no such record; make one with" in result.stderr


def test_a_table_says_that_there_is_more_and_a_file_holds_all(tmp_path: Path) -> None:
    """A hundred rows are a page to look at, not the answer; a table of nothing has its header in CSV."""
    rows, record = tmp_path / "rows.jsonl", tmp_path / "r.db"
    rows.write_text("".join(json.dumps({"id": str(n), "body": f"Kerry traf Lawrow {n}."}) + "\n" for n in range(103)))
    run("build", rows, "--into", record)
    table = run("query", record, "articles")
    assert len(table.stdout.splitlines()) == 101
    assert "There are more than these 100: --limit shows more" in table.stderr
    assert run("query", record, "articles", "--limit", "103").stderr == ""
    assert len(run("query", record, "articles", "--format", "csv").stdout.splitlines()) == 104
    assert len(run("query", record, "articles", "--format", "jsonl", "--limit", "7").stdout.splitlines()) == 7
    nothing = run("query", record, "figures", "--format", "csv").stdout
    assert nothing.startswith("figure_id,article,headline")
    assert len(nothing.splitlines()) == 1


def test_a_build_names_what_it_could_not_read(tmp_path: Path) -> None:
    """The first few at once, all of them on demand; the exit status says that something is missing."""
    (tmp_path / "in").mkdir()
    for n in range(4):
        (tmp_path / "in" / f"{n}.pdf").write_bytes(b"%PDF-1.4")
    one = run("build", tmp_path / "nowhere", "--into", tmp_path / "r.db")
    assert (one.exit_code, "nowhere: no such file or folder" in one.stderr) == (1, True)
    assert "depesche rejects" not in one.stderr
    many = run("build", tmp_path / "in", "--into", tmp_path / "r.db")
    assert many.stderr.count("this is a PDF file") == 3
    assert "All that could not be read: depesche rejects" in many.stderr
    assert run("rejects", tmp_path / "r.db").stdout.count("this is a PDF file") == 4


def test_a_path_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """No traceback, whatever the command."""
    record = tmp_path / "r.db"
    run("build", SAMPLE, "--into", record)
    for arguments in (
        ("query", record, "events", "--output", tmp_path / "no" / "x.csv"),
        ("export", record, "--format", "geojson", "--output", tmp_path / "no" / "x.json"),
        ("export", record, "--format", "csv", "--output", record),
        ("show", SAMPLE, "--html", tmp_path / "no" / "x.html"),
        ("build", SAMPLE, "--into", tmp_path / "r.db" / "x.db"),
    ):
        result = run(*arguments)
        assert (result.exit_code, "check the path and its rights" in result.stderr) == (1, True), arguments


def test_a_closed_pipe_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """`depesche read … | head` ends quietly."""

    def closed(*_: object) -> None:
        raise BrokenPipeError

    monkeypatch.setattr(TextPrinter, "add", closed)
    monkeypatch.setattr("sys.stderr", io.StringIO())
    assert run("read", SAMPLE).exit_code == 0


def test_who_and_where_answer_from_the_knowledge_base() -> None:
    """In either language, with the office of a day; an unknown name and a day that is none are refused."""
    assert run("who", "Lawrow", "--on", "2016-07-26").stdout.splitlines()[:2] == [
        "Sergey Lavrov (Sergej Lawrow)  person  RUS  person/sergey-lavrov",
        "    Foreign Minister  2004-03-09 to today",
    ]
    assert "place/geneva" in run("where", "Genf").stdout.splitlines()[0]
    assert run("where", "Nirgendheim").exit_code == 1
    assert "is no ISO day" in run("who", "Kerry", "--on", "gestern").stderr
