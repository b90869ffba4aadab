"""First and last day of an EDTF value, as strings that compare."""

from functools import lru_cache


@lru_cache(maxsize=4096)
def day_range(edtf: str | None) -> tuple[str | None, str | None]:
    """ISO days of an EDTF value; None where it is open or absent.

    Raises:
        ValueError: it is none.
    """
    if edtf is None:
        return None, None
    from depesche.details.times.edtf import interval  # noqa: PLC0415 (the code that reads reports: who asks has no use for it)

    first, last = interval(edtf)
    return first.isoformat() if first else None, last.isoformat() if last else None
