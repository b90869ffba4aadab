"""Events on the map (RFC 7946)."""

from pathlib import Path

import msgspec

from depesche.store.exports.everything import all_events
from depesche.store.queries import OpenRecord


class Point(msgspec.Struct, frozen=True, kw_only=True, tag="Point"):
    """Longitude and latitude, WGS 84 degrees."""

    coordinates: tuple[float, float]


class Properties(msgspec.Struct, frozen=True, kw_only=True):
    """What a map shows of an event."""

    event: str
    mode: str | None
    status: str
    agents: tuple[str, ...]
    recipients: tuple[str, ...]
    place: str | None
    when: str | None
    according_to: str | None
    sentence: str
    headline: str | None
    outlet: str | None
    published: str | None


class Feature(msgspec.Struct, frozen=True, kw_only=True, tag="Feature"):
    """One event."""

    id: str
    geometry: Point
    properties: Properties


def write_geojson(record: OpenRecord, path: Path) -> None:
    """A FeatureCollection, written feature by feature, so that its size does not matter."""
    with path.open("w", encoding="utf-8") as stream:
        stream.write('{"type":"FeatureCollection","features":[')
        first = True
        for event in all_events(record):
            if event.lon is None or event.lat is None:
                continue
            feature = Feature(
                id=event.event_id,
                geometry=Point(coordinates=(event.lon, event.lat)),
                properties=Properties(
                    event=event.type, mode=event.mode, status=event.status, agents=event.agents,
                    recipients=event.recipients, place=event.place, when=event.when, according_to=event.source,
                    sentence=event.sentence, headline=event.headline, outlet=event.outlet, published=event.published,
                ),
            )  # fmt: skip
            stream.write(("\n" if first else ",\n") + msgspec.json.encode(feature).decode())
            first = False
        stream.write("\n]}\n")
