"""Train the block classifier of web pages: `python -m training.pages.blocks ../shared/data/page`.

Learns from the saved pages of `fundus` (MIT); prints what it reaches by cross-validation, publishers kept apart, and
writes `src/depesche/models/blocks.npz` (or the file named last).
"""

import gzip
import json
import sys
from pathlib import Path

import numpy as np
from sklearn.metrics import classification_report
from training.pages.align import aligned, gold_of
from training.pages.learn import Recipe, Sample, cross_validated, fitted, probabilities

from depesche.blocks.bylines import stated_authors
from depesche.blocks.context import CLASSES
from depesche.blocks.decode import as_utf8
from depesche.blocks.forest import save
from depesche.blocks.headline import headline_of
from depesche.blocks.jsonld import linked_facts
from depesche.blocks.structure import block_rows, names
from depesche.blocks.survey import surveyed
from depesche.blocks.walk import walked

MODEL = Path(__file__).parents[2] / "src/depesche/models/blocks.npz"


def samples(folder: Path) -> list[Sample]:
    """Every saved page with its features and the classes of its blocks."""
    found = []
    for line in (folder / "fundus/gold.jsonl").open(encoding="utf-8"):
        row = json.loads(line)
        page = gzip.decompress((folder / "fundus" / row["html"]).read_bytes())
        tree = walked(as_utf8(page, is_utf8=surveyed(page).is_utf8))
        if not tree.blocks:
            continue
        linked = linked_facts(tree.linked)
        headline = headline_of(tree, linked)
        rows = block_rows(tree, linked, headline, authors=stated_authors(tree, linked))
        found.append(
            Sample(
                name=row["id"],
                publisher=row["publisher"],
                language=row["lang"] or "",
                rows=rows.features,
                gold=np.array(aligned(tree.blocks, gold_of(row))),
                sizes=rows.sizes,
                groups=rows.groups,
                asked=rows.asked,
            )
        )
    return found


def main() -> None:
    """Train, measure, write."""
    if len(sys.argv) < 2:
        sys.exit("usage: python -m training.pages.blocks DATA/page [FOLDER FOR THE FOLDS' MODELS [FILE FOR THE MODEL]]")
    pages = samples(Path(sys.argv[1]))
    recipe = Recipe()
    models = cross_validated(pages, recipe, columns=names())
    guesses = [probabilities(page, model).argmax(axis=1) for page, model in zip(pages, models, strict=True)]
    gold = np.concatenate([page.gold for page in pages])
    print(classification_report(gold, np.concatenate(guesses), target_names=CLASSES, digits=3))
    if len(sys.argv) > 2:
        Path(sys.argv[2]).mkdir(parents=True, exist_ok=True)
        for page, model in zip(pages, models, strict=True):
            save(Path(sys.argv[2]) / f"{page.name}.npz", model)
    save(Path(sys.argv[3]) if len(sys.argv) > 3 else MODEL, fitted(pages, models, recipe))


if __name__ == "__main__":
    main()
