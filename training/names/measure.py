"""Strict scores of a name model on tagged sentences."""

from typing import Protocol

from training.names.corpora import Tagged

from depesche.clauses.names.model import Floats, spans_of


class Reader(Protocol):
    """What a scorer needs of a name model."""

    def emissions(self, sentences: list[list[str]]) -> list[Floats]:
        """Label scores of each token of each sentence."""
        ...

    def read(self, _scores: Floats) -> list[tuple[int, int, str, float]]:
        """Names of one sentence: first token, token after the last, kind, confidence."""
        ...


def bioes(labels: list[str]) -> list[str]:
    """BIO labels as BIOES."""
    after = [*labels[1:], "O"]
    return [
        label
        if label == "O"
        else f"{({('B', True): 'B', ('B', False): 'S', ('I', True): 'I', ('I', False): 'E'})[label[0], follower == 'I' + label[1:]]}{label[1:]}"
        for label, follower in zip(labels, after, strict=True)
    ]


def measured(
    model: Reader, sentences: list[Tagged], kinds: tuple[str, ...] = ("PER", "LOC", "ORG")
) -> dict[str, tuple[float, float, float]]:
    """Strict precision, recall and F1 of each kind and of all of them."""
    counts = {kind: [0, 0, 0] for kind in (*kinds, "all")}
    for sentence, emissions in zip(sentences, model.emissions([s.words for s in sentences]), strict=True):
        found = {(s, e, k) for s, e, k, _ in model.read(emissions) if k in kinds}
        gold = {span for span in spans_of(bioes(sentence.labels)) if span[2] in kinds}
        for kind, counted in counts.items():
            ours = found if kind == "all" else {s for s in found if s[2] == kind}
            theirs = gold if kind == "all" else {s for s in gold if s[2] == kind}
            counted[:] = [a + b for a, b in zip(counted, (len(ours & theirs), len(ours), len(theirs)), strict=True)]
    return {
        kind: (100 * h / max(f, 1), 100 * h / max(g, 1), 200 * h / max(f + g, 1)) for kind, (h, f, g) in counts.items()
    }
