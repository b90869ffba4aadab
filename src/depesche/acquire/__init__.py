"""Bytes from files, folders and standard input → pages and rows.

What cannot be read comes out as the error in the place where its page or row would have stood, so that one bad file
never costs the others.
"""

from depesche.acquire.dates import checked_date, iso_date
from depesche.acquire.files import Meter, places, sources
from depesche.acquire.web import Fetcher, Visit

__all__ = ["Fetcher", "Meter", "Visit", "checked_date", "iso_date", "places", "sources"]
