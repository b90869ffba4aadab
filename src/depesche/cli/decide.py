"""Commands for what people decide about findings."""

from pathlib import Path
from typing import IO

import click
import msgspec

from depesche.errors import InputError
from depesche.store import Correction, Decision, OpenRecord, Verdict, take_decisions
from depesche.store import decide as decide_now
from depesche.store.decisions import spelled

_LISTS = {"agents", "recipients"}
_EXAMPLES = """
\b
Examples:
  depesche query record.db events --verdict none
  depesche decide record.db 3f2a90c1d4e5b607 accept --person eva
  depesche decide record.db 3f2a90c1d4e5b607 correct status=planned agents=Kerry,person/sergey-lavrov --person eva
  depesche decide record.db 3f2a90c1d4e5b607 withdraw --person eva
"""


@click.command(epilog=_EXAMPLES)
@click.argument("record", type=click.Path(path_type=Path), metavar="RECORD")
@click.argument("finding", metavar="ID")
@click.argument("verdict", type=click.Choice(["accept", "reject", "correct", "withdraw"]))
@click.argument("changes", nargs=-1, metavar="[FIELD=VALUE]...")
@click.option("--person", required=True, envvar="DEPESCHE_PERSON", help="Who decides (or set DEPESCHE_PERSON).")
@click.option("--note", metavar="TEXT", help="Why.")
def decide(  # noqa: PLR0913 (one parameter an argument or option)
    *, record: Path, finding: str, verdict: Verdict, changes: tuple[str, ...], person: str, note: str | None
) -> None:
    """Accept, reject or correct a finding, or withdraw what was decided.

    ID is the event_id, figure_id or statement_id that `query` prints. What the machine found stays beside the decision; a
    finding that is rejected no longer counts, a corrected one counts as corrected, also after the report is read anew.

    Fields: type, mode, status, agents, recipients, place, when, source (events); what, low, high, approximate, who, place,
    when, source, status (figures); speaker, mode, said_at (statements). Several agents are parted by commas; an empty
    value takes a field away.
    """
    made = decide_now(
        record,
        finding,
        verdict=verdict,
        person=person,
        note=note,
        correction=_correction(changes) if changes else None,
    )
    click.echo(_line(made))


@click.command()
@click.argument("record", type=click.Path(path_type=Path), metavar="RECORD")
@click.option("--format", "form", type=click.Choice(["text", "jsonl"]), default="text", show_default=True)
@click.option(
    "--take", type=click.File("rb"), help="Take over the decisions of a JSON Lines file (- for standard input)."
)
def decisions(record: Path, form: str, take: IO[bytes] | None) -> None:
    """List what people have decided, or take over what was decided in another copy of the record."""
    if take:
        made = [_decision(line, number) for number, line in enumerate(take, start=1) if line.strip()]
        click.echo(f"{take_decisions(record, made)} decisions taken over")
        return
    with OpenRecord(record) as opened:
        for decision in opened.decisions():
            click.echo(_line(decision) if form == "text" else msgspec.json.encode(decision).decode())


def _correction(changes: tuple[str, ...]) -> Correction:
    """The correction that `FIELD=VALUE` arguments spell."""
    values: dict[str, object] = {}
    for change in changes:
        field, equals, value = change.partition("=")
        if not equals:
            raise InputError("write a change as FIELD=VALUE, such as status=planned", where=change)
        if field in _LISTS:
            values[field] = [name.strip() for name in value.split(",") if name.strip()]
        else:
            values[field] = value or None
    try:
        return msgspec.convert(values, Correction, strict=False)
    except msgspec.ValidationError as error:
        raise InputError(str(error), where="correction") from error


def _decision(line: bytes, number: int) -> Decision:
    try:
        return msgspec.json.decode(line, type=Decision)
    except msgspec.DecodeError as error:
        raise InputError(
            f"no decision ({error}); take what `depesche decisions --format jsonl` wrote", where=f"line {number}"
        ) from error


def _line(decision: Decision) -> str:
    pieces = [
        decision.decided[:10],
        f"{decision.person}:",
        decision.verdict,
        f"{decision.kind} {decision.was}",
        f'"{decision.quote[:60]}"',
        f"({spelled(decision.correction)})" if decision.correction else "",
        decision.note or "",
    ]
    return " ".join(piece for piece in pieces if piece)
