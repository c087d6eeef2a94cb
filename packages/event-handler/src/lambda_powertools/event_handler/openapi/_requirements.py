"""What the extra `openapi` brings: pydantic, and the distribution that knows documents."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from lambda_powertools.event_handler.exceptions import EventHandlerError


class OpenAPIDependencyError(EventHandlerError, ImportError):
    """A feature needs a distribution that is not installed; the message names it."""


def missing_pydantic() -> OpenAPIDependencyError:
    """Return the error for validation and documents without what they need."""
    return OpenAPIDependencyError(
        "validation and OpenAPI documents need pydantic 2 and lambda-powertools-openapi: "
        "pip install 'lambda-powertools-event-handler[openapi]'"
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
    share({}, "exceptions")


def share(namespace: dict[str, Any], module: str) -> None:
    """Put what a module of `lambda_powertools.openapi` exports into the namespace of one of the same name.

    Raises:
        OpenAPIDependencyError: the distribution, or its own pydantic, is not installed.
    """
    try:
        shared = import_module(f"lambda_powertools.openapi.{module}")
    except ModuleNotFoundError as error:
        raise missing_pydantic() from error
    namespace.update({name: getattr(shared, name) for name in shared.__all__})
    namespace["__all__"] = shared.__all__
