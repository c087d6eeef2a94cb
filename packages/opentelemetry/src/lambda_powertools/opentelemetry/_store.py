"""What an invocation has measured, until it is flushed."""

from __future__ import annotations

import threading
from typing import Any, NamedTuple


class Measurement(NamedTuple):
    """One value.

    Attributes:
        name: name of the instrument.
        unit: unit, as CloudWatch writes it.
        value: the value.
        dimensions: its own dimensions, None for those of the invocation.
        sums_up: whether a counter takes it.
    """

    name: str
    unit: str
    value: float
    dimensions: dict[str, str] | None
    sums_up: bool


class MetricStore:
    """The measurements of one invocation.

    Attributes:
        measurements: the values in their order.
        dimensions: dimensions of all of them that have none of their own.
        metadata: what was added as metadata.
    """

    __slots__ = ("_lock", "dimensions", "measurements", "metadata")

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.measurements: list[Measurement] = []
        self.dimensions: dict[str, str] = {}
        self.metadata: dict[str, Any] = {}

    def add(self, measurement: Measurement) -> None:
        """Keep a value."""
        with self._lock:
            self.measurements.append(measurement)

    def take(self) -> tuple[list[Measurement], dict[str, str]]:
        """Return measurements and dimensions, and forget them."""
        with self._lock:
            taken = self.measurements, self.dimensions
            self.measurements, self.dimensions, self.metadata = [], {}, {}
            return taken

    @property
    def metric_set(self) -> dict[str, Any]:
        """The metrics by name."""
        found: dict[str, Any] = {}
        with self._lock:
            for one in self.measurements:
                found.setdefault(one.name, {"Unit": one.unit, "Value": []})["Value"].append(one.value)
        return found
