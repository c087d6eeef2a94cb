"""What can be wrong with documents and data.

PowertoolsError
└── OpenAPIError
    ├── ValidationException                          base: `.errors()` lists what is wrong
    │   └── OpenAPISchemaError (SchemaValidationError)   a document would not be valid
    ├── SerializationError                           a value has no JSON form
    ├── HandlerSignatureError (also TypeError, …)    a parameter is declared in a way that cannot work
    ├── MultipartError (also ValueError)             a form that breaks the format
    ├── MultipartParserError (also ImportError)      the parser of such forms is not installed
    └── OpenAPIMergeError                            two documents contradict each other
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.core.exceptions import PowertoolsError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = [
    "HandlerSignatureError",
    "MultipartError",
    "MultipartParserError",
    "OpenAPIError",
    "OpenAPIMergeError",
    "OpenAPISchemaError",
    "SchemaValidationError",
    "SerializationError",
    "ValidationException",
]


class OpenAPIError(PowertoolsError):
    """Base of every exception of this package."""


class ValidationException(OpenAPIError):  # noqa: N818  # the name that code which handles it knows
    """Something does not fit its declaration.

    Args:
        errors: a list of error dictionaries (`type`, `loc`, …), or a function that makes it when it is asked for.
    """

    def __init__(self, errors: Sequence[Any] | Callable[[], Sequence[Any]]) -> None:
        super().__init__()
        self._errors = errors

    def errors(self) -> Sequence[Any]:
        """Return every error, as pydantic describes it: with type, location, message and input."""
        if callable(self._errors):
            self._errors = self._errors()
        return self._errors

    def detail(self, limit: int = 100) -> list[dict[str, Any]]:
        """Return location and type of the first `limit` errors: what a client may see of them."""
        found = getattr(self._errors, "detail", None)  # what was found can say that without spelling everything out
        if found is not None:
            result: list[dict[str, Any]] = found(limit)
            return result
        errors = self.errors()[:limit]
        return [{"loc": list(error["loc"]), "type": error["type"]} for error in errors if isinstance(error, dict)]

    def __str__(self) -> str:
        """Say where and what, never the values."""
        detail = self.detail(10)
        places = ", ".join(f"{'.'.join(map(str, error['loc']))} ({error['type']})" for error in detail)
        rest = len(self.errors()) - len(detail)
        return f"{places} and {rest} more" if rest > 0 else places


class OpenAPISchemaError(ValidationException):
    """The document that was asked for would not be valid OpenAPI; also known as `SchemaValidationError`."""

    def __init__(self, errors: str | Sequence[Any]) -> None:
        super().__init__([{"type": "schema", "loc": (), "msg": errors}] if isinstance(errors, str) else errors)
        self.args = (errors,)
        self._message = errors if isinstance(errors, str) else None

    def __str__(self) -> str:
        """Return the message."""
        return self._message if self._message is not None else super().__str__()


class HandlerSignatureError(OpenAPIError, TypeError, ValueError, AssertionError):
    """A parameter of a function is declared in a way that cannot work; the message names both."""


class MultipartError(OpenAPIError, ValueError):
    """The body is not what its content type says; the message is for developers, not for clients."""


class MultipartParserError(OpenAPIError, ImportError):
    """The parser of forms with files is not installed; the message names it."""


class SerializationError(OpenAPIError):
    """A value cannot be turned into JSON; the message names its type."""


class OpenAPIMergeError(OpenAPIError):
    """Two documents define the same thing differently."""


if TYPE_CHECKING:
    SchemaValidationError = OpenAPISchemaError


def __getattr__(name: str) -> Any:
    if name == "SchemaValidationError":  # a name that metrics has an exception of, so it is an alias here
        return OpenAPISchemaError
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
