"""Every exception of this package, under one base.

CircuitBreakerError
├── CircuitBreakerOpenError          the circuit is open: the function has not been called
├── CircuitBreakerConfigError        a setting of a circuit or of a store is wrong
└── CircuitBreakerPersistenceError   for stores of one's own: a write cannot succeed
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_powertools.core.exceptions import PowertoolsError

if TYPE_CHECKING:
    from lambda_powertools.circuit_breaker.states import CircuitInfo


class CircuitBreakerError(PowertoolsError):
    """Base of the exceptions of this package.

    Attributes:
        message: the first argument as text.
        details: the other arguments, joined; None if there is none.

    Example:
        >>> str(CircuitBreakerError("cannot write", "table ", "circuits"))
        'cannot write - (table circuits)'
    """

    def __init__(self, *args: object) -> None:
        super().__init__(*args)
        self.message = str(args[0]) if args else ""
        self.details = "".join(map(str, args[1:])) or None

    def __str__(self) -> str:
        return f"{self.message} - ({self.details})" if self.message and self.details else self.message


class CircuitBreakerOpenError(CircuitBreakerError):
    """The circuit is open and nothing was given to answer in the function's stead.

    Attributes:
        circuit: what is known of the circuit.
    """

    def __init__(self, *args: object, circuit: CircuitInfo | None = None) -> None:
        super().__init__(*args)
        self.circuit = circuit


class CircuitBreakerConfigError(CircuitBreakerError):
    """A setting has a value that it may not have; the message names the setting and the value."""


class CircuitBreakerPersistenceError(CircuitBreakerError):
    """A store of one's own cannot write; never leaves the decorator, which reports it and goes on."""
