"""What is recorded for Datadog until the next flush."""

from __future__ import annotations

import threading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


class DatadogStore:
    """Metrics of one invocation, or of all that happens outside of one.

    Attributes:
        lock: to be held while the store is read and written.
        depth: how many decorators and plugins of one invocation are using it.
        metric_set: the metrics, each with its own tags.
        defaults: the default tags.
        has_published: whether something was written for the invocation at hand.
    """

    __slots__ = ("defaults", "depth", "has_published", "lock", "metric_set")

    def __init__(
        self, defaults: Mapping[str, Any] | None = None, metric_set: list[dict[str, Any]] | None = None
    ) -> None:
        self.lock = threading.RLock()
        self.depth = 0
        self.metric_set: list[dict[str, Any]] = [] if metric_set is None else metric_set
        self.defaults: dict[str, Any] = dict(defaults or {})
        self.has_published = False

    @property
    def is_empty(self) -> bool:
        """Whether there is no metric."""
        return not self.metric_set

    def clear(self) -> None:
        """Forget everything but the default tags."""
        self.metric_set.clear()

    def fresh(self, defaults: Mapping[str, Any]) -> DatadogStore:
        """Return an empty store of the same kind."""
        return DatadogStore(defaults)

    def reset(self, defaults: Mapping[str, Any]) -> None:
        """Forget everything, and have other default tags."""
        self.defaults = dict(defaults)
        self.clear()
