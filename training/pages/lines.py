"""Train the line classifier of plain text: `python -m training.pages.lines ../shared/data/page`.

Learns from `lines.jsonl.gz` (the saved pages as plain text, every line labelled); each page also as the bare report and as
a crawl that kept little around it. Prints cross-validated figures, publishers kept apart; writes `models/lines.npz`.
"""

import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt
from training.pages.learn import Recipe, Sample, cross_validated, fitted, probabilities

from depesche.blocks.canonical import fold_line
from depesche.blocks.context import CLASSES
from depesche.blocks.forest import save
from depesche.blocks.lines import NAMES, line_features, line_groups

MODEL = Path(__file__).parents[2] / "src/depesche/models/lines.npz"
_CLASS = {
    "title": "headline", "standfirst": "standfirst", "body": "body", "body_merged": "body", "subhead": "subheading",
    "caption": "caption", "credit": "caption", "author": "byline",
}  # fmt: skip
_AROUND = 6
RECIPE = Recipe(networks=4, hidden=24, decay=0.3, epochs=12, rounds=120, leaves=12, rate=0.07, columns=0.3, sure=0.998)


class Lines(msgspec.Struct, frozen=True, kw_only=True):
    """One page as text: its lines and their classes."""

    name: str
    publisher: str
    language: str
    lines: tuple[str, ...]
    gold: npt.NDArray[np.int64]
    variant: str = "full"


def pages(folder: Path) -> list[Lines]:
    """The pages as their text came."""
    found = []
    with gzip.open(folder / "lines.jsonl.gz", "rt", encoding="utf-8") as stream:
        for row in map(json.loads, stream):
            kept = [
                (text, CLASSES.index(_CLASS.get(line["y"], "other")))
                for line in row["lines"]
                if (text := fold_line(line["t"]))
            ]
            found.append(
                Lines(
                    name=row["id"], publisher=row["id"].split("_")[0], language=row["lang"] or "",
                    lines=tuple(text for text, _ in kept), gold=np.array([label for _, label in kept], dtype=np.int64),
                )
            )  # fmt: skip
    return found


def variants(page: Lines) -> list[Lines]:
    """The page, its bare report, and the report with a few lines around it, as crawls leave them."""
    report = [i for i, label in enumerate(page.gold) if label]
    if not report:
        return [page]
    around = range(max(0, report[0] - _AROUND), min(len(page.gold), report[-1] + 4 * _AROUND))
    return [page, _cut(page, report, variant="bare"), _cut(page, _picture_first(page, around), variant="near")]


def _picture_first(page: Lines, around: Sequence[int]) -> list[int]:
    """The lines in the order of a page whose picture stands over its headline: that of the first caption and title swapped."""
    title = next((i for i in around if page.gold[i] == CLASSES.index("headline")), None)
    caption = CLASSES.index("caption")
    picture = [i for i in around if title is not None and title < i <= title + _AROUND and page.gold[i] == caption]
    if title is None or not picture:
        return list(around)
    rest = [i for i in around if i not in picture]
    return rest[: rest.index(title)] + picture + rest[rest.index(title) :]


def _cut(page: Lines, kept: Sequence[int], *, variant: str) -> Lines:
    return msgspec.structs.replace(
        page, lines=tuple(page.lines[i] for i in kept), gold=page.gold[list(kept)], variant=variant
    )


def sample(page: Lines) -> Sample:
    """A page as the classifiers see it."""
    return Sample(
        name=page.name, publisher=page.publisher, language=page.language, rows=line_features(page.lines), gold=page.gold,
        sizes=np.array([len(line) for line in page.lines], dtype=np.float32), groups=line_groups(page.lines),
    )  # fmt: skip


def line_scores(page: Lines, guess: npt.NDArray[np.int64]) -> tuple[float, float]:
    """(line F1, token F1) of the report: body and subheadings, with the standfirst or without, whichever is better."""
    best = (0.0, 0.0)
    for wanted in ({3, 4}, {2, 3, 4}):
        gold, mine = np.isin(page.gold, list(wanted)), np.isin(guess, list(wanted))
        for other in ({3, 4}, {2, 3, 4}):
            mine = np.isin(guess, list(other))
            both = 2 * (gold & mine).sum() / max(1, gold.sum() + mine.sum())
            theirs, ours = _tokens(page, gold), _tokens(page, mine)
            shared = 2 * sum((theirs & ours).values()) / max(1, sum(theirs.values()) + sum(ours.values()))
            best = max(best, (float(both), float(shared)))
    return best


def _tokens(page: Lines, chosen: npt.NDArray[np.bool_]) -> Counter[str]:
    return Counter(re.findall(r"\w+", " ".join(line for line, keep in zip(page.lines, chosen, strict=True) if keep)))


def main() -> None:
    """Train, measure, write."""
    if len(sys.argv) < 2:
        sys.exit("usage: python -m training.pages.lines DATA/page [FOLDER FOR THE FOLDS' MODELS]")
    texts = [variant for page in pages(Path(sys.argv[1])) if page.lines for variant in variants(page)]
    samples = [sample(text) for text in texts]
    models = cross_validated(samples, RECIPE, columns=NAMES)
    guesses = [probabilities(s, m).argmax(axis=1) for s, m in zip(samples, models, strict=True)]
    for variant in ("full", "near", "bare"):
        for language in ("de", ""):
            chosen = [
                line_scores(t, g)
                for t, g in zip(texts, guesses, strict=True)
                if t.variant == variant and language in t.language
            ]
            line, token = np.mean(chosen, axis=0) * 100
            print(
                f"{variant:5} {language or 'all':4} {len(chosen):4} pages   line F1 {line:5.1f}   token F1 {token:5.1f}"
            )
    if len(sys.argv) > 2:
        for text, model in zip(texts, models, strict=True):
            save(Path(sys.argv[2]) / f"{text.name}.npz", model)
    save(MODEL, fitted(samples, models, RECIPE))


if __name__ == "__main__":
    main()
