"""Plain text: line and token F1 of the reader and how often its headline is the page's, decoding included: `python -m bench.lines --folds DIR`.

On the lines of the saved pages (`../shared/data/page/lines.jsonl.gz`), each page read by models that never saw its publisher; DIR is where
`python -m training.pages.lines DATA/page DIR` wrote them.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from training.pages.lines import Lines, line_scores, pages

from depesche.blocks.context import CLASSES
from depesche.blocks.forest import load, looks
from depesche.blocks.plain import line_labels

SHARED = Path(__file__).parents[2] / "shared/data/page"


def main() -> int:
    """Print one line for German pages and one for all."""
    if not SHARED.exists():
        print(f"skipped: {SHARED} is not there")
        return 0
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--folds", type=Path, required=True, help="folder with the models of the folds")
    options = parser.parse_args()
    found: dict[str, list[tuple[float, float, float]]] = {"de": [], "all": []}
    for page in pages(SHARED):
        models = load(options.folds / f"{page.name}.npz") if page.lines else looks("lines")
        labels = line_labels(page.lines, models=models)
        guess = np.array([CLASSES.index(label) if label in CLASSES else 0 for label in labels], dtype=np.int64)
        found["all"].append((*line_scores(page, guess), headline_score(page, labels)))
        if page.language == "de":
            found["de"].append(found["all"][-1])
    for name, scores in found.items():
        line, token, headline = 100 * np.nanmean(scores, axis=0)
        print(
            f"{name:4} {len(scores):4} pages   line F1 {line:5.1f}   token F1 {token:5.1f}   headline exact {headline:5.1f}"
        )
    return 0


def headline_score(page: Lines, labels: Sequence[str]) -> float:
    """1 where the line taken for the headline is the page's title, else 0; NaN where no line of the page is its title."""
    titles = {line for line, kind in zip(page.lines, page.gold.tolist(), strict=True) if CLASSES[kind] == "headline"}
    mine = [line for line, label in zip(page.lines, labels, strict=True) if label == "headline"]
    return float(bool(titles.intersection(mine))) if titles else float("nan")


if __name__ == "__main__":
    sys.exit(main())
