"""All benches one after the other: `python -m bench SHARED [NAME…]`.

A bench whose data are not at hand says so and is passed over.
"""

import subprocess
import sys
from pathlib import Path

BENCHES: dict[str, tuple[str, ...]] = {
    "gold": ("{shared}",),
    "pages": ("{shared}",),
    "language": ("{shared}/data",),
    "clauses": ("{shared}/data",),
    "names": ("{shared}/data",),
    "german_names": ("{shared}",),
    "times": ("{shared}",),
    "dating": ("{shared}",),
    "actors": ("{shared}",),
    "places": ("{shared}",),
    "speech": ("{shared}",),
    "figures": ("{shared}",),
    "events": ("{shared}",),
    "record": (),
    "crash": (),
    "fuzz_pages": (),
}
"""Each bench with its arguments, in the order in which data flow."""


def main() -> int:
    """Run what was asked for, all by default; the number of benches that failed."""
    if len(sys.argv) < 2:
        print("usage: python -m bench SHARED [NAME...]; names: " + ", ".join(BENCHES))
        return 2
    shared = Path(sys.argv[1])
    if not shared.is_dir():
        print(f"bench: skipped, there are no benchmark data at {shared}")
        return 0
    failed = 0
    for name in sys.argv[2:] or BENCHES:
        print(f"\n=== {name}", flush=True)
        arguments = [a.format(shared=shared) for a in BENCHES[name]]
        failed += subprocess.run([sys.executable, "-m", f"bench.{name}", *arguments], check=False).returncode != 0  # noqa: S603
    return failed


if __name__ == "__main__":
    sys.exit(main())
