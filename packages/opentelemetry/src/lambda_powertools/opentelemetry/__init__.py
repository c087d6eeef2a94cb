"""OpenTelemetry for AWS Lambda: spans by its conventions, a provider for `Tracer` and one for `Metrics`, OTLP.

Nothing here imports OpenTelemetry before the first span or the first metric.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.opentelemetry.__about__ import __version__

if TYPE_CHECKING:
    from lambda_powertools.opentelemetry.exceptions import (
        ComponentMissingError,
        InstrumentError,
        OpenTelemetryError,
        TelemetryDroppedError,
    )
    from lambda_powertools.opentelemetry.metrics import OpenTelemetryMetricsProvider
    from lambda_powertools.opentelemetry.propagation import extract, inject, inject_message_attributes
    from lambda_powertools.opentelemetry.provider import OpenTelemetryProvider

_LAZY = {
    "ComponentMissingError": "exceptions",
    "InstrumentError": "exceptions",
    "OpenTelemetryError": "exceptions",
    "OpenTelemetryMetricsProvider": "metrics",
    "OpenTelemetryProvider": "provider",
    "TelemetryDroppedError": "exceptions",
    "extract": "propagation",
    "inject": "propagation",
    "inject_message_attributes": "propagation",
}


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        from importlib import import_module

        value = getattr(import_module(f"{__name__}.{_LAZY[name]}"), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [
    "ComponentMissingError",
    "InstrumentError",
    "OpenTelemetryError",
    "OpenTelemetryMetricsProvider",
    "OpenTelemetryProvider",
    "TelemetryDroppedError",
    "__version__",
    "extract",
    "inject",
    "inject_message_attributes",
]
