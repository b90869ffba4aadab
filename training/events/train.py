"""Train all event models: `python -m training.events.train GOLD_FOLDER DATA_FOLDER NEWS_FILE`, in five minutes on one core.

GOLD_FOLDER holds `train.jsonl` and `train.input.jsonl`; DATA_FOLDER the corpora of which single sentences were coded (`sentences/`); NEWS_FILE
the texts of the coded reports (`reports/`), as `training.events.wikinews` writes them. Thresholds are chosen by cross-validation over the reports
of the gold; of that nothing else is read. Writes `src/depesche/models/events/*.npz`.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from training.events.coded import Coded, read_coded, read_marked, read_silence
from training.events.consensus import First, consense
from training.events.cutting import cut_up
from training.events.fitting import as_linear, best_choice, out_of_fold, write
from training.events.reports import read_reports
from training.events.retelling import (
    CODED,
    STRENGTH,
    answered,
    link_examples,
    retold,
    role_examples,
    status_examples,
)
from training.events.sentences import read_sentences
from training.events.spotting import Text, spotting

TRIGGER_FILES = ("germeval_*", "weblogs", "defence")
"""The coded sentences from which the trigger model learns: all but those of the wire reports, which are denser in acts than the gold."""
CHOOSING = 2.0
"""What a report counts in the second look by which thresholds are chosen."""
WRITTEN = 0.3
"""What a report written for training counts in the second look."""
MORE = "_more-"
"""Written reports so dense in acts that only what is asked of an act is learned from them, not what is one."""


def main() -> None:
    """Train and write."""
    gold, data, texts = (Path(argument) for argument in sys.argv[1:4])
    here = Path(__file__).parent
    reports, silence = read_coded(gold, "train"), read_silence(here)
    news, translated = read_reports(here / "reports", texts), read_marked(here, pattern="translated_*.txt")
    written = read_marked(here, pattern="coded_*.txt")
    usual = [coded for coded in written if coded.report is not None and MORE not in coded.report.id]
    alone = {
        pattern: read_sentences(data, here / "sentences", pattern=pattern) for pattern in (*TRIGGER_FILES, "wire_*")
    }
    learned = [coded for pattern in TRIGGER_FILES for coded in alone[pattern]]
    choosing = len(reports) + len(silence)
    whole = [
        Text(c, n, weight=CHOOSING if n < choosing else 1.0, choosing=n < choosing)
        for n, c in enumerate([*reports, *silence, *news, *translated])
    ]
    others = [Text(c, len(whole) + n, weight=WRITTEN) for n, c in enumerate(usual)]
    others += [Text(c, len(whole) + len(usual) + n, choosing=True, alone=True) for n, c in enumerate(learned)]
    spotting([*whole, *others, *cut(whole)])
    every = [coded for found in alone.values() for coded in found if coded.report is not None and coded.report.events]
    relations([*reports, *news, *translated, *written, *every], choosing=len(reports))


def cut(whole: Sequence[Text]) -> list[Text]:
    """The sentences of some reports, to be looked at as texts of their own."""
    return [
        Text(coded, whole[number].origin, learned=False, choosing=whole[number].choosing, alone=True)
        for number, coded in cut_up([text.coded for text in whole])
    ]


def relations(reports: Sequence[Coded], *, choosing: int) -> None:
    """Train and write what says who, where, when, how real and according to whom.

    Args:
        reports: with their codings.
        choosing: the first so many reports choose the thresholds, but for places and times.
    """
    whole = [coded for coded in reports if not coded.alone]
    chains = [*answered(whole), *[CODED] * (len(reports) - len(whole))]
    of_use = {
        "places": [not coded.marked or coded.alone or coded.placed for coded in reports],
        "times": [coded.scene.published is not None and not coded.marked and not coded.alone for coded in reports],
    }
    plans = {
        "roles": role_examples(reports, chains),
        "places": link_examples(reports, chains, kind="places", of_use=of_use["places"]),
        "times": link_examples(reports, chains, kind="times", of_use=of_use["times"]),
        "sources": link_examples(reports, chains, kind="sources"),
        "status": status_examples(reports),
    }
    # How often a report tells where and when differs from collection to collection: there all real reports choose, which stand first.
    real = sum(not coded.marked and not coded.alone for coded in reports)
    first = {}
    for name, examples in plans.items():
        chances = out_of_fold(examples, strength=STRENGTH[name], judged=choosing if name == "roles" else len(whole))
        first[name] = First(examples, chances)
        judges = real if name in of_use else choosing
        kept = (np.array(examples.reports) < judges) & (np.array(examples.weights) > 0)
        if name == "status":
            right = (chances.argmax(axis=1) == np.array(examples.labels))[kept].mean()
            print(f"{name:10} {len(examples.rows):6} examples  cross-validated accuracy {100 * right:.1f}")
            threshold = 0.5
        else:
            threshold, score = best_choice(examples, chances, kept=kept)
            print(f"{name:10} {len(examples.rows):6} examples  cross-validated F1 {100 * score:.1f} at {threshold:.3f}")
        write(name, as_linear(examples, strength=STRENGTH[name], threshold=threshold))
    told = [(number, coded, retold(coded, chains[number])) for number, coded in enumerate(whole) if coded.triggers]
    consense(told, first, choosing=choosing, judges=real)


if __name__ == "__main__":
    main()
