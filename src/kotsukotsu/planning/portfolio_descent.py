"""Down the tree of choices with the best few of each depth, to where little is undecided ("beam search")."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator

from kotsukotsu.planning.portfolio_tree import Node, Relaxations

# Only plans this near to the relaxation are looked for on the way. [1]
HOPED = 0.0025


def descended(relaxations: Relaxations, root: Node, width: int, undecided: int, over: Callable[[], bool]) -> list[Node]:
    """The nodes at the end of the way, best first; fewer decisions are made where the time is over before.

    Parameters
    ----------
    root : Node
        Where the way begins.
    width, undecided : int
        Nodes kept of each depth, and branches left at the best where the way ends.
    """
    useful, level = root.value + HOPED * abs(root.value), [root]
    while len(level[0].branches) > undecided and not over():
        below = heapq.nsmallest(width, (child for node in level for child in _below(relaxations, node, useful)))
        if not below:
            break
        level = below
    return level


def _below(relaxations: Relaxations, node: Node, useful: float) -> Iterator[Node]:
    if not node.branches:
        yield node
        return
    branch = max(node.branches, key=lambda each: min(each.begun, 1 - each.begun) * relaxations.weight[each.option])
    for begun in (False, True):
        child = relaxations.child(node, branch, begun, useful)
        if child is not None:
            yield child
