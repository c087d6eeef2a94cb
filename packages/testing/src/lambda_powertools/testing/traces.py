"""The tree that a trace's segments form."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass
class TraceNode:
    """A segment or subsegment, with those inside it.

    Attributes:
        segment: the document as it was sent.
        children: the subsegments inside, by their start.
    """

    segment: dict[str, Any]
    children: list[TraceNode] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Name of the segment."""
        return str(self.segment.get("name", ""))

    @property
    def duration_ms(self) -> float | None:
        """Milliseconds from start to end, None while it is in progress."""
        start, end = self.segment.get("start_time"), self.segment.get("end_time")
        return None if start is None or end is None else (end - start) * 1000

    @property
    def annotations(self) -> dict[str, Any]:
        """What the trace can be searched by."""
        return dict(self.segment.get("annotations", {}))

    @property
    def metadata(self) -> dict[str, Any]:
        """What the trace holds besides, by namespace."""
        return dict(self.segment.get("metadata", {}))

    @property
    def is_failed(self) -> bool:
        """Whether it is marked as an error, a fault or a throttle."""
        return any(self.segment.get(mark) for mark in ("error", "fault", "throttle"))

    def walk(self) -> Iterator[TraceNode]:
        """Yield the node and all those below, parents first."""
        yield self
        for child in self.children:
            yield from child.walk()


def build_trace(segments: Iterable[dict[str, Any]]) -> list[TraceNode]:
    """Return the roots of the trees that segments form: those whose parent was not sent.

    Under Lambda these are the outermost subsegments, since the function's segment is sent by the service.
    Subsegments come on their own, with a `parent_id`, or inside their parent's `subsegments`. Of several documents with
    one id the last counts, as a segment in progress is sent again at its end.

    Example:
        >>> roots = build_trace([
        ...     {"id": "b", "parent_id": "a", "name": "query", "start_time": 1.0, "end_time": 1.5},
        ...     {"id": "a", "parent_id": "0", "name": "## handler", "start_time": 0.0, "end_time": 2.0},
        ... ])
        >>> [(node.name, node.duration_ms) for node in roots[0].walk()]
        [('## handler', 2000.0), ('query', 500.0)]
    """
    documents: dict[str, tuple[dict[str, Any], str | None]] = {}
    for segment in segments:
        _collect(segment, segment.get("parent_id"), documents)
    nodes = {key: TraceNode(document) for key, (document, _) in documents.items()}
    roots: list[TraceNode] = []
    for key, (_, parent) in documents.items():
        (nodes[parent].children if parent in nodes else roots).append(nodes[key])
    for node in nodes.values():
        node.children.sort(key=_start)
    return sorted(roots, key=_start)


def _collect(
    segment: dict[str, Any], parent: str | None, documents: dict[str, tuple[dict[str, Any], str | None]]
) -> None:
    key = str(segment.get("id", id(segment)))
    documents[key] = (segment, parent)
    for inner in segment.get("subsegments", ()):
        _collect(inner, key, documents)


def _start(node: TraceNode) -> float:
    return float(node.segment.get("start_time", 0.0))
