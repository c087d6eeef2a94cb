"""What the events of all HTTP front ends have in common."""

from __future__ import annotations

from lambda_powertools.data_classes import shared_functions
from lambda_powertools.data_classes._body import Body
from lambda_powertools.data_classes._fields import case_insensitive, computed, default, required
from lambda_powertools.data_classes._header_lookup import HeaderLookup

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from lambda_powertools.data_classes.headers_serializer import BaseHeadersSerializer


class BaseProxyEvent(Body, HeaderLookup):
    """The event of an HTTP request; each front end has a subclass."""

    headers = case_insensitive("headers", or_empty=True)
    query_string_parameters = default("queryStringParameters", dict[str, str])
    multi_value_query_string_parameters = default("multiValueQueryStringParameters", dict[str, list[str]])
    path = required("path", str)
    http_method = required("httpMethod", str)

    @computed
    def resolved_query_string_parameters(self) -> dict[str, list[str]]:
        """All values of each query string parameter, whichever way the front end sends them."""
        return shared_functions.split_values(self.query_string_parameters)

    @computed
    def resolved_headers_field(self) -> dict[str, Any]:
        """The headers with all their values, whichever way the front end sends them."""
        return self.headers

    @computed
    def resolved_cookies_field(self) -> dict[str, str]:
        """The cookies by name; of a name that comes twice the last."""
        header = self.headers.get("cookie")
        if header is None:
            header = self.resolved_headers_field.get("cookie")
        if not header:
            return {}
        return shared_functions.parse_cookies("; ".join(header) if isinstance(header, list) else header)

    def get_query_string_value(self, name: str, default_value: str | None = None) -> str | None:
        """Return the value of a query string parameter, else the default; its name is case-sensitive."""
        return shared_functions.get_query_string_value(self.query_string_parameters, name, default_value)

    def get_multi_value_query_string_values(self, name: str, default_values: list[str] | None = None) -> list[str]:
        """Return all values of a query string parameter, else the defaults, else an empty list."""
        return shared_functions.get_multi_value_query_string_values(
            self.multi_value_query_string_parameters, name, default_values
        )

    def header_serializer(self) -> BaseHeadersSerializer:
        """Return what writes the response headers in the way that the front end takes them.

        Raises:
            NotImplementedError: for this base class, which is no front end.
        """
        raise NotImplementedError(f"{type(self).__name__} has no header serializer, only events of a front end have")
