"""The request as a function sees it."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from lambda_powertools.data_classes.common import BaseProxyEvent


class Request:
    """A read-only view of a request, given to functions that have a parameter of this type.

    Args:
        route_path: the path as a template: `/users/{id}`.
        path_parameters: the dynamic parts of the path.
        current_event: the event as its data class.
        context: the dictionary that the code of a request shares.
    """

    __slots__ = ("_context", "_event", "_path_parameters", "_route_path")

    def __init__(
        self,
        route_path: str,
        path_parameters: dict[str, Any],
        current_event: BaseProxyEvent,
        context: dict[str, Any] | None = None,
    ) -> None:
        self._route_path = route_path
        self._path_parameters = path_parameters
        self._event = current_event
        self._context = {} if context is None else context

    @property
    def route(self) -> str:
        """The path as a template: `/users/{id}`."""
        return self._route_path

    @property
    def path_parameters(self) -> dict[str, Any]:
        """The dynamic parts of the path; those that were validated have their type."""
        return self._path_parameters

    @property
    def method(self) -> str:
        """The method, in upper case."""
        return str(self._event.http_method).upper()

    @property
    def headers(self) -> dict[str, str]:
        """The headers, by names in lower case."""
        return self._event.headers or {}

    @property
    def query_parameters(self) -> dict[str, str] | None:
        """The query string parameters; of one that comes twice the last."""
        try:
            return self._event.query_string_parameters
        except KeyError:  # not every front end sends the key where there are none
            return None

    @property
    def body(self) -> str | None:
        """The body as it came, None where there is none."""
        body: str | None = self._event.get("body")
        return body

    @property
    def json_body(self) -> Any:
        """The body parsed as JSON."""
        return None if self.body is None else self._event.json_body

    @property
    def resolved_event(self) -> BaseProxyEvent:
        """The whole event, as its data class."""
        return self._event

    @property
    def context(self) -> dict[str, Any]:
        """The dictionary that the code of a request shares; may be written to."""
        return self._context
