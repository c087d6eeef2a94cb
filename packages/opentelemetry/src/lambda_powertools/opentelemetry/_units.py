"""CloudWatch's units in the Unified Code for Units of Measure, which OpenTelemetry uses.

References: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html and
https://opentelemetry.io/docs/specs/semconv/general/metrics/#instrument-units
"""

from __future__ import annotations

from typing import Any

from lambda_powertools.opentelemetry.exceptions import InstrumentError

COUNT = "Count"
_UNITS = {
    COUNT: "1",
    "Seconds": "s",
    "Milliseconds": "ms",
    "Microseconds": "us",
    "Percent": "%",
    "Bytes": "By",
    "Bits": "bit",
    "Kilobytes": "kBy",
    "Kilobits": "kbit",
    "Megabytes": "MBy",
    "Megabits": "Mbit",
    "Gigabytes": "GBy",
    "Gigabits": "Gbit",
    "Terabytes": "TBy",
    "Terabits": "Tbit",
    "Bytes/Second": "By/s",
    "Bits/Second": "bit/s",
    "Kilobytes/Second": "kBy/s",
    "Kilobits/Second": "kbit/s",
    "Megabytes/Second": "MBy/s",
    "Megabits/Second": "Mbit/s",
    "Gigabytes/Second": "GBy/s",
    "Gigabits/Second": "Gbit/s",
    "Terabytes/Second": "TBy/s",
    "Terabits/Second": "Tbit/s",
    "Count/Second": "1/s",
    "None": "1",
}
_BY_MEMBER = {"NoUnit": "None", **{name.replace("/", "Per"): name for name in _UNITS}}


def cloudwatch_unit(unit: Any) -> str:
    """Return a unit as CloudWatch writes it: a member of `MetricUnit`, its name or its value.

    Raises:
        InstrumentError: there is no such unit.

    Example:
        >>> cloudwatch_unit("BytesPerSecond"), ucum_unit("Milliseconds")
        ('Bytes/Second', 'ms')
    """
    value = getattr(unit, "value", unit)
    if isinstance(value, str):
        name = _BY_MEMBER.get(value, value)
        if name in _UNITS:
            return name
    raise InstrumentError(f"{unit!r:.80} is no unit of CloudWatch; there are {', '.join(sorted(_UNITS))}")


def ucum_unit(unit: str) -> str:
    """Return the code of a unit that CloudWatch has."""
    return _UNITS[unit]
