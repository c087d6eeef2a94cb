"""Gives a provider that is one by its methods alone what `BaseProvider` gives to those that inherit from it."""

from __future__ import annotations

from lambda_powertools.metrics.provider.base import BaseProvider

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from lambda_powertools.core.invocation import Invocation
    from lambda_powertools.metrics.provider.protocol import MetricsProvider


class AdoptedProvider(BaseProvider):
    """A provider around another one, which need not have more than the five methods.

    Example:
        >>> class Printer:
        ...     metric_set = {}
        ...     def add_metric(self, name, value): self.metric_set[name] = value
        ...     def serialize_metric_set(self): return dict(self.metric_set)
        ...     def flush_metrics(self, raise_on_empty_metrics=False): print(self.serialize_metric_set())
        ...     def clear_metrics(self): self.metric_set.clear()
        ...     def add_cold_start_metric(self, context): self.add_metric("ColdStart", 1)
        >>> printer = Printer()
        >>> @AdoptedProvider(printer).log_metrics
        ... def handler(event, context):
        ...     printer.add_metric("Orders", 3)
        >>> handler({}, None)
        {'Orders': 3}
    """

    def __init__(self, provider: MetricsProvider) -> None:
        self._provider: Any = provider

    def add_metric(self, *args: Any, **kwargs: Any) -> Any:
        """Record a value."""
        return self._provider.add_metric(*args, **kwargs)

    def serialize_metric_set(self, *args: Any, **kwargs: Any) -> Any:
        """Return what is recorded in the form in which it is written."""
        return self._provider.serialize_metric_set(*args, **kwargs)

    def flush_metrics(self, *args: Any, **kwargs: Any) -> Any:
        """Write what is recorded, and forget it."""
        return self._provider.flush_metrics(*args, **kwargs)

    def clear_metrics(self, *args: Any, **kwargs: Any) -> None:
        """Forget what is recorded."""
        self._provider.clear_metrics(*args, **kwargs)

    def add_cold_start_metric(self, context: Any) -> Any:
        """Record or write the metric `ColdStart`."""
        return self._provider.add_cold_start_metric(context)

    @property
    def has_metrics(self) -> bool:
        """Whether there is something to write, as far as the provider tells."""
        return bool(getattr(self._provider, "has_metrics", getattr(self._provider, "metric_set", True)))

    @property
    def has_published(self) -> bool:
        """Whether something was written in the invocation at hand, as far as the provider tells."""
        return bool(getattr(self._provider, "has_published", False))

    def can_capture_cold_start(self, context: Any) -> bool:
        """Return whether everything is known that `add_cold_start_metric` takes."""
        can = getattr(self._provider, "can_capture_cold_start", None)
        return True if can is None else bool(can(context))

    def enter_invocation(self, invocation: Invocation) -> None:
        """Prepare for an invocation, if the provider does so."""
        enter = getattr(self._provider, "enter_invocation", None)
        if enter is not None:
            enter(invocation)

    def leave_invocation(self, invocation: Invocation) -> None:
        """Drop what belonged to the invocation, if the provider does so."""
        leave = getattr(self._provider, "leave_invocation", None)
        if leave is not None:
            leave(invocation)
