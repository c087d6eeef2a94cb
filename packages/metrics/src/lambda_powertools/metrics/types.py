"""Types of what this package keeps and returns."""

from __future__ import annotations

from typing import TypedDict


class _NameAndUnit(TypedDict):
    Name: str
    Unit: str


class MetricNameUnitResolution(_NameAndUnit, total=False):
    """The definition of a metric: its resolution is there only when it is high."""

    StorageResolution: int
