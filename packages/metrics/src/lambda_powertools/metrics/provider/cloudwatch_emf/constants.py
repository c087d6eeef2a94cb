"""Limits of the embedded metric format, and the units it knows.

Reference: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
"""

from __future__ import annotations

MAX_DIMENSIONS = 29
"""Names of dimensions in one object, `service` included; CloudWatch takes 30."""

MAX_DIMENSION_SETS = 30
MAX_DIMENSION_NAME_LENGTH = 250
MAX_DIMENSION_VALUE_LENGTH = 1024
MAX_NAMESPACE_LENGTH = 1024

MAX_METRICS = 100
"""Metrics in one object, and values of one metric in one object."""

MIN_METRIC_NAME_LENGTH = 1
MAX_METRIC_NAME_LENGTH = 255

MAX_EVENT_SIZE = 1_048_576 - 26
"""Bytes of one log event: CloudWatch Logs takes 1 MiB and counts 26 bytes for itself."""

STANDARD_RESOLUTION = 60
HIGH_RESOLUTION = 1
RESOLUTIONS = (STANDARD_RESOLUTION, HIGH_RESOLUTION)

_AMOUNTS = "Bytes Kilobytes Megabytes Gigabytes Terabytes Bits Kilobits Megabits Gigabits Terabits".split()  # noqa: SIM905  # reads better than ten literals

UNIT_BY_NAME = {
    **{name: name for name in ("Seconds", "Microseconds", "Milliseconds", *_AMOUNTS, "Percent", "Count")},
    **{f"{name}PerSecond": f"{name}/Second" for name in (*_AMOUNTS, "Count")},
    "NoUnit": "None",
}
"""The unit that CloudWatch knows, by the name of its member in `MetricUnit`."""

# The enumeration is not needed for this, so that a function that names its units does not pay for building it.
UNITS = {**UNIT_BY_NAME, **{unit: unit for unit in UNIT_BY_NAME.values()}}
"""The unit that CloudWatch knows, by name and by itself."""
