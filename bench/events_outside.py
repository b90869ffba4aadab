"""Events in the sentences that others coded: PLV, the examples of PLOVER, and the sentences of UniversalPetrarch that hold no event.

Those sets know no status, so an event counts as the type that our PLOVER export gives it: a planned meeting is AGREE there.
"""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec

from depesche.events.chances import Chance, chances, surest
from depesche.events.detecting import mode_of
from depesche.events.export import plover_type
from depesche.events.filling import Choices, Sums, chances_beyond
from depesche.events.lines import Line
from depesche.events.model import linear
from depesche.events.ontology import kind_of, mutual_types
from depesche.events.relations import Told, asked
from depesche.events.scene import Scene, scene_of
from depesche.events.triggers import Candidate
from depesche.record import Article, Event, Row, Span

Reader = Callable[[Row], Article]
_PETRARCH = ("PETR2_GSR_validation.xml", "PETR.UnitTest.records.parsing_parsed_udpipe_2.0.xml")
_IN_PLV = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
"""PLV has one type for giving way in words and in deeds."""
_IN_GSR = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}
"""Types of the PLOVER version in which its examples are coded, by today's names."""
_BETWEEN, _WITHIN = 2.0, 0.3
"""What a word between the two actors counts beside one elsewhere, and one inside a name: "the Ministry of Defence"."""
_BESIDE, _UNKNOWN = 0.1, 0.3
"""What a vote keeps where a side does not fit; how well a side fits that is no actor to us."""
_FAR = 30
"""Steps to what the parse does not connect."""


class Example(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence with the one event that others coded in it.

    Attributes:
        sources: who acts, as named in the sentence; `targets` the other side.
        type: a PLOVER type.
    """

    text: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    type: str


def plv_examples(shared: Path) -> list[Example]:
    """PLV: a pair of actors a sentence."""
    with (shared / "data/events/PLV_train.tsv").open(encoding="utf-8") as stream:
        return [
            Example(text=row["sentence"], sources=(row["source"],), targets=(row["target"],), type=row["gold_root"])
            for row in csv.DictReader(stream, delimiter="\t")
        ]


class _Side(msgspec.Struct, rename="camel"):
    actor_text: str = ""


class _Coded(msgspec.Struct):
    """One row of PLOVER's examples; a side that nobody takes is an empty string there."""

    event: str
    text: str = ""
    source: list[_Side] | str = ""
    target: list[_Side] | str = ""


def gsr_examples(shared: Path) -> list[Example]:
    """The examples of PLOVER, from the CAMEO manual; its row of documentation is none."""
    content = (shared / "data/events/plover_gsr/PLOVER_GSR_CAMEO.txt").read_bytes()
    return [
        Example(
            text=row.text,
            sources=_texts(row.source),
            targets=_texts(row.target),
            type=_IN_GSR.get(row.event, row.event),
        )
        for row in msgspec.json.decode(content, type=list[_Coded])
        if row.text
    ]


def _texts(side: list[_Side] | str) -> tuple[str, ...]:
    return tuple(actor.actor_text for actor in side if actor.actor_text) if isinstance(side, list) else ()


def silent_texts(shared: Path) -> Iterator[str]:
    """Sentences that the validation records of UniversalPetrarch code as holding no event."""
    folder = shared / "data/events/universal_petrarch"
    for name in _PETRARCH:
        for block in re.findall(r"<Sentence .*?</Text>", (folder / name).read_text("utf-8"), flags=re.DOTALL):
            body = re.search(r"<Text>(.*?)</Text>", block, flags=re.DOTALL)
            if body and 'noevents="true"' in block.lower():
                yield " ".join(body[1].split())


def pair_type(article: Article, example: Example) -> str:
    """The likeliest PLOVER type of what is told of a pair of actors; "" where nothing is.

    The candidates vote with their probability, taken for events or not, since the pair is known to have one. A vote counts the more the
    nearer in the parse it is to both actors ("Zarif has condemned a decision of the court to reinstate a ban"), and the likelier the one
    acts and the other suffers.
    """
    sides = [(at, at + len(side)) for side in (*example.sources, *example.targets) for at in [example.text.find(side)]]
    known = {event.span.start: plover_type(event) for event in article.of(Event)}
    scene = scene_of(article)
    votes: dict[str, float] = {}
    likely = sorted(chances(scene), key=lambda chance: chance.candidate.span.start)
    parting = len(example.sources)
    for chance, fit in zip(likely, _fits(likely, scene, sides[:parting], sides[parting:]), strict=True):
        event_type, sure = surest(chance)
        word = chance.candidate
        plover = known.get(word.span.start) or kind_of(event_type, mode_of(word, event_type)).plover
        name = _IN_PLV.get(plover, plover)
        votes[name] = votes.get(name, 0.0) + sure * _nearness(word, sides) * fit
    return max(votes, key=lambda name: votes[name], default="")


def _fits(
    likely: Sequence[Chance], scene: Scene, sources: Sequence[tuple[int, int]], targets: Sequence[tuple[int, int]]
) -> list[float]:
    """By candidate, how well the one side acts in it and the other is acted on."""
    asked_of = [(chance.candidate, surest(chance)[0]) for chance in likely]
    if not asked_of:
        return []
    questions = asked(asked_of)
    options = Choices(questions, scene).actors
    sums = Sums(linear("roles"), options.parts)
    found = []
    for number, question in enumerate(questions):
        own = options.of(number, Told(question.trigger, question.type))
        roles = [
            (option.span, chances_beyond(beyond))
            for option, *beyond in zip(own, *sums.of(own), strict=True)
            if option.span is not None
        ]
        mutual = question.type in mutual_types()
        acts = _likeliest([(span, agent) for span, (agent, _) in roles], sources)
        suffers = _likeliest([(span, agent if mutual else other) for span, (agent, other) in roles], targets)
        found.append((_BESIDE + acts) * (_BESIDE + suffers))
    return found


def _likeliest(roles: Sequence[tuple[Span, float]], side: Sequence[tuple[int, int]]) -> float:
    """The chance of the likeliest mention within a side; of a side that we take for no actor, a fair one."""
    return max(
        (chance for span, chance in roles if any(span.start < high and low < span.end for low, high in side)),
        default=_UNKNOWN,
    )


def _nearness(word: Candidate, sides: Sequence[tuple[int, int]]) -> float:
    line = word.line
    between = min(sides)[0] <= word.span.start <= max(sides)[0]
    inside = any(start <= word.span.start < end for start, end in sides)
    steps = 0
    for start, end in sides:
        tokens = [i for i, token in enumerate(line.tokens) if start <= token.span.start < end]
        steps += min((_steps(line, word.at, i) for i in tokens), default=_FAR)
    return (_BETWEEN if between else 1.0) * (_WITHIN if inside else 1.0) / (1 + steps)


def _steps(line: Line, one: int, other: int) -> int:
    """How many edges of the parse lie between two tokens."""
    ours, theirs = _upward(line, one), _upward(line, other)
    return min((k + theirs.index(at) for k, at in enumerate(ours) if at in theirs), default=_FAR)


def _upward(line: Line, at: int) -> list[int]:
    """A token and those above it."""
    path = [at]
    while (head := line.tokens[path[-1]].head) >= 0 and head not in path:
        path.append(head)
    return path


def told_types(article: Article, *, names: dict[str, str] | None = None) -> list[str]:
    """The PLOVER types of its events, the surest first; `names` says which are called otherwise."""
    types = (plover_type(event) for event in sorted(article.of(Event), key=lambda e: -e.confidence))
    return [(names or {}).get(name, name) for name in types]


def has_sides(article: Article, example: Example) -> bool:
    """Whether an event of the type has a coded actor on each side that the coders filled."""
    return any(
        _named(agents, example.sources, article) and _named(recipients, example.targets, article)
        for event in article.of(Event)
        if plover_type(event) == example.type
        for agents, recipients in [_sides(event)]
    )


def _sides(event: Event) -> tuple[Sequence[Span], Sequence[Span]]:
    """Where its agents and its recipients stand; in a mutual event all sides are both."""
    both = event.evidence.agents + event.evidence.recipients
    return (both, both) if event.type in mutual_types() else (event.evidence.agents, event.evidence.recipients)


def _named(spans: Sequence[Span], actors: Sequence[str], article: Article) -> bool:
    quotes = [article.quote(span) for span in spans]
    return not actors or any(quote in actor or actor in quote for quote in quotes for actor in actors)


def plv(shared: Path, read: Reader) -> None:
    """Print how often the type of a marked pair is right."""
    examples = plv_examples(shared)
    given = anywhere = surest_one = 0
    for example in examples:
        article = read(_row(example.text))
        types = told_types(article, names=_IN_PLV)
        given += pair_type(article, example) == example.type
        anywhere += example.type in types
        surest_one += types[:1] == [example.type]
    print(
        f"PLV, {len(examples)} sentences, type right: actors given {_percent(given, examples)}; "
        f"from raw text {_percent(anywhere, examples)} (of the surest event {_percent(surest_one, examples)})"
    )


def gsr(shared: Path, read: Reader) -> None:
    """Print how often the type of PLOVER's examples is found, and with the actors of both sides."""
    examples = gsr_examples(shared)
    anywhere = surest_one = sides = 0
    for example in examples:
        article = read(_row(example.text))
        types = told_types(article)
        anywhere += example.type in types
        surest_one += types[:1] == [example.type]
        sides += has_sides(article, example)
    print(
        f"PLOVER examples, {len(examples)} sentences, from raw text: type {_percent(anywhere, examples)} "
        f"(of the surest event {_percent(surest_one, examples)}); with an actor of each side {_percent(sides, examples)}"
    )


def silent(shared: Path, read: Reader) -> None:
    """Print on how many sentences without an event we raise an alarm.

    An act is recorded in that set only between two actors that its dictionaries know ("A protestor demolished the building" holds no event);
    hence the second figure.
    """
    texts = list(silent_texts(shared))
    events = [read(_row(text)).of(Event) for text in texts]
    two = sum(any(len({*e.agents, *e.recipients}) > 1 for e in found) for found in events)
    alarms = sum(bool(found) for found in events)
    print(
        f"UniversalPetrarch: false alarms on {alarms} of {len(texts)} sentences without an event, {two} with two sides"
    )


def _row(text: str) -> Row:
    return Row(origin="bench", body=text, language="en")


def _percent(part: int, whole: Sequence[Example]) -> str:
    return f"{100 * part / max(1, len(whole)):.1f}"
