"""What the bytes of a page tell before it is parsed, in one compiled pass: whether they are UTF-8, and how many tags they may open."""

import msgspec
import numpy as np

from depesche.blocks.bytewise import is_spoiled


class Survey(msgspec.Struct, frozen=True, kw_only=True):
    """Whether some bytes are UTF-8, and how often `<` stands in them."""

    is_utf8: bool
    tags: int


def surveyed(page: bytes) -> Survey:
    """One pass over a page, about a tenth of what parsing costs."""
    content = np.frombuffer(page, dtype=np.uint8)
    eights = np.frombuffer(page, dtype=np.uint64, count=len(page) >> 3)
    return Survey(is_utf8=not is_spoiled(content, eights), tags=int(np.count_nonzero(content == ord("<"))))
