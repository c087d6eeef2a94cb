"""When a circuit opens, how long it stays open, and what closes it again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.circuit_breaker.exceptions import CircuitBreakerConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable


class CircuitBreakerConfig:
    """The settings of a circuit. Do not change one that a function has been decorated with.

    Attributes:
        failure_threshold: consecutive failures in one execution environment that open the circuit.
        recovery_timeout: seconds that it stays open before one worker tries whether the dependency has recovered;
            also how long that worker may keep the others waiting.
        success_threshold: successful calls of that worker that close it.
        handled_exceptions: the only exceptions that count as failures; None for all.
        ignored_exceptions: exceptions that do not count as failures; None for none.
        local_cache_max_age: seconds for which a state that was read is taken for granted; 0 reads it for each call.
        minimum_probe_time: seconds that the invocation must have left for its call to be the one that tries.

    Raises:
        CircuitBreakerConfigError: a value may not be; the message names it and its argument.

    Example:
        >>> config = CircuitBreakerConfig(failure_threshold=3, ignored_exceptions=KeyError)
        >>> config.counts_as_failure(KeyError("no such order")), config.counts_as_failure(TimeoutError())
        (False, True)
    """

    def __init__(
        self,
        failure_threshold: int = 5,
        recovery_timeout: int = 30,
        success_threshold: int = 3,
        handled_exceptions: type[Exception] | Iterable[type[Exception]] | None = None,
        ignored_exceptions: type[Exception] | Iterable[type[Exception]] | None = None,
        local_cache_max_age: int = 5,
        *,
        minimum_probe_time: int = 0,
    ) -> None:
        self.failure_threshold = _whole("failure_threshold", failure_threshold, minimum=1)
        self.recovery_timeout = _whole("recovery_timeout", recovery_timeout, minimum=1)
        self.success_threshold = _whole("success_threshold", success_threshold, minimum=1)
        self.local_cache_max_age = _whole("local_cache_max_age", local_cache_max_age, minimum=0)
        self.minimum_probe_time = _whole("minimum_probe_time", minimum_probe_time, minimum=0)
        self.handled_exceptions = _exceptions("handled_exceptions", handled_exceptions)
        self.ignored_exceptions = _exceptions("ignored_exceptions", ignored_exceptions)
        if self.handled_exceptions is not None and self.ignored_exceptions is not None:
            raise CircuitBreakerConfigError(
                f"handled_exceptions={handled_exceptions!r:.80} and ignored_exceptions={ignored_exceptions!r:.80} "
                "exclude each other: give one of them"
            )

    def counts_as_failure(self, exception: BaseException) -> bool:
        """Return whether an exception of the protected function speaks against its dependency."""
        if not isinstance(exception, Exception):
            return False
        if self.handled_exceptions is not None:
            return isinstance(exception, self.handled_exceptions)
        return self.ignored_exceptions is None or not isinstance(exception, self.ignored_exceptions)


def _whole(argument: str, value: Any, *, minimum: int) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and value >= minimum:
        return value
    raise CircuitBreakerConfigError(f"{argument} is {value!r:.80}: an int of {minimum} or more is expected")


def _exceptions(argument: str, value: Any) -> tuple[type[Exception], ...] | None:
    if value is None:
        return None
    if isinstance(value, type):
        value = (value,)
    try:
        classes = () if isinstance(value, (str, bytes)) else tuple(value)
    except TypeError:
        classes = ()
    if classes and all(isinstance(one, type) and issubclass(one, Exception) for one in classes):
        return classes
    raise CircuitBreakerConfigError(
        f"{argument} is {value!r:.80}: an exception class, or some of them, is expected, each below Exception"
    )
