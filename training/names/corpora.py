"""Readers of the name corpora and of running text, each sentence as words and BIO-less spans.

Licences: GermEval 2014 and MobIE CC BY 4.0; UNER English EWT CC BY-SA 4.0; RE3D as stated by each source (its BBC part, non-commercial, is left out);
EWT, GSD CC BY-SA 4.0; PUD CC BY-SA 3.0; German Wikinews texts CC BY 2.5; MUC-3/4 public domain.
"""

import gzip
import json
import re
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from depesche.clauses import cutting


class Tagged(NamedTuple):
    """One sentence: its words and the label of each ("O", "B-PER", "I-PER", …)."""

    words: list[str]
    labels: list[str]


KINDS = {"PER": "PER", "LOC": "LOC", "ORG": "ORG", "OTH": "OTH"}


def germeval_train(data: Path) -> Iterator[Tagged]:
    """GermEval 2014 train (outer level), from its BIOES file; derived words are DER, words with a name as a part PRT."""
    words: list[str] = []
    labels: list[str] = []
    with gzip.open(data / "ner/germeval2014/train_bioes.train.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            cells = line.split()
            if not cells:
                if words:
                    yield Tagged(words, labels)
                words, labels = [], []
                continue
            position, _, kind = cells[1].partition("-")
            words.append(cells[0])
            labels.append(_plain({"S": "B", "E": "I"}.get(position, position), kind))
    if words:
        yield Tagged(words, labels)


def germeval_dev(data: Path) -> Iterator[Tagged]:
    """GermEval 2014 dev, outer level."""
    text = (data / "ner/germeval2014/NER-de-dev.tsv").read_text("utf-8")
    for block in text.split("\n\n"):
        rows = [cells for line in block.split("\n") if len(cells := line.split("\t")) > 3 and cells[0].isdigit()]  # fmt: skip
        rows = rows or [
            cells for line in block.split("\n") if len(cells := line.split("\t")) > 2 and cells[0].isdigit()
        ]
        if rows:
            yield Tagged([r[1] for r in rows], [_plain(*_halves(r[2])) for r in rows])


def _halves(label: str) -> tuple[str, str]:
    position, _, kind = label.partition("-")
    return position, kind


def _plain(position: str, kind: str) -> str:
    if kind in KINDS:
        return f"{position}-{kind}"
    if position != "B":
        return "O"  # derived words and parts of compounds are nearly always single words
    if kind.lower().endswith("deriv"):
        return "B-DER"
    return "B-PRT" if kind.lower().endswith("part") else "O"


_MOBIE = {
    "PERSON": "PER", "LOCATION": "LOC", "LOCATION-CITY": "LOC", "LOCATION-STREET": "LOC", "LOCATION-STOP": "LOC", "LOCATION-ROUTE": "O",
    "ORGANIZATION": "ORG", "ORGANIZATION-COMPANY": "ORG", "EVENT-CAUSE": "O",
}  # fmt: skip


def mobie(data: Path) -> Iterator[Tagged]:
    """MobIE train, its locations as places."""
    with zipfile.ZipFile(data / "ner/mobie/ner_conll03_formatted.zip") as archive:
        for name in archive.namelist():
            if "train" in name:
                for block in archive.read(name).decode().split("\n\n"):
                    rows = [line.split() for line in block.split("\n") if line.strip() and not line.startswith("-DOC")]
                    if rows:
                        kinds = [_MOBIE.get(r[-1].partition("-")[2].upper(), "O") for r in rows]
                        yield Tagged(
                            [r[0] for r in rows],
                            ["O" if k == "O" else f"{r[-1][0]}-{k}" for r, k in zip(rows, kinds, strict=True)],
                        )


def uner(data: Path, part: str) -> Iterator[Tagged]:
    """UNER English EWT, `part` dev or test: persons, places, organisations only."""
    return _iob2(data / f"ner/uner_en_ewt/en_ewt-ud-{part}.iob2")


def _iob2(path: Path) -> Iterator[Tagged]:
    for block in path.read_text("utf-8").split("\n\n"):
        rows = [line.split("\t") for line in block.split("\n") if line and not line.startswith("#")]
        if rows:
            yield Tagged([r[1] for r in rows], [r[2] if r[2][2:] in KINDS else "O" for r in rows])


def tagged(path: Path) -> Iterator[Tagged]:
    """A file of word and BIO label a line, sentences parted by an empty line."""
    for block in path.read_text("utf-8").split("\n\n"):
        rows = [line.split("\t") for line in block.split("\n") if line]
        if rows:
            yield Tagged([r[0] for r in rows], [r[1] for r in rows])


_WORD = re.compile(r"[\w'’]+(?:[-.][\w]+)*\.?|\S", re.UNICODE)
_RE3D = {"Person": "PER", "Location": "LOC", "Organisation": "ORG"}


def re3d(data: Path) -> Iterator[Tagged]:
    """RE3D without BBC: named persons, places and organisations (spans with a capital letter, articles and titles cut off)."""
    for folder in sorted((data / "ner/re3d").iterdir()):
        if not folder.is_dir() or folder.name.startswith("BBC"):
            continue
        entities: dict[str, list[tuple[int, int, str]]] = {}
        for row in _json_lines(folder / "entities.json"):
            if row["type"] in _RE3D:
                entities.setdefault(str(row["documentId"]), []).append(
                    (int(str(row["begin"])), int(str(row["end"])), _RE3D[str(row["type"])])
                )
        for document in _json_lines(folder / "documents.json"):
            yield from _cut(str(document["text"]), entities.get(str(document["_id"]), []))


def _json_lines(path: Path) -> Iterator[dict[str, object]]:
    for line in path.read_text("utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def _cut(text: str, entities: list[tuple[int, int, str]]) -> Iterator[Tagged]:
    kept: list[tuple[int, int, str]] = []
    for start, end, kind in sorted(entities, key=lambda e: e[0] - e[1]):
        span = _named(text, start, end, kind)
        if span and not any(span[0] < e and s < span[1] for s, e, _ in kept):
            kept.append(span)
    for line in re.finditer(r"[^\n]+", text):
        for first, last in cutting.sentences(line[0], "en"):
            at = line.start() + first
            spans = [(at + a, at + b) for a, b in cutting.tokens(line[0][first:last], "en")]
            labels = ["O"] * len(spans)
            for start, end, kind in kept:
                for n, i in enumerate([i for i, (a, b) in enumerate(spans) if start <= a and b <= end]):
                    labels[i] = f"{'I' if n else 'B'}-{kind}"
            if spans:
                yield Tagged([text[a:b] for a, b in spans], labels)


def _named(text: str, start: int, end: int, kind: str) -> tuple[int, int, str] | None:
    """The proper name inside an RE3D entity, without article, nationality and titles; None where there is none."""
    words = list(_WORD.finditer(text, start, end))
    while words and (not words[0][0][:1].isupper() or words[0][0] in _NO_NAME):
        words.pop(0)
    if kind == "PER":
        titles = [i for i, word in enumerate(words) if word[0] in _TITLES]
        words = words[titles[-1] + 1 :] if titles else words
        while words and (words[0][0].endswith(("ian", "ish", "i", "ese")) and len(words) > 2):
            words.pop(0)
    named = [word for word in words if word[0][:1].isupper()]
    small = any(word[0][:1].islower() and word[0] not in _SMALL for word in words)
    if not named or small or len(named) * 2 < len(words):
        return None
    if kind == "ORG" and len(words) == 1 and words[0][0] in _STATES:
        kind = "LOC"  # a state that acts is a place in UNER
    return words[0].start(), words[-1].end(), kind


_NO_NAME = {
    "The",
    "A",
    "An",
    "This",
    "Our",
    "We",
    "They",
    "He",
    "She",
    "It",
    "I",
    "You",
    "These",
    "Those",
    "All",
    "Both",
    "His",
    "Her",
}
_TITLES = {
    "President", "Minister", "Secretary", "General", "Gen.", "Maj.", "Major", "Lt.", "Lieutenant", "Col.", "Colonel", "Capt.", "Captain", "Sgt.", "Staff",
    "Mr", "Mr.", "Mrs", "Ms", "Ms.", "Dr", "Dr.", "Ambassador", "Commander", "Envoy", "Representative", "Senator", "Spokesperson", "Spokesman", "Leader",
    "King", "Prince", "Sheikh", "Sir", "Chief", "Director", "Adm.", "Admiral", "Brig.", "Prime", "Special", "Deputy", "Foreign", "Defence", "State",
}  # fmt: skip
_STATES = {
    "Syria",
    "Iraq",
    "Iran",
    "Russia",
    "Turkey",
    "Israel",
    "France",
    "Germany",
    "Australia",
    "Jordan",
    "Lebanon",
    "Britain",
    "UK",
    "US",
    "U.S.",
    "Egypt",
}
_SMALL = {"of", "the", "for", "and", "in", "al", "on", "de", "to"}


def conllu(path: Path) -> Iterator[list[tuple[str, str]]]:
    """Words and universal parts of speech of a gzipped treebank."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows: list[tuple[str, str]] = []
        for line in lines:
            cells = line.rstrip("\n").split("\t")
            if len(cells) > 9:
                if cells[0].isdigit():
                    rows.append((cells[1], cells[3]))
            elif rows:
                yield rows
                rows = []
        if rows:
            yield rows


def running_text(data: Path, language: str, *folders: Path) -> Iterator[list[str]]:
    """Sentences for word clusters: whatever text of the language may be learned from, and that of further folders."""
    for folder in folders:
        for file in sorted(folder.glob("*.txt")):
            for line in file.read_text("utf-8").splitlines():
                yield from _sentences(line)
    yield from {"de": _german_text, "en": _english_text}[language](data)


def _german_text(data: Path) -> Iterator[list[str]]:
    for read in (germeval_train, mobie):
        yield from (sentence.words for sentence in read(data))
    for name in ("de_gsd/de_gsd-ud-dev", "de_gsd/de_gsd-ud-test", "de_pud/de_pud-ud-test"):
        yield from ([word for word, _ in rows] for rows in conllu(data / f"treebanks/{name}.conllu.gz"))
    with gzip.open(data / "speech/wikinews-de-train.input.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield from _sentences(json.loads(line)["body"])


def _english_text(data: Path) -> Iterator[list[str]]:
    for part in ("train", "dev"):
        yield from (
            [word for word, _ in rows] for rows in conllu(data / f"treebanks/en_ewt/en_ewt-ud-{part}.src.conllu.gz")
        )
    yield from (sentence.words for sentence in re3d(data))
    with tarfile.open(data / "events/muc34/muc34-dev-tst1-tst2.tar.gz") as archive:
        for member in archive:
            if re.search(r"/(dev|tst\d)-muc[34]-", member.name) and (content := archive.extractfile(member)):
                yield from _sentences(content.read().decode("latin-1"))


def _sentences(text: str) -> Iterator[list[str]]:
    for piece in re.split(r"(?<=[.!?])\s+(?=[\"„“(A-ZÄÖÜ])|\n\s*\n", text):
        words = _WORD.findall(piece)
        if words:
            yield words
