"""The reports of MUC-3/4 (public domain) as ordinary text: they came over the wire in capitals.

Case is given back by a word list (Debian's wamerican, public domain) and the names of our own knowledge tables; a word that neither knows is
taken for a name.
"""

import re
import tarfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

WORD_LIST = Path("/usr/share/dict/words")
_KNOWLEDGE = Path(__file__).parents[2] / "src" / "depesche" / "knowledge"
_HEAD = re.compile(r"^((?:DEV|TST\d)-MUC\d-\d{4})\b.*$", re.MULTILINE)
_OPENING = re.compile(r"^.*?\[TEXT\]\s*", re.DOTALL)
_REMARK = re.compile(r"\s*\[(?=[^\]]*[ a-z.,])[^\]]*\]")
"""What the agency put in: "[passage omitted]", "[Rodriguez]" before a quotation; not "[FMLN]"."""
_WORD = re.compile(r"[A-Z]+(?:'[A-Z]+)?")
_LONGEST_NAME = 5
_SHORT = 2


def muc_reports(archive: Path, *, part: str = "dev") -> Iterator[tuple[str, list[str]]]:
    """Each report of a part: its number, and its paragraphs in ordinary case.

    Args:
        archive: the packed corpus.
        part: "dev", which we learn from, or "tst1" or "tst2", which are for measuring.
    """
    for number, body in wire_messages(archive, part=part):
        text = _REMARK.sub("", _OPENING.sub("", body))
        blocks = (" ".join(block.split()) for block in re.split(r"\n\s*\n", text))
        yield number, [ordinary(block) for block in blocks if block]


def wire_messages(archive: Path, *, part: str) -> Iterator[tuple[str, str]]:
    """Each message of a part as it came over the wire, in capitals and with its dateline: its number, and what follows it."""
    for text in wire_files(archive, f"{part}/{part}-muc"):
        heads = list(_HEAD.finditer(text))
        for head, following in zip(heads, [*heads[1:], None], strict=True):
            yield head[1], text[head.end() : following.start() if following else len(text)]


def wire_files(archive: Path, start: str) -> Iterator[str]:
    """The contents of the corpus files whose path below `CORPORA/` begins so, by name."""
    with tarfile.open(archive) as packed:
        for member in sorted(packed.getmembers(), key=lambda m: m.name):
            if member.isfile() and f"/CORPORA/{start}" in member.name:
                file = packed.extractfile(member)
                assert file is not None
                yield file.read().decode("latin-1")


def ordinary(capitals: str) -> str:
    """A paragraph in ordinary case, character for character as long as before."""
    words = list(_WORD.finditer(capitals))
    text = list(capitals)
    at, opening = 0, True
    while at < len(words):
        many, name = _name_at(capitals, words, at)
        for k, word in enumerate(words[at : at + many]):
            spelled = name[k] if name else _cased(word[0], bracketed=capitals[word.start() - 1 : word.start()] == "[")
            if opening and k == 0:
                spelled = spelled[0].upper() + spelled[1:]
            text[word.start() : word.end()] = spelled
        last = words[at + many - 1]
        at += many
        opening = (
            at < len(words)
            and re.search(r"[.!?][\"')\]]*\s+[\"'(]*$", capitals[last.end() : words[at].start()]) is not None
        )
    return "".join(text)


def _name_at(capitals: str, words: list[re.Match[str]], at: int) -> tuple[int, list[str] | None]:
    """The longest known name of several words that begins at a word, and its spelling."""
    for many in range(min(_LONGEST_NAME, len(words) - at), 1, -1):
        joined = capitals[words[at].start() : words[at + many - 1].end()]
        spelled = _names().get(joined)
        if spelled is not None:
            return many, _WORD_ANY.findall(spelled)
    return 1, None


_WORD_ANY = re.compile(r"[A-Za-z]+(?:'[A-Za-z]+)?")


@cache
def _names() -> dict[str, str]:
    """Names of several plain words by their capitals."""
    found: dict[str, str] = {}
    for file in ("groups", "persons", "states", "places"):
        rows = (_KNOWLEDGE / f"{file}.tsv").read_text("utf-8").splitlines()
        rows = [r for r in rows if not r.startswith("#")]
        columns = rows[0].split("\t")
        wanted = [columns.index(c) for c in ("name", "aliases") if c in columns]
        for row in rows[1:]:
            cells = row.split("\t")
            for name in (n for i in wanted if i < len(cells) for n in cells[i].split("|")):
                if " " in name and re.fullmatch(r"[A-Za-z' ]+", name):
                    found.setdefault(name.upper(), name)
    return found


@cache
def _small_words() -> frozenset[str]:
    """The words of the word list that are written small."""
    return frozenset(w for w in WORD_LIST.read_text("utf-8").split() if w[0].islower())


def _cased(word: str, *, bracketed: bool) -> str:
    small = _small_words()
    low = word.lower()
    if bracketed:
        return word
    if low in small or any(low.removesuffix(e) in small for e in ("'s", "s", "ed", "ing", "ly", "ers", "er")):
        return low
    if len(word) <= _SHORT or (not re.search(r"[AEIOUY]", word)):
        return word
    return word.capitalize()
