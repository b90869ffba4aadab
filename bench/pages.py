"""Web pages: quality and speed beside the peers, on the same pages in one run: `python bench/pages.py [--folds DIR]`.

Saved pages of `../shared/data/page` (108 publishers, and the Scrapinghub set). The shipped models have seen the saved pages, so their figures
here flatter; `--folds DIR` names the folder to which `python -m training.pages.blocks` wrote the models of its folds, and each page is then read by
models that never saw its publisher. The Scrapinghub set was never learned from. Peers are measured where they are installed:
`pip install trafilatura resiliparse newspaper4k readability-lxml`.
"""

import argparse
import gzip
import importlib
import importlib.util
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec
from selectolax.lexbor import LexborHTMLParser

from depesche.blocks.forest import load
from depesche.blocks.html import article_of_html
from depesche.record import Page

SHARED = Path(__file__).parents[2] / "shared/data/page"
Reader = Callable[[bytes, str | None], str]


class Saved(msgspec.Struct, frozen=True, kw_only=True):
    """One saved page."""

    name: str
    content: bytes
    url: str | None


def main() -> int:
    """Print both tables."""
    if not SHARED.exists():
        print(f"skipped: {SHARED} is not there")
        return 0
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--folds", type=Path, help="folder with the models of the folds")
    parser.add_argument("--peers", action="store_true", help="measure the installed peers too")
    options = parser.parse_args()
    score = _scorer()
    sets = {
        "saved pages": (list(_fundus()), SHARED / "fundus/gold.jsonl"),
        "scrapinghub": (list(_scrapinghub()), SHARED / "scrapinghub/ground-truth.json"),
    }
    for name, (pages, gold) in sets.items():
        print(f"\n== {name}: {len(pages)} pages")
        parse = _seconds(lambda page: LexborHTMLParser(page.content), pages)
        print(f"{'bare lexbor parse':28} {1000 * parse / len(pages):8.2f} ms a page")
        _ours(pages, gold, parse=parse, folds=options.folds if name == "saved pages" else None, score=score)
        if options.peers:
            for peer, read in _peers():
                _peer(peer, read, pages, parse=parse, gold=dict(score.load_gold(str(gold))), score=score)
    return 0


def _ours(pages: list[Saved], gold: Path, *, parse: float, folds: Path | None, score: ModuleType) -> None:
    for page in pages[:3]:
        article_of_html(_page(page))
    seconds = _seconds(lambda page: article_of_html(_page(page)), pages)
    print(f"{'depesche':28} {1000 * seconds / len(pages):8.2f} ms a page, {seconds / parse:5.1f} x the parse")
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as records:
        for page in pages:
            path = folds / f"{page.name}.npz" if folds else None
            models = load(path) if path and path.exists() else None
            records.write(msgspec.json.encode(article_of_html(_page(page), models=models).record) + b"\n")
        records.flush()
        for language in ("de", None) if gold.suffix == ".jsonl" else (None,):
            print(f"-- depesche, {language or 'all languages'}{', models of the folds' if folds else ''}")
            sys.argv = ["score.py", str(gold), records.name, *(["--lang", language] if language else [])]
            score.main()


def _peer(  # noqa: PLR0913 (one row of the table)
    name: str, read: Reader, pages: list[Saved], *, parse: float, gold: dict[str, Any], score: ModuleType
) -> None:
    seconds, found = 0.0, []
    for page in pages:
        start = time.process_time()
        try:
            text = read(page.content, page.url)
        except Exception:  # noqa: BLE001 (a peer that fails on a page has read nothing)
            text = ""
        seconds += time.process_time() - start
        found.append(_best_f1(text, gold[page.name], score))
    precision, recall = (sum(values) / len(found) for values in zip(*found, strict=True))
    f1 = 200 * precision * recall / (precision + recall) if precision + recall else 0.0
    print(
        f"{name:28} {1000 * seconds / len(pages):8.2f} ms a page, {seconds / parse:5.1f} x the parse, body F1 {f1:5.1f}"
    )


def _best_f1(text: str, gold: dict[str, Any], score: ModuleType) -> tuple[float, float]:
    """The scorer's own measure, for a body that came as one text."""
    best = (0.0, 0.0, 0.0)
    mine = score.shingles(score.tokens(text))
    nothing: list[str] = []
    for head in (nothing, [gold["title"] or ""]):
        for lead in (nothing, gold["summary"]):
            ref = score.shingles(score.tokens(" ".join(head + lead + gold["lines"])))
            shared = sum((mine & ref).values())
            precision, recall = shared / max(1, sum(mine.values())), shared / max(1, sum(ref.values()))
            best = max(best, (2 * precision * recall / max(1e-9, precision + recall), precision, recall))
    return best[1], best[2]


def _peers() -> Iterator[tuple[str, Reader]]:
    """The peers that are installed; asked for by name, since none of them need be."""
    if importlib.util.find_spec("trafilatura"):
        trafilatura = importlib.import_module("trafilatura")
        for name, fast in (("trafilatura fast", True), ("trafilatura full", False)):
            yield name, partial(_trafilatura, trafilatura, fast=fast)
    if importlib.util.find_spec("resiliparse"):
        extract = importlib.import_module("resiliparse.extract.html2text").extract_plain_text
        encoding = importlib.import_module("resiliparse.parse.encoding")
        yield (
            "resiliparse",
            lambda content, _: extract(
                encoding.bytes_to_str(content, encoding.detect_encoding(content)), main_content=True, alt_texts=False
            ),
        )
    if importlib.util.find_spec("newspaper"):
        newspaper = importlib.import_module("newspaper")
        yield (
            "newspaper4k",
            lambda content, url: (
                newspaper.article(url or "https://example.org/", input_html=content.decode(errors="replace")).text
            ),
        )
    if importlib.util.find_spec("readability"):
        readability = importlib.import_module("readability")
        yield (
            "readability-lxml",
            lambda content, _: LexborHTMLParser(readability.Document(content.decode(errors="replace")).summary()).text(
                separator=" "
            ),
        )


def _trafilatura(module: ModuleType, content: bytes, url: str | None, *, fast: bool) -> str:
    return module.extract(content, url=url, fast=fast, include_comments=False) or ""


def _seconds(read: Callable[[Saved], object], pages: list[Saved]) -> float:
    """Seconds of computing (not of waiting for a core that others use), the quickest of three rounds."""
    return min(_round(read, pages) for _ in range(3))


def _round(read: Callable[[Saved], object], pages: list[Saved]) -> float:
    start = time.process_time()
    for page in pages:
        read(page)
    return time.process_time() - start


def _page(saved: Saved) -> Page:
    return Page(origin=f"{saved.name}.html", content=saved.content, media_type="text/html", url=saved.url)


def _fundus() -> Iterator[Saved]:
    for line in (SHARED / "fundus/gold.jsonl").open(encoding="utf-8"):
        row = json.loads(line)
        yield Saved(
            name=row["id"], content=gzip.decompress((SHARED / "fundus" / row["html"]).read_bytes()), url=row["url"]
        )


def _scrapinghub() -> Iterator[Saved]:
    for name, row in json.loads((SHARED / "scrapinghub/ground-truth.json").read_text("utf-8")).items():
        path = SHARED / "scrapinghub/html" / f"{name}.html.gz"
        yield Saved(name=name, content=gzip.decompress(path.read_bytes()), url=row.get("url"))


def _scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", SHARED / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    sys.exit(main())
