"""The plugin: connects `Tracer` to the hooks, and has no logic of its own."""

from __future__ import annotations

from lambda_powertools.core import Plugin, hookimpl
from lambda_powertools.tracer._capture import Capture
from lambda_powertools.tracer._handlers import begin, note_end
from lambda_powertools.tracer.names import sanitize_xray_segment_name
from lambda_powertools.tracer.tracer import Tracer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, ClassVar, Literal

    from lambda_powertools.core import Application, Invocation
    from lambda_powertools.tracer._recording import Recording
    from lambda_powertools.tracer.base import TracingProvider

STATE = "tracer"
"""Key of `Invocation.state`: the subsegment that the plugin has opened."""


class TracerOptions:
    """Options of the plugin, in `@powertools(tracer={...})`; a `Tracer` alone is the option `instance`."""

    def __init__(
        self,
        *,
        instance: Tracer | None = None,
        service: str | None = None,
        disabled: bool | None = None,
        auto_patch: bool | None = None,
        patch_modules: Sequence[str] | None = None,
        provider: TracingProvider | None = None,
        capture_response: bool | None = None,
        capture_error: bool | None = None,
    ) -> None:
        """Take a tracer, or what to make one of; see `Tracer` and `Tracer.capture_lambda_handler`.

        Args:
            instance: the `Tracer` to use, instead of the five options that follow.
            service: annotation `Service`, and namespace of metadata; by default the service of `@powertools`.
            disabled: record nothing. False records outside Lambda, too.
            auto_patch: trace the calls of libraries, unless it is False.
            patch_modules: trace only these libraries, imported at once; by default all, on their import.
            provider: where to record, by default X-Ray.
            capture_response: the response becomes metadata, by default as `POWERTOOLS_TRACER_CAPTURE_RESPONSE` says.
            capture_error: the exception becomes metadata, by default as `POWERTOOLS_TRACER_CAPTURE_ERROR` says.

        Raises:
            TypeError: `instance` is no Tracer.
            ValueError: `instance` is given together with what it has been made of.
        """
        if instance is not None:
            if not isinstance(instance, Tracer):
                raise TypeError(f"instance is a Tracer, not {type(instance).__name__}")
            if any(value is not None for value in (service, disabled, auto_patch, patch_modules, provider)):
                raise ValueError(
                    "instance is a Tracer that has its own service, disabled, auto_patch, patch_modules and provider: "
                    "give either it or them"
                )
        self.instance = instance
        self.service = service
        self.disabled = disabled
        self.auto_patch = auto_patch
        self.patch_modules = patch_modules
        self.provider = provider
        self.capture_response = capture_response
        self.capture_error = capture_error

    @classmethod
    def from_value(cls, value: Tracer) -> TracerOptions:
        """Take a bare tracer."""
        return cls(instance=value)


def _records_already(provider: Any, application: Application) -> bool:
    """Return whether the provider records the handler's invocations by itself: once is enough."""
    records = getattr(type(provider), "records_invocations_of", None)
    return callable(records) and bool(records(provider, application))


class TracerPlugin(Plugin[TracerOptions]):
    """Records each invocation as a subsegment of its trace, between the logger and metrics."""

    name = "tracer"
    order = 20
    on_failure: Literal["raise", "warn"] = "warn"
    Options: ClassVar[type[TracerOptions] | None] = TracerOptions

    _capture: Capture

    @hookimpl
    def on_init(self, application: Application) -> None:
        """Make the tracer, which patches what the handler's module has imported."""
        options = self.options
        tracer = options.instance or Tracer(
            service=options.service or application.service,
            disabled=options.disabled,
            auto_patch=options.auto_patch,
            patch_modules=options.patch_modules,
            provider=options.provider,
        )
        if tracer.disabled and tracer._recording_provider() is None:  # noqa: SLF001  # of this package
            self.stand_aside()
            return
        if _records_already(tracer._provider, application):  # noqa: SLF001  # the same
            self.stand_aside()
            return
        self._capture = Capture(
            tracer,
            sanitize_xray_segment_name(application.name),
            capture_response=options.capture_response,
            capture_error=options.capture_error,
        )

    @hookimpl
    def before_invoke(self, invocation: Invocation) -> None:
        """Open the subsegment."""
        recording = begin(self._capture, invocation)
        if recording is not None:
            invocation.state[STATE] = recording
            recording.open()

    @hookimpl
    def after_invoke(self, invocation: Invocation) -> None:
        """Add the response, and close the subsegment."""
        recording: Recording | None = invocation.state.pop(STATE, None)
        if recording is not None:
            note_end(self._capture, recording, invocation, invocation.response, None)
            recording.close()

    @hookimpl
    def on_error(self, invocation: Invocation, error: BaseException) -> None:
        """Add the exception, and close the subsegment as failed."""
        recording: Recording | None = invocation.state.pop(STATE, None)
        if recording is not None:
            note_end(self._capture, recording, invocation, None, error)
            recording.close(error)
