"""Where each block stands, as a CSS path that a browser's console takes: one compiled pass up the elements of a page."""

import numpy as np

from depesche.blocks.bytewise import write_paths
from depesche.blocks.tree import Tree

_NTH = np.frombuffer(b":nth-child(", dtype=np.uint8)
# A path of more steps would make a page of deep nesting a hundred times as long.
_STEPS = 100
_BODY = np.frombuffer(b"body", dtype=np.uint8)


def block_paths(tree: Tree) -> list[str]:
    """The path of each block, from the nearest ancestor with a plain id: "#story>div:nth-child(3)>p:nth-child(2)"."""
    if not tree.blocks:
        return []
    source = np.frombuffer(tree.source, dtype=np.uint8)
    wanted = np.ascontiguousarray(tree.table[:, 1])
    chain = np.empty(_STEPS, dtype=np.int64)
    nothing = np.empty(0, dtype=np.uint8)
    size = write_paths(source, tree.elements, wanted, chain, _NTH, _BODY, nothing)
    out = np.empty(size, dtype=np.uint8)
    write_paths(source, tree.elements, wanted, chain, _NTH, _BODY, out)
    return out.tobytes().decode().split("\n")[:-1]
