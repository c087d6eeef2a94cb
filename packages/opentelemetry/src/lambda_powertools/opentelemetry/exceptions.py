"""The exceptions of this package.

PowertoolsError
└── OpenTelemetryError
    ├── ComponentMissingError (also ImportError)      an exporter or propagator is asked for that is not installed
    ├── TelemetryDroppedError                         what could not be exported was given up; only ever reported
    └── InstrumentError (also ValueError)             a metric has a value or unit that no instrument takes
"""

from __future__ import annotations

from lambda_powertools.core.exceptions import PowertoolsError


class OpenTelemetryError(PowertoolsError):
    """Base of the exceptions of `lambda_powertools.opentelemetry`."""


class ComponentMissingError(OpenTelemetryError, ImportError):
    """An exporter or a propagator that is asked for is not installed; the message says how to install it."""


class TelemetryDroppedError(OpenTelemetryError):
    """Spans or metrics were given up, since nobody took them; it is reported, never raised to a handler."""


class InstrumentError(OpenTelemetryError, ValueError):
    """A metric has a value, a unit or a name that no instrument of OpenTelemetry takes."""
