"""Reader of `states.txt`, the hand-written list of states, and the rules that give the forms of their demonyms.

A line has fourteen fields between `|`: `ISO3 ISO2 | name | aliases | German name | German aliases | adjective | German
adjective stem | demonym | German demonym | capital | German capital | metonyms | German metonyms | founded..ended`.
A demonym is written as its singular, and further forms after commas where the rules do not give them: `Frenchman,Frenchmen`;
German `Franzose,Französin`; a `*` alone means that there is none. Empty German fields are as in English.
"""

from collections.abc import Iterator
from pathlib import Path

_COLUMNS = (
    "iso3 iso2 name name_de aliases aliases_de adjective adjective_de demonym demonym_plural demonym_de demonym_plural_de "
    "capital capital_de metonyms metonyms_de founded ended"
)


def state_columns() -> tuple[str, ...]:
    """The columns of `states.tsv` but the source."""
    return tuple(_COLUMNS.split())


def read_states(path: Path) -> Iterator[tuple[str | tuple[str, ...], ...]]:
    """The rows of `states.tsv` without the source.

    Raises:
        ValueError: a line has not fourteen fields; names file and line.
    """
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        fields = [f.strip() for f in line.split("|")]
        if len(fields) != 14:
            raise ValueError(f"{path.name}:{number}: {len(fields)} fields, not 14: {line[:80]}")
        codes, name, aliases, name_de, aliases_de, adjective, adjective_de, demonym, demonym_de, *rest = fields
        capital, capital_de, metonyms, metonyms_de, life = rest
        seat, stands_for = _seat(capital, metonyms)
        seat_de, stands_for_de = _seat(capital_de or capital, metonyms_de)
        iso3, _, iso2 = codes.partition(" ")
        founded, _, ended = life.partition("..")
        yield (
            iso3, iso2, name, name_de or name, _items(aliases), _items(aliases_de), _items(adjective), _items(adjective_de),
            *english_demonym(demonym), *german_demonym(demonym_de),
            seat, seat_de, stands_for, stands_for_de, founded, ended,
        )  # fmt: skip


def _items(text: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in text.split(",") if item.strip())


def _seat(capital: str, metonyms: str) -> tuple[str, tuple[str, ...]]:
    """The capital's first name, and the metonyms with its other names."""
    first, *others = _items(capital) or ("",)
    return first, tuple(dict.fromkeys((*_items(metonyms), *others)))


def english_demonym(written: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Singular and plural forms: `Syrian` → (Syrian), (Syrians); `Chinese` has the same plural."""
    forms = _items(written)
    if not forms or forms == ("*",):
        return (), ()
    if len(forms) > 1:
        return forms[:1], forms[1:]
    singular = forms[0]
    plural = singular if singular.endswith(("ese", "ss")) else singular + "s"
    return (singular,), (plural,)


def german_demonym(written: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Singular and plural forms, feminine included: `Syrer` → (Syrer, Syrers, Syrerin), (Syrer, Syrern, Syrerinnen)."""
    forms = _items(written)
    if not forms or forms == ("*",):
        return (), ()
    man = forms[0]
    woman = forms[1] if len(forms) > 1 else (man.removesuffix("e")) + "in"
    plural_woman = woman + "nen" if woman.endswith("in") else woman
    if len(forms) > 2:
        plural = (*forms[2:], plural_woman)
        return tuple(f for f in (man, woman) if f != "*"), tuple(f for f in dict.fromkeys(plural) if f != "*")
    if man.endswith("e"):
        return (man, woman), (man + "n", plural_woman)
    if man.endswith("er"):
        return (man, man + "s", woman), (man, man + "n", plural_woman)
    return (man, man + "s", woman), (man + "s", plural_woman)
