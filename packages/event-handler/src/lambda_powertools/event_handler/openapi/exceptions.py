"""What goes wrong with validation and documents.

OpenAPIError (of `lambda_powertools.openapi`)
├── ValidationException                     base: `.errors()` lists what is wrong
│   ├── RequestValidationError              the request does not fit the route: 422
│   ├── ResponseValidationError             the route's result does not fit what it declares: 500
│   ├── RequestUnsupportedContentType       a body of another content type than can be read: 415
│   └── OpenAPISchemaError (SchemaValidationError)   a document would not be valid
├── SerializationError                      a value has no JSON form
├── HandlerSignatureError                   parameters of a route function that cannot work
│   └── UnresolvedAnnotationError           an annotation names something that does not exist
└── OpenAPIMergeError                       two documents contradict each other
EventHandlerError
├── RequestValidationError, ResponseValidationError, RequestUnsupportedContentType
├── UnresolvedAnnotationError
└── OpenAPIDependencyError (also ImportError)   what the extra `openapi` brings is not installed
"""
# ruff: noqa: F405  # what the star stands for is listed in `__all__`

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.event_handler.exceptions import EventHandlerError
from lambda_powertools.event_handler.openapi._requirements import OpenAPIDependencyError, share

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lambda_powertools.openapi.exceptions import *  # noqa: F403  # all of them
else:
    share(globals(), "exceptions")

__all__ = [
    "HandlerSignatureError",
    "OpenAPIDependencyError",
    "OpenAPIMergeError",
    "OpenAPISchemaError",
    "RequestUnsupportedContentType",
    "RequestValidationError",
    "ResponseValidationError",
    "SchemaValidationError",
    "SerializationError",
    "UnresolvedAnnotationError",
    "ValidationException",
]


class RequestValidationError(ValidationException, EventHandlerError):
    """The request does not fit the parameters of the route; answered with 422 unless a handler is registered.

    Attributes:
        body: the body of the request, as far as it could be parsed.
    """

    def __init__(self, errors: Sequence[Any] | Callable[[], Sequence[Any]], *, body: Any = None) -> None:
        super().__init__(errors)
        self.body = body


class ResponseValidationError(ValidationException, EventHandlerError):
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


class RequestUnsupportedContentType(NotImplementedError, ValidationException, EventHandlerError):  # noqa: N818  # a known name
    """The body's content type is none that can be read; answered with 415 unless a handler is registered."""

    def __init__(self, msg: str, errors: Sequence[Any]) -> None:
        ValidationException.__init__(self, errors)
        self.msg = msg

    def __str__(self) -> str:
        """Return the message."""
        return self.msg


class UnresolvedAnnotationError(HandlerSignatureError, EventHandlerError):
    """An annotation names something that does not exist (yet); the message names it."""
