"""What a query gives back, typed."""

import msgspec


class FoundEvent(msgspec.Struct, frozen=True, kw_only=True):
    """One event with its report; `agents`, `recipients`, `source` and `place` are names, the ids stand beside them.

    `witnesses` are all outlets that carry it, where their reports are copies of one another; `verdict` and `decided_by` are
    what a person decided about it.
    """

    event_id: str
    article: str
    headline: str | None
    outlet: str | None
    published: str | None
    type: str
    mode: str | None
    trigger: str
    agents: tuple[str, ...]
    agent_ids: tuple[str, ...]
    recipients: tuple[str, ...]
    recipient_ids: tuple[str, ...]
    place: str | None
    country: str | None
    lat: float | None
    lon: float | None
    when: str | None
    status: str
    source: str | None
    source_id: str | None
    confidence: float
    sentence: str
    start: int
    end: int
    made_by: str
    why: str
    witnesses: tuple[str, ...]
    verdict: str | None = None
    decided_by: str | None = None


class FoundFigure(msgspec.Struct, frozen=True, kw_only=True):
    """One count of people with its report."""

    figure_id: str
    article: str
    headline: str | None
    outlet: str | None
    published: str | None
    what: str
    low: int | None
    high: int | None
    approximate: bool
    who: str | None
    place: str | None
    country: str | None
    when: str | None
    source: str | None
    status: str
    sentence: str
    start: int
    end: int
    made_by: str
    why: str
    verdict: str | None = None
    decided_by: str | None = None


class FoundStatement(msgspec.Struct, frozen=True, kw_only=True):
    """One statement with its report."""

    statement_id: str
    article: str
    headline: str | None
    outlet: str | None
    published: str | None
    speaker: str | None
    speaker_id: str | None
    mode: str
    said_at: str | None
    content: str
    hedged: bool
    start: int
    end: int
    made_by: str
    why: str
    verdict: str | None = None
    decided_by: str | None = None


class FoundActor(msgspec.Struct, frozen=True, kw_only=True):
    """An actor of the record with how often it is named and acts."""

    id: str
    name: str
    name_de: str | None
    kind: str
    country: str | None
    known: bool
    reports: int
    as_agent: int
    as_recipient: int


class FoundArticle(msgspec.Struct, frozen=True, kw_only=True):
    """A report of the record."""

    article: str
    headline: str | None
    outlet: str | None
    language: str
    published: str | None
    known_by: str
    origin: str
    url: str | None
    events: int
    duplicate_of: str | None
    first_seen: str
    last_seen: str


Found = FoundEvent | FoundFigure | FoundStatement | FoundActor | FoundArticle
