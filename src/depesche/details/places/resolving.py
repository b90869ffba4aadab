"""Which of the places of one name is meant: by its holder, the report's countries, its size, and the other places named."""

import math
from collections import Counter
from functools import cache, lru_cache

from depesche.details.places.finding import Candidate
from depesche.knowledge.gazetteer import gazetteer
from depesche.knowledge.lookup import prominence
from depesche.knowledge.rows import PlaceRow, StateRow, rows
from depesche.knowledge.spelling import fold

_NEAR_KM, _WIDE_KM, _HELD_KM = 200.0, 900.0, 900.0
_SIZE, _COUNTRY, _NEAR, _HELD = 0.12, 0.35, 0.15, 1.6
_FAMED = 0.3
"""For capitals and cities with a German name of their own: "Geneva" is not Geneva, New York, because the report speaks of the USA."""
_EARTH_KM = 12742.0


def resolve(candidates: list[Candidate], countries: Counter[str]) -> list[tuple[Candidate, PlaceRow, float, str]]:
    """The place of each candidate, with a confidence in 0..1 and the reason.

    Args:
        candidates: the places found in one report.
        countries: how often the report speaks of each country, ISO 3166-1 alpha-3.
    """
    spoken = Counter(countries)
    for candidate in candidates:
        if len({r.country for r in candidate.rows}) == 1 and candidate.rows[0].country:
            spoken[candidate.rows[0].country] += 1
    first = {c: max(c.rows, key=lambda r, c=c: _score(r, c, spoken, ())) for c in candidates}  # type: ignore[misc]  # bound per item
    settled = tuple({row.id: row for row in first.values() if row.kind in {"city", "site"}}.values())
    return [(c, *_best(c, spoken, settled)) for c in candidates]


def _best(candidate: Candidate, countries: Counter[str], settled: tuple[PlaceRow, ...]) -> tuple[PlaceRow, float, str]:
    scored = sorted(((_score(r, candidate, countries, settled), r.id, r) for r in candidate.rows), reverse=True)
    best, _, row = scored[0]
    margin = best - scored[1][0] if len(scored) > 1 else 0.5
    why = "held by what follows" if candidate.after and _held(row, candidate.after) else "only place" if len(scored) == 1 else (
        "country of the report" if countries[row.country] else "biggest of that name"
    )  # fmt: skip
    return row, round(min(0.99, 0.5 + min(best, 1.0) * 0.3 + min(margin, 0.5) * 0.4), 2), f"{candidate.evidence}; {why}"


def _score(row: PlaceRow, candidate: Candidate, countries: Counter[str], settled: tuple[PlaceRow, ...]) -> float:
    score = _SIZE * math.log10(prominence(row) + 10)
    if countries[row.country]:
        score += _COUNTRY * (0.5 + 0.5 * countries[row.country] / max(countries.values()))
    if row.kind == "city" and (row.name_de or (row.country, fold(row.name)) in _capitals()):
        score += _FAMED
    reach = _NEAR_KM if row.kind in {"city", "site"} else _WIDE_KM
    if any(o.id != row.id and kilometres(row, o) < reach for o in settled):
        score += _NEAR
    if candidate.after:
        score += _HELD * _held(row, candidate.after)
    return score


@cache
def _capitals() -> frozenset[tuple[str, str]]:
    """Country and folded name of each capital."""
    return frozenset((state.iso3, fold(state.capital)) for state in rows("states", StateRow))


@lru_cache(maxsize=4096)
def _holders(form: str) -> tuple[PlaceRow, ...]:
    return gazetteer().named(form)


def _held(row: PlaceRow, form: str) -> float:
    """How surely the place lies in one of the countries or regions of that name, 0..1; the nearer to a region's middle, the surer."""
    best = 0.0
    for holder in _holders(form):
        if holder.id == row.id or holder.country != row.country:
            continue
        if holder.kind == "country":
            best = 1.0
        elif holder.kind == "region":
            best = max(best, 1.0 - kilometres(holder, row) / _HELD_KM)
    return best


def kilometres(a: PlaceRow, b: PlaceRow) -> float:
    """Distance on the sphere (haversine), in km."""
    lat1, lat2 = math.radians(a.lat), math.radians(b.lat)
    h = math.sin((lat1 - lat2) / 2) ** 2
    h += math.cos(lat1) * math.cos(lat2) * math.sin(math.radians(a.lon - b.lon) / 2) ** 2
    return _EARTH_KM * math.asin(min(1.0, math.sqrt(h)))
