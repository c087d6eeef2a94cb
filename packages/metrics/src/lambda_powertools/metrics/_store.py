"""What is recorded until the next flush."""

from __future__ import annotations

import threading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from lambda_powertools.metrics._shared import PluginProvider
    from lambda_powertools.metrics.provider.cloudwatch_emf._writer import EmfWriter


class MetricGroup:
    """Metrics that are written in objects of their own: they have other dimensions, or another namespace.

    Attributes:
        owner: the provider under whose namespace they belong; None when whoever writes decides.
        dimensions: their own dimensions; None when they have those of the other metrics.
        metric_set: the metrics, in the form of `MetricStore.metric_set`.
    """

    __slots__ = ("dimensions", "metric_set", "owner")

    def __init__(self, owner: EmfWriter | None, dimensions: dict[str, str] | None) -> None:
        self.owner = owner
        self.dimensions = dimensions
        self.metric_set: dict[str, dict[str, Any]] = {}


class MetricStore:
    """Metrics, dimensions and metadata of one invocation, or of all that happens outside of one.

    Attributes:
        lock: to be held while the store is read and written; the adders of one invocation may be threads.
        depth: how many decorators and plugins of one invocation are using it.
        defaults: the default dimensions, as they were given.
        is_given: whether `metric_set` came from outside, unchecked.
        lender: the provider of the plugin, whose namespace and service serve where no other is known.
        owner: the provider that decided the namespace of `metric_set`, None while nobody has.
        has_published: whether something was written for the invocation at hand.
    """

    __slots__ = (
        "defaults",
        "depth",
        "dimension_set",
        "dimension_sets",
        "groups",
        "has_published",
        "is_given",
        "lender",
        "lock",
        "metadata_set",
        "metric_set",
        "owner",
        "timestamp",
    )

    def __init__(
        self,
        defaults: Mapping[str, Any] | None = None,
        *,
        metric_set: dict[str, Any] | None = None,
        dimension_set: dict[str, Any] | None = None,
        metadata_set: dict[str, Any] | None = None,
    ) -> None:
        self.lock = threading.RLock()
        self.depth = 0
        self.metric_set: dict[str, dict[str, Any]] = {} if metric_set is None else metric_set
        self.dimension_set: dict[str, str] = {} if dimension_set is None else dimension_set
        self.dimension_sets: list[dict[str, str]] = []
        self.metadata_set: dict[str, Any] = {} if metadata_set is None else metadata_set
        self.defaults: dict[str, Any] = dict(defaults or {})
        self.timestamp: int | None = None
        self.groups: dict[Any, MetricGroup] = {}
        self.owner: EmfWriter | None = None
        self.lender: PluginProvider | None = None
        self.is_given = metric_set is not None
        self.has_published = False
        for name, value in self.defaults.items():
            self.dimension_set.setdefault(name, str(value))

    @property
    def is_empty(self) -> bool:
        """Whether there is no metric."""
        return not (self.metric_set or self.groups)

    @property
    def is_clear(self) -> bool:
        """Whether `clear` would change nothing; False where there are dimensions, if only default ones."""
        return not (
            self.metric_set
            or self.groups
            or self.dimension_set
            or self.metadata_set
            or self.dimension_sets
            or self.timestamp is not None
            or self.owner is not None
        )

    def clear(self) -> None:
        """Forget everything but the default dimensions."""
        self.metric_set.clear()
        if self.dimension_set:
            self.dimension_set.clear()
        if self.defaults:
            self.dimension_set.update((name, str(value)) for name, value in self.defaults.items())
        if self.dimension_sets:
            self.dimension_sets.clear()
        if self.metadata_set:
            self.metadata_set.clear()
        if self.groups:
            self.groups.clear()
        self.timestamp = self.owner = None

    def fresh(self, defaults: Mapping[str, Any]) -> MetricStore:
        """Return an empty store of the same kind."""
        return MetricStore(defaults)

    def reset(self, defaults: Mapping[str, Any]) -> None:
        """Forget everything, and have other default dimensions."""
        self.defaults = dict(defaults)
        self.clear()
