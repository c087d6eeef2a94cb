"""Functions that several data classes share."""

from __future__ import annotations

from lambda_powertools.data_classes._payload import from_base64

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


def base64_decode(value: str) -> str:
    """Return the UTF-8 text inside a base64 text.

    Raises:
        binascii.Error: it is not base64.
        UnicodeDecodeError: what is inside is not UTF-8.

    Example:
        >>> base64_decode("b3JkZXI=")
        'order'
    """
    return from_base64(value).decode("utf-8")


def get_query_string_value(
    query_string_parameters: Mapping[str, str] | None, name: str, default_value: str | None = None
) -> str | None:
    """Return the value of a query string parameter, else the default; its name is case-sensitive."""
    return (query_string_parameters or {}).get(name, default_value)


def get_multi_value_query_string_values(
    multi_value_query_string_parameters: Mapping[str, list[str]] | None,
    name: str,
    default_values: list[str] | None = None,
) -> list[str]:
    """Return all values of a query string parameter, else the defaults, else an empty list."""
    values = (multi_value_query_string_parameters or {}).get(name)
    return (default_values or []) if values is None else values


def get_header_value(
    headers: Mapping[str, Any], name: str, default_value: str | None = None, case_sensitive: bool = False
) -> Any:
    """Return the value of a header, else the default, whatever its case. Deprecated: use `event.headers.get(name)`.

    Args:
        headers: the headers of an event.
        name: name of the header, in any case.
        default_value: what is returned when there is no such header.
        case_sensitive: has no effect: names of headers have no case.
    """
    del case_sensitive
    import warnings

    from lambda_powertools.core.warnings import PowertoolsDeprecationWarning

    warnings.warn(
        "get_header_value is deprecated: event.headers finds names in any case, use event.headers.get(...)",
        PowertoolsDeprecationWarning,
        stacklevel=3,
    )
    from lambda_powertools.data_classes._case_insensitive_dict import CaseInsensitiveDict

    return CaseInsensitiveDict(headers).get(name, default_value)


def split_values(parameters: Mapping[str, str] | None) -> dict[str, list[str]]:
    """Return the parts of each value that commas separate.

    Example:
        >>> split_values({"tag": "new,sale"})
        {'tag': ['new', 'sale']}
    """
    return {name: value.split(",") for name, value in (parameters or {}).items()}


def split_headers(headers: Mapping[str, str]) -> dict[str, str | list[str]]:
    """Return the headers, with the parts of a value that commas separate as a list.

    Example:
        >>> split_headers({"accept": "text/html,text/plain", "host": "example.com"})
        {'accept': ['text/html', 'text/plain'], 'host': 'example.com'}
    """
    return {name: value.split(",") if "," in value else value for name, value in headers.items()}


def parse_cookies(header: str) -> dict[str, str]:
    """Return the cookies of a `Cookie` header by name; of a name that comes twice the last.

    https://www.rfc-editor.org/rfc/rfc6265#section-4.2.1

    Example:
        >>> parse_cookies("session=abc; theme=dark")
        {'session': 'abc', 'theme': 'dark'}
    """
    cookies = {}
    for part in header.split(";"):
        name, separator, value = part.partition("=")
        if separator:
            cookies[name.strip()] = value.strip()
    return cookies
