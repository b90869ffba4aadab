"""Values as cells of a CSV table."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def cell(value: object) -> str:
    """A value as one cell; what a spreadsheet would run as a formula is disarmed with an apostrophe (OWASP, CSV injection).

    >>> cell("=cmd()"), cell(("a", "b")), cell(None), cell(-3)
    ("'=cmd()", 'a; b', '', '-3')
    """
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return cell("; ".join(str(v) for v in value))
    text = str(value)
    return "'" + text if isinstance(value, str) and text.startswith(_FORMULA) else text
