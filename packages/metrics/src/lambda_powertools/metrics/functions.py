"""Small questions that providers ask: is this a unit, a resolution, a timestamp; are metrics off; who is cold."""

from __future__ import annotations

import time

from lambda_powertools.core.invocation import unwrap_context
from lambda_powertools.core.settings import Settings
from lambda_powertools.metrics._errors import MetricResolutionError, MetricUnitError, SchemaValidationError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any

    from lambda_powertools.metrics.provider.cloudwatch_emf.metric_properties import MetricResolution, MetricUnit

_MAX_PAST_MILLISECONDS = 14 * 24 * 60 * 60 * 1000
_MAX_FUTURE_MILLISECONDS = 2 * 60 * 60 * 1000


def extract_cloudwatch_metric_unit_value(
    metric_units: list[Any], metric_valid_options: list[Any], unit: MetricUnit | str
) -> str:
    """Return a unit as CloudWatch writes it.

    Args:
        metric_units: the units themselves, such as `Bytes/Second`.
        metric_valid_options: the names of their members in `MetricUnit`, such as `BytesPerSecond`.
        unit: one of either, or a member.

    Raises:
        MetricUnitError: it is none of them.

    Example:
        >>> extract_cloudwatch_metric_unit_value(["Bytes/Second"], ["BytesPerSecond"], "BytesPerSecond")
        'Bytes/Second'
    """
    from lambda_powertools.metrics.provider.cloudwatch_emf.metric_properties import MetricUnit

    if isinstance(unit, str):
        if unit in metric_valid_options:
            return str(MetricUnit[unit].value)
        if unit in metric_units:
            return unit
    elif isinstance(unit, MetricUnit):
        return str(unit.value)
    raise MetricUnitError(f"Invalid metric unit {unit!r:.100}, expected either option: {metric_valid_options}")


def extract_cloudwatch_metric_resolution_value(
    metric_resolutions: list[Any], resolution: MetricResolution | int
) -> int:
    """Return a resolution in seconds.

    Args:
        metric_resolutions: the resolutions there are, in seconds.
        resolution: one of them, or a member of `MetricResolution`.

    Raises:
        MetricResolutionError: it is none of them.

    Example:
        >>> extract_cloudwatch_metric_resolution_value([60, 1], 1)
        1
    """
    value = getattr(resolution, "_value_", resolution)
    if isinstance(value, int) and not isinstance(value, bool) and value in metric_resolutions:
        return int(value)
    raise MetricResolutionError(
        f"Invalid metric resolution {resolution!r:.100}, expected either option: {metric_resolutions}"
    )


def validate_emf_timestamp(timestamp: int | datetime) -> bool:
    """Return whether CloudWatch would take a timestamp: at most 14 days old, at most 2 hours ahead.

    Args:
        timestamp: milliseconds since the epoch, or a datetime (a naive one is local time).

    Example:
        >>> validate_emf_timestamp(0)
        False
    """
    milliseconds = convert_timestamp_to_emf_format(timestamp)
    now = time.time_ns() // 1_000_000
    return now - _MAX_PAST_MILLISECONDS <= milliseconds <= now + _MAX_FUTURE_MILLISECONDS


def convert_timestamp_to_emf_format(timestamp: int | datetime) -> int:
    """Return a timestamp in milliseconds since the epoch; 0 for what is neither int nor datetime.

    Args:
        timestamp: milliseconds since the epoch, or a datetime (a naive one is local time).

    Example:
        >>> from datetime import datetime, timezone
        >>> convert_timestamp_to_emf_format(datetime(2024, 1, 1, tzinfo=timezone.utc))
        1704067200000
    """
    if isinstance(timestamp, int):
        return 0 if isinstance(timestamp, bool) else int(timestamp)
    seconds = getattr(timestamp, "timestamp", None)  # whoever has a datetime has imported the module, not we
    return round(seconds() * 1000) if callable(seconds) else 0


def is_metrics_disabled() -> bool:
    """Return whether metrics are off: `POWERTOOLS_METRICS_DISABLED`, or `POWERTOOLS_DEV` where that is not set.

    Raises:
        SettingsError: one of them holds what is no boolean; also a ValueError.
    """
    explicit = Settings.metrics_disabled.resolve()
    return Settings.dev.resolve() if explicit is None else explicit


def resolve_cold_start_function_name(function_name: str | None, context: Any) -> str:
    """Return the name of the function for the metric `ColdStart`.

    Args:
        function_name: the name the user gave; wins over `POWERTOOLS_METRICS_FUNCTION_NAME`, that over the context's.
        context: the Lambda context, or the wrapper of it that durable functions receive.

    Raises:
        SchemaValidationError: there is no name to be found.
    """
    name = find_function_name(function_name, context)
    if name is None:
        raise SchemaValidationError(
            f"The metric ColdStart needs the name of the function, and the context ({type(context).__name__}) has no "
            "function_name: give function_name or set POWERTOOLS_METRICS_FUNCTION_NAME"
        )
    return name


def find_function_name(function_name: str | None, context: Any) -> str | None:
    """Return what `resolve_cold_start_function_name` does, None where there is no name to be found."""
    name = Settings.metrics_function_name.resolve(function_name or None)
    if not name:
        name = getattr(unwrap_context(context), "function_name", None)
    return str(name) if name else None
