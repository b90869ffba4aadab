"""Kickers and datelines of the German saved pages, read by a person: `python -m bench.pages_openings [--folds DIR] [--lines DIR]`.

The labels (`pages_openings.tsv`) are hashes. As HTML, each page is read by the models of its fold (`--folds`, from
`training.pages.blocks`); as plain text by those of `--lines` (from `training.pages.lines`), where a kicker counts only if it has a line.
"""

import argparse
import hashlib
import sys
from pathlib import Path

import msgspec
from training.pages.lines import pages as line_pages

from bench.pages import SHARED, _fundus, _page
from depesche.blocks.forest import Looks, load
from depesche.blocks.headline import letters
from depesche.blocks.html import article_of_html
from depesche.blocks.plain import article_of_plain
from depesche.record import Article, Dateline, Page, Part

LABELS = Path(__file__).with_suffix(".tsv")


class Opening(msgspec.Struct, frozen=True, kw_only=True):
    """What a person found on a page: hashes of the kicker and of the dateline's places, `-` for none, `?` for untold."""

    page: str
    kicker: str
    dateline: str


class Tally(msgspec.Struct, kw_only=True):
    """Right, found and wanted ones."""

    right: int = 0
    found: int = 0
    wanted: int = 0

    def add(self, gold: str, mine: str) -> None:
        """Count one page."""
        if gold == "?":
            return
        self.found += mine != "-"
        self.wanted += gold != "-"
        self.right += mine != "-" and mine in gold.split("|")

    def __str__(self) -> str:
        """Precision and recall."""
        precision, recall = 100 * self.right / max(1, self.found), 100 * self.right / max(1, self.wanted)
        return f"precision {precision:5.1f}  recall {recall:5.1f}  of {self.wanted}"


def hashed(text: str) -> str:
    """What stands for a text in the labels."""
    return hashlib.sha256(letters(text).encode()).hexdigest()[:12]


def main() -> int:
    """Print precision and recall."""
    if not SHARED.exists():
        print(f"skipped: {SHARED} is not there")
        return 0
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--folds", type=Path, help="folder with the models of the folds, for HTML")
    parser.add_argument("--lines", type=Path, help="the same for plain text")
    parser.add_argument("--misses", action="store_true", help="name the pages that were misread")
    options = parser.parse_args()
    rows = [line.split("\t") for line in LABELS.read_text("utf-8").splitlines() if not line.startswith("#")][1:]
    labels = {row[0]: Opening(page=row[0], kicker=row[1], dateline=row[2]) for row in rows}
    saved = {page.name: page for page in _fundus() if page.name in labels}
    html = {name: article_of_html(_page(page), models=_models(options.folds, name)) for name, page in saved.items()}
    _print("HTML", labels, html, misses=options.misses)
    plain, shown = {}, {}
    for page in line_pages(SHARED):
        if label := labels.get(page.name):
            content = "\n".join(page.lines).encode()
            source = Page(origin=page.name, content=content, media_type="text/plain")
            plain[page.name] = article_of_plain(source, models=_models(options.lines, page.name))
            has = {hashed(line) for line in page.lines} & set(label.kicker.split("|"))
            shown[page.name] = (
                label if has else msgspec.structs.replace(label, kicker="-" if label.kicker != "?" else "?")
            )
    _print("plain text", shown, plain, misses=options.misses)
    return 0


def _models(folder: Path | None, name: str) -> Looks | None:
    return load(folder / f"{name}.npz") if folder else None


def _print(kind: str, labels: dict[str, Opening], articles: dict[str, Article], *, misses: bool) -> None:
    kickers, datelines = Tally(), Tally()
    for name, article in articles.items():
        kicker = next((article.quote(part.span) for part in article.of(Part) if part.label == "kicker"), None)
        dateline = next(iter(article.of(Dateline)), None)
        mine = hashed(kicker) if kicker else "-", hashed("/".join(dateline.places)) if dateline else "-"
        kickers.add(labels[name].kicker, mine[0])
        datelines.add(labels[name].dateline, mine[1])
        if misses and labels[name].kicker != "?" and mine[0] not in labels[name].kicker.split("|"):
            print(f"  {name}: kicker")
        if misses and mine[1] != labels[name].dateline:
            print(f"  {name}: dateline")
    print(f"{kind}, {len(articles)} pages   kicker {kickers}   dateline {datelines}")


if __name__ == "__main__":
    sys.exit(main())
