"""The short notation in which `knowledge/people/*.txt` and `knowledge/groups/*.txt` are written by hand, and its reader.

A file of people is made of lines:

    @ RUS                                   the country of the lines below (`@ -` for none)
    FM: 1996-01-09 Yevgeny Primakov/Jewgenij Primakow; 1998-09-11 Igor Ivanov/Igor Iwanow
                                            successive holders of a role: a term ends where the next begins
    OT "Vice President/Vizepräsident": ...  a role with its titles in English and German
    SE@org/united-nations "...": ...        a role in a body (a group id)
    * Salva Kiir~Salva Kiir Mayardit: HS 2011-07-09..; LD@rebel/splm 2005-07-30..
                                            one person, several offices

A term is written `START Name`, `START..END Name` or `START.. Name` (still in office); the last of a list says which. Dates are EDTF
days, months or years.
Before the name, `(a)` marks an acting holder. A name is `English/German~alias,alias~German alias`, then `+` for a woman,
`{ITA}` for a country other than that of the lines, and `"title/Titel"` where the term has a title of its own. `-` is a vacancy.
"""

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import NamedTuple
from unicodedata import category, normalize

ROLES = {
    "HS": ("head_of_state", "President", "Präsident"),
    "HG": ("head_of_government", "Prime Minister", "Ministerpräsident"),
    "FM": ("foreign_minister", "Foreign Minister", "Außenminister"),
    "DM": ("defence_minister", "Defence Minister", "Verteidigungsminister"),
    "IM": ("interior_minister", "Interior Minister", "Innenminister"),
    "SG": ("secretary_general", "Secretary General", "Generalsekretär"),
    "EN": ("envoy", "Envoy", "Gesandter"),
    "SE": ("special_envoy", "Special Envoy", "Sondergesandter"),
    "ME": ("mediator", "Mediator", "Vermittler"),
    "LD": ("leader", "Leader", "Anführer"),
    "DF": ("deputy_foreign_minister", "Deputy Foreign Minister", "Vizeaußenminister"),
    "AM": ("ambassador", "Ambassador", "Botschafter"),
    "CS": ("chief_of_staff", "Chief of Staff", "Generalstabschef"),
    "CM": ("commander", "Commander", "Kommandeur"),
    "SP": ("spokesperson", "Spokesperson", "Sprecher"),
    "NS": ("national_security_adviser", "National Security Adviser", "Nationaler Sicherheitsberater"),
    "CF": ("central_figure", "", ""),
    "OT": ("other", "", ""),
}
"""Role codes of the notation: the role in `offices.tsv` and its usual titles."""

_CHAIN = re.compile(r'^([A-Z]{2})(?:@(\S+?))?(?: "([^"]*)")?(?: \{([A-Z]{3}|-)\})?: (.*)$')
_OFFICE = re.compile(r'^([A-Z]{2})(?:@(\S+))?(?: \{([A-Z]{3}|-)\})? (\S*\.\.\S*|\d\S*)(?: "([^"]*)")?$')
_TERM = re.compile(r"^(?:(\d[\dX~?-]*)?(\.\.)?(\d[\dX~?-]*)? )?(.*)$")
_NAME = re.compile(
    r'^(\(a\) )?([^/~+{"]+?)(?:/([^~+{"]+?))?(?:~([^~+{"]*?))?(?:~([^+{"]*?))?(\+)?(?: ?\{([A-Z]{3}|-)\})?(?: ?"([^"]*)")?$'
)
_LIFE = re.compile(r" b(\d{4})?(?:-(\d{4}))?$")


class Person(NamedTuple):
    """A person as written in a line; empty fields were not written there."""

    id: str
    name: str
    name_de: str
    country: str
    aliases: tuple[str, ...]
    aliases_de: tuple[str, ...]
    gender: str
    born: str
    died: str


class Office(NamedTuple):
    """One term in an office; the fields are the columns of `offices.tsv` but the source."""

    person: str
    role: str
    body: str
    country: str
    title: str
    title_de: str
    start: str
    end: str


class Group(NamedTuple):
    """A body or group; the fields are the columns of `groups.tsv` but the source."""

    id: str
    kind: str
    name: str
    name_de: str
    country: str
    aliases: tuple[str, ...]
    aliases_de: tuple[str, ...]
    start: str
    end: str


def slug(name: str) -> str:
    """The lower-case ASCII form of a name used in ids: `Ján Kubiš` → `jan-kubis`."""
    folded = name.lower().translate({ord(a): b for a, b in _FOLDED.items()})
    plain = "".join(c for c in normalize("NFKD", folded) if category(c) != "Mn")
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "").replace("’", "")).strip("-")


_FOLDED = {
    "ø": "o",
    "ł": "l",
    "đ": "dj",
    "ð": "d",
    "þ": "th",
    "ß": "ss",
    "ı": "i",
    "æ": "ae",
    "ə": "e",
    "ä": "ae",
    "ö": "oe",
    "ü": "ue",
}
# Adjectives and nouns made of them lose the -r ("Stellvertretender", "Gesandter"); other nouns take -in.
_WEAK = re.compile(
    r"(end|sandt|tragt|ordnet|mächtigt|[Hh]oh|Oberst|Ständig|National|Erst|Höchst|[A-ZÄÖÜ][\w-]*(?:isch|eutsch|lich))er$"
)
_TAKES_IN = re.compile(r"(?:er|ent|är|ef|ar|eur|ant|or|ist|at|ig|ls|arch|ch|nt|st)$")


def feminine(title: str) -> str:
    """A German title in the feminine: `Stellvertretender Außenminister` → `Stellvertretende Außenministerin`."""
    words = title.split(" ")
    changed = False
    for number, word in enumerate(words):
        if word[:1].islower():
            break
        weak = _WEAK.sub(r"\1e", word)
        if weak != word:
            words[number] = weak
            changed = changed or word.endswith(("sandter", "tragter", "ordneter", "mächtigter", "itzender"))
        elif not changed and _TAKES_IN.search(word) and not re.search(r"(?:Rat|in|Schwester)$", word):
            words[number] = word + "in"
            changed = True
            break
        elif not changed and word.endswith("chef"):
            words[number] = word + "in"
            changed = True
    return " ".join(words)


def read_people(path: Path, *, women: AbstractSet[str] = frozenset()) -> Iterator[Person | Office]:
    """The persons and offices of one file, in its order; a person may come several times.

    Args:
        path: a file of `people/`.
        women: ids of persons who are marked as women elsewhere, for their titles.

    Raises:
        ValueError: a line does not fit the notation; names file and line.
    """
    country = ""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        if text.startswith("@ "):
            country = text[2:].strip().replace("-", "")
            continue
        try:
            line_of = _person_line if text.startswith("* ") else _chain_line
            yield from line_of(text.removeprefix("* "), country, women=women)
        except (ValueError, AttributeError, KeyError) as error:
            raise ValueError(f"{path.name}:{number}: {error}: {text[:90]}") from error


def _person(text: str, country: str) -> tuple[Person, bool, str]:
    life = _LIFE.search(text)
    text = text[: life.start()] if life else text
    match = _NAME.match(text.strip())
    if not match:
        raise ValueError(f"not a name: {text!r}")
    acting, name, name_de, aliases, aliases_de, woman, own, title = match.groups()
    shown = name.partition("#")[0].strip()
    return (
        Person(
            id="person/" + slug(name),
            name=shown,
            name_de=(name_de or "").strip(),
            country=(own or country).replace("-", ""),
            aliases=_items(aliases),
            aliases_de=_items(aliases_de),
            gender="f" if woman else "m",
            born=(life[1] or "") if life else "",
            died=(life[2] or "") if life else "",
        ),
        bool(acting),
        title or "",
    )


def _items(text: str | None) -> tuple[str, ...]:
    return tuple(item.strip() for item in (text or "").split(",") if item.strip())


def _titles(role: str, written: str, *, person: Person, acting: bool) -> tuple[str, str]:
    english, german = written.split("/", 1) if "/" in written else (written, "")
    if not written:
        _, english, german = ROLES[role]
    english, _, english_f = english.partition("|")
    german, _, german_f = german.partition("|")
    if person.gender == "f":
        english = english_f or english
        german = german_f or feminine(german)
    if acting:
        english = f"Acting {english}"
        german = f"Amtierende{'' if person.gender == 'f' else 'r'} {german}"
    return english, german


def _chain_line(text: str, country: str, *, women: AbstractSet[str]) -> Iterator[Person | Office]:
    match = _CHAIN.match(text)
    if not match:
        raise ValueError("neither a list of holders nor a person")
    role, body, title, own, rest = match.groups()
    office_country = (own or country).replace("-", "")
    terms = [_TERM.match(item.strip()).groups() for item in rest.split(";") if item.strip()]  # type: ignore[union-attr]
    for number, (start, span, end, name) in enumerate(terms):
        if name.strip() == "-":
            continue
        person, acting, own_title = _person(name, country)
        person = person._replace(gender="f") if person.id in women else person
        last = number + 1 == len(terms)
        if last and not span:
            raise ValueError(f"say whether the last term has ended: {start}.. or {start}..END {name}")
        following = "" if last else terms[number + 1][0]
        english, german = _titles(role, own_title or title or "", person=person, acting=acting)
        yield person
        yield Office(
            person.id, ROLES[role][0], body or "", office_country, english, german, start or "",
            (end or "") if span else (following or ""),
        )  # fmt: skip


def _person_line(text: str, country: str, *, women: AbstractSet[str]) -> Iterator[Person | Office]:
    head, _, rest = text.partition(": ")
    person, _, _ = _person(head, country)
    person = person._replace(gender="f") if person.id in women else person
    yield person
    for item in filter(None, (part.strip() for part in rest.split(";"))):
        match = _OFFICE.match(item)
        if not match:
            raise ValueError(f"not an office: {item!r}")
        role, body, own, dates, title = match.groups()
        start, _, end = dates.partition("..")
        english, german = _titles(role, title or "", person=person, acting=False)
        yield Office(
            person.id, ROLES[role][0], body or "", (own or person.country).replace("-", ""), english, german, start,
            end if ".." in dates else start,
        )  # fmt: skip


_FOLDERS = {"igo": "org", "ngo": "org"}


def read_groups(path: Path) -> Iterator[Group]:
    """The groups of one file: `kind | name | German name | country | aliases | German aliases | start | end | id`.

    Raises:
        ValueError: a line has no kind and name, or too many fields; names file and line.
    """
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        fields = [field.strip() for field in line.split("|")]
        fields += [""] * (9 - len(fields))
        if len(fields) != 9 or not fields[1]:
            raise ValueError(
                f"{path.name}:{number}: a group line has up to nine fields, kind and name first: {line[:90]}"
            )
        kind, name, name_de, country, aliases, aliases_de, start, end, own = fields
        yield Group(
            own or f"{_FOLDERS.get(kind, kind)}/{slug(name)}", kind, name, name_de or name, country,
            _items(aliases), _items(aliases_de), start, end,
        )  # fmt: skip
