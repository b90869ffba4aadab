"""Label the training part of the EWT treebank with names, by a model that sees its gold parts of speech.

UNER names the dev part only. A model learned there that also sees gold parts of speech knows nearly all borders of names; its labels on the training
part, whose parts of speech are gold too, teach the shipped model, which sees none.

    python -m training.names.silver DATA CLUSTERS.npz LISTS.npz OUT.tsv
"""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pycrfsuite
from training.names import corpora
from training.names.corpora import Tagged
from training.names.described import described, word_lists

from depesche.clauses.names.model import WordLists

Parts = list[list[str]]
BIO = {"S": "B", "E": "I"}


def parts_of_speech(parts: list[str]) -> Parts:
    """The part of speech of each word, and its combinations with those of its neighbours."""
    run = ["^", *parts, "$"]
    return [
        [
            f"p0={run[i]}",
            f"p-={run[i - 1]}|{run[i]}",
            f"p+={run[i]}|{run[i + 1]}",
            f"p3={run[i - 1]}|{run[i]}|{run[i + 1]}",
        ]
        for i in range(1, len(run) - 1)
    ]


def features(sentences: list[Tagged], parts: Parts, lists: WordLists) -> Iterator[tuple[list[list[str]], list[str]]]:
    """Feature strings with parts of speech, and labels."""
    for block in range(0, len(sentences), 1000):
        cut = slice(block, block + 1000)
        for (x, y), tags in zip(described(sentences[cut], lists), parts[cut], strict=True):
            yield [a + b for a, b in zip(x, parts_of_speech(tags), strict=True)], y


def main(data: Path, clusters: Path, lists: Path, out: Path) -> None:
    """Learn on dev, label train, write word and BIO label a line."""
    told = WordLists(word_lists(clusters, lists), language="en")
    treebank = {
        part: list(corpora.conllu(data / f"treebanks/en_ewt/en_ewt-ud-{part}.src.conllu.gz"))
        for part in ("dev", "train")
    }
    tags = {tuple(word for word, _ in rows): [tag for _, tag in rows] for rows in treebank["dev"]}
    known = [s for s in corpora.uner(data, "dev") if tuple(s.words) in tags]
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params(
        {"c1": 0.05, "c2": 0.1, "max_iterations": 150, "feature.minfreq": 1, "feature.possible_transitions": True}
    )
    for x, y in features(known, [tags[tuple(s.words)] for s in known], told):
        trainer.append(x, y)
    with tempfile.TemporaryDirectory() as folder:
        trainer.train(f"{folder}/model")
        tagger = pycrfsuite.Tagger()
        tagger.open(f"{folder}/model")
    open_sentences = [Tagged([w for w, _ in rows], ["O"] * len(rows)) for rows in treebank["train"]]
    parts = [[tag for _, tag in rows] for rows in treebank["train"]]
    with out.open("w", encoding="utf-8") as file:
        for sentence, (x, _) in zip(open_sentences, features(open_sentences, parts, told), strict=True):
            for word, label in zip(sentence.words, tagger.tag(x), strict=True):
                file.write(f"{word}\t{BIO.get(label[0], label[0])}{label[1:]}\n")
            file.write("\n")


if __name__ == "__main__":
    main(*(Path(a) for a in sys.argv[1:]))
