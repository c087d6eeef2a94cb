"""What came of running a handler: the execution environments that were started, and the invocations in each."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from lambda_powertools.testing import Output, TraceNode, build_trace, parse_output

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True)
class Failure:
    """An exception of the function, or what ended it.

    Attributes:
        type: name of its type.
        message: its message.
        stack: lines of its traceback.
    """

    type: str
    message: str
    stack: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """Return it for JSON."""
        return {"type": self.type, "message": self.message, "stack": self.stack}


@dataclass
class InvocationReport:
    """One invocation.

    Attributes:
        request_id: its request's id.
        cold_start: whether it was the first of its environment.
        duration_ms: milliseconds it took; None if it did not end.
        response: what the handler returned.
        error: what it raised, or what ended it.
        lines: what it wrote.
        trace_header: the tracing header it was given.
        trace: roots of its trace.
    """

    request_id: str
    cold_start: bool
    duration_ms: float | None = None
    response: Any = None
    error: Failure | None = None
    lines: list[str] = field(default_factory=list)
    trace_header: str = ""
    trace: list[TraceNode] = field(default_factory=list)

    @property
    def output(self) -> Output:
        """What it wrote, sorted."""
        return parse_output(self.lines)

    def as_dict(self) -> dict[str, Any]:
        """Return it for JSON."""
        output = self.output
        return {
            "request_id": self.request_id,
            "cold_start": self.cold_start,
            "duration_ms": self.duration_ms,
            "response": self.response,
            "error": self.error and self.error.as_dict(),
            "logs": output.logs,
            "metrics": output.metrics,
            "output": output.other,
            "trace": [_node_as_dict(node) for node in self.trace],
        }


@dataclass
class Environment:
    """One execution environment: a process that was initialised once.

    Attributes:
        init_ms: milliseconds that its initialisation took.
        init_error: what made it fail.
        plugins: the plugins around the handler, outermost first; None where that is not known.
        lines: what it wrote while it was initialised.
        invocations: those it served.
    """

    init_ms: float | None = None
    init_error: Failure | None = None
    plugins: list[str] | None = None
    lines: list[str] = field(default_factory=list)
    invocations: list[InvocationReport] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """Return its initialisation for JSON."""
        output = parse_output(self.lines)
        return {
            "duration_ms": self.init_ms,
            "error": self.init_error and self.init_error.as_dict(),
            "plugins": self.plugins,
            "logs": output.logs,
            "metrics": output.metrics,
            "output": output.other,
        }


def attach_traces(environments: Iterable[Environment], segments: Iterable[dict[str, Any]]) -> None:
    """Give each invocation the trees of the segments that were sent for its trace."""
    by_trace: dict[str, list[dict[str, Any]]] = {}
    for segment in segments:
        by_trace.setdefault(str(segment.get("trace_id")), []).append(segment)
    for environment in environments:
        for invocation in environment.invocations:
            root = invocation.trace_header.partition(";")[0].removeprefix("Root=")
            invocation.trace = build_trace(by_trace.get(root, ()))


def _node_as_dict(node: TraceNode) -> dict[str, Any]:
    segment = node.segment
    return {
        "name": node.name,
        "duration_ms": node.duration_ms,
        "fault": bool(segment.get("fault") or segment.get("error")),
        "annotations": segment.get("annotations", {}),
        "metadata": segment.get("metadata", {}),
        "children": [_node_as_dict(child) for child in node.children],
    }
