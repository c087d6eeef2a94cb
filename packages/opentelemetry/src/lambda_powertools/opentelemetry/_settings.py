"""What the standard variables of OpenTelemetry say, as far as it has to be known before the SDK is imported.

Reference: https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
"""

from __future__ import annotations

import os

from lambda_powertools.core.settings import Setting, Settings, text

DEFAULT_FLUSH_TIMEOUT = 2.0
"""Seconds that an invocation waits at most for its telemetry to be taken."""

DEFAULT_FLUSH_MARGIN = 0.2
"""Seconds that are left until the deadline when the wait ends: the runtime has a response to send."""


def sdk_disabled(value: str) -> bool:
    """Parse as OpenTelemetry does: only `true`, in any case, is true."""
    return value.strip().lower() == "true"


def number(value: str) -> int:
    """Parse a whole number, 1 or more."""
    if value.strip().isdecimal() and int(value):
        return int(value)
    raise ValueError("allowed is a whole number, 1 or more")


SDK_DISABLED = Setting("OTEL_SDK_DISABLED", default=False, parse=sdk_disabled)
"""Switch everything of this package off; only `true` does."""

EXPORT_TIMEOUT: Setting[int | None] = Setting("OTEL_BSP_EXPORT_TIMEOUT", None, number)
"""Milliseconds that an invocation waits for the export at most, 2000 where it is not set."""

MAX_QUEUE_SIZE = Setting("OTEL_BSP_MAX_QUEUE_SIZE", default=2048, parse=number)
"""Spans that wait to be exported at most; beyond it the oldest are given up."""

MAX_BATCH_SIZE = Setting("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", default=512, parse=number)
"""Spans that are sent together at most."""

PROPAGATORS: Setting[str | None] = Setting("OTEL_PROPAGATORS", None, text)
"""Ways to hand a trace on, comma separated: `tracecontext,baggage,xray` where it is not set."""

OTLP_TIMEOUT: Setting[str | None] = Setting("OTEL_EXPORTER_OTLP_TIMEOUT", None, text)
"""After how long the exporter gives up, by default the flush's own limit."""

OTLP_PROTOCOL: Setting[str | None] = Setting("OTEL_EXPORTER_OTLP_PROTOCOL", None, text)
"""`http/protobuf`, which is used where it is not set, or `grpc`."""


def is_sdk_disabled() -> bool:
    """Return whether OpenTelemetry is switched off as a whole."""
    return SDK_DISABLED.resolve()


def is_tracing_disabled() -> bool:
    """Return whether no spans are to be recorded.

    Raises:
        SettingsError: `POWERTOOLS_TRACE_DISABLED` is no boolean.
    """
    return SDK_DISABLED.resolve() or Settings.trace_disabled.resolve()


def is_configured(signal: str = "TRACES") -> bool:
    """Return whether the environment says where spans (or `METRICS`) are to go."""
    variables = (f"OTEL_{signal}_EXPORTER", f"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
    return any(os.environ.get(variable) for variable in variables)


def exporter_names(signal: str = "TRACES") -> list[str]:
    """Return the names of the exporters for spans (or `METRICS`), none for `none`."""
    names = os.environ.get(f"OTEL_{signal}_EXPORTER") or "otlp"
    return [name for name in (part.strip() for part in names.split(",")) if name and name != "none"]


def otlp_protocol(signal: str = "TRACES") -> str:
    """Return the protocol for spans (or `METRICS`)."""
    return os.environ.get(f"OTEL_EXPORTER_OTLP_{signal}_PROTOCOL") or OTLP_PROTOCOL.resolve() or "http/protobuf"


def otlp_timeout(signal: str, bound: float) -> float | None:
    """Return the seconds after which an exporter gives up, None where the environment says."""
    if os.environ.get(f"OTEL_EXPORTER_OTLP_{signal}_TIMEOUT") or OTLP_TIMEOUT.resolve():
        return None
    return bound


def flush_timeout(explicit: float | None) -> float:
    """Return the seconds that an invocation waits at most.

    Raises:
        SettingsError: `OTEL_BSP_EXPORT_TIMEOUT` is no whole number.
    """
    if explicit is not None:
        return explicit
    milliseconds = EXPORT_TIMEOUT.resolve()
    return DEFAULT_FLUSH_TIMEOUT if milliseconds is None else milliseconds / 1000


def check_seconds(name: str, value: float) -> float:
    """Return a number of seconds.

    Raises:
        ValueError: it is negative, or no number.
    """
    if not value >= 0:
        raise ValueError(f"{name} is a number of seconds, 0 or more, not {value!r}")
    return value
