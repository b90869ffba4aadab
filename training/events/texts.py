"""Plain texts as the word classes want them: `python -m training.events.texts OUT.txt FOLDER…`.

Reads all `*.txt` of the folders; writes one sentence a line, lower case, figures as "0", without punctuation. Words parted at the end of a printed line
are joined again.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

_WORD = re.compile(r"\w+(?:[-'’]\w+)*")
_SENTENCE = re.compile(r'(?<=[.!?:;])\s+(?=[A-ZÄÖÜ„"»(])')
_PARAGRAPH = re.compile(r"\n\s*\n")
_LENGTHS = range(4, 81)
"""Shorter lines are headings, longer ones lists and tables."""


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, one line each."""
    joined = re.sub(r"(\w)-\n(\w)", r"\1\2", text.replace("\u00ad", "").replace("\r", ""))
    for paragraph in _PARAGRAPH.split(joined):
        for sentence in _SENTENCE.split(" ".join(paragraph.split())):
            words = [re.sub(r"\d", "0", word.lower()) for word in _WORD.findall(sentence)]
            if len(words) in _LENGTHS:
                yield " ".join(words)


def main() -> None:
    """Write the sentences of all folders."""
    with Path(sys.argv[1]).open("w", encoding="utf-8") as out:
        for folder in sys.argv[2:]:
            for file in sorted(Path(folder).rglob("*.txt")):
                out.writelines(f"{line}\n" for line in sentences(file.read_text("utf-8", errors="replace")))


if __name__ == "__main__":
    main()
