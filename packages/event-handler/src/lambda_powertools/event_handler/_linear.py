"""Matching of rules that are plain characters, dots and dynamic parts: in time linear in the path, whatever the path.

A dynamic part takes as much as it can, the first before the second: what a regular expression would give, which may
take quadratic time and worse over paths that do not match.
"""

from __future__ import annotations

from lambda_powertools.event_handler._rules import AnyCharacter, Name, is_value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


class SegmentPattern:
    """Matches one segment of a path that has dynamic parts and plain texts, such as `<name>-<version>`."""

    __slots__ = ("_count", "_first", "_last", "_middle")

    def __init__(self, parts: Sequence[str]) -> None:
        literals = split_at_names(parts)
        texts = ["".join(literal) for literal in literals]
        self._first, self._last = texts[0], texts[-1]
        self._middle = texts[-2:0:-1]
        self._count = len(texts) - 1

    def match(self, text: str) -> list[str] | None:
        """Return the values of the dynamic parts in order, None when the segment is another one.

        The texts between the parts are found from the right, each as far right as it can be: so every part ends as
        far right as it can, which is what greedy means.
        """
        start, end = len(self._first), len(text) - len(self._last)
        if end - start < self._count or not (text.startswith(self._first) and text.endswith(self._last)):
            return None
        values = []
        for literal in self._middle:
            position = text.rfind(literal, start + 1, end - 1) if literal else end - 1
            if position <= start:
                return None
            values.append(text[position + len(literal) : end])
            end = position
        values.append(text[start:end])
        values.reverse()
        return values if all(map(is_value, values)) else None


class DottedPattern:
    """Matches a whole path against a rule with dots, each of which may be any character, a slash too."""

    __slots__ = ("_literals", "_prefix")

    def __init__(self, parts: Sequence[str]) -> None:
        self._literals = split_at_names(parts)
        first = self._literals[0]
        self._prefix = first[0] if first and type(first[0]) is not AnyCharacter else ""

    def match(self, path: str) -> list[str] | None:
        """Return the values of the dynamic parts in order, None when the path is another one."""
        if not path.startswith(self._prefix):
            return None
        first, *rest = self._literals
        start = _width(first)
        if not _fits(first, path, 0):
            return None
        if not rest:
            return [] if start == len(path) else None
        # From the right: where each of the texts may begin, so that what follows it still matches.
        begins: list[set[int]] = []
        starts = {len(path)}
        for literal in reversed(rest):
            width = _width(literal)
            begin = {end - width for end in starts if end > width and _fits(literal, path, end - width)}
            begins.append(begin)
            starts = _group_starts(path, begin)
        if start not in starts:
            return None
        values = []
        for literal, begin in zip(rest, reversed(begins), strict=True):
            end = _group_end(path, start, begin)
            values.append(path[start:end])
            start = end + _width(literal)
        return values


def split_at_names(parts: Sequence[str]) -> list[list[str]]:
    """Return what is before, between and behind the names: one list more than there are names."""
    literals: list[list[str]] = [[]]
    for part in parts:
        if type(part) is Name:
            literals.append([])
        else:
            literals[-1].append(part)
    return literals


def _width(literal: Sequence[str]) -> int:
    return sum(map(len, literal))


def _fits(literal: Sequence[str], path: str, position: int) -> bool:
    """Return whether the text stands at this position of the path."""
    for part in literal:
        if type(part) is AnyCharacter:
            if path[position : position + 1] in {"", "\n"}:
                return False
        elif not path.startswith(part, position):
            return False
        position += len(part)
    return True


def _group_starts(path: str, ends: set[int]) -> set[int]:
    """Return where a dynamic part may begin that ends at one of these positions."""
    starts = set()
    reachable = False
    for index in range(max(ends, default=0) - 1, -1, -1):
        reachable = is_value(path[index]) and (reachable or index + 1 in ends)
        if reachable:
            starts.add(index)
    return starts


def _group_end(path: str, start: int, ends: set[int]) -> int:
    """Return the last of these positions that a dynamic part reaches from its start."""
    last = start
    index = start
    while index < len(path) and is_value(path[index]):
        index += 1
        if index in ends:
            last = index
    return last
