"""What is recorded of a call: its response or error as metadata, of an invocation also annotations."""

from __future__ import annotations

from itertools import islice

from lambda_powertools.core.settings import Settings
from lambda_powertools.tracer._failures import report
from lambda_powertools.tracer._recording import Recording, SuspendableRecording
from lambda_powertools.tracer._xray.provider import XRayProvider

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from lambda_powertools.tracer.tracer import Tracer

_PLAIN = frozenset({str, bytes, int, float, bool, type(None)})
_HARMLESS = _PLAIN | {dict, list, tuple}
_ONE_SHOT = ("read", "__next__", "__anext__", "__await__", "__enter__", "__aenter__")
_LOOKED_INTO = 100


class Capture:
    """How the calls of one function are recorded.

    Attributes:
        tracer: whose calls they are.
        name: what its metadata is called; the subsegment is `## <name>`.
    """

    __slots__ = ("_error", "_response", "_response_key", "name", "subsegment", "tracer")

    def __init__(self, tracer: Tracer, name: str, *, capture_response: bool | None, capture_error: bool | None) -> None:
        """Read the settings that are not given.

        Raises:
            SettingsError: a variable holds no boolean.
        """
        self.tracer = tracer
        self.name = name
        self.subsegment = f"## {name}"
        self._response_key = f"{name} response"
        self._response = Settings.tracer_capture_response.resolve(capture_response)
        self._error = Settings.tracer_capture_error.resolve(capture_error)

    def record(self) -> Recording | None:
        """Return a recording to be opened, None if there is nothing to record to."""
        tracer = self.tracer
        provider = tracer._recording_provider() if tracer.disabled else tracer._provider  # noqa: SLF001  # of this package
        if provider is None:
            return None
        if type(provider) is XRayProvider:
            return provider.record(self.subsegment)
        return Recording(provider, self.subsegment)

    def record_suspendable(self) -> SuspendableRecording:
        """Return a recording for a generator, to be opened; it does nothing if there is nothing to record to."""
        return SuspendableRecording(self.tracer._recording_provider(), self.subsegment)  # noqa: SLF001  # the same

    def note_response(self, recording: Recording, response: Any) -> None:
        """Add the response, unless it is None or would be used up by being written down."""
        if self._response and response is not None and recording.segment is not None:  # None: it is not sampled
            key, service = self._response_key, self.tracer.service
            if not recording.take_plain(key, response, service) and not is_one_shot(response):
                recording.put_metadata(key, response, service)

    def note_error(self, recording: Recording, error: BaseException) -> None:
        """Add an exception of the traced code."""
        if not isinstance(error, Exception):
            return
        report(f"exception out of {self.name}", error)
        if self._error:
            recording.put_metadata(f"{self.name} error", error, self.tracer.service)


def is_one_shot(value: Any) -> bool:
    """Return whether a value, or one directly in it, is a stream, iterator or resource: to write it is to use it."""
    try:
        if type(value) in _PLAIN:
            return False
        if isinstance(value, dict):
            value = value.values()
        elif not isinstance(value, (list, tuple)):
            return _is_one_shot(type(value))
        for item in islice(value, _LOOKED_INTO):  # not any(): most items are plain, which needs no call
            if type(item) not in _HARMLESS and _is_one_shot(type(item)):
                return True
    except Exception as failure:  # noqa: BLE001  # an object that does not like being looked at is left alone
        report("a response could not be examined, and is not recorded", failure)
        return True
    return False


def _is_one_shot(kind: type) -> bool:
    # Of the type: an object that answers to any name is no stream for that.
    return any(hasattr(kind, name) for name in _ONE_SHOT)
