"""What the builders of responses have in common."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Builder:
    """A response, or a part of one, in the making: equal to another with the same content."""

    __hash__ = None  # type: ignore[assignment]  # it can be changed

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and vars(self) == vars(other)

    def __repr__(self) -> str:
        # Only the type: what a function returns may be confidential.
        return f"<{type(self).__name__}>"


def warn_unless_allowed(value: Any, allowed: tuple[str, ...], message: str) -> None:
    """Warn the caller's caller of a value that the service will refuse."""
    if value not in allowed:
        import warnings

        from lambda_powertools.core.warnings import PowertoolsUserWarning

        warnings.warn(f"{message}, choose from {', '.join(allowed)}", PowertoolsUserWarning, stacklevel=3)
