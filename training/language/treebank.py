"""Reads treebanks of Universal Dependencies into our own tokens.

Our tokens differ from the treebanks' words in two ways. A contraction whose parts are not its letters ("im" = "in dem") is one
token, which stands where its preposition stood; one whose parts are ("don't" = "do" + "n't") is as many tokens as parts. Where a
language does not split at hyphens, "US-Außenminister" is one token.
"""

import gzip
from collections.abc import Iterator
from pathlib import Path

import msgspec

_KEPT = {
    "Case", "Definite", "Degree", "Gender", "Mood", "NumType", "Number", "Person", "Polarity", "Poss", "PronType", "Reflex",
    "Tense", "VerbForm",
}  # fmt: skip
_GERMAN_LABELS = {
    "acl:relcl": "acl", "flat:name": "flat", "obl:tmod": "obl", "cc:preconj": "cc", "csubj:pass": "csubj", "nmod:poss": "nmod",
    "expl:pv": "expl", "nsubj:outer": "nsubj", "reparandum": "dep", "dislocated": "dep",
}  # fmt: skip
"""The German treebanks do not agree on these; the coarser label is what both mean."""


class Word(msgspec.Struct, kw_only=True):
    """A token of ours with its gold annotation; `head` is an index into the sentence, -1 for the root."""

    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    deprel: str
    space: bool
    source: str


class Group(msgspec.Struct, kw_only=True):
    """The words of the treebank (1-based) that one token of ours stands for."""

    words: list[int]
    form: str
    space: bool
    joined: bool = False


Sentence = list[Word]


def read(path: Path, *, language: str, source: str, hyphens: bool = False) -> list[Sentence]:
    """All sentences of a CoNLL-U file.

    Args:
        path: the gzipped file.
        language: "de" harmonises the German treebanks' labels and features.
        source: what to call the treebank.
        hyphens: whether words joined by hyphens are one token.
    """
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [_sentence(rows, language=language, source=source, hyphens=hyphens) for rows in _blocks(lines)]


def _blocks(lines: Iterator[str]) -> Iterator[list[list[str]]]:
    rows: list[list[str]] = []
    for line in lines:
        if line.strip() and not line.startswith("#"):
            rows.append(line.rstrip("\n").split("\t"))
        elif not line.strip() and rows:
            yield rows
            rows = []
    if rows:
        yield rows


def _sentence(rows: list[list[str]], *, language: str, source: str, hyphens: bool) -> Sentence:
    words = {int(row[0]): row for row in rows if row[0].isdigit()}
    groups = _contractions(rows, words)
    if hyphens:
        groups = _hyphenated(groups)
    place = {number: i for i, group in enumerate(groups) for number in group.words}
    return [
        _word(group, i, words=words, place=place, language=language, source=source) for i, group in enumerate(groups)
    ]


def _contractions(rows: list[list[str]], words: dict[int, list[str]]) -> list[Group]:
    covered: dict[int, Group] = {}
    for row in rows:
        if "-" in row[0]:
            first, last = map(int, row[0].split("-"))
            numbers = list(range(first, last + 1))
            space = "SpaceAfter=No" not in row[9]
            if "".join(words[n][1] for n in numbers) == row[1]:
                for n in numbers:
                    covered[n] = Group(words=[n], form=words[n][1], space=space and n == last)
            else:
                group = Group(words=numbers, form=row[1], space=space)
                covered.update(dict.fromkeys(numbers, group))
    groups: list[Group] = []
    for n, row in words.items():
        group = covered.get(n) or Group(words=[n], form=row[1], space="SpaceAfter=No" not in row[9])
        if not groups or groups[-1] is not group:
            groups.append(group)
    return groups


def _hyphenated(groups: list[Group]) -> list[Group]:
    joined: list[Group] = []
    for i, group in enumerate(groups):
        last = joined[-1] if joined else None
        tight = last is not None and not last.space
        after_hyphen = (
            tight and last is not None and last.joined and last.form.endswith("-") and group.form[:1].isalnum()
        )
        hyphen = tight and group.form == "-" and last is not None and last.form[-1:].isalnum()
        following = groups[i + 1] if i + 1 < len(groups) else None
        opens = hyphen and (group.space or (following is not None and following.form[:1].isalnum()))
        if last is not None and (after_hyphen or opens):
            joined[-1] = Group(
                words=last.words + group.words, form=last.form + group.form, space=group.space, joined=True
            )
        else:
            joined.append(group)
    return joined


def _word(  # noqa: PLR0913 (what a word is made of)
    group: Group, at: int, *, words: dict[int, list[str]], place: dict[int, int], language: str, source: str
) -> Word:
    outside = [n for n in group.words if place.get(int(words[n][6])) != at]
    # Of "in dem" the first word, the preposition, stands for the whole; of a compound the word that the others hang on.
    chosen = words[(outside or group.words)[0]]
    feats, xpos, lemma = chosen[5], chosen[4], chosen[2]
    if group.joined and len(group.words) > 1:
        if not group.form.endswith("-"):
            lemma = group.form[: -len(chosen[1])] + lemma if group.form.endswith(chosen[1]) else group.form
        else:
            lemma = group.form
    elif len(group.words) > 1 and words[group.words[0]][3] == "ADP":
        feats, xpos = _article(words[group.words[1]][5]), "APPRART"
    head = int(chosen[6])
    deprel = chosen[7]
    if language == "de":
        deprel = _GERMAN_LABELS.get(deprel, deprel)
        feats, xpos = _german(feats, upos=chosen[3], xpos=xpos, source=source)
    return Word(
        form=group.form,
        lemma=lemma,
        upos=chosen[3],
        xpos=xpos,
        feats=_sorted(feats, language=language),
        head=place.get(head, -1) if place.get(head) != at else -1,
        deprel=deprel,
        space=group.space,
        source=source,
    )


def _pairs(feats: str) -> dict[str, str]:
    return dict(pair.split("=", 1) for pair in feats.split("|") if "=" in pair)


def _article(feats: str) -> str:
    kept = {"Case", "Definite", "Gender", "Number", "PronType"}
    return "|".join(f"{name}={value}" for name, value in _pairs(feats).items() if name in kept)


def _german(feats: str, *, upos: str, xpos: str, source: str) -> tuple[str, str]:
    pairs = {name: value for name, value in _pairs(feats).items() if name in _KEPT}
    if source == "pud":
        if "Mood" in pairs:
            pairs["VerbForm"] = "Fin"
        elif upos in {"VERB", "AUX"}:
            pairs = {"VBN": {"VerbForm": "Part"}, "VB": {"VerbForm": "Inf"}}.get(xpos, pairs)
        xpos = xpos if xpos == "APPRART" else "_"
    return "|".join(f"{n}={v}" for n, v in pairs.items()), "PROAV" if xpos == "PAV" else xpos


def _sorted(feats: str, *, language: str) -> str:
    pairs = _pairs(feats)
    if language == "de":
        pairs = {name: value for name, value in pairs.items() if name in _KEPT}
    return "|".join(f"{name}={pairs[name]}" for name in sorted(pairs, key=str.lower))


def folder(path: Path, language: str) -> dict[str, list[Sentence]]:
    """The treebanks of a language in `path` (laid out as in the data README), by name."""
    if language == "de":
        files = {"gsd-dev": "de_gsd/de_gsd-ud-dev", "gsd-test": "de_gsd/de_gsd-ud-test", "pud": "de_pud/de_pud-ud-test"}
    else:
        files = {part: f"en_ewt/en_ewt-ud-{part}.src" for part in ("train", "dev", "test")}
    return {
        name: read(path / f"{file}.conllu.gz", language=language, source=name.split("-")[0], hyphens=language == "de")
        for name, file in files.items()
    }
