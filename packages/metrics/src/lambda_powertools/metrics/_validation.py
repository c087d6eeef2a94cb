"""Whether CloudWatch would take a name, value, unit or resolution: the cases that the fast path does not decide."""

from __future__ import annotations

from lambda_powertools.core.warnings import PowertoolsUserWarning
from lambda_powertools.metrics._caller import warn
from lambda_powertools.metrics._errors import (
    MetricNameError,
    MetricResolutionError,
    MetricUnitError,
    MetricValueError,
    SchemaValidationError,
)
from lambda_powertools.metrics.provider.cloudwatch_emf.constants import (
    MAX_DIMENSION_NAME_LENGTH,
    MAX_DIMENSION_VALUE_LENGTH,
    MAX_DIMENSIONS,
    MAX_METRIC_NAME_LENGTH,
    MIN_METRIC_NAME_LENGTH,
    RESOLUTIONS,
    UNIT_BY_NAME,
    UNITS,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn


def check_metric_name(name: Any) -> str:
    """Return the name without blanks around it.

    Raises:
        MetricNameError: it is empty, too long, not a str, or has a line break.
    """
    if not isinstance(name, str):
        raise MetricNameError(f"The metric name should be a str, not {type(name).__name__}")
    stripped = name.strip()
    if not MIN_METRIC_NAME_LENGTH <= len(stripped) <= MAX_METRIC_NAME_LENGTH:
        raise MetricNameError(
            f"The metric name should be between {MIN_METRIC_NAME_LENGTH} and {MAX_METRIC_NAME_LENGTH} characters, "
            f"not {len(stripped)}"
        )
    if has_line_break(stripped):
        raise MetricNameError(f"The metric name should have no line break: {stripped!r}")
    return stripped


def check_number(value: Any) -> float:
    """Return a number as a finite float.

    Raises:
        MetricValueError: it is no number, or not finite.
    """
    from numbers import Number

    try:
        number = float(value) if isinstance(value, Number) else None  # type: ignore[arg-type]  # complex: TypeError
    except (TypeError, ValueError, OverflowError):
        number = None
    if number is None or number - number != 0.0:
        raise MetricValueError(
            f"{value!r:.100} is not a valid number: a finite int, float, Decimal or Fraction is expected"
        )
    return number


def check_unit(unit: Any) -> str:
    """Return the unit as CloudWatch writes it.

    Args:
        unit: a member of `MetricUnit`, its name or its value.

    Raises:
        MetricUnitError: there is no such unit.
    """
    value = unit if isinstance(unit, str) else getattr(unit, "_value_", None)
    found = UNITS.get(as_text(value)) if isinstance(value, str) else None
    if found is None:
        raise MetricUnitError(f"Invalid metric unit {unit!r:.100}, expected either option: {list(UNIT_BY_NAME)}")
    return found


def check_resolution(resolution: Any) -> int:
    """Return the resolution in seconds.

    Args:
        resolution: a member of `MetricResolution`, 60 or 1.

    Raises:
        MetricResolutionError: it is something else.
    """
    value = getattr(resolution, "_value_", resolution)
    if isinstance(value, int) and not isinstance(value, bool) and value in RESOLUTIONS:
        return int(value)
    raise MetricResolutionError(
        f"Invalid metric resolution {resolution!r:.100}, expected either option: {list(RESOLUTIONS)}"
    )


def check_dimension(name: Any, value: Any) -> tuple[str, str] | None:
    """Return name and value of a dimension as text, or warn and return None when CloudWatch would not take them."""
    name, value = as_text(name), as_text(value)
    if not name.strip() or not value.strip():
        problem = "Ensure the dimension name and value are non-empty strings"
    elif len(name) > MAX_DIMENSION_NAME_LENGTH or len(value) > MAX_DIMENSION_VALUE_LENGTH:
        problem = (
            f"The name may have up to {MAX_DIMENSION_NAME_LENGTH} characters, "
            f"the value up to {MAX_DIMENSION_VALUE_LENGTH}"
        )
    elif has_line_break(name):
        problem = "The name may have no line break"
    else:
        return name, value
    warn(
        f"The dimension {name!r:.100} doesn't meet the requirements and won't be added. {problem}",
        PowertoolsUserWarning,
    )
    return None


def as_text(value: Any) -> str:
    """Return a value as text: of an enumeration of texts the text itself, where `str` would name the member."""
    return str.__str__(value) if isinstance(value, str) else str(value)


def has_line_break(text: str) -> bool:
    """Return whether CloudWatch would see more than one line in a name."""
    return not text.isprintable() and any(mark in text for mark in "\n\r\u2028\u2029")


def refuse_dimensions(problem: str) -> NoReturn:
    """Raise the error of one dimension too many."""
    raise SchemaValidationError(f"Maximum number of dimensions exceeded ({MAX_DIMENSIONS}): {problem}")
