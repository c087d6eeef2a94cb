"""Opens and closes the subsegments of captured functions without the recorder's detours.

The recorder asks its context for the current entity half a dozen times for each subsegment. What it does in the end is
little, and is done here at once, as long as recorder, context and streaming are those of the SDK and of this package:
where somebody has put anything else in their place, that is what is called.
"""

from __future__ import annotations

import logging
import traceback
from operator import attrgetter
from typing import Any

from aws_xray_sdk import global_sdk_config
from aws_xray_sdk.core.async_recorder import AsyncAWSXRayRecorder
from aws_xray_sdk.core.emitters import udp_emitter
from aws_xray_sdk.core.emitters.udp_emitter import UDPEmitter
from aws_xray_sdk.core.models.subsegment import Subsegment

from lambda_powertools.tracer._failures import report
from lambda_powertools.tracer._recording import Recording, details
from lambda_powertools.tracer._xray.entities import ImmediateStreaming, LambdaTaskContext, ScopedSubsegment

_STEPS = ("in_subsegment", "in_subsegment_async", "begin_subsegment", "end_subsegment")
_steps = attrgetter(*_STEPS)
_steps_of_the_sdk = _steps(AsyncAWSXRayRecorder)
_notes = attrgetter("put_annotation", "to_dict", "serialize")
_notes_of_the_sdk = _notes(Subsegment)
_SENDING = ("send_entity", "_send_data")
_sending = attrgetter(*_SENDING)
_sending_of_the_sdk = _sending(UDPEmitter)
_HEADER = f"{udp_emitter.PROTOCOL_HEADER}{udp_emitter.PROTOCOL_DELIMITER}"


def _is_the_sdks(recorder: Any) -> bool:
    """Return whether nothing has been replaced, in a test for instance, that is gone around here."""
    return (
        type(recorder) is AsyncAWSXRayRecorder
        and vars(recorder).keys().isdisjoint(_STEPS)
        and _steps(AsyncAWSXRayRecorder) == _steps_of_the_sdk
        and _notes(Subsegment) == _notes_of_the_sdk
    )


class DirectRecording(Recording):
    """A recording that opens its subsegment itself where it can."""

    __slots__ = ("_context", "_recorder", "_scope", "_subsegment")

    def __init__(self, provider: Any, name: str) -> None:
        self._provider = provider
        self._manager = self.segment = None
        self.name = name
        self._recorder: Any = None
        self._context: Any = None
        self._subsegment: Any = None
        self._scope: Any = None

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
        if self._subsegment is None:
            super().close(error)
        else:
            self._finish(error)

    async def close_async(self, error: BaseException | None = None) -> None:
        """End the subsegment; nothing in here waits."""
        if self._subsegment is None:
            await super().close_async(error)
        else:
            self._finish(error)

    def _begin(self) -> bool:
        """Open the subsegment, or return that it is for the recorder to do."""
        try:
            recorder = self._provider.recorder
            context = recorder.context
            if type(context) is not LambdaTaskContext or not _is_the_sdks(recorder):
                return False
            subsegment = context.begin(self.name)
            if subsegment is None:
                return False
            if subsegment.sampled:  # notes on others go nowhere
                self.segment = subsegment
            self._recorder, self._context, self._subsegment = recorder, context, subsegment
            self._scope = context.get_scope()
        except Exception as failure:  # noqa: BLE001  # tracing must not stop what it traces
            report(f"subsegment {self.name!r} could not be opened", failure)
        return True

    def _finish(self, error: BaseException | None) -> None:
        subsegment, self._subsegment = self._subsegment, None
        try:
            self._end(subsegment, error)
        except BaseException as failure:  # noqa: BLE001  # sorted out below
            self._pass_or_report(failure, error)

    def _end(self, subsegment: Any, error: BaseException | None) -> None:
        recorder, context = self._recorder, self._context
        if not self._is_current(subsegment):
            scoped = ScopedSubsegment.of(recorder, context, subsegment, self._scope)
            scoped.__exit__(*details(error))
            return
        try:
            if error is not None and subsegment.sampled:
                stack = traceback.extract_tb(error.__traceback__, limit=recorder.max_trace_back)
                subsegment.add_exception(error, stack)
        finally:
            context.end(subsegment, recorder, _send)

    def _is_current(self, subsegment: Any) -> bool:
        """Return whether everything is as it was when the subsegment was opened."""
        recorder, context = self._recorder, self._context
        scope = context.get_scope()
        streaming = recorder.streaming
        return (
            scope is not None
            and scope[1][-1] is subsegment
            and recorder.context is context
            and type(streaming) is ImmediateStreaming
            and streaming.streaming_threshold == 0
            and global_sdk_config.sdk_enabled()
        )


def _send(emitter: Any, subsegment: Any) -> None:
    """Have the emitter send a subsegment; the SDK's own would also format a message for its log."""
    if (
        type(emitter) is UDPEmitter
        and vars(emitter).keys().isdisjoint(_SENDING)
        and _sending(UDPEmitter) == _sending_of_the_sdk
        and not udp_emitter.log.isEnabledFor(logging.DEBUG)
    ):
        try:
            document = f"{_HEADER}{subsegment.serialize()}".encode()
            emitter._socket.sendto(document, (emitter.ip, emitter.port))  # noqa: SLF001  # it has no other door
        except Exception:  # noqa: BLE001, S110  # it may try again, and is the one to complain
            pass
        else:
            return
    emitter.send_entity(subsegment)
