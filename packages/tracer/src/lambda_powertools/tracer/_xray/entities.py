"""How the SDK's open subsegments are kept: one line of them per task and thread, each sent when it closes.

The SDK keeps them in a list per thread, which tasks share: concurrent coroutines close each other's subsegments, and a
parent that ends before its child takes the child's data with it. Both are strategies that the SDK lets its user
replace (`xray_recorder.configure(context=…, streaming=…)`). This module is imported with the SDK, not before.
"""

from __future__ import annotations

import os
import threading
import time
from contextvars import ContextVar

from aws_xray_sdk import global_sdk_config
from aws_xray_sdk.core.context import Context
from aws_xray_sdk.core.lambda_launcher import LambdaContext
from aws_xray_sdk.core.models.dummy_entities import DummySegment
from aws_xray_sdk.core.streaming.default_streaming import DefaultStreaming

from lambda_powertools.core.trace_id import trace_header
from lambda_powertools.tracer._failures import report
from lambda_powertools.tracer._xray.models import make_segment, make_subsegment, read_header

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import Any

    from lambda_powertools.tracer._xray.pending import Pending

    Scope = tuple[str | None, tuple[Any, ...]]
    """The trace header of the request, and its entities: the segment, then open subsegments, outermost first."""

# Guards the tree of entities, which threads share. Reentrant: closing a generator that the garbage collector found may
# happen at any moment, also while its thread is sending.
_tree = threading.RLock()


class TaskContext(Context):  # type: ignore[misc]  # the SDK has no types
    """The SDK's context, inherited by tasks: each sees its parent's open subsegments and adds its own.

    A thread begins with none, unless it runs in a copy of its starter's context (`contextvars.copy_context`), as those
    of `asyncio.to_thread` do.
    """

    def __init__(self, context_missing: str = "LOG_ERROR") -> None:
        Context.__init__(self, context_missing)
        self._scope: ContextVar[Scope | Pending | None] = ContextVar("lambda_powertools.tracer", default=None)

    def get_scope(self) -> Scope | Pending | None:
        """Return what the entities of the calling task can be had from again, by `set_scope`."""
        return self._scope.get()

    def set_scope(self, scope: Scope | Pending | None) -> None:
        """Replace the line of entities of the calling task."""
        self._scope.set(scope)

    def line(self) -> Scope | None:
        """Return the line of entities of the calling task."""
        scope = self._scope.get()
        if scope is None or isinstance(scope, tuple):
            return scope
        made = self.materialise(scope)
        self._scope.set(made)
        return made

    def materialise(self, pending: Pending) -> Scope:
        """Return the line of entities down to that of a subsegment, which is made if it has been no more than notes."""
        with _tree:
            if pending.line is None:
                outer, owner = pending.outer, pending.owner
                entities = (make_segment(owner),) if outer is None else self.materialise(outer)[1]
                pending.line = (owner, (*entities, _make(pending, entities[-1])))
            return pending.line

    def take_over(self, context: Context) -> None:
        """Begin with what the calling thread has open in the SDK's own context."""
        kept = vars(context._local)  # noqa: SLF001  # asking the context itself would make it begin a segment
        entities = [entity for entity in (kept.get("segment"), *kept.get("entities", ())) if entity is not None]
        if entities:
            self._scope.set((self._owner(), tuple(entities)))

    def entities(self) -> tuple[Any, ...]:
        """Return the entities of the calling task, the current one last."""
        scope = self.line()
        return () if scope is None else scope[1]

    def put_segment(self, segment: Any) -> None:
        """Begin a new line of entities."""
        self._scope.set((self._owner(), (segment,)))

    def put_subsegment(self, subsegment: Any) -> None:
        """Open a subsegment below the current entity."""
        entity = self.get_trace_entity()
        if not entity:
            report(f"subsegment {subsegment.name!r} is not recorded: no segment is open")
            return
        if self._discards(entity):
            report(f"subsegment {subsegment.name!r} is not recorded: there is no trace yet, or it is not sampled")
            return
        with _tree:
            _add(entity, subsegment)
        owner, entities = self.line() or (self._owner(), (entity,))
        self._scope.set((owner, (*entities, subsegment)))

    def end_subsegment(self, end_time: float | None = None) -> bool:
        """Close the current subsegment; return whether there was one."""
        owner, entities = self.line() or (None, ())
        entity = entities[-1] if entities else None
        if entity is None or not self._is_subsegment(entity):
            if not isinstance(entity, DummySegment):
                report("no subsegment is open that could be ended")
            return False
        self._scope.set((owner, entities[:-1]))
        with _tree:
            entity.close(end_time)
            parent = entities[-2]
            if not entity.sampled and entity in parent.subsegments:  # nobody will send it
                parent.remove_subsegment(entity)
        return True

    def get_trace_entity(self) -> Any:
        """Return the current entity."""
        entities = self.entities()
        if entities:
            return entities[-1]
        return self.handle_context_missing() if global_sdk_config.sdk_enabled() else DummySegment()

    def set_trace_entity(self, trace_entity: Any) -> None:
        """Make an entity the current one."""
        if self._is_subsegment(trace_entity):
            self._scope.set((self._owner(), (trace_entity.parent_segment, trace_entity)))
        else:
            self._scope.set((self._owner(), (trace_entity,)))

    def clear_trace_entities(self) -> None:
        """Forget the entities of the calling task."""
        self._scope.set(None)

    def _owner(self) -> str | None:
        return None

    def _discards(self, entity: Any) -> bool:  # noqa: ARG002  # of the Lambda service's segment, below
        return False


class LambdaTaskContext(TaskContext, LambdaContext):  # type: ignore[misc]  # the same
    """The same under the segment that the Lambda service has created for the request."""

    def __init__(self) -> None:
        TaskContext.__init__(self)

    put_segment = LambdaContext.put_segment
    end_segment = LambdaContext.end_segment
    context_missing = LambdaContext.context_missing
    handle_context_missing = LambdaContext.handle_context_missing

    def get_trace_entity(self) -> Any:
        """Return the current entity."""
        return self._current_scope()[1][-1]

    def _current_scope(self) -> Scope:
        scope = self.line()
        owner = self._owner()
        # The whole header, not only the trace: one trace may call a function more than once.
        if scope is None or scope[0] != owner:
            scope = (owner, (make_segment(owner),))
            self._scope.set(scope)
        return scope

    def enter(self, pending: Pending) -> bool:
        """Open a subsegment that is no more than notes; return False if `begin` is to make it."""
        owner = trace_header() if global_sdk_config.sdk_enabled() else None
        outer: Any = self._scope.get()
        if type(outer) is tuple:
            if outer[0] == owner:
                return False
            outer = None
        elif outer is not None and outer.owner != owner:  # left behind by another request
            outer = None
        if outer is None:
            place = read_header(owner)
            if place is None:
                return False
            pending.trace_id, pending.parent_id, sampled = place
        elif outer.line is None:
            pending.trace_id, pending.parent_id, sampled = outer.trace_id, outer.id, outer.sampled
        else:
            return False
        pending.owner, pending.outer, pending.sampled = owner, outer, sampled
        pending.id = ""
        if sampled:
            pending.segment = pending
            # Of the operating system: a snapshot or a fork would repeat the numbers of a generator.
            pending.id = os.urandom(8).hex()
            pending.began = time.time_ns()
        self._scope.set(pending)
        return True

    def pending(self) -> Pending | None:
        """Return the recording that stands for the current entity, None if there is an entity."""
        scope: Any = self._scope.get()
        usable = scope is not None and type(scope) is not tuple and scope.line is None and scope.owner == self._owner()
        return scope if usable else None

    def leave(self, pending: Pending) -> bool:
        """Close what `enter` has opened; return whether it has been no more than notes, and the current one."""
        if self._scope.get() is not pending:
            return False
        with _tree:
            if pending.line is not None:
                return False
            pending.ended = time.time_ns()
        self._scope.set(pending.outer)
        return True

    def begin(self, name: str) -> Scope | None:
        """Open a subsegment, as the recorder does; return the line down to it, None if there is no trace yet.

        Args:
            name: without the characters that the SDK removes.
        """
        owner, entities = self._current_scope()
        parent = entities[-1]
        if self._discards(parent):
            return None
        subsegment = make_subsegment(name, parent, getattr(parent, "parent_segment", parent))
        if parent.sampled:
            with _tree:
                _add(parent, subsegment)
        line = (owner, (*entities, subsegment))
        self._scope.set(line)
        return line

    def end(self, subsegment: Any, recorder: Any, send: Callable[[Any, Any], None]) -> None:
        """Close the current subsegment, which `begin` has opened, and `send` it with the recorder's emitter."""
        owner, entities = self.line() or (None, ())
        self._scope.set((owner, entities[:-1]))
        with _tree:
            subsegment.close()
            if not subsegment.sampled:
                return
            parent, segment = entities[-2], subsegment.parent_segment
            is_alone = parent.subsegments == [subsegment] and not subsegment.subsegments
            if is_alone:
                parent.subsegments.remove(subsegment)
                segment.decrement_subsegments_size()
        if is_alone:
            send(recorder.emitter, subsegment)
        elif recorder.streaming.is_eligible(segment):
            recorder.streaming.stream(segment, recorder._stream_subsegment_out)  # noqa: SLF001  # as the recorder does

    def _owner(self) -> str | None:
        return trace_header() if global_sdk_config.sdk_enabled() else None

    def _discards(self, entity: Any) -> bool:
        return not self._is_subsegment(entity) and (
            isinstance(entity, DummySegment) or getattr(entity, "initializing", False)
        )


def _make(pending: Pending, parent: Any) -> Any:
    """Return the entity that a recording has stood for."""
    subsegment = make_subsegment(pending.name, parent, getattr(parent, "parent_segment", parent))
    if pending.sampled:
        subsegment.id, subsegment.start_time = pending.id, pending.began / 1e9
        pending.segment = subsegment
        pending.hand_over(subsegment)
    if pending.ended:  # a task or thread that goes on after it asks for it
        subsegment.end_time = pending.ended / 1e9
        subsegment.in_progress = False
    elif pending.sampled:
        _add(parent, subsegment)
    return subsegment


def _add(entity: Any, subsegment: Any) -> None:
    """Make `subsegment` a child of `entity`, also if `entity` has ended: a task may outlive the one that started it."""
    if entity.in_progress:
        entity.add_subsegment(subsegment)
    else:
        entity.parent_segment.add_subsegment(subsegment)
        subsegment.parent_id = entity.id


class ImmediateStreaming(DefaultStreaming):  # type: ignore[misc]  # the same
    """Sends each subsegment when it closes, whether or not its children have."""

    streaming_threshold = 0  # of each object, in place of the SDK's property: it is asked for at every subsegment

    def __init__(self) -> None:
        super().__init__(streaming_threshold=0)

    def stream(self, entity: Any, callback: Callable[[Any], None]) -> None:
        """Send what has closed below an entity."""
        with _tree:
            _send_closed(entity, callback)


def _send_closed(entity: Any, callback: Callable[[Any], None]) -> None:
    for child in tuple(entity.subsegments):
        if child.subsegments:
            _send_closed(child, callback)
        if child.in_progress or child not in entity.subsegments:
            continue
        entity.remove_subsegment(child)
        # What is still open below it stays in the tree, and keeps the parent's id that it has.
        entity.subsegments.extend(child.subsegments)
        child.subsegments = []
        callback(child)


class ScopedSubsegment:
    """The SDK's context manager of one subsegment, which ends that one, whatever has been left open within it."""

    __slots__ = ("_context", "_manager", "_recorder", "_scope", "_subsegment")

    def __init__(self, recorder: Any, manager: Any) -> None:
        self._recorder = recorder
        self._manager = manager
        self._context: Any = recorder.context
        self._subsegment: Any = None
        self._scope: Scope | None = None

    @classmethod
    def of(cls, recorder: Any, context: TaskContext, subsegment: Any, scope: Scope) -> ScopedSubsegment:
        """Return the context manager of a subsegment that has been opened without one."""
        manager = recorder.in_subsegment(name=subsegment.name)
        manager.subsegment = subsegment
        scoped = cls(recorder, manager)
        scoped._context, scoped._subsegment, scoped._scope = context, subsegment, scope
        return scoped

    def __enter__(self) -> Any:
        self._subsegment = self._manager.__enter__()
        if isinstance(self._context, TaskContext):
            self._scope = self._context.line()
        return self._subsegment

    async def __aenter__(self) -> Any:
        return self.__enter__()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        subsegment = self._subsegment
        if self._scope is None or subsegment not in self._scope[1]:  # not in our keeping
            self._manager.__exit__(kind, error, traceback)
        elif subsegment in self._context.entities():
            self._end(kind, error, traceback)
        elif subsegment.in_progress:  # closed from another thread or task than it was opened in
            outside = self._context.get_scope()
            self._context.set_scope(self._scope)
            try:
                self._end(kind, error, traceback)
            finally:
                self._context.set_scope(outside)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.__exit__(kind, error, traceback)

    def _end(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        entities = self._context.entities()
        index = entities.index(self._subsegment)
        for _ in entities[index + 1 :]:  # begun within and never ended
            self._recorder.end_subsegment()
        owner = self._context.line()[0]
        self._context.set_scope((owner, entities[: index + 1]))
        try:
            self._manager.__exit__(kind, error, traceback)
        finally:
            if self._subsegment.in_progress:  # the exception could not be recorded, and the SDK stopped there
                self._recorder.end_subsegment()


def install(recorder: Any) -> Callable[[], None]:
    """Give the recorder these strategies in place of the SDK's own; return what undoes it.

    Strategies that somebody has chosen stay.
    """
    context, streaming, threshold = recorder.context, recorder.streaming, recorder.streaming_threshold
    if type(context) is LambdaContext:
        recorder.context = LambdaTaskContext()
    elif type(context) is Context:
        recorder.context = TaskContext(context.context_missing)
    if recorder.context is not context:
        recorder.context.take_over(context)
    if type(streaming) is DefaultStreaming:
        recorder.streaming = ImmediateStreaming()
    # Not by `recorder.configure`: that would also reset what it is not told, and create clients for sampling.
    recorder.streaming_threshold = 0

    def undo() -> None:
        recorder.context, recorder.streaming = context, streaming
        recorder.streaming_threshold = threshold

    return undo
