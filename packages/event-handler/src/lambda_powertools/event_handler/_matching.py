"""Finds the route of a method and path, in a time that does not depend on how many routes there are.

Per method, in this order: rules whose text is the path (a dictionary); other expressions that capture nothing; rules
with dynamic parts (a tree of path segments, and a list for those that are no plain segments); catch-alls. Within each
of these the first that was registered wins.
"""

from __future__ import annotations

import threading

from lambda_powertools.event_handler._linear import DottedPattern, SegmentPattern
from lambda_powertools.event_handler._rules import Name, Rule, compile_rule, is_value
from lambda_powertools.event_handler.exceptions import RouteConflictError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from lambda_powertools.event_handler._route import Route

_NEVER = 1 << 60
_NO_VALUES: tuple[str, ...] = ()


class _Node:
    """A segment of rules that begin alike."""

    __slots__ = ("any", "first", "leaf", "literals", "patterns")

    def __init__(self) -> None:
        self.first = _NEVER
        self.literals: dict[str, _Node] = {}
        self.any: _Node | None = None
        self.patterns: dict[tuple[str, ...], tuple[SegmentPattern, _Node]] = {}
        self.leaf: _Leaf | None = None


class _Leaf:
    """A route at the end of its segments, and where its values stand in a path."""

    __slots__ = ("order", "plain", "route", "values")

    def __init__(self, order: int, route: Route, segments: list[list[str]]) -> None:
        self.order = order
        self.route = route
        self.values = [
            (index, None if len(segment) == 1 else SegmentPattern(segment), names)
            for index, segment in enumerate(segments)
            if (names := [str(part) for part in segment if type(part) is Name])
        ]
        self.plain = (
            [(names[0], index) for index, _, names in self.values]
            if all(pattern is None for _, pattern, _ in self.values)
            else None
        )

    def extract(self, segments: list[str]) -> dict[str, str]:
        if self.plain is not None:
            return {name: segments[index] for name, index in self.plain}
        found: dict[str, str] = {}
        for index, pattern, names in self.values:
            values = [segments[index]] if pattern is None else pattern.match(segments[index]) or ()
            found.update(zip(names, values, strict=True))
        return found


class _Listed:
    """A route that is compared with each path, as it is in no dictionary or tree."""

    __slots__ = ("match", "order", "raw", "route")

    def __init__(self, order: int, route: Route, *, trailing_slashes: bool) -> None:
        self.order = order
        self.route = route
        rule = route.parsed
        # A dot at the end may stand for one of the slashes that would be cut off.
        if rule.parts is not None and not (trailing_slashes and rule.text.endswith(".")):
            names = rule.names
            pattern = DottedPattern(rule.parts)
            self.raw = False

            def match(path: str) -> dict[str, str] | None:
                values = pattern.match(path)
                return None if values is None else dict(zip(names, values, strict=True))

        else:
            self.raw = True
            expression = compile_rule(rule.text, "/*" if trailing_slashes else "")

            def match(path: str) -> dict[str, str] | None:
                found = expression.fullmatch(path)
                return None if found is None else found.groupdict()

        self.match = match


class _MethodTable:
    """The routes of one method."""

    __slots__ = ("catch_alls", "expressions", "listed", "literals", "root")

    def __init__(self) -> None:
        self.literals: dict[str, Route] = {}
        self.expressions: list[_Listed] = []
        self.root = _Node()
        self.listed: list[_Listed] = []
        self.catch_alls: list[_Listed] = []


class Matcher:
    """All routes of an app.

    Args:
        trailing_slashes: whether slashes at the end of a rule or path mean nothing.
    """

    __slots__ = ("_count", "_known", "_lock", "_tables", "_trailing_slashes", "routes")

    def __init__(self, *, trailing_slashes: bool = False) -> None:
        self.routes: list[Route] = []
        self._tables: dict[str, _MethodTable] = {}
        self._known: dict[tuple[str, str], Route] = {}
        self._count = 0
        self._lock = threading.Lock()
        self._trailing_slashes = trailing_slashes

    def normalize(self, rule: str) -> str:
        """Return the rule as it is kept."""
        return rule.rstrip("/") if self._trailing_slashes else rule

    def add(self, routes: Sequence[Route]) -> None:
        """Add routes behind those there are, all or none.

        Raises:
            RouteConflictError: the method of one has a route of this rule already.
        """
        known = self._known
        for route in routes:
            if (route.method, route.parsed.text) in known:
                raise _conflict(known[route.method, route.parsed.text], route)
        for route in routes:
            known[route.method, route.parsed.text] = route
        self.routes.extend(routes)

    def _arrange(self) -> None:
        """Put the routes that came since the last time into the tables; not when they come, as that is at import."""
        with self._lock:
            for order in range(self._count, len(self.routes)):
                self._place(order, self.routes[order])
                self._count = order + 1

    def _place(self, order: int, route: Route) -> None:
        rule = route.parsed
        table = self._tables.get(route.method)
        if table is None:
            table = self._tables[route.method] = _MethodTable()
        if not rule.has_group:
            table.literals[rule.text] = route
            if rule.is_catch_all:
                table.catch_alls.append(_Listed(order, route, trailing_slashes=self._trailing_slashes))
            elif not rule.is_literal or rule.parts != [rule.text]:
                table.expressions.append(_Listed(order, route, trailing_slashes=self._trailing_slashes))
        elif rule.parts is None or rule.has_dot:
            table.listed.append(_Listed(order, route, trailing_slashes=self._trailing_slashes))
        else:
            _plant(table.root, order, route, segments_of(rule))

    def find(self, method: str, path: str) -> tuple[Route, dict[str, str]] | None:
        """Return the route of a method and path, and the values of its dynamic parts; None when there is none."""
        if self._count != len(self.routes):
            self._arrange()
        table = self._tables.get(method)
        if table is None:
            return None
        stripped = path.rstrip("/") if self._trailing_slashes else path
        route = table.literals.get(stripped)
        if route is not None:
            return route, {}
        if table.expressions:
            found = _first(table.expressions, path, stripped, _NEVER)
            if found is not None:
                return found
        leaf = None
        if table.root.first != _NEVER:
            segments = stripped.split("/")
            leaf = _search(table.root, segments, 0, len(segments), None)
        if table.listed:
            found = _first(table.listed, path, stripped, _NEVER if leaf is None else leaf.order)
            if found is not None:
                return found
        if leaf is not None:
            return leaf.route, leaf.extract(segments)
        return _first(table.catch_alls, path, stripped, _NEVER) if table.catch_alls else None

    def matching(self, path: str, method: str) -> Iterator[Route]:
        """Yield every route of a method that matches the path, in order of registration; to explain, not to serve."""
        for route in self.routes:
            if route.method == method:
                alone = Matcher(trailing_slashes=self._trailing_slashes)
                alone.add([route])
                if alone.find(method, path) is not None:
                    yield route

    def allowed(self, path: str) -> tuple[str, ...]:
        """Return the methods that have a route of this path, sorted."""
        methods = {route.method for route in self.routes}
        return tuple(sorted(method for method in methods if self.find(method, path) is not None))


def _conflict(known: Route, route: Route) -> RouteConflictError:
    from lambda_powertools.core.callables import display_name

    return RouteConflictError(
        f"A route like this was already registered: {route.method} {route.path!r} is {display_name(known.func)}, "
        f"so {display_name(route.func)} could never be reached"
    )


def segments_of(rule: Rule) -> list[list[str]]:
    """Return the parts of a rule by segment of the path."""
    segments: list[list[str]] = [[]]
    for part in rule.parts or ():
        if type(part) is Name:
            segments[-1].append(part)
            continue
        first, *rest = part.split("/")
        if first:
            segments[-1].append(first)
        segments.extend([text] if text else [] for text in rest)
    return segments


def _plant(node: _Node, order: int, route: Route, segments: list[list[str]]) -> None:
    node.first = min(node.first, order)
    for segment in segments:
        node = _child(node, segment)
        node.first = min(node.first, order)
    if node.leaf is None:  # of two rules that differ in names only, the first wins
        node.leaf = _Leaf(order, route, segments)


def _child(node: _Node, segment: list[str]) -> _Node:
    """Return the node of a segment below another, made if there is none."""
    if not segment:
        return node.literals.setdefault("", _Node())
    if len(segment) == 1 and type(segment[0]) is not Name:
        child = node.literals.get(segment[0])
        if child is None:
            child = node.literals[segment[0]] = _Node()
        return child
    if len(segment) == 1:
        if node.any is None:
            node.any = _Node()
        return node.any
    shape = tuple("" if type(part) is Name else part for part in segment)
    if shape not in node.patterns:
        node.patterns[shape] = (SegmentPattern(segment), _Node())
    return node.patterns[shape][1]


def _search(node: _Node, segments: list[str], index: int, length: int, best: _Leaf | None) -> _Leaf | None:
    """Return the leaf of the earliest route that matches, or the best so far."""
    while index < length:
        segment = segments[index]
        index += 1
        child = node.literals.get(segment)
        dynamic = node.any
        if dynamic is None and not node.patterns:
            if child is None or (best is not None and best.order < child.first):
                return best
            node = child
            continue
        if child is not None and (best is None or child.first < best.order):
            best = _search(child, segments, index, length, best)
        for pattern, below in node.patterns.values():
            if (best is None or below.first < best.order) and pattern.match(segment) is not None:
                best = _search(below, segments, index, length, best)
        if dynamic is None or (best is not None and best.order < dynamic.first) or not is_value(segment):
            return best
        node = dynamic
    leaf = node.leaf
    return leaf if leaf is not None and (best is None or leaf.order < best.order) else best


def _first(listed: list[_Listed], path: str, stripped: str, before: int) -> tuple[Route, dict[str, Any]] | None:
    for entry in listed:
        if entry.order > before:
            return None
        values = entry.match(path if entry.raw else stripped)
        if values is not None:
            return entry.route, values
    return None
