"""What the suites of clauses have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.testing.exceptions import StoreConformanceError

if TYPE_CHECKING:
    from collections.abc import Callable

    Factory = Callable[[], Any]
    Clause = Callable[[Factory], None]


def clause_of(clauses: dict[str, Clause]) -> Callable[[Clause], Clause]:
    """Return a decorator that adds a function to the clauses, under its name."""

    def add(check: Clause) -> Clause:
        clauses[check.__name__.replace("_", "-")] = check
        return check

    return add


def require(condition: object, clause: str, problem: str) -> None:
    """Break a clause unless the condition holds.

    Raises:
        StoreConformanceError: it does not.
    """
    if not condition:
        raise StoreConformanceError(f"{clause}: {problem}")
