"""Reads literate cases: Markdown files of title, options, input text and expected lines.

    ## A weekday with a future verb looks ahead
    published: 2016-07-26
    > Die Gespräche werden am Freitag fortgesetzt.
    - Freitag | 2016-07-29

Prose between a title and its `>` lines is commentary, unless it is `key: value`. No `-` line means that nothing may come out.
"""

import re
from pathlib import Path

import msgspec

CASES = Path(__file__).parent / "cases"
_OPTION = re.compile(r"([a-z_]+): (\S.*)")


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """One example: what goes in, under which options, and the lines that must come out."""

    title: str
    where: str
    text: str
    expected: tuple[str, ...]
    options: dict[str, str]


def cases(folder: str) -> list[Case]:
    """All cases of the Markdown files in `tests/cases/{folder}`, searched recursively."""
    files = sorted((CASES / folder).rglob("*.md"))
    return [case for file in files for case in _parse(file)]


def _parse(file: Path) -> list[Case]:
    found = []
    for block in re.split(r"^## ", file.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        title, *lines = block.splitlines()
        found.append(
            Case(
                title=title.strip(),
                where=f"{file.stem}: {title.strip()}",
                text="\n".join(line[2:] if line != ">" else "" for line in lines if line.startswith(">")),
                expected=tuple(line[2:].strip() for line in lines if line.startswith("- ")),
                options={m[1]: m[2].strip() for line in lines if (m := _OPTION.fullmatch(line))},
            )
        )
    return found
