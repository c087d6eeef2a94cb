"""Opens and closes the subsegments of captured functions without the recorder's detours.

The recorder asks its context for the current entity half a dozen times for each subsegment. What it does in the end is
little, and is done here at once, as long as recorder, context and streaming are those of the SDK and of this package:
where somebody has put anything else in their place, that is what is called.
"""

from __future__ import annotations

import logging
import traceback
from operator import attrgetter

from aws_xray_sdk import global_sdk_config
from aws_xray_sdk.core.async_recorder import AsyncAWSXRayRecorder
from aws_xray_sdk.core.emitters import udp_emitter
from aws_xray_sdk.core.emitters.udp_emitter import UDPEmitter
from aws_xray_sdk.core.models.subsegment import Subsegment

from lambda_powertools.tracer._failures import report
from lambda_powertools.tracer._recording import details
from lambda_powertools.tracer._xray.entities import ImmediateStreaming, LambdaTaskContext, ScopedSubsegment
from lambda_powertools.tracer._xray.pending import Pending

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_STEPS = ("in_subsegment", "in_subsegment_async", "begin_subsegment", "end_subsegment")
_steps = attrgetter(*_STEPS)
_steps_of_the_sdk = _steps(AsyncAWSXRayRecorder)
_notes = attrgetter("put_annotation", "to_dict", "serialize")
_notes_of_the_sdk = _notes(Subsegment)
_ANNOTATING = ("put_annotation", "get_trace_entity")
_annotating = attrgetter(*_ANNOTATING)
_annotating_of_the_sdk = _annotating(AsyncAWSXRayRecorder)
_SENDING = ("send_entity", "_send_data")
_sending = attrgetter(*_SENDING)
_sending_of_the_sdk = _sending(UDPEmitter)
_HEADER = f"{udp_emitter.PROTOCOL_HEADER}{udp_emitter.PROTOCOL_DELIMITER}"


def _own_context(recorder: Any) -> LambdaTaskContext | None:
    """Return the recorder's context if it is ours, and nothing has been replaced that is gone around here."""
    if type(recorder) is not AsyncAWSXRayRecorder:
        return None
    attributes = recorder.__dict__  # what the SDK has properties for, with a call for each
    context = attributes.get("_context")
    if (
        type(context) is LambdaTaskContext
        and attributes.keys().isdisjoint(_STEPS)
        and _steps(AsyncAWSXRayRecorder) == _steps_of_the_sdk
        and _notes(Subsegment) == _notes_of_the_sdk
    ):
        return context
    return None


class DirectRecording(Pending):
    """A recording that opens its subsegment itself where it can."""

    __slots__ = ("_recorder",)

    def __init__(self, provider: Any, name: str) -> None:
        self._provider = provider
        self._manager = self.segment = self.line = self._context = self._invocation = self._metadata = None
        self._annotations = None
        self.ended = 0
        self.name = name

    def open(self) -> None:
        """Begin the subsegment."""
        if not self._begin():
            super().open()

    async def open_async(self) -> None:
        """Begin the subsegment; nothing in here waits."""
        if not self._begin():
            await super().open_async()

    def close(self, error: BaseException | None = None) -> None:
        """End the subsegment, as failed if there is an error. A second call does nothing."""
        if self._context is None:
            super().close(error)
        else:
            self._finish(self._context, error)

    async def close_async(self, error: BaseException | None = None) -> None:
        """End the subsegment; nothing in here waits."""
        if self._context is None:
            await super().close_async(error)
        else:
            self._finish(self._context, error)

    @staticmethod
    def annotate(recorder: Any, key: Any, value: Any) -> bool:
        """Annotate the current subsegment, or return that it is for the recorder to do."""
        context = _own_context(recorder)
        if (
            context is None
            or not vars(recorder).keys().isdisjoint(_ANNOTATING)
            or _annotating(AsyncAWSXRayRecorder) != _annotating_of_the_sdk
        ):
            return False
        pending = context.pending()
        return pending is not None and pending.take_annotation(key, value)

    def _begin(self) -> bool:
        """Open the subsegment, or return that it is for the recorder to do."""
        try:
            recorder = self._provider._recorder or self._provider.recorder  # noqa: SLF001  # of this package
            context = _own_context(recorder)
            if context is None:
                return False
            if not context.enter(self):
                self.line = context.begin(self.name)
                if self.line is None:
                    return False
                subsegment = self.line[1][-1]
                if subsegment.sampled:  # notes on others go nowhere
                    self.segment = subsegment
            self._recorder, self._context = recorder, context
        except Exception as failure:  # noqa: BLE001  # tracing must not stop what it traces
            report(f"subsegment {self.name!r} could not be opened", failure)
        return True

    def _finish(self, context: LambdaTaskContext, error: BaseException | None) -> None:
        recorder = self._recorder
        try:
            if (
                error is None
                and self.line is None
                # What is not sampled is of no interest to streaming and emitter, whatever they are.
                and (not self.sampled or (_is_unchanged(recorder, context) and _is_the_sdks_emitter(recorder._emitter)))  # noqa: SLF001
                and context.leave(self)
            ):
                if self.sampled and not _post(recorder._emitter, self.document):  # noqa: SLF001
                    _send(recorder.emitter, context.materialise(self)[1][-1])
            else:
                self._end(recorder, context, error)
        except BaseException as failure:  # noqa: BLE001  # sorted out below
            self._pass_or_report(failure, error)
        finally:
            self._context = None
            if self.segment is self:  # a reference to itself would keep it until the garbage collector comes by
                self.segment = None

    def _end(self, recorder: Any, context: LambdaTaskContext, error: BaseException | None) -> None:
        line = context.materialise(self)
        subsegment = line[1][-1]
        self.hand_over(subsegment)  # what was noted while another thread had it made
        current = context.line()
        if current is None or current[1][-1] is not subsegment or not _is_unchanged(recorder, context):
            scoped = ScopedSubsegment.of(recorder, context, subsegment, line)
            scoped.__exit__(*details(error))
            return
        try:
            if error is not None and subsegment.sampled:
                stack = traceback.extract_tb(error.__traceback__, limit=recorder.max_trace_back)
                subsegment.add_exception(error, stack)
        finally:
            context.end(subsegment, recorder, _send)


def _is_unchanged(recorder: Any, context: LambdaTaskContext) -> bool:
    """Return whether everything is as it was when the subsegment was opened."""
    attributes = recorder.__dict__
    streaming = attributes["_streaming"]
    return (
        attributes["_context"] is context
        and type(streaming) is ImmediateStreaming
        and streaming.streaming_threshold == 0
        and global_sdk_config.sdk_enabled()
    )


def _is_the_sdks_emitter(emitter: Any) -> bool:
    """Return whether all that is gone around is the message that the SDK's emitter would format for its log."""
    return (
        type(emitter) is UDPEmitter
        and vars(emitter).keys().isdisjoint(_SENDING)
        and _sending(UDPEmitter) == _sending_of_the_sdk
        and not udp_emitter.log.isEnabledFor(logging.DEBUG)
    )


def _post(emitter: Any, write: Callable[[], str | None]) -> bool:
    """Send a document through the SDK's emitter; return whether that was possible."""
    try:
        document = write()
        if document is None:
            return False
        message = f"{_HEADER}{document}".encode()
        emitter._socket.sendto(message, (emitter._ip, emitter._port))  # noqa: SLF001  # it has no other door
    except Exception:  # noqa: BLE001  # the emitter may try again, and is the one to complain
        return False
    return True


def _send(emitter: Any, subsegment: Any) -> None:
    """Have the emitter send a subsegment."""
    if not _is_the_sdks_emitter(emitter) or not _post(emitter, subsegment.serialize):
        emitter.send_entity(subsegment)
