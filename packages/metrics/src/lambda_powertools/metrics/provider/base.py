"""What every provider has in common: the decorator, its order of events, and the cold start."""

from __future__ import annotations

import functools
from abc import ABC, abstractmethod

from lambda_powertools.core.callables import is_coroutine_function, is_method_in_class_body
from lambda_powertools.core.invocation import Invocation, invocation_scope
from lambda_powertools.core.warnings import PowertoolsUserWarning
from lambda_powertools.metrics._caller import warn
from lambda_powertools.metrics.provider.cold_start import is_due, mark_written

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import Any, ParamSpec, TypeVar, overload

    P = ParamSpec("P")
    R = TypeVar("R")
else:
    from lambda_powertools.core.static import overload

NO_METRICS = "Must contain at least one metric."
NOTHING_TO_PUBLISH = (
    "No application metrics to publish. A cold start metric is written apart from them; if an invocation without "
    "metrics is an error, use raise_on_empty_metrics"
)


class BaseProvider(ABC):
    """Base of providers: implement five methods, and have `log_metrics`, cold starts and `@powertools` for it.

    Example:
        >>> class Printer(BaseProvider):
        ...     def __init__(self):
        ...         self.metric_set = {}
        ...     def add_metric(self, name, value):
        ...         self.metric_set[name] = value
        ...     def serialize_metric_set(self):
        ...         return dict(self.metric_set)
        ...     def flush_metrics(self, raise_on_empty_metrics=False):
        ...         print(self.serialize_metric_set())
        ...         self.clear_metrics()
        ...     def clear_metrics(self):
        ...         self.metric_set.clear()
        ...     def add_cold_start_metric(self, context):
        ...         self.add_metric("ColdStart", 1)
        >>> printer = Printer()
        >>> @printer.log_metrics
        ... def handler(event, context):
        ...     printer.add_metric("Orders", 3)
        >>> handler({}, None)
        {'Orders': 3}
    """

    @abstractmethod
    def add_metric(self, *args: Any, **kwargs: Any) -> Any:
        """Record a value."""

    @abstractmethod
    def serialize_metric_set(self, *args: Any, **kwargs: Any) -> Any:
        """Return what is recorded in the form in which it is written."""

    @abstractmethod
    def flush_metrics(self, *args: Any, **kwargs: Any) -> Any:
        """Write what is recorded, and forget it; called with `raise_on_empty_metrics` by name."""

    @abstractmethod
    def clear_metrics(self, *args: Any, **kwargs: Any) -> None:
        """Forget what is recorded."""

    @abstractmethod
    def add_cold_start_metric(self, context: Any) -> Any:
        """Record or write the metric `ColdStart`; called in the first invocation of the environment.

        Args:
            context: the context of the invocation.
        """

    @property
    def has_metrics(self) -> bool:
        """Whether there is something to write; a provider without `metric_set` is always asked to flush."""
        return bool(getattr(self, "metric_set", True))

    @property
    def has_published(self) -> bool:
        """Whether something was written in the invocation at hand; False where the provider does not know."""
        return False

    def can_capture_cold_start(self, context: Any) -> bool:  # noqa: ARG002  # for providers that need to know more
        """Return whether everything is known that `add_cold_start_metric` takes: a namespace, a name of the function.

        Args:
            context: the context of the invocation.
        """
        return True

    def enter_invocation(self, invocation: Invocation) -> None:  # noqa: B027  # most providers have no need of it
        """Prepare for an invocation, which may run beside others in the process; `leave_invocation` follows."""

    def leave_invocation(self, invocation: Invocation) -> None:  # noqa: B027  # the same
        """Drop what belonged to the invocation."""

    def capture_cold_start(self, invocation: Invocation, *, only_if_known: bool = False) -> None:
        """Call `add_cold_start_metric` if this is the first invocation of the environment, once for all providers.

        Args:
            invocation: the invocation that begins.
            only_if_known: whether to leave it, rather than to fail, where something it takes is not known.
        """
        if not is_due(invocation) or (only_if_known and not self.can_capture_cold_start(invocation.context)):
            return
        mark_written(invocation)
        self.add_cold_start_metric(invocation.context)

    @overload
    def log_metrics(
        self,
        lambda_handler: Callable[P, R],
        capture_cold_start_metric: bool = ...,
        raise_on_empty_metrics: bool = ...,
        **kwargs: Any,
    ) -> Callable[P, R]: ...
    @overload
    def log_metrics(
        self,
        lambda_handler: None = None,
        capture_cold_start_metric: bool = ...,
        raise_on_empty_metrics: bool = ...,
        **kwargs: Any,
    ) -> Callable[[Callable[P, R]], Callable[P, R]]: ...
    def log_metrics(
        self,
        lambda_handler: Callable[..., Any] | None = None,
        capture_cold_start_metric: bool = False,
        raise_on_empty_metrics: bool = False,
        **kwargs: Any,
    ) -> Any:
        """Decorate a handler: when it has ended, in whatever way, its metrics are written.

        An async handler has finished then. A response that is streamed later is not waited for: what is recorded while
        it is being produced goes out with the next flush.

        Args:
            lambda_handler: the handler, where the decorator stands without arguments.
            capture_cold_start_metric: whether the first invocation of the environment writes a metric `ColdStart`.
            raise_on_empty_metrics: whether an invocation without any metric is an error instead of a warning.
            kwargs: options of providers.

        Raises:
            SchemaValidationError: by the decorated handler, when it succeeded and its metrics cannot be written. When
                it failed, its own exception leaves and the other is a warning.
        """
        if lambda_handler is None:
            return functools.partial(
                self.log_metrics,
                capture_cold_start_metric=capture_cold_start_metric,
                raise_on_empty_metrics=raise_on_empty_metrics,
                **kwargs,
            )
        return _decorated(self, lambda_handler, capture_cold_start_metric, raise_on_empty_metrics)


def _decorated(
    provider: BaseProvider, handler: Callable[..., Any], capture_cold_start: bool, raise_on_empty: bool
) -> Callable[..., Any]:
    first = 1 if is_method_in_class_body(handler) else 0

    def publication(args: tuple[Any, ...], kwargs: dict[str, Any]) -> _Publication:
        event = args[first] if len(args) > first else kwargs.get("event")
        context = args[first + 1] if len(args) > first + 1 else kwargs.get("context")
        return _Publication(provider, invocation_scope(event, context, handler), capture_cold_start, raise_on_empty)

    if is_coroutine_function(handler):

        @functools.wraps(handler)
        async def run_async(*args: Any, **kwargs: Any) -> Any:
            with publication(args, kwargs):
                return await handler(*args, **kwargs)

        return run_async

    @functools.wraps(handler)
    def run(*args: Any, **kwargs: Any) -> Any:
        with publication(args, kwargs):
            return handler(*args, **kwargs)

    return run


class _Publication:
    """One invocation under the decorator: the cold start before the handler, the flush after it."""

    __slots__ = ("_capture", "_failure", "_invocation", "_provider", "_raise_on_empty", "_scope")

    def __init__(self, provider: BaseProvider, scope: invocation_scope, capture: bool, raise_on_empty: bool) -> None:
        self._provider = provider
        self._scope = scope
        self._capture = capture
        self._raise_on_empty = raise_on_empty
        self._failure: Exception | None = None

    def __enter__(self) -> None:
        self._invocation = self._scope.__enter__()
        try:
            self._provider.enter_invocation(self._invocation)
        except BaseException as error:
            self._scope.__exit__(type(error), error, None)
            raise
        if self._capture:
            try:
                self._provider.capture_cold_start(self._invocation)
            except Exception as failure:  # noqa: BLE001  # the handler runs all the same, __exit__ deals with it
                self._failure = failure

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        try:
            self._provider.flush_metrics(raise_on_empty_metrics=self._raise_on_empty)
        except Exception as failure:  # noqa: BLE001  # raised or warned of below
            self._failure = self._failure or failure
        finally:
            self._provider.leave_invocation(self._invocation)
            self._scope.__exit__(kind, error, traceback)
        if self._failure is None:
            return
        if error is None:
            raise self._failure
        warn(
            f"The metrics of a failed invocation could not be written: {type(self._failure).__name__}: {self._failure}",
            PowertoolsUserWarning,
        )
