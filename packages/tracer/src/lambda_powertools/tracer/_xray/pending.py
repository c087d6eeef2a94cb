"""A subsegment that is no more than a few notes, until somebody asks for it.

Hardly a captured function asks for the entity of its subsegment. As long as nobody does, what the daemon is to be told
fits in the recording itself, which then stands for the entity in its context's line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.tracer._recording import Recording
from lambda_powertools.tracer._xray.models import ANNOTATIONS, encode, is_plain, quote

if TYPE_CHECKING:
    from lambda_powertools.tracer._xray.entities import LambdaTaskContext, Scope


class Pending(Recording):
    """A recording that stands for its own subsegment.

    Attributes:
        owner: the trace header of its request.
        outer: the recording that it is within; None if it is below the Lambda service's segment.
        line: what the SDK's entities down to its own are, once they have been made.
        segment: where notes go: itself as long as there is no entity, None if they go nowhere.
    """

    __slots__ = (
        "_context",
        "annotations",
        "end_time",
        "id",
        "line",
        "metadata",
        "outer",
        "owner",
        "parent_id",
        "sampled",
        "start_time",
        "trace_id",
    )

    _context: LambdaTaskContext | None
    annotations: dict[str, Any]
    end_time: float | None
    id: str
    line: Scope | None
    metadata: dict[str, dict[str, Any]]
    outer: Pending | None
    owner: str | None
    parent_id: str
    sampled: bool
    start_time: float
    trace_id: str

    def put_metadata(self, key: str, value: Any, namespace: str) -> None:
        """Add a value that is shown with the subsegment."""
        # The SDK has something to say of other namespaces.
        if self.segment is self and type(namespace) is str and not namespace.startswith("AWS."):
            self.metadata.setdefault(namespace, {})[key] = value
        else:
            self._make()
            super().put_metadata(key, value, namespace)

    def put_annotation(self, key: str, value: Any) -> None:
        """Add a value that traces can be searched by; the key must be one that X-Ray allows."""
        if self.segment is self and type(value) in ANNOTATIONS:
            self.annotations[key] = value
        else:
            self._make()
            super().put_annotation(key, value)

    def document(self) -> str | None:
        """Return what the daemon is sent, as the entity would write it; None if that takes the SDK."""
        annotations, metadata = self.annotations, self.metadata
        for values in metadata.values():
            for value in values.values():
                if not is_plain(value):
                    return None
        noted: dict[str, Any] = {}
        if annotations:
            noted["annotations"] = annotations
        if metadata:
            noted["metadata"] = metadata
        notes = f", {encode(noted)[1:-1]}" if noted else ""
        return (
            f'{{"id": "{self.id}", "name": {quote(self.name)}, "start_time": {self.start_time!r}, '
            f'"parent_id": {quote(self.parent_id)}, "in_progress": false{notes}, '
            f'"trace_id": {quote(self.trace_id)}, "type": "subsegment", "namespace": "local", '
            f'"end_time": {self.end_time!r}}}'
        )

    def _make(self) -> None:
        if self.segment is self and self._context is not None:
            self._context.materialise(self)
