"""Headers: names whose case does not matter, and values that must not break a response apart."""

from __future__ import annotations

from lambda_powertools.event_handler.exceptions import InvalidHeaderError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


def find_header(headers: Mapping[str, Any], lower_name: str) -> str | None:
    """Return the name of a header as it is written in `headers`, None when it is not there."""
    for name in headers:
        if name.lower() == lower_name:
            return name
    return None


def set_header(headers: dict[str, Any], name: str, value: str) -> None:
    """Set a header, in place of one that is spelled in another case."""
    present = find_header(headers, name.lower())
    headers[name if present is None else present] = value


def add_vary(headers: dict[str, Any], field: str) -> None:
    """Add a request header to those that the response varies by."""
    present = find_header(headers, "vary")
    if present is None or headers[present] is None:
        headers["Vary" if present is None else present] = field
        return
    value = headers[present]
    text = value if isinstance(value, str) else ", ".join(value)
    fields = [part.strip().lower() for part in text.split(",")]
    if field.lower() not in fields and "*" not in fields:
        headers[present] = f"{text}, {field}" if text else field


def check_headers(headers: Mapping[str, Any]) -> None:
    """Refuse names and values that hold a line break: what follows it would become another header.

    Raises:
        InvalidHeaderError: there is one; the message names the header, not its value.
    """
    for name, value in headers.items():
        check_text(name, "the name of a header")
        if value.__class__ is str:
            if "\n" in value or "\r" in value or "\0" in value:
                check_text(value, f"header {name}")
        elif isinstance(value, (list, tuple)):
            for one in value:
                check_text(str(one), f"header {name}")
        elif value is not None:
            check_text(str(value), f"header {name}")


def check_text(text: str, what: str) -> None:
    """Refuse a text with a line break.

    Raises:
        InvalidHeaderError: it has one.
    """
    if "\n" in text or "\r" in text or "\0" in text:
        raise InvalidHeaderError(f"{what} holds a line break or a null character, which a response must not have")


def request_header(event: Mapping[str, Any], lower_name: str) -> str | None:
    """Return the first value of a header of a request's raw event, from wherever the front end put it."""
    value = _request_values(event, lower_name)
    return value if value is None or isinstance(value, str) else str(value[0])


def request_header_values(event: Mapping[str, Any], lower_name: str) -> str | None:
    """Return all values of a header of a request's raw event, joined by commas."""
    value = _request_values(event, lower_name)
    return value if value is None or isinstance(value, str) else ",".join(map(str, value))


def _request_values(event: Mapping[str, Any], lower_name: str) -> Any:
    for source in (event.get("multiValueHeaders"), event.get("headers")):
        if source:
            name = find_header(source, lower_name)
            if name is not None and source[name]:
                return source[name]
    return None
