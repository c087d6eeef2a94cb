"""Reads what `python -X importtime` says, and finds the chain of imports that costs most.

Format: https://docs.python.org/3/using/cmdline.html#cmdoption-X
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_LINE = re.compile(r"^import time:\s+(\d+) \|\s+(\d+) \| ( *)(\S+)$")
_INDENT = 2


@dataclass
class ImportNode:
    """A module that was imported.

    Attributes:
        name: the module.
        self_us: microseconds its own code took.
        total_us: microseconds with all that it imported.
        children: the modules that it was the first to import.
    """

    name: str
    self_us: int
    total_us: int
    children: list[ImportNode] = field(default_factory=list)


def parse_importtime(lines: Iterable[str]) -> list[ImportNode]:
    """Return the outermost imports that the lines tell of; lines of any other kind are passed over.

    Example:
        >>> (node,) = parse_importtime([
        ...     "import time:       100 |        100 |   json.decoder",
        ...     "import time:        50 |        150 | json",
        ... ])
        >>> node.name, node.total_us, [child.name for child in node.children]
        ('json', 150, ['json.decoder'])
    """
    waiting: dict[int, list[ImportNode]] = {}  # by depth: a module is written after those it has imported
    for line in lines:
        match = _LINE.match(line.rstrip())
        if match is None:
            continue
        depth = len(match[3]) // _INDENT
        node = ImportNode(match[4], int(match[1]), int(match[2]), waiting.pop(depth + 1, []))
        waiting.setdefault(depth, []).append(node)
    return waiting.get(0, [])


def costliest_chain(roots: Iterable[ImportNode]) -> list[ImportNode]:
    """Return the costliest import, in it the costliest, and so on while it weighs more than its importer's own code."""
    chain: list[ImportNode] = []
    candidates = list(roots)
    while candidates:
        heaviest = max(candidates, key=lambda node: node.total_us)
        if chain and heaviest.total_us < chain[-1].self_us:
            break
        chain.append(heaviest)
        candidates = heaviest.children
    return chain
