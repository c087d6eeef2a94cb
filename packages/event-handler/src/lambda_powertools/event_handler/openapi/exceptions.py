"""What goes wrong with validation and documents.

EventHandlerError
├── ValidationException                     base: `.errors()` lists what is wrong
│   ├── RequestValidationError              the request does not fit the route: 422
│   ├── ResponseValidationError             the route's result does not fit what it declares: 500
│   ├── RequestUnsupportedContentType       a body of another content type than can be read: 415
│   └── OpenAPISchemaError (SchemaValidationError)   a document would not be valid
├── HandlerSignatureError                   parameters of a route function that cannot work
│   └── UnresolvedAnnotationError           an annotation names something that does not exist
├── SerializationError                      a value has no JSON form
├── OpenAPIMergeError                       two documents contradict each other
└── OpenAPIDependencyError (also ImportError)   pydantic, or the Swagger UI, is not installed
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.event_handler.exceptions import EventHandlerError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class ValidationException(EventHandlerError):  # noqa: N818  # the name that code which handles it knows
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


class RequestValidationError(ValidationException):
    """The request does not fit the parameters of the route; answered with 422 unless a handler is registered.

    Attributes:
        body: the body of the request, as far as it could be parsed.
    """

    def __init__(self, errors: Sequence[Any] | Callable[[], Sequence[Any]], *, body: Any = None) -> None:
        super().__init__(errors)
        self.body = body


class ResponseValidationError(ValidationException):
    """What the route returned does not fit its declared type: a fault of the server.

    Attributes:
        body: what the route returned.
        source: `"route"` if the route names the status code for it, else `"app"`.
    """

    def __init__(
        self, errors: Sequence[Any] | Callable[[], Sequence[Any]], *, body: Any = None, source: str = "app"
    ) -> None:
        super().__init__(errors)
        self.body = body
        self.source = source


class RequestUnsupportedContentType(NotImplementedError, ValidationException):  # noqa: N818  # a known name
    """The body's content type is none that can be read; answered with 415 unless a handler is registered."""

    def __init__(self, msg: str, errors: Sequence[Any]) -> None:
        ValidationException.__init__(self, errors)
        self.msg = msg

    def __str__(self) -> str:
        """Return the message."""
        return self.msg


class OpenAPISchemaError(ValidationException):
    """The document that was asked for would not be valid OpenAPI; also known as `SchemaValidationError`."""

    def __init__(self, errors: str | Sequence[Any]) -> None:
        super().__init__([{"type": "schema", "loc": (), "msg": errors}] if isinstance(errors, str) else errors)
        self.args = (errors,)
        self._message = errors if isinstance(errors, str) else None

    def __str__(self) -> str:
        """Return the message."""
        return self._message if self._message is not None else super().__str__()


class HandlerSignatureError(EventHandlerError, TypeError, ValueError, AssertionError):
    """A parameter of a route function is declared in a way that cannot work; the message names both."""


class UnresolvedAnnotationError(HandlerSignatureError):
    """An annotation names something that does not exist (yet); the message names it."""


class SerializationError(EventHandlerError):
    """A value cannot be turned into JSON; the message names its type."""


class OpenAPIMergeError(EventHandlerError):
    """Two documents define the same thing differently."""


class OpenAPIDependencyError(EventHandlerError, ImportError):
    """A feature needs a distribution that is not installed; the message names it."""


if TYPE_CHECKING:
    SchemaValidationError = OpenAPISchemaError


def __getattr__(name: str) -> Any:
    if name == "SchemaValidationError":  # a name that metrics has an exception of, so it is an alias here
        return OpenAPISchemaError
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


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
