"""What the events of all HTTP front ends have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.data_classes import shared_functions
from lambda_powertools.data_classes._fields import cached, case_insensitive, computed, default, optional, required
from lambda_powertools.data_classes._wrapper import DictWrapper

if TYPE_CHECKING:
    from lambda_powertools.data_classes.headers_serializer import BaseHeadersSerializer


class BaseProxyEvent(DictWrapper):
    """The event of an HTTP request; each front end has a subclass."""

    headers = case_insensitive("headers", or_empty=True)
    query_string_parameters = default("queryStringParameters", dict[str, str])
    multi_value_query_string_parameters = default("multiValueQueryStringParameters", dict[str, list[str]])
    is_base64_encoded = optional("isBase64Encoded", bool)
    body = optional("body", str)
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

    @computed
    def body_bytes(self) -> bytes | None:
        """The body as it was sent, for what is no text; None when there is none."""
        body = self.body
        if body and self.is_base64_encoded:
            return shared_functions.decode_base64(body)
        return None if body is None else body.encode()

    @computed
    def decoded_body(self) -> str | None:
        """The body as text, base64-decoded where the front end encoded it; None when there is none.

        Raises:
            UnicodeDecodeError: the body is no UTF-8 text; see `body_bytes`.
        """
        body = self.body
        if body and self.is_base64_encoded:
            return shared_functions.base64_decode(body)
        return body

    @cached
    def json_body(self) -> Any:
        """The body parsed as JSON; None when there is none.

        Raises:
            json.JSONDecodeError: the body is not JSON (with the default deserializer).
        """
        body = self.decoded_body
        return self._json_deserializer(body) if body else None

    def get_query_string_value(self, name: str, default_value: str | None = None) -> str | None:
        """Return the value of a query string parameter, else the default; its name is case-sensitive."""
        return shared_functions.get_query_string_value(self.query_string_parameters, name, default_value)

    def get_multi_value_query_string_values(self, name: str, default_values: list[str] | None = None) -> list[str]:
        """Return all values of a query string parameter, else the defaults, else an empty list."""
        return shared_functions.get_multi_value_query_string_values(
            self.multi_value_query_string_parameters, name, default_values
        )

    def get_header_value(
        self,
        name: str,
        default_value: str | None = None,
        case_sensitive: bool = False,
    ) -> str | None:
        """Return the value of a header, else the default. Deprecated: use `event.headers.get(name)`."""
        value: str | None = shared_functions.get_header_value(self.headers, name, default_value, case_sensitive)
        return value

    def header_serializer(self) -> BaseHeadersSerializer:
        """Return what writes the response headers in the way that the front end takes them.

        Raises:
            NotImplementedError: for this base class, which is no front end.
        """
        raise NotImplementedError(f"{type(self).__name__} has no header serializer, only events of a front end have")
