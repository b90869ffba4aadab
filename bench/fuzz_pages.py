"""A fuzz run over the page reader: `python -m bench.fuzz_pages [SECONDS]`, 60 by default.

Atheris (https://github.com/google/atheris, `pip install atheris`; skipped where it does not install) breeds pages from the bundled samples by what new
branches of the reader they reach. Whatever comes, the reader must answer within ten seconds and two gigabytes, and its parts must lie in
order inside the text. A page that breaks this is written to the working directory as `crash-…` or `timeout-…`, and the run fails.
"""

import importlib.util
import sys
import tempfile
from pathlib import Path
from types import FunctionType

SAMPLES = Path(__file__).parents[1] / "samples"
_LONGEST, _SLOWEST, _LARGEST = 30_000, 10, 2_000
# The modules of plain Python; compiled passes can not be watched.
_WATCHED = (
    "bylines", "credits", "dateline", "dates", "decode", "filling", "headline", "html", "jsonld", "labelling", "nesting", "scripted", "stubs",
    "verdict", "walk",
)  # fmt: skip


def main() -> int:
    """Fuzz for the given time; 0 where nothing broke or atheris is not installed."""
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    if importlib.util.find_spec("atheris") is None:
        print("skipped: atheris is not installed")
        return 0
    atheris = importlib.import_module("atheris")
    blocks = importlib.import_module("depesche.blocks")
    for name in _WATCHED:
        module = importlib.import_module(f"depesche.blocks.{name}")
        for function in vars(module).values():
            if isinstance(function, FunctionType) and function.__module__ == module.__name__:
                atheris.instrument_func(function)
    record = importlib.import_module("depesche.record")

    def read(content: bytes) -> None:
        article = blocks.article_of(record.Page(origin="page.html", content=content, media_type="text/html"))
        parts = article.of(record.Part)
        assert "\n\n".join(article.quote(part.span) for part in parts) == article.text

    with tempfile.TemporaryDirectory() as corpus:
        for sample in sorted(SAMPLES.glob("*.html")):
            content = sample.read_bytes()
            # Compiled and loaded before the clock runs.
            read(content)
            (Path(corpus) / sample.name).write_bytes(content[:_LONGEST])
        limits = (
            f"-max_total_time={seconds}",
            f"-max_len={_LONGEST}",
            f"-timeout={_SLOWEST}",
            f"-rss_limit_mb={_LARGEST}",
        )
        atheris.Setup([sys.argv[0], *limits, "-print_final_stats=1", corpus], read)
        atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
