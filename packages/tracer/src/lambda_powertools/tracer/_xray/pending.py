"""A subsegment that is no more than a few notes, until somebody asks for it.

Hardly a captured function asks for the entity of its subsegment. As long as nobody does, what the daemon is to be told
fits in the recording itself, which then stands for the entity in its context's line.
"""

from __future__ import annotations

from functools import lru_cache

from lambda_powertools.tracer._recording import Recording
from lambda_powertools.tracer._xray.models import encode, is_plain, is_plain_annotation, quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from lambda_powertools.tracer._xray.entities import LambdaTaskContext, Scope

_SECONDS = 10  # digits of a time in nanoseconds that are whole seconds, until the year 2286
_MICROSECONDS = _SECONDS + 6


class Pending(Recording):
    """A recording that stands for its own subsegment.

    Attributes:
        owner: the trace header of its request.
        outer: the recording that it is within; None if it is below the Lambda service's segment.
        line: what the SDK's entities down to its own are, once they have been made.
        segment: where notes go: itself as long as there is no entity, None if they go nowhere.
        began, ended: when, in nanoseconds since the epoch; 0 as long as it has not.
    """

    __slots__ = (
        "_annotations",
        "_context",
        "_invocation",
        "_is_plain",
        "_metadata",
        "began",
        "ended",
        "id",
        "line",
        "outer",
        "owner",
        "parent_id",
        "sampled",
        "trace_id",
    )

    _annotations: dict[str, Any] | None
    _context: LambdaTaskContext | None
    _invocation: tuple[bool, str] | None
    _is_plain: bool  # whether the metadata is known to be JSON as it is
    _metadata: tuple[str, str, Any] | None
    began: int
    ended: int
    id: str
    line: Scope | None
    outer: Pending | None
    owner: str | None
    parent_id: str
    sampled: bool
    trace_id: str

    def put_metadata(self, key: str, value: Any, namespace: str) -> None:
        """Add a value that is shown with the subsegment."""
        if self.segment is self:
            # The SDK has something to say of other namespaces.
            if self._metadata is None and type(namespace) is str and not namespace.startswith("AWS."):
                self._metadata, self._is_plain = (namespace, key, value), False
                return
            self._make()
        super().put_metadata(key, value, namespace)

    def take_plain(self, key: str, value: Any, namespace: str) -> bool:
        """Add a value that is JSON as it is, so nothing that writing uses up; return whether it was added."""
        if self.segment is not self or not is_plain(value):
            return False
        self.put_metadata(key, value, namespace)
        self._is_plain = True
        return True

    def put_annotation(self, key: str, value: Any) -> None:
        """Add a value that traces can be searched by."""
        self._make()
        super().put_annotation(key, value)

    def note_invocation(self, *, cold_start: bool, service: str) -> None:
        """Add what invocations are searched by."""
        if self.segment is self:
            if type(service) is str:
                self._invocation = cold_start, service
                return
            self._make()
        super().note_invocation(cold_start=cold_start, service=service)

    def note_route(self, name: str, route: str) -> None:
        """Call the subsegment after a route, by which it can then be searched."""
        if self.segment is self and self.take_annotation("http_route", route):
            self.name = name
        else:
            super().note_route(name, route)

    def take_annotation(self, key: Any, value: Any) -> bool:
        """Add an annotation of the user's; return whether it fits in here."""
        if not self.sampled:
            return True
        if self.segment is not self or self.ended or not is_plain_annotation(key, value):
            return False
        if self._annotations is None:
            self._annotations = {}
        self._annotations[key] = value
        return True

    def hand_over(self, entity: Any) -> None:
        """Put on the entity what has been noted here."""
        annotations, self._annotations = self._annotations, None
        invocation, self._invocation = self._invocation, None
        metadata, self._metadata = self._metadata, None
        if annotations is not None:
            entity.annotations.update(annotations)
        if invocation is not None:
            entity.annotations.update(_annotations(*invocation))
        if metadata is not None:
            namespace, key, value = metadata
            entity.metadata.setdefault(namespace, {})[key] = value

    def document(self) -> str | None:
        """Return what the daemon is sent, as the entity would write it; None if that takes the SDK."""
        invocation = self._invocation
        if self._annotations is not None:
            more = {} if invocation is None else _annotations(*invocation)
            notes = f', "annotations": {encode({**self._annotations, **more})}'
        else:
            notes = "" if invocation is None else _annotations_text(*invocation)
        if self._metadata is not None:
            namespace, key, value = self._metadata
            if not (self._is_plain or is_plain(value)):
                return None
            notes = f"{notes}{_metadata_text(namespace, key)}{encode(value)}}}}}"
        began, ended = str(self.began), str(self.ended)
        return (
            f'{{"id": "{self.id}", "name": {quote(self.name)}, '
            f'"start_time": {began[:_SECONDS]}.{began[_SECONDS:_MICROSECONDS]}, '
            f'"parent_id": {quote(self.parent_id)}, "in_progress": false{notes}, '
            f'"trace_id": {quote(self.trace_id)}, "type": "subsegment", "namespace": "local", '
            f'"end_time": {ended[:_SECONDS]}.{ended[_SECONDS:_MICROSECONDS]}}}'
        )

    def _make(self) -> None:
        """Have the entity made, for it to take what does not fit in here."""
        if self.segment is self:
            context = self._context
            self.segment = None if context is None else context.materialise(self)[1][-1]


def _annotations(cold_start: bool, service: str) -> dict[str, Any]:
    return {"ColdStart": cold_start, "Service": service} if service else {"ColdStart": cold_start}


# The same texts in nearly every document of a process.
@lru_cache(16)
def _annotations_text(cold_start: bool, service: str) -> str:
    return f', "annotations": {encode(_annotations(cold_start, service))}'


@lru_cache(512)
def _metadata_text(namespace: str, key: str) -> str:
    return f', "metadata": {{{quote(namespace)}: {{{quote(key)}: '
