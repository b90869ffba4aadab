"""Everything that reads reports, loaded once for all workers: imported by the process from which they are forked.

What loading costs (three seconds, a quarter of a gigabyte) is thus paid once, whatever the number of workers.
"""

import gc
import signal
from contextlib import suppress

from depesche.reading import default_pipeline, read_text
from depesche.record.collecting import uncollected

_REPORTS = (
    """GENF (dpa) - US-Außenminister John Kerry hat am Freitag in Genf den russischen Außenminister Sergej Lawrow getroffen. "Wir
haben uns auf eine Waffenruhe geeinigt", sagte Kerry. Bei Luftangriffen auf Aleppo wurden nach Angaben von Aktivisten am 9.
September mindestens 30 Menschen getötet. Die Bundesregierung verurteilte den Angriff.""",
    """GENEVA (AP) - Secretary of State John Kerry met Russian Foreign Minister Sergey Lavrov in Geneva on Friday. "We have agreed
on a ceasefire," Kerry said. Air strikes on Aleppo killed at least 30 people on September 9, activists said. The German government
condemned the attack and is expected to send aid next week.""",
)
"""One in each language, with somebody, somewhere, a day, a quotation, a number and what happened: so that no table is left."""


def _load() -> None:
    with uncollected():
        default_pipeline()
        for report in _REPORTS:
            with suppress(Exception):  # a fault is told where a report of the caller's meets it
                read_text(report)
    # So that the search for cycles never looks at what is loaded, and workers go on sharing its memory.
    gc.freeze()


signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the coordinator's to answer
_load()
