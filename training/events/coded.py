"""The coded reports beside what our own stages find in them: which candidate is a trigger, which actor, place and time is meant.

Alignment follows the scorer's rules (`gold/README.md`): an actor of ours stands for at most one coded actor.
"""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import msgspec

from depesche.blocks import article_of
from depesche.events.scene import Scene, scene_of
from depesche.events.triggers import Candidate, all_candidates
from depesche.pipeline import Pipeline, default_stages
from depesche.record import Actor, Article, Dateline, Part, Row

_STATE_LIKE = frozenset({"state", "government", "military", "police", "legislature", "judiciary"})


class CodedActor(msgspec.Struct, frozen=True):
    """An actor as coded by hand."""

    name: str
    kind: str
    country: str | None = None
    also: tuple[str, ...] = ()


class CodedEvent(msgspec.Struct, frozen=True):
    """An event as coded by hand; `s` is its sentence, `nth` which occurrence of the trigger's text in it is meant."""

    s: int
    trigger: str
    type: str
    status: str
    mode: str | None = None
    nth: int = 1
    agents: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    place: str | None = None
    when: str | None = None
    source: str | None = None


class CodedReport(msgspec.Struct, frozen=True, dict=True):
    """One line of `gold/*.jsonl`."""

    id: str
    lang: str
    text: str
    sentences: tuple[tuple[int, int], ...]
    actors: dict[str, CodedActor]
    events: tuple[CodedEvent, ...]

    def span_of(self, event: CodedEvent) -> tuple[int, int]:
        """The trigger's characters."""
        start, end = self.sentences[event.s]
        position = start - 1
        for _ in range(event.nth):
            position = self.text.index(event.trigger, position + 1, end)
        return position, position + len(event.trigger)


class Coded(msgspec.Struct, frozen=True, dict=True):
    """A report read by our stages, with its coding (None for a report with nothing in it)."""

    article: Article
    report: CodedReport | None
    marked: dict[str, tuple[tuple[int, int], ...]] = {}
    """Of a report coded in its text: where each actor is named."""
    alone: bool = False
    """Whether each sentence was coded by itself: of actors that stand elsewhere nothing is known then."""

    @cached_property
    def scene(self) -> Scene:
        """The article laid out."""
        return scene_of(self.article)

    @cached_property
    def candidates(self) -> list[list[Candidate]]:
        """The candidates of each sentence."""
        return all_candidates(self.scene)

    @cached_property
    def triggers(self) -> dict[tuple[int, int], CodedEvent]:
        """The coded event of each candidate that is a trigger, by (line, token)."""
        found: dict[tuple[int, int], CodedEvent] = {}
        if self.report is None:
            return found
        flat = [c for line in self.candidates for c in line]
        for event in self.report.events:
            start, end = self.report.span_of(event)
            over = [c for c in flat if c.span.start < end and start < c.span.end]
            over.sort(key=lambda c: (all(e.type != event.type for e in c.entries), not c.entries, c.upos != "VERB"))
            free = next((c for c in over if (c.line.number, c.at) not in found), None)
            if free is not None:
                found[free.line.number, free.at] = event
        return found

    @property
    def placed(self) -> bool:
        """Whether it was coded where its events take place."""
        return self.report is not None and any(event.place is not None for event in self.report.events)

    @cached_property
    def stands_for(self) -> dict[str, str]:
        """Our actor ids, each with the coded actor it stands for."""
        assert self.report is not None
        if self.marked:
            return self._by_place()
        texts: dict[str, set[str]] = {}
        for line in self.scene.lines:
            for mention in line.actors:
                texts.setdefault(mention.actor.id, set()).add(self.article.quote(mention.span))
        found = {}
        for actor_id, actor in self.scene.actors.items():
            scores = {
                key: likeness(coded, actor, texts.get(actor_id, set())) for key, coded in self.report.actors.items()
            }
            best = max(scores, key=lambda key: scores[key], default=None)
            if best is not None and scores[best]:
                found[actor_id] = best
        return found

    def _by_place(self) -> dict[str, str]:
        over: dict[str, Counter[str]] = {}
        for mention in (m for line in self.scene.lines for m in line.actors):
            for key, spans in self.marked.items():
                if any(a < mention.span.end and mention.span.start < b for a, b in spans):
                    over.setdefault(mention.actor.id, Counter())[key] += 1
        return {actor: keys.most_common(1)[0][0] for actor, keys in over.items()}


def fold(text: str | None) -> str:
    """A name without case, accents and punctuation, as the scorer compares it."""
    plain = unicodedata.normalize("NFKD", text or "").casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", plain.replace("ß", "ss")))


def likeness(coded: CodedActor, actor: Actor, texts: set[str]) -> int:
    """How surely two actors are one: 3 by proper name (a person by last name), 2 by a name against a mention, 1 by mention or kind and country."""
    own = {fold(coded.name)} - {""}
    ours = {fold(actor.name), fold(actor.name_de)} - {""}
    if own & ours:
        return 3
    if coded.kind == actor.kind == "person" and {n.split()[-1] for n in own} & {n.split()[-1] for n in ours}:
        return 3
    all_own = own | {fold(x) for x in coded.also} - {""}
    all_ours = ours | {fold(x) for x in texts} - {""}
    if own & all_ours or all_own & ours:
        return 2
    if all_own & all_ours:
        return 1
    kinds = {coded.kind, actor.kind}
    same_country = coded.country is not None and coded.country == actor.country
    alike = kinds <= {"state", "government"} or (len(kinds) == 1 and kinds <= _STATE_LIKE)
    return 1 if same_country and alike else 0


def place_names(scene: Scene, place: str) -> set[str]:
    """All folded names under which a place of ours counts."""
    names: set[str] = set()
    for mention in scene.possible_places:
        if mention.place.id == place:
            names |= {fold(mention.place.name), fold(mention.place.name_de), fold(scene.article.quote(mention.span))}
    return names


def read_coded(folder: Path, part: str) -> list[Coded]:
    """The coded reports of one part ("train", "dev"), read by all stages before this one."""
    rows = [json.loads(line) for line in (folder / f"{part}.input.jsonl").read_text("utf-8").splitlines()]
    reports = [
        msgspec.json.decode(line, type=CodedReport)
        for line in (folder / f"{part}.jsonl").read_text("utf-8").splitlines()
    ]
    articles = piped(article_of(Row(origin=part, **row)) for row in rows)
    return [Coded(article, report) for article, report in zip(articles, reports, strict=True)]


def read_silence(folder: Path) -> list[Coded]:
    """The reports without events that were written for training (`silence_*.txt`)."""
    rows = []
    for file in sorted(folder.glob("silence_*.txt")):
        language = file.stem.split("_")[1]
        for number, block in enumerate(file.read_text("utf-8").split("\n\n")):
            lines = [line for line in block.splitlines() if line and not line.startswith("#")]
            if lines:
                body = "\n\n".join(lines[1:])
                rows.append(
                    Row(origin=file.name, id=f"{file.stem}-{number}", headline=lines[0], body=body, language=language)
                )
    return [Coded(article, None) for article in piped(article_of(row) for row in rows)]


_MARK = re.compile(r"\[(?P<name>[^\]]+)\](?P<key>\d+)|\{(?P<trigger>[^}|]+)(?:\|(?P<code>[^}]+))?\}")
_CODE = re.compile(
    r"(?P<type>[A-Z]+) (?P<status>\w) ?(?P<agents>[\d,]*)(?:>(?P<recipients>[\d,]+))?(?:@(?P<source>\d+)|%(?P<place>\d+))*"
)
STATUS_LETTERS = {
    "h": "happened",
    "o": "ongoing",
    "p": "planned",
    "r": "proposed",
    "t": "threatened",
    "m": "possible",
    "n": "not_happened",
}


def read_marked(folder: Path, *, pattern: str) -> list[Coded]:
    """The reports that were written (`coded_*.txt`) or written anew in German after English ones (`translated_*.txt`), and coded in their text."""
    found = []
    for file in sorted(folder.glob(pattern)):
        language = file.stem.split("_")[1]  # coded_de_more.txt is German too
        for number, block in enumerate(file.read_text("utf-8").split("\n\n")):
            lines = [line for line in block.splitlines() if line and not line.startswith("#")]
            found.append(
                _marked("\n\n".join([lines[0], " ".join(lines[1:])]), language=language, name=f"{file.stem}-{number}")
            )
    articles = piped(article for article, _, _ in found)
    return [Coded(article, report, marked) for article, (_, report, marked) in zip(articles, found, strict=True)]


def _marked(
    block: str, *, language: str, name: str
) -> tuple[Article, CodedReport, dict[str, tuple[tuple[int, int], ...]]]:
    """One marked report: its text, its events (each in a "sentence" of its own, the trigger) and where its actors stand."""
    text, at = "", 0
    events: list[CodedEvent] = []
    triggers: list[tuple[int, int]] = []
    marked: dict[str, list[tuple[int, int]]] = {}
    placed: list[str | None] = []
    for match in _MARK.finditer(block):
        text += block[at : match.start()]
        word = match["name"] or match["trigger"]
        span = len(text), len(text) + len(word)
        text, at = text + word, match.end()
        if match["key"]:
            marked.setdefault(match["key"], []).append(span)
        elif match["code"]:
            code = _CODE.fullmatch(match["code"])
            if code is None:
                raise ValueError(f"{name}: {match[0]} is not coded as TYPE status agents>recipients@source")
            triggers.append(span)
            placed.append(code["place"])
            events.append(
                CodedEvent(
                    len(events),
                    word,
                    code["type"],
                    STATUS_LETTERS[code["status"]],
                    source=code["source"],
                    agents=tuple(filter(None, code["agents"].split(","))),
                    recipients=tuple(filter(None, (code["recipients"] or "").split(","))),
                )
            )
    text += block[at:]
    headline, body = text.split("\n\n")
    article = article_of(Row(origin="marked", id=name, headline=headline, body=body, language=language))
    if article.text != text:
        raise ValueError(f"{name}: the canonical text differs from what is written: {article.text!r}")
    actors = {key: CodedActor(text[a:b], "other") for key, ((a, b), *_) in marked.items()}
    events = [
        msgspec.structs.replace(event, place=actors[key].name if key in actors else None)
        for event, key in zip(events, placed, strict=True)
    ]
    report = CodedReport(name, language, text, tuple(triggers), actors, tuple(events))
    return article, report, {key: tuple(spans) for key, spans in marked.items()}


def piped(articles: Iterator[Article]) -> list[Article]:
    """The articles, read by all stages before the events."""
    stages = [stage for stage in default_stages() if stage.name != "events"]
    return list(Pipeline(stages, given=frozenset({Part, Dateline})).many(articles))
