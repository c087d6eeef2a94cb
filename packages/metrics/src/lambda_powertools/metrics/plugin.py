"""The plugin: connects this package to the hooks, and has no logic of its own."""

from __future__ import annotations

from lambda_powertools.core import Plugin, hookimpl

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, Literal

    from lambda_powertools.core import Application, Invocation
    from lambda_powertools.metrics._shared import PluginProvider
    from lambda_powertools.metrics.provider.base import BaseProvider

ROUTE_STATE = "event_handler"
"""Key of `Invocation.state` where whoever routes the request says which route it is: `{"route": "/users/{id}"}`."""

REPLAY_STATE = "idempotency"
"""Key of `Invocation.state` where a guard says that it answered in the handler's stead: `{"replayed": True}`."""


class MetricsOptions:
    """What `@powertools(metrics={…})` may name; an instance, a provider or a list of them is also accepted as it is.

    Example:
        >>> from lambda_powertools.core import Registry, powertools
        >>> from lambda_powertools.metrics import EphemeralMetrics
        >>> from lambda_powertools.metrics.plugin import MetricsPlugin
        >>> registry = Registry()
        >>> registry.register(MetricsPlugin)
        >>> metrics = EphemeralMetrics(namespace="Shop")
        >>> @powertools(registry=registry, metrics={"instance": metrics, "capture_cold_start_metric": False})
        ... def handler(event, context):
        ...     metrics.add_metric("Placed", unit="Count", value=1)
        >>> handler({}, None)  # doctest: +ELLIPSIS
        {"_aws":{"Timestamp":...,"Placed":[1.0]}
    """

    def __init__(  # noqa: PLR0913  # a keyword each
        self,
        *,
        namespace: str | None = None,
        service: str | None = None,
        function_name: str | None = None,
        default_dimensions: Mapping[str, Any] | None = None,
        capture_cold_start_metric: bool | None = None,
        raise_on_empty_metrics: bool = False,
        route_dimension: str | None = None,
        capture_replay_metric: bool = False,
        provider: Any = None,
        instance: Any = None,
    ) -> None:
        """Keep the options.

        Args:
            namespace: namespace of the metrics; without it that of the `Metrics` in use, or the environment's. An
                instance given below has its own, as well as its service and function name.
            service: value of the dimension `service`, likewise.
            function_name: name of the function for the metric `ColdStart`.
            default_dimensions: dimensions that come back after every flush.
            capture_cold_start_metric: whether the first invocation of the environment writes a metric `ColdStart`; by
                default where the namespace and the name of the function are known.
            raise_on_empty_metrics: whether an invocation that succeeded without any metric is an error.
            route_dimension: name of a dimension for the route of the request, `/users/{id}`, as the HTTP event handler
                tells it. Every route is a metric of its own, and billed as one. By default there is no such dimension.
            capture_replay_metric: whether an invocation that idempotency answers with a stored response counts as a
                metric `IdempotentReplay`.
            provider: the provider to flush, or several.
            instance: the `Metrics`, `EphemeralMetrics` or `DatadogMetrics` to flush, or several.

        Raises:
            TypeError: what is to be flushed has no `flush_metrics`, or cannot have default dimensions.
        """
        self.namespace = namespace
        self.service = service
        self.function_name = function_name
        self.default_dimensions = default_dimensions
        self.capture_cold_start_metric = capture_cold_start_metric
        self.raise_on_empty_metrics = raise_on_empty_metrics
        self.route_dimension = route_dimension
        self.capture_replay_metric = capture_replay_metric
        self.instances = [*_listed(instance), *_listed(provider)]
        for one in self.instances if default_dimensions else ():
            if not hasattr(one, "set_default_dimensions"):
                raise TypeError(f"default_dimensions are given, but {type(one).__name__} has no set_default_dimensions")

    @classmethod
    def from_value(cls, value: Any) -> MetricsOptions:
        """Take an instance, a provider, or a list of them.

        Raises:
            TypeError: it cannot be flushed.
        """
        return cls(instance=value)


def _listed(value: Any) -> list[Any]:
    listed = [] if value is None else list(value) if isinstance(value, (list, tuple)) else [value]
    for one in listed:
        if not callable(getattr(one, "flush_metrics", None)):
            raise TypeError(f"{one!r:.80} is neither Metrics nor a provider: it has no flush_metrics")
    return listed


def _has_metrics(provider: Any) -> bool:
    known = getattr(provider, "has_metrics", None)
    return bool(getattr(provider, "metric_set", True) if known is None else known)


def _as_known(provider: Any) -> BaseProvider | None:
    """Return what is told of invocations and cold starts, None for what is only flushed."""
    from lambda_powertools.metrics.provider.base import BaseProvider

    if isinstance(provider, BaseProvider):
        return provider
    if not callable(getattr(type(provider), "add_cold_start_metric", None)):
        return None
    from lambda_powertools.metrics.provider.adopted import AdoptedProvider

    return AdoptedProvider(provider)


def _refuse_empty_set() -> None:
    from lambda_powertools.metrics._errors import SchemaValidationError
    from lambda_powertools.metrics.functions import is_metrics_disabled
    from lambda_powertools.metrics.provider.base import NO_METRICS

    if not is_metrics_disabled():
        raise SchemaValidationError(NO_METRICS)


class MetricsPlugin(Plugin[MetricsOptions]):
    """Writes what was recorded when an invocation ends, and the metric `ColdStart` when the first one begins."""

    name = "metrics"
    order = 30
    on_failure: Literal["raise", "warn"] = "warn"
    Options = MetricsOptions

    def __init__(self, options: MetricsOptions | None = None) -> None:
        super().__init__(options or MetricsOptions())
        if self.options.raise_on_empty_metrics:
            self.on_failure = "raise"
        self._providers: list[Any] = []
        self._known: list[BaseProvider] = []
        self._own: PluginProvider | None = None
        self._captures = self.options.capture_cold_start_metric is not False

    @hookimpl
    def on_init(self, application: Application) -> None:
        """Take the instances that were given, or make one on the data that all `Metrics` share."""
        from lambda_powertools.metrics.provider.cold_start import is_due

        options = self.options
        self._report = application.report
        self._is_due = is_due
        self._providers = [getattr(instance, "provider", instance) for instance in options.instances]
        if not self._providers:
            from lambda_powertools.metrics._shared import PluginProvider

            self._own = PluginProvider(
                namespace=options.namespace,
                service=options.service,
                function_name=options.function_name,
                application_service=application.service,
            )
            self._providers = [self._own]
        self._known = [known for provider in self._providers if (known := _as_known(provider)) is not None]
        if options.default_dimensions:
            for provider in self._providers:
                provider.set_default_dimensions(**options.default_dimensions)

    @hookimpl
    def before_invoke(self, invocation: Invocation) -> None:
        """Give the invocation data of its own, and write the cold start."""
        own = self._own
        if own is not None:
            own.enter_invocation(invocation)
            if self._captures and self._is_due(invocation):
                self._capture_cold_start(own, invocation)
            return
        for provider in self._known:
            provider.enter_invocation(invocation)
        if self._captures:
            for provider in self._known:
                self._capture_cold_start(provider, invocation)

    @hookimpl
    def after_invoke(self, invocation: Invocation) -> None:
        """Write what was recorded; that there was nothing may be an error here."""
        if self.options.capture_replay_metric:
            self._count_replay(invocation)
        if self.options.route_dimension:
            self._add_route(self.options.route_dimension, invocation)
        own = self._own
        if own is not None:
            is_empty = not own.end_invocation(invocation)
        else:
            failures, is_empty = self._flush(invocation)
            for further in failures[1:]:
                self._report(self.name, "after_invoke", further)
            if failures:
                raise failures[0]
        if is_empty and self.options.raise_on_empty_metrics:
            _refuse_empty_set()

    @hookimpl
    def on_error(self, invocation: Invocation) -> None:
        """Write what was recorded before the handler failed; its own error goes on."""
        if self.options.route_dimension:
            self._add_route(self.options.route_dimension, invocation)
        for failure in self._flush(invocation)[0]:
            self._report(self.name, "on_error", failure)

    def _count_replay(self, invocation: Invocation) -> None:
        replay = invocation.state.get(REPLAY_STATE)
        if not isinstance(replay, dict) or not replay.get("replayed"):
            return
        from lambda_powertools.metrics.provider.cloudwatch_emf._writer import EmfWriter

        for provider in self._providers:
            unit = {"unit": "Count"} if isinstance(provider, EmfWriter) else {}
            provider.add_metric(name="IdempotentReplay", value=1, **unit)

    def _add_route(self, dimension: str, invocation: Invocation) -> None:
        matched = invocation.state.get(ROUTE_STATE)
        route = matched.get("route") if isinstance(matched, dict) else None
        if not isinstance(route, str) or not route:
            return
        for provider in self._providers:
            if hasattr(provider, "add_dimension") and _has_metrics(provider):
                provider.add_dimension(name=dimension, value=route)

    def _flush(self, invocation: Invocation) -> tuple[list[Exception], bool]:
        """Flush every provider; return what went wrong, and whether nothing was recorded in the invocation."""
        failures: list[Exception] = []
        is_empty = True
        for provider in self._providers:
            try:
                if _has_metrics(provider):
                    provider.flush_metrics(raise_on_empty_metrics=False)
                    is_empty = False
                else:
                    is_empty = is_empty and not getattr(provider, "has_published", False)
                    provider.clear_metrics()
            except Exception as failure:  # noqa: BLE001, PERF203  # the others are flushed all the same
                failures.append(failure)
                is_empty = False
        for provider in self._known:
            provider.leave_invocation(invocation)
        return failures, is_empty

    def _capture_cold_start(self, provider: BaseProvider, invocation: Invocation) -> None:
        try:
            provider.capture_cold_start(invocation, only_if_known=self.options.capture_cold_start_metric is None)
        except Exception as failure:  # noqa: BLE001  # the plugin has been entered, so it must go on
            self._report(self.name, "before_invoke", failure)
