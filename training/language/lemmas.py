"""Learns lemmas from treebanks: whole words where the dictionary says something else, endings for all others."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from training.language.treebank import Sentence

from depesche.clauses.lemma import Ending, Lemmas, lemma_of

_CLOSED = {"DET", "PRON", "ADP", "AUX", "CCONJ", "SCONJ", "PART", "ADV", "NUM", "PUNCT", "X", "SYM", "INTJ"}


def _ending(form: str, lemma: str) -> Ending:
    low, small = form.lower(), lemma.lower()
    same = 0
    while same < min(len(low), len(small)) and low[same] == small[same]:
        same += 1
    return Ending(cut=len(form) - same, add=lemma[same:], capital=lemma[:1].isupper())


def learn_endings(sentences: Sequence[Sentence]) -> dict[str, Ending]:
    """For each part of speech and ending of up to six letters the commonest rule, where it differs from the shorter ending's."""
    rules: dict[str, Counter[Ending]] = defaultdict(Counter)
    for sentence in sentences:
        for word in sentence:
            if word.upos == "PUNCT":
                continue
            low = word.form.lower()
            rule = _ending(word.form, word.lemma)
            for length in range(min(6, len(low)) + 1):
                rules[f"{word.upos} {low[len(low) - length :]}"][rule] += 1
    kept: dict[str, Ending] = {}
    for key in sorted(rules, key=len):
        upos, ending = key.split(" ", 1)
        rule, count = rules[key].most_common(1)[0]
        shorter = next((kept[k] for n in range(1, len(ending) + 1) if (k := f"{upos} {ending[n:]}") in kept), None)
        if rule != shorter and (count > 1 or len(ending) > 3):
            kept[key] = rule
    return kept


def learn(sentences: Sequence[Sentence], *, language: str, compounds: bool) -> Lemmas:
    """Lemmas of a language.

    A word is kept whole where it was seen at least twice, or is of a closed class, and the rules would get it wrong.
    """
    endings = learn_endings(sentences)
    bare = Lemmas(language=language, whole={}, endings=endings, compounds=compounds)
    seen: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    feats: dict[tuple[str, str], str] = {}
    for sentence in sentences:
        for word in sentence:
            form = word.form if word.upos in {"PROPN", "NOUN"} else word.form.lower()
            seen[form, word.upos][word.lemma] += 1
            feats.setdefault((form, word.upos), word.feats)
    whole = {}
    for (form, upos), lemmas in seen.items():
        lemma, count = lemmas.most_common(1)[0]
        if (count > 1 or upos in _CLOSED) and lemma_of(form, upos=upos, feats=feats[form, upos], known=bare) != lemma:
            whole[f"{form} {upos}"] = lemma
    return Lemmas(language=language, whole=whole, endings=endings, compounds=compounds)
