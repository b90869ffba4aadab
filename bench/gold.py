"""Records of the hand-coded reports, scored by the scorer that came with them, with time and memory."""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from depesche import InputError, read_many
from depesche.reading import default_pipeline


def main(shared: Path, *, part: str = "dev", more: tuple[str, ...] = ()) -> None:
    """Print the scorer's table for one part of the gold data.

    Args:
        shared: folder that holds `gold/`.
        part: "train", "dev" …
        more: further arguments of the scorer, such as `--by-type`.
    """
    gold = shared / "gold" / f"{part}.jsonl"
    records = Path(tempfile.gettempdir()) / f"depesche-{part}.jsonl"
    default_pipeline()
    began = time.perf_counter()
    count = words = 0
    warm = 0.0
    with records.open("wb") as stream:
        for article in read_many([str(shared / "gold" / f"{part}.input.jsonl")]):
            if isinstance(article, InputError):
                raise article
            if count == 0:
                warm, began = time.perf_counter() - began, time.perf_counter()
            stream.write(article.record.json() + b"\n")
            count += 1
            words += len(article.text.split())
    seconds = time.perf_counter() - began
    print(f"\ngold/{part}: {count} reports, {words} words")
    print(
        f"first report after {warm:.1f} s, then {100 * seconds / count:.1f} s per 100 reports, {words / seconds:,.0f} words/s"
    )
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB\n", flush=True)
    subprocess.run([sys.executable, str(shared / "gold" / "score.py"), str(gold), str(records), *more], check=True)  # noqa: S603


if __name__ == "__main__":
    main(Path(sys.argv[1]), part=sys.argv[2] if len(sys.argv) > 2 else "dev", more=tuple(sys.argv[3:]))
