"""Names of persons, places and organisations: strict precision, recall and F1, and speed.

    python -m bench.names ../shared/data

GermEval 2014 dev (outer level) and UNER English EWT test, neither of which is learned from; a name is right where its borders and kind are.
"""

import sys
import time
from pathlib import Path

from training.names import corpora
from training.names.measure import measured

from depesche.clauses.names.model import name_model

REACH = {"de": ("GermEval dev", 80.0), "en": ("UNER English test", 68.0)}


def main(data: Path) -> None:
    """Print one table."""
    if not data.exists():
        print(f"skipped: {data} is not here")
        return
    held = {"de": list(corpora.germeval_dev(data)), "en": list(corpora.uner(data, "test"))}
    for language, (name, reach) in REACH.items():
        model = name_model(language)
        if model is None:
            print(f"{name}: no model")
            continue
        figures = measured(model, held[language])
        began = time.process_time()
        measured(model, held[language])
        speed = sum(len(s.words) for s in held[language]) / (time.process_time() - began)
        print(f"{name} (reach {reach}), {speed:.0f} words/s")
        for kind, (precision, recall, f1) in figures.items():
            print(f"  {kind:4} precision {precision:5.1f}  recall {recall:5.1f}  F1 {f1:5.1f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("../shared/data"))
