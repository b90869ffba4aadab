"""Places: share of found toponyms within 161 km of their place, on TR-News (places/trnews, see its README).

    python bench/places.py [SHARED]

SHARED is the folder with `data/` (default `../shared`). Countries, regions and cities alike; demonyms ("Turkish") are left out of
"found" unless a place mention covers them. Also prints the share of toponyms found.
"""

import math
import re
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import msgspec

from depesche.blocks import article_of
from depesche.clauses.names import Names
from depesche.clauses.sentences import Sentences
from depesche.clauses.words import Words
from depesche.details.actors import Actors
from depesche.details.places import Places
from depesche.pipeline import Pipeline
from depesche.record import ActorMention, Article, Dateline, Mark, Part, PlaceMention, Row

NEAR_KM = 161.0


class Toponym(msgspec.Struct, frozen=True):
    """A hand-marked toponym: offsets in the text without white space, and its point."""

    phrase: str
    start: int
    lat: float
    lon: float


def main() -> None:
    """Reads the corpus, runs the pipeline, prints the figures."""
    shared = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared")
    corpus = shared / "data/places/trnews/data/tr-news/TR-News.xml"
    if not corpus.exists():
        print(f"places: skipped, {corpus} is not there")
        return
    pipeline = Pipeline([Sentences(), Words(), Names(), Actors(), Places()], given=frozenset({Part, Dateline}))
    show = "--errors" in sys.argv
    gold = found = near = acting = 0
    began = time.perf_counter()
    for text, toponyms in _documents(corpus):
        article = pipeline(article_of(Row(origin="trnews", body=text, language="en")))
        mentions = [(*_squeezed(article, m), m) for m in article.of(PlaceMention)]
        actors = [_squeezed(article, m) for m in article.of(ActorMention)]
        for toponym in toponyms:
            gold += 1
            end = toponym.start + len("".join(toponym.phrase.split()))
            mention = next(
                (m for a, b, m in mentions if a <= toponym.start and end <= b), None
            )  # "southern China" is China
            if mention is None:
                acting += any(a <= toponym.start < b for a, b in actors)
                if show:
                    print("not found:", toponym.phrase)
                continue
            found += 1
            distance = _km(mention.place.lat, mention.place.lon, toponym.lat, toponym.lon)
            near += distance <= NEAR_KM
            if show and distance > NEAR_KM:
                print(f"far: {toponym.phrase} {mention.place.id} {distance:.0f} km, {mention.why}")
    print(f"TR-News: {gold} toponyms, found {100 * found / gold:.1f} % (as an actor or in one {100 * acting / gold:.1f} % more), within 161 km {100 * near / found:.1f} % of found, "
          f"{time.perf_counter() - began:.1f} s")  # fmt: skip


def _documents(corpus: Path) -> Iterator[tuple[str, list[Toponym]]]:
    for node in ET.parse(corpus).getroot().iter("article"):  # noqa: S314 (as above)
        text = node.findtext("text") or ""
        toponyms = []
        for t in node.iter("toponym"):
            tag = t.find("gaztag")
            if tag is not None and tag.findtext("lat"):
                start = int(t.findtext("start") or 0)
                phrase = t.findtext("phrase") or ""
                before = len("".join(text[:start].split()))
                toponyms.append(
                    Toponym(
                        phrase,
                        _nearest("".join(text.split()), "".join(phrase.split()), before=before),
                        float(tag.findtext("lat") or 0),
                        float(tag.findtext("lon") or 0),
                    )
                )
        yield text, toponyms


def _nearest(text: str, phrase: str, *, before: int) -> int:
    """Where a phrase stands nearest to its offset: one offset in eleven is wrong by the line ends of the corpus."""
    starts = [m.start() for m in re.finditer(re.escape(phrase), text)]
    return min(starts, key=lambda s: abs(s - before), default=before)


def _squeezed(article: Article, mention: Mark) -> tuple[int, int]:
    """The span of a mention, counted without white space."""
    start = len("".join(article.text[: mention.span[0]].split()))
    return start, start + len("".join(article.quote(mention.span).split()))


def _km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    a, b = math.radians(lat1), math.radians(lat2)
    h = math.sin((a - b) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(lon1 - lon2) / 2) ** 2
    return 12742.0 * math.asin(min(1.0, math.sqrt(h)))


if __name__ == "__main__":
    main()
