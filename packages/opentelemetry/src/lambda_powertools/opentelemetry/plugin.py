"""The plugin: connects this package to the hooks, and has no logic of its own."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, ClassVar

from lambda_powertools.core import Plugin, hookimpl, spans
from lambda_powertools.core.loop import is_loop_running
from lambda_powertools.opentelemetry._flushing import flush_all
from lambda_powertools.opentelemetry._settings import is_configured, is_sdk_disabled, is_tracing_disabled
from lambda_powertools.opentelemetry.provider import STATE, OpenTelemetryProvider, default_provider

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Literal

    from lambda_powertools.core import Application, Invocation
    from lambda_powertools.opentelemetry._invocation import InvocationTelemetry
    from opentelemetry.sdk.trace.export import SpanExporter
    from opentelemetry.trace import TracerProvider

_INITIALISED_AHEAD = frozenset({"provisioned-concurrency", "snap-start"})


class OpenTelemetryOptions:
    """Options of the plugin, in `@powertools(opentelemetry={...})`; a provider alone is the option `provider`."""

    def __init__(
        self,
        *,
        provider: OpenTelemetryProvider | None = None,
        disabled: bool | None = None,
        service: str | None = None,
        resource_attributes: Mapping[str, Any] | None = None,
        tracer_provider: TracerProvider | None = None,
        span_exporter: SpanExporter | None = None,
        flush_timeout: float | None = None,
        flush_margin: float | None = None,
    ) -> None:
        """Take a provider, or what to make one of; see `OpenTelemetryProvider`.

        Args:
            provider: where to record, by default the provider that all handlers of the process share.
            disabled: record nothing; False records also where the environment does not say where to.
            service: as for a provider, like all that follow.
            resource_attributes: further attributes of the resource.
            tracer_provider: a provider of the SDK.
            span_exporter: where spans go.
            flush_timeout: seconds that an invocation waits at most.
            flush_margin: seconds before the deadline at which it waits no longer.

        Raises:
            TypeError: `provider` is no OpenTelemetryProvider.
            ValueError: it is given together with what it has been made of, or a value may not be.
        """
        parts = {
            "service": service,
            "resource_attributes": resource_attributes,
            "tracer_provider": tracer_provider,
            "span_exporter": span_exporter,
            "flush_timeout": flush_timeout,
            "flush_margin": flush_margin,
        }
        given: dict[str, Any] = {name: value for name, value in parts.items() if value is not None}
        if provider is not None:
            if not isinstance(provider, OpenTelemetryProvider):
                raise TypeError(f"provider is an OpenTelemetryProvider, not {type(provider).__name__}")
            if given:
                raise ValueError(f"provider has its own {', '.join(given)}: give either it or them")
        self.disabled = disabled
        self.provider = OpenTelemetryProvider(**given) if given else provider

    @classmethod
    def from_value(cls, value: Any) -> OpenTelemetryOptions:
        """Take a provider, or a TracerProvider of the SDK.

        Raises:
            TypeError: it is neither.
        """
        if callable(getattr(value, "get_tracer", None)):
            return cls(tracer_provider=value)
        return cls(provider=value)


class OpenTelemetryPlugin(Plugin[OpenTelemetryOptions]):
    """Records each invocation as a span, around all other plugins, and flushes at its end.

    Tracers that were given no provider record below it. It stands aside where it is not told where spans go: by an
    option, or by `OTEL_EXPORTER_OTLP_ENDPOINT`, `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT` or `OTEL_TRACES_EXPORTER`.
    """

    name = "opentelemetry"
    order = 1
    on_failure: Literal["raise", "warn"] = "warn"
    Options: ClassVar[type[OpenTelemetryOptions] | None] = OpenTelemetryOptions

    _provider: OpenTelemetryProvider

    @hookimpl
    def on_init(self, application: Application) -> None:
        """Become what tracers record to, or stand aside."""
        options = self.options
        wanted = options.provider is not None or options.disabled is False or is_configured()
        if is_sdk_disabled() or options.disabled or not wanted:
            self.stand_aside()
            return
        provider = self._provider = options.provider or default_provider()
        if not provider.service:
            provider.service = application.settings.explicit.get("POWERTOOLS_SERVICE_NAME")
        self._name = application.name
        self._is_async = application.is_async
        self._report = application.report
        if is_tracing_disabled():
            self.stand_aside()
            return
        provider.claim(application)
        registered = spans.tracing_provider()
        if registered is None:
            spans.register_tracing_provider(provider)
        if not spans.has_span_factory():
            spans.register_span_factory(provider.in_subsegment)
        if os.environ.get("AWS_LAMBDA_INITIALIZATION_TYPE") in _INITIALISED_AHEAD:
            _ = provider.traces  # the environment waits for its first request: now is the time for slow imports

    @hookimpl
    def before_invoke(self, invocation: Invocation) -> None:
        """Open the span."""
        from lambda_powertools.opentelemetry._invocation import InvocationTelemetry, now

        started = now()
        telemetry = invocation.state[STATE] = InvocationTelemetry()
        traces = self._provider.traces
        if traces is not None:
            telemetry.begin(traces, invocation, self._name, started)

    @hookimpl
    def after_invoke(self, invocation: Invocation) -> Any:
        """Note the status, close the span and flush; under an async handler the loop goes on in the meantime."""
        return self._end(invocation, invocation.response, None)

    @hookimpl
    def on_error(self, invocation: Invocation, error: BaseException) -> Any:
        """Note the exception, close the span as failed and flush."""
        return self._end(invocation, None, error)

    def _end(self, invocation: Invocation, response: Any, error: BaseException | None) -> Any:
        telemetry: InvocationTelemetry | None = invocation.state.pop(STATE, None)
        if telemetry is None:
            return None
        try:
            telemetry.end(invocation, response, error)
        except Exception as failure:  # noqa: BLE001  # what has been recorded is flushed all the same
            self._report(self.name, "after_invoke" if error is None else "on_error", failure)
        flushers = [*self._provider.flushers, *telemetry.flushers]
        if self._is_async and is_loop_running():
            return self._flush_async(flushers, invocation)
        flush_all(flushers, self._provider.bound(invocation))
        return None

    async def _flush_async(self, flushers: list[Any], invocation: Invocation) -> None:
        if all(flusher.is_idle for flusher in flushers):
            return
        import asyncio

        loop = asyncio.get_running_loop()
        await loop.run_in_executor(None, flush_all, flushers, self._provider.bound(invocation))
