"""A record as text for people: readable at 80 columns, coloured on a terminal only."""

from collections.abc import Iterable

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from depesche.document import Record
from depesche.document.rows import ActorRow, EventRow, FigureRow, StatementRow
from depesche.record import Span

_STATUS_STYLE = {
    "happened": "",
    "ongoing": "",
    "planned": "cyan",
    "proposed": "cyan",
    "threatened": "yellow",
    "possible": "yellow",
    "not_happened": "red",
}
_KNOWN_BY = {
    "given": "given by the caller",
    "metadata": "stated by the page",
    "url": "from the address",
    "text": "stated in the text",
    "inferred": "inferred",
    "unknown": "unknown",
}


class TextPrinter:
    """Prints one record after the other, parted by a rule."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._count = 0

    def add(self, record: Record) -> None:
        """Print one record."""
        if self._count:
            self._console.rule(style="dim")
        self._count += 1
        View(record, self._console).print()

    def close(self) -> None:
        """Nothing is left to print."""


class View:
    """One record on the console."""

    def __init__(self, record: Record, console: Console) -> None:
        self._record = record
        self._console = console
        self._text = record.article.text
        self._actors = {a.id: a for a in record.actors}
        self._places = {p.id: p for p in record.places}

    def print(self) -> None:
        """Head, events, statements, figures, who is who."""
        self._head()
        record = self._record
        if record.article.not_article:
            self._console.print(Text(f"No report: {record.article.not_article}", style="yellow"))
        self._section("EVENTS", record.events)
        for event in record.events:
            self._event(event)
        self._section("STATEMENTS", record.statements)
        for statement in record.statements:
            self._statement(statement)
        self._section("FIGURES", record.figures)
        for figure in record.figures:
            self._figure(figure)
        named = [a for a in record.actors if a.known]
        self._section("WHO IS WHO", named)
        if named:
            self._who(named)
        self._console.print()

    def _head(self) -> None:
        article = self._record.article
        if article.kicker:
            self._console.print(Text(article.kicker, style="dim"))
        self._console.print(Text(article.headline or "(no headline)", style="bold"))
        date = article.published
        how, (reason, *others) = _KNOWN_BY[date.known_by], date.why.split("; ")
        reasons = f"{reason} and {len(others)} further reasons" if others else reason
        when = f"{date.edtf or 'date unknown'} ({how}{': ' + reasons if date.edtf and date.why != how else ''})"
        where = "/".join((*article.dateline, *article.agencies))
        facts = [article.source or article.origin, article.language, when, where]
        self._console.print(Text(" · ".join(f for f in facts if f), style="dim"))
        if date.contradicts:
            self._console.print(Text(f"The text speaks against this date: {date.contradicts}", style="yellow"))

    def _section(self, title: str, rows: Iterable[object]) -> None:
        count = len(list(rows))
        self._console.print()
        self._console.print(Text(f"{title} ({count})" if count else f"{title}: none", style="bold blue"))

    def _event(self, event: EventRow) -> None:
        grid = Table.grid(padding=(0, 1), pad_edge=False)
        for width in (20, 20, 20, 15):
            grid.add_column(width=width, overflow="fold")
        kind = event.type + (f"/{event.mode}" if event.mode else "")
        where = self._places[event.place].name if event.place in self._places else ""
        grid.add_row(
            Text(self._names(event.agents) or "?", style="bold"),
            Text.assemble((kind, "bold"), "\n", (event.status, _STATUS_STYLE[event.status])),
            self._names(event.recipients),
            "\n".join(filter(None, (where, event.when or ""))),
        )
        self._console.print()
        self._console.print(grid)
        quote = self._quoted(event.sentence, event.trigger)
        if event.source:
            quote = Text.assemble((f"according to {self._name(event.source)}: ", "italic"), quote)
        self._console.print(Padding(quote, (0, 0, 0, 3), expand=False))

    def _statement(self, statement: StatementRow) -> None:
        speaker = self._name(statement.speaker) if statement.speaker else self._slice(statement.speaker_span) or "?"
        content = " … ".join(self._slice(span) for span in statement.content)
        to = f" to {self._names(statement.to)}" if statement.to else ""
        head = Text.assemble((speaker, "bold"), f"{to} ({statement.mode}): ")
        self._console.print()
        self._console.print(Text.assemble(head, content))

    def _figure(self, figure: FigureRow) -> None:
        facts = [
            f"{'about ' if figure.approximate else ''}{_bounds(figure)} {figure.what}",
            figure.who or "",
            self._places[figure.place].name if figure.place in self._places else "",
            figure.when or "",
            figure.status if figure.status != "happened" else "",
            f"according to {self._name(figure.source)}" if figure.source else "",
        ]
        line = Text(" · ".join(f for f in facts if f), style="bold")
        self._console.print()
        self._console.print(line)
        sentence = next((s for s in self._record.article.sentences if s.holds(figure.span)), figure.span)
        self._console.print(Padding(self._quoted(sentence, figure.span), (0, 0, 0, 3), expand=False))

    def _who(self, actors: Iterable[ActorRow]) -> None:
        grid = Table.grid(padding=(0, 2), pad_edge=False)
        for actor in actors:
            grid.add_row(Text(actor.name, style="bold"), actor.office or actor.kind, actor.country or "")
        self._console.print(grid)

    def _quoted(self, sentence: Span, marked: Span) -> Text:
        before, after = self._text[sentence.start : marked.start], self._text[marked.end : sentence.end]
        return Text.assemble(
            (before, "dim"), ("[" + self._slice(marked) + "]", "bold magenta"), (after, "dim")
        )  # the brackets show the trigger where there is no colour

    def _names(self, ids: Iterable[str]) -> str:
        return ", ".join(self._name(i) for i in ids)

    def _name(self, actor_id: str) -> str:
        actor = self._actors.get(actor_id)
        return actor.name if actor else actor_id

    def _slice(self, span: Span | None) -> str:
        return self._text[span.start : span.end] if span else ""


def _bounds(figure: FigureRow) -> str:
    """The bounds as a person writes them; digits are grouped by spaces (ISO 80000-1)."""
    low, high = (None if n is None else f"{n:,}".replace(",", " ") for n in (figure.low, figure.high))
    if low == high:
        return low or "?"
    if high is None:
        return f"at least {low}"
    return f"at most {high}" if low is None else f"{low} to {high}"
