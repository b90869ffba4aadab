"""Reports made from the bundled samples by variation: as many as a benchmark wants, all different, all ours."""

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

from depesche.acquire import sources
from depesche.blocks import article_of
from depesche.record import Page, Part

SAMPLES = Path(__file__).parent.parent / "samples"
WORDS = 400


def paragraphs() -> dict[str, list[str]]:
    """Language → the body paragraphs of all samples."""
    found: dict[str, list[str]] = {}
    for source in sources(str(SAMPLES)):
        assert isinstance(source, Page)
        article = article_of(source)
        bodies = [article.quote(p.span) for p in article.of(Part) if p.label == "body"]
        found.setdefault(article.language, []).extend(bodies)
    return found


def reports(count: int, *, seed: int = 1) -> Iterator[dict[str, str]]:
    """Rows of about 400 words: paragraphs in a new order, with other numbers and days."""
    chance = random.Random(seed)  # noqa: S311 (variation, not secrets)
    stock = paragraphs()
    for number in range(count):
        language = chance.choice(sorted(stock))
        body: list[str] = []
        while sum(len(p.split()) for p in body) < WORDS:
            body.append(
                re.sub(r"\b[1-9]\d{1,2}\b", lambda _: str(chance.randrange(10, 999)), chance.choice(stock[language]))
            )
        day = f"2016-{chance.randrange(7, 10):02d}-{chance.randrange(1, 29):02d}"
        yield {
            "id": f"v{seed}-{number}",
            "headline": f"{body[0].split('.')[0][:80]} ({number})",
            "body": "\n\n".join(body),
            "language": language,
            "published": day,
            "source": f"Outlet {number % 40}",
        }


def write(path: Path, count: int) -> None:
    """A JSON Lines table of variations."""
    with path.open("w", encoding="utf-8") as stream:
        for row in reports(count):
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")
