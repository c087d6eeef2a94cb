"""What can go wrong, and what a route raises to answer with an HTTP error.

PowertoolsError
└── EventHandlerError
    ├── ServiceError                       becomes a response with its status and message
    │   ├── BadRequestError                400
    │   ├── UnauthorizedError              401
    │   ├── ForbiddenError                 403
    │   ├── NotFoundError                  404, also what an unknown path is
    │   ├── MethodNotAllowedError          405, what a known path is with a method that no route has
    │   ├── RequestTimeoutError            408
    │   ├── RequestEntityTooLargeError     413
    │   ├── InternalServerError            500
    │   └── ServiceUnavailableError        503
    ├── InvalidRouteError (also ValueError)      a rule that cannot be matched
    │   └── RouteConflictError                   the same method and rule twice on one app
    ├── InvalidHeaderError (also ValueError)     a header or cookie that would break the response
    ├── InvalidResultError (also TypeError)      a route returned what can be no response
    ├── ResponseSizeExceededError                a response that a load balancer does not accept
    ├── AgentEventError (also KeyError, ValueError)    an agent's event lacks what every one has
    ├── RequestStateError (also RuntimeError)    something of a request was asked for outside of one
    ├── DependencyResolutionError                a dependency of a route cannot be had
    ├── ResolverNotFoundError (also ValueError)  no function for a GraphQL field; graphql_appsync.exceptions
    ├── InvalidBatchResponse                     a function for a batch returned no list; the same
    └── UnauthorizedException                    AppSync Events refuses a client; events_appsync.exceptions
"""

from __future__ import annotations

from lambda_powertools.core.exceptions import PowertoolsError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class EventHandlerError(PowertoolsError):
    """Base of every exception of the event handlers."""


class ServiceError(EventHandlerError):
    """An error that is answered with an HTTP status and a message, as JSON.

    Args:
        status_code: the HTTP status.
        msg: what the client is told: a text, or a dictionary.

    Example:
        >>> from lambda_powertools.event_handler.exceptions import ServiceError
        >>> error = ServiceError(402, "Payment required")
        >>> error.status_code, error.msg
        (402, 'Payment required')
    """

    def __init__(self, status_code: int, msg: str | dict[str, Any]) -> None:
        super().__init__(status_code, msg)
        self.status_code = int(status_code)
        self.msg = msg

    def __str__(self) -> str:
        """Return the message, a dictionary as JSON."""
        if isinstance(self.msg, str):
            return self.msg
        from lambda_powertools.core.json import dumps

        return dumps(self.msg, fallback=str)


class _StatusError(ServiceError):
    _status = 500

    def __init__(self, msg: str | dict[str, Any]) -> None:
        super().__init__(self._status, msg)


class BadRequestError(_StatusError):
    """400: the request is wrong in itself."""

    _status = 400


class UnauthorizedError(_StatusError):
    """401: the request lacks valid credentials."""

    _status = 401


class ForbiddenError(_StatusError):
    """403: the credentials do not allow it."""

    _status = 403


class NotFoundError(_StatusError):
    """404: there is nothing here; also what a path without a route is answered with."""

    _status = 404

    def __init__(self, msg: str | dict[str, Any] = "Not found") -> None:
        super().__init__(msg)


class MethodNotAllowedError(_StatusError):
    """405: the path has routes, but none of this method.

    Attributes:
        allowed: the methods that the path has, for the header `Allow`.
    """

    _status = 405

    def __init__(self, msg: str | dict[str, Any] = "Method not allowed", *, allowed: tuple[str, ...] = ()) -> None:
        super().__init__(msg)
        self.allowed = allowed


class RequestTimeoutError(_StatusError):
    """408: the client took too long."""

    _status = 408


class RequestEntityTooLargeError(_StatusError):
    """413: the body is larger than it may be."""

    _status = 413


class InternalServerError(_StatusError):
    """500: the fault is on this side."""

    _status = 500

    def __init__(self, message: str | dict[str, Any]) -> None:
        super().__init__(message)


class ServiceUnavailableError(_StatusError):
    """503: it does not work at the moment."""

    _status = 503


class InvalidRouteError(EventHandlerError, ValueError):
    """A rule that cannot be matched: the message names it and says why."""


class RouteConflictError(InvalidRouteError):
    """The same method and rule were registered twice on one app: the second could never be reached."""


class InvalidHeaderError(EventHandlerError, ValueError):
    """A header or cookie holds a line break or another character that would break the response apart."""


class InvalidResultError(EventHandlerError, TypeError):
    """A function returned what can be no response; the message names its route."""


class AgentEventError(EventHandlerError, KeyError, ValueError):
    """The event of an agent lacks something that every one has; the message names it."""

    def __str__(self) -> str:
        """Return the message; a `KeyError` alone would quote it."""
        return str(self.args[0]) if self.args else ""


class RequestStateError(EventHandlerError, RuntimeError):
    """Something that belongs to a request was asked for where there is none."""


class DependencyResolutionError(EventHandlerError):
    """A dependency could not be had: it is declared wrongly, or it failed, and then its exception is the cause."""


class ResponseSizeExceededError(EventHandlerError):
    """The response is larger than the load balancer accepts.

    Attributes:
        actual_size: bytes of the response.
        max_size: bytes that are accepted.
    """

    def __init__(self, *, actual_size: int, max_size: int) -> None:
        super().__init__(f"the response has {actual_size} bytes; a load balancer accepts at most {max_size}")
        self.actual_size = actual_size
        self.max_size = max_size
