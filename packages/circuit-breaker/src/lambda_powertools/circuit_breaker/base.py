"""Running a function under a circuit: the one place where user code is called."""

from __future__ import annotations

from contextlib import suppress
from types import CoroutineType
from typing import TYPE_CHECKING, Any

from lambda_powertools.circuit_breaker._circuit import ADMITTED, Circuit, probing
from lambda_powertools.circuit_breaker._local import reset_local_circuits
from lambda_powertools.circuit_breaker._log import warn
from lambda_powertools.circuit_breaker.exceptions import CircuitBreakerConfigError, CircuitBreakerOpenError
from lambda_powertools.core import loop
from lambda_powertools.core.callables import argument_names, display_name, is_coroutine_function, takes_any_keyword

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from contextvars import Token

    from lambda_powertools.circuit_breaker._circuit import Admission
    from lambda_powertools.circuit_breaker._local import Probe
    from lambda_powertools.circuit_breaker.config import CircuitBreakerConfig
    from lambda_powertools.circuit_breaker.persistence.base import CircuitBreakerPersistenceLayer
    from lambda_powertools.circuit_breaker.states import CircuitInfo, CircuitTransition

__all__ = ["CircuitBreakerHandler", "reset_local_circuits"]

KEYWORD = "circuit"
"""Under which `on_circuit_open` is given the `CircuitInfo`."""


class CircuitBreakerHandler:
    """A function under a circuit: what the decorator and the plugin are made of.

    Args:
        function: what is protected.
        name: name of the circuit.
        config: its settings.
        persistence_store: the layer that keeps its state.
        on_circuit_open: called in the function's stead while calls are skipped.
        on_transition: called with each transition that this worker makes.
        function_args: positional arguments for `handle`.
        function_kwargs: keyword arguments for `handle`.

    Raises:
        CircuitBreakerConfigError: the function has an argument `circuit`, which the callback needs.

    Example:
        >>> from lambda_powertools.circuit_breaker import CircuitBreakerConfig
        >>> from lambda_powertools.circuit_breaker.persistence import InMemoryCircuitBreakerPersistence
        >>> store = InMemoryCircuitBreakerPersistence()
        >>> CircuitBreakerHandler(divmod, "division", CircuitBreakerConfig(), store, function_args=(7, 2)).handle()
        (3, 1)
    """

    __slots__ = ("_args", "_kwargs", "_on_circuit_open", "_on_transition", "_takes_any_keyword", "circuit", "function")

    def __init__(  # what a circuit consists of, and the call
        self,
        function: Callable[..., Any],
        name: str,
        config: CircuitBreakerConfig,
        persistence_store: CircuitBreakerPersistenceLayer,
        on_circuit_open: Callable[..., Any] | None = None,
        on_transition: Callable[[CircuitTransition], Any] | None = None,
        function_args: tuple[Any, ...] | None = None,
        function_kwargs: Mapping[str, Any] | None = None,
    ) -> None:
        if on_circuit_open is not None and KEYWORD in argument_names(function):
            raise CircuitBreakerConfigError(
                f"{display_name(function)} has an argument {KEYWORD!r}, under which on_circuit_open is told of the "
                "circuit: rename the argument"
            )
        self.function = function
        self.circuit = Circuit(name, config, persistence_store)
        self._on_circuit_open = on_circuit_open
        self._on_transition = on_transition
        self._takes_any_keyword = on_circuit_open is not None and takes_any_keyword(function)
        self._args = function_args or ()
        self._kwargs = function_kwargs or {}

    def handle(self) -> Any:
        """Call the function with the arguments given at construction; of a coroutine function, return a coroutine."""
        run = self.run_async if is_coroutine_function(self.function) else self.run
        return run(tuple(self._args), dict(self._kwargs))

    def run(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call the function, or what stands in for it.

        A coroutine that the function returns is replaced by one that counts what becomes of it.
        """
        if self._takes_any_keyword:
            self._check(kwargs)
        admission = self.circuit.enter()
        if admission is ADMITTED:
            return self._call(admission, args, kwargs)
        is_deferred = False
        token = _enter(admission)
        try:
            self.report(admission.transition)
            if admission.rejected is not None:
                answer = self.answer(admission.rejected, args, kwargs)
                return loop.run(_awaiting(answer)) if hasattr(answer, "__await__") else answer
            result = self._call(admission, args, kwargs)
            is_deferred = result.__class__ is CoroutineType
            return result
        finally:
            _leave(token)
            if not is_deferred:
                self.circuit.leave(admission)

    async def run_async(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Await the function, or what stands in for it."""
        if self._takes_any_keyword:
            self._check(kwargs)
        admission = self.circuit.enter()
        if admission is ADMITTED:
            return await self._settle(admission, self._start(args, kwargs))
        try:
            await self._report_async(admission.transition)
        except BaseException:
            self.circuit.leave(admission)
            raise
        if admission.rejected is not None:
            answer = self.answer(admission.rejected, args, kwargs)
            return await answer if hasattr(answer, "__await__") else answer
        return await self._settle(admission, self._start(args, kwargs))

    def answer(self, info: CircuitInfo, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Return what `on_circuit_open` returns.

        Raises:
            CircuitBreakerOpenError: there is no such callback.
        """
        if self._on_circuit_open is None:
            raise CircuitBreakerOpenError(f"circuit {info.name!r} is {info.state}: the call was skipped", circuit=info)
        return self._on_circuit_open(*args, **kwargs, circuit=info)

    def report(self, transition: CircuitTransition | None) -> None:
        """Call `on_transition`; if it is a coroutine function, run it to its end."""
        pending = self.reporting(transition)
        if pending is not None:
            loop.run(_awaiting(pending))

    def reporting(self, transition: CircuitTransition | None) -> Awaitable[None] | None:
        """Call `on_transition`; return what is to be awaited, if anything. Its exceptions are logged."""
        if transition is None or self._on_transition is None:
            return None
        try:
            result = self._on_transition(transition)
        except Exception as error:  # noqa: BLE001  # who watches the circuit must not break the call
            _callback_failed(transition, error)
            return None
        return _surviving(transition, result) if hasattr(result, "__await__") else None

    def _check(self, kwargs: dict[str, Any]) -> None:
        if KEYWORD in kwargs:
            raise CircuitBreakerConfigError(
                f"{display_name(self.function)} is called with an argument {KEYWORD!r}, under which on_circuit_open is "
                "told of the circuit: rename the argument"
            )

    def _call(self, admission: Admission, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        try:
            result = self.function(*args, **kwargs)
        except Exception as error:
            self.report(self.circuit.fail(admission, error))
            raise
        if result.__class__ is CoroutineType:
            return self._settle(admission, result)
        transition = self.circuit.succeed(admission)
        if transition is not None:
            self.report(transition)
        return result

    async def _start(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        return await self.function(*args, **kwargs)

    async def _settle(self, admission: Admission, outcome: Awaitable[Any]) -> Any:
        """Await an outcome and count it: creating a coroutine tells nothing of the dependency."""
        token = _enter(admission)
        try:
            try:
                result = await outcome
            except Exception as error:
                await self._report_async(self.circuit.fail(admission, error))
                raise
            await self._report_async(self.circuit.succeed(admission))
            return result
        finally:
            _leave(token)
            self.circuit.leave(admission)

    async def _report_async(self, transition: CircuitTransition | None) -> None:
        pending = self.reporting(transition)
        if pending is not None:
            await pending


def _enter(admission: Admission) -> Token[tuple[Probe, ...]] | None:
    return None if admission.probe is None else probing.set((*probing.get(), admission.probe))


def _leave(token: Token[tuple[Probe, ...]] | None) -> None:
    if token is not None:
        with suppress(ValueError):  # a coroutine that was closed in another context than it ran in
            probing.reset(token)


async def _awaiting(awaitable: Awaitable[Any]) -> Any:
    return await awaitable


async def _surviving(transition: CircuitTransition, outcome: Awaitable[Any]) -> None:
    try:
        await outcome
    except Exception as error:  # noqa: BLE001  # as in `reporting`
        _callback_failed(transition, error)


def _callback_failed(transition: CircuitTransition, error: Exception) -> None:
    circuit, before, after = transition.circuit_name, transition.from_state, transition.to_state
    warn(f"circuit {circuit!r}: on_transition failed on {before} to {after}", error)
