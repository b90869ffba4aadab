"""Time expressions: found, given a direction by grammar, and resolved to EDTF and TIMEX3 values.

On its own, for any text:

    >>> import datetime
    >>> from depesche.details.times import find_times
    >>> text = "Kerry sagte am Dienstag, gegen Ende August werde verhandelt."
    >>> for time in find_times(text, language="de", date=datetime.date(2016, 7, 26)):
    ...     print(text[time.span.start : time.span.end], time.edtf, time.value, time.approximate)
    Dienstag 2016-07-26 2016-07-26 False
    Ende August 2016-08-21/2016-08-31 2016-08 True

Without a date, what needs one stays unresolved:

    >>> [(time.edtf, time.value) for time in find_times("Er kam am Dienstag.", language="de")]
    [(None, 'XXXX-WXX-2')]
"""

from depesche.details.times.edtf import interval
from depesche.details.times.resolve import Resolve
from depesche.details.times.stage import Times, find_times

__all__ = ["Resolve", "Times", "find_times", "interval"]
