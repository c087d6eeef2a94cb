"""The plugin: connects this package to the hooks, and has no logic of its own."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from lambda_powertools.core import Plugin, hookimpl

if TYPE_CHECKING:
    from collections.abc import Callable

    from lambda_powertools.circuit_breaker.base import CircuitBreakerHandler
    from lambda_powertools.circuit_breaker.config import CircuitBreakerConfig
    from lambda_powertools.circuit_breaker.persistence.base import CircuitBreakerPersistenceLayer
    from lambda_powertools.circuit_breaker.states import CircuitTransition
    from lambda_powertools.core import Application, Invocation


class CircuitBreakerOptions:
    """What `@powertools(circuit_breaker={…})` may name; a store or a config alone is also accepted as it is.

    Example:
        >>> from lambda_powertools.circuit_breaker.persistence import InMemoryCircuitBreakerPersistence
        >>> from lambda_powertools.circuit_breaker.plugin import CircuitBreakerPlugin
        >>> from lambda_powertools.core import Registry, powertools
        >>> registry = Registry()
        >>> registry.register(CircuitBreakerPlugin)
        >>> store = InMemoryCircuitBreakerPersistence()
        >>> @powertools(registry=registry, circuit_breaker={"name": "orders", "persistence_store": store})
        ... def handler(event, context):
        ...     return "placed"
        >>> handler({}, None)
        'placed'
    """

    def __init__(
        self,
        *,
        name: str | None = None,
        persistence_store: CircuitBreakerPersistenceLayer | None = None,
        config: CircuitBreakerConfig | None = None,
        on_circuit_open: Callable[..., Any] | None = None,
        on_transition: Callable[[CircuitTransition], Any] | None = None,
    ) -> None:
        """Keep the options.

        Args:
            name: name of the circuit, by default that of the Lambda function.
            persistence_store: the layer that keeps its state, by default the DynamoDB table that
                `POWERTOOLS_CIRCUIT_BREAKER_TABLE` names.
            config: its settings, the defaults without it.
            on_circuit_open: called with event, context and `circuit` while invocations are skipped; what it returns is
                the response. Without it the invocation fails with `CircuitBreakerOpenError`.
            on_transition: called with each transition that this environment makes.
        """
        self.name = name
        self.persistence_store = persistence_store
        self.config = config
        self.on_circuit_open = on_circuit_open
        self.on_transition = on_transition

    @property
    def is_given(self) -> bool:
        """Whether any option is: a circuit around a whole handler is for those who ask for it."""
        return any(value is not None for value in vars(self).values())

    @classmethod
    def from_value(cls, value: Any) -> CircuitBreakerOptions:
        """Take a store or a config.

        Raises:
            TypeError: it is neither.
        """
        from lambda_powertools.circuit_breaker.config import CircuitBreakerConfig

        if isinstance(value, CircuitBreakerConfig):
            return cls(config=value)
        if callable(getattr(value, "get_state", None)):
            return cls(persistence_store=value)
        raise TypeError(f"{value!r:.80} is neither a CircuitBreakerConfig nor a persistence layer")


class CircuitBreakerPlugin(Plugin[CircuitBreakerOptions]):
    """Skips the invocations of a handler while they keep failing; does nothing unless an option is given."""

    name = "circuit_breaker"
    # As far out as a guard may be, and by its name before idempotency: a skipped invocation must leave no record.
    order = 400
    Options = CircuitBreakerOptions

    def __init__(self, options: CircuitBreakerOptions | None = None) -> None:
        super().__init__(options or CircuitBreakerOptions())
        self._guard: CircuitBreakerHandler | None = None

    @hookimpl
    def on_init(self, application: Application) -> None:
        """Make the circuit, and the client of its store."""
        options = self.options
        if not options.is_given:
            self.stand_aside()
            return
        from lambda_powertools.circuit_breaker._settings import is_disabled
        from lambda_powertools.circuit_breaker.base import CircuitBreakerHandler
        from lambda_powertools.circuit_breaker.config import CircuitBreakerConfig

        name = options.name or os.environ.get("AWS_LAMBDA_FUNCTION_NAME") or application.name
        self._is_disabled = is_disabled
        self._guard = CircuitBreakerHandler(
            application.handler,
            name,
            options.config or CircuitBreakerConfig(),
            options.persistence_store or _default_store(),
            options.on_circuit_open,
            options.on_transition,
        )

    @hookimpl
    def before_invoke(self, invocation: Invocation) -> Any:
        """Let the invocation in, or answer in the handler's stead."""
        guard = self._guard
        if guard is None or self._is_disabled():
            return None
        admission = guard.circuit.enter()
        if admission.rejected is not None:
            answer = guard.answer(admission.rejected, (invocation.event, invocation.context), {})
            if hasattr(answer, "__await__"):
                return _respond(invocation, answer)
            invocation.respond(answer)
            return None
        invocation.state[self.name] = admission
        return guard.reporting(admission.transition)

    @hookimpl
    def after_invoke(self, invocation: Invocation) -> Any:
        """Count a success: of the handler, or of what has recovered from its error."""
        return self._leave(invocation, None)

    @hookimpl
    def on_error(self, invocation: Invocation, error: BaseException) -> Any:
        """Count a failure, if it counts; the error goes on."""
        return self._leave(invocation, error)

    def _leave(self, invocation: Invocation, error: BaseException | None) -> Any:
        admission = invocation.state.pop(self.name, None)
        guard = self._guard
        if admission is None or guard is None:
            return None
        circuit = guard.circuit
        try:
            return guard.reporting(circuit.succeed(admission) if error is None else circuit.fail(admission, error))
        finally:
            circuit.leave(admission)


async def _respond(invocation: Invocation, answer: Any) -> None:
    invocation.respond(await answer)


def _default_store() -> CircuitBreakerPersistenceLayer:
    from lambda_powertools.circuit_breaker._settings import TABLE
    from lambda_powertools.circuit_breaker.exceptions import CircuitBreakerConfigError
    from lambda_powertools.circuit_breaker.persistence.dynamodb import CircuitBreakerDynamoDBPersistence

    table = TABLE.resolve()
    if table is None:
        raise CircuitBreakerConfigError(
            f"the circuit has no store: give the option persistence_store, or name a DynamoDB table in {TABLE.variable}"
        )
    store = CircuitBreakerDynamoDBPersistence(table)
    _ = store.client  # now, in the INIT phase
    return store
