"""Everything that belongs to one request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextvars import Token

    from lambda_powertools.data_classes.common import BaseProxyEvent
    from lambda_powertools.event_handler._route import Route
    from lambda_powertools.event_handler._worker import Worker
    from lambda_powertools.event_handler.request import Request


class RequestState:
    """One request of one app. What is rarely needed has its default on the class, as making one is on every request.

    Attributes:
        event: the event as its data class.
        raw: the event itself.
        lambda_context: what the runtime handed over.
        context: the dictionary that the code of a request shares.
        method: the method, in upper case.
        path: the path that was matched, without the prefixes that are stripped.
        route: the route that matched, or one that stands for none.
        path_parameters: the dynamic parts of the path, as texts.
        arguments: the validated arguments of the function; None without validation.
        dependency_arguments: validated arguments of dependencies, by callable.
        dependency_values: results of dependencies, by callable.
        frames: names of the middlewares entered, in debug mode.
        note: what other plugins may know of the request.
        worker: the thread of plain middlewares in an asynchronous request.
        refusal: why the request is answered without its route being asked.
        asynchronous: whether it runs on an event loop.
        answers_head: whether a GET route answers a HEAD request.
    """

    event: BaseProxyEvent
    raw: dict[str, Any]
    lambda_context: Any
    context: dict[str, Any]
    method: str
    path: str
    route: Route
    path_parameters: dict[str, str]
    token: Token[Any]

    arguments: dict[str, Any] | None = None
    dependency_arguments: dict[Callable[..., Any], dict[str, Any]] | None = None
    dependency_values: dict[Callable[..., Any], Any] | None = None
    frames: list[str] | None = None
    note: dict[str, Any] | None = None
    outer_note: dict[str, Any] | None = None
    request: Request | None = None
    worker: Worker | None = None
    refusal: Exception | None = None
    asynchronous: bool = False
    answers_head: bool = False
    owns_context: bool = False

    def current_request(self) -> Request:
        """Return the view that code of the request is given, the same each time."""
        if self.request is None:
            from lambda_powertools.event_handler.request import Request

            self.request = Request(self.route.openapi_path, self.path_parameters, self.event, self.context)
        return self.request
