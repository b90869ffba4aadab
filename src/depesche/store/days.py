"""First and last day of an EDTF value, as strings that compare."""

from depesche.details.times.edtf import interval


def day_range(edtf: str | None) -> tuple[str | None, str | None]:
    """ISO days of an EDTF value; None where it is open or absent."""
    if edtf is None:
        return None, None
    first, last = interval(edtf)
    return first.isoformat() if first else None, last.isoformat() if last else None
