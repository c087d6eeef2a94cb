"""Metrics with dimensions of their own, or more of them than one object holds: into as few objects as can be.

One object for each namespace and set of dimensions; more only where the limits of the format ask for it.
"""

from __future__ import annotations

from lambda_powertools.metrics._emf import as_floats
from lambda_powertools.metrics.provider.cloudwatch_emf.constants import MAX_METRICS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from lambda_powertools.metrics._store import MetricStore


class Part:
    """Metrics that share namespace and dimensions.

    Attributes:
        namespace: the namespace they are written under.
        service: the service they are written under.
        dimensions: the primary set of dimensions.
        dimension_sets: the additional sets.
        metrics: the metrics.
    """

    __slots__ = ("dimension_sets", "dimensions", "metrics", "namespace", "service")

    def __init__(
        self,
        namespace: str | None,
        service: str | None,
        dimensions: Mapping[str, Any],
        dimension_sets: Sequence[Mapping[str, Any]],
        metrics: Mapping[str, Any],
    ) -> None:
        self.namespace = namespace
        self.service = service
        self.dimensions = dimensions
        self.dimension_sets = dimension_sets
        self.metrics = metrics

    @property
    def _identity(self) -> object:
        named = {**({"service": self.service} if self.service else {}), **self.dimensions}
        sets = [frozenset((name, str(value)) for name, value in some.items()) for some in (named, *self.dimension_sets)]
        return self.namespace, tuple(sets)


def merge(parts: Iterable[Part]) -> list[Part]:
    """Unite the parts that come to the same namespace and dimensions."""
    merged: dict[object, Part] = {}
    for part in parts:
        if not part.metrics:
            continue
        same = merged.setdefault(part._identity, part)  # noqa: SLF001  # of a class of this module
        if same is not part:
            same.metrics = _united(same.metrics, part.metrics)
    return list(merged.values())


def _united(some: Mapping[str, Any], others: Mapping[str, Any]) -> dict[str, Any]:
    united = dict(some)
    for name, metric in others.items():
        values = as_floats(some[name]["Value"]) + as_floats(metric["Value"]) if name in some else metric["Value"]
        united[name] = {**metric, "Value": values}
    return united


def chunks(metrics: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Divide metrics into as few sets as the limits allow: 100 metrics a set, 100 values a metric.

    The values of one metric beyond the hundredth need another set, as a set has each name once. Dealing the pieces out
    in turn keeps those of one metric apart, and no set larger than the number of sets demands.
    """
    pieces = []
    longest = 1
    for name, metric in metrics.items():
        values = as_floats(metric["Value"])
        parts = [values[start : start + MAX_METRICS] for start in range(0, len(values), MAX_METRICS)]
        longest = max(longest, len(parts))
        unit, resolution = metric["Unit"], metric.get("StorageResolution", 60)
        pieces += [(name, {"Unit": unit, "StorageResolution": resolution, "Value": part}) for part in parts]
    count = max(longest, -(-len(pieces) // MAX_METRICS))
    for number in range(count):
        yield dict(pieces[number::count])


def own_dimensions(store: MetricStore, dimensions: Mapping[str, str]) -> dict[str, str]:
    """Return the dimensions of a group: the defaults, and its own over them."""
    return {**{name: str(value) for name, value in store.defaults.items()}, **dimensions}
