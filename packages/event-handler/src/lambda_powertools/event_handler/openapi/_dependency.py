"""The one message for a distribution that is not installed."""

from __future__ import annotations

from lambda_powertools.event_handler.openapi.exceptions import OpenAPIDependencyError


def missing_pydantic() -> OpenAPIDependencyError:
    """Return the error for validation and documents without pydantic."""
    return OpenAPIDependencyError(
        "validation and OpenAPI documents need pydantic 2: pip install 'lambda-powertools-event-handler[openapi]'"
    )


def require_pydantic() -> None:
    """Import pydantic.

    Raises:
        OpenAPIDependencyError: it is not installed, or too old.
    """
    try:
        from pydantic import TypeAdapter  # noqa: F401  # pydantic 1 has none
    except ImportError as error:
        raise missing_pydantic() from error
