"""What a request sent in its body, and how parameters are found in it."""

from __future__ import annotations

import base64
import json
import warnings
from typing import TYPE_CHECKING, Any

from lambda_powertools.core.warnings import PowertoolsUserWarning
from lambda_powertools.event_handler.openapi.exceptions import RequestUnsupportedContentType

if TYPE_CHECKING:
    from lambda_powertools.event_handler.openapi._shared import Faults

_FORM = "application/x-www-form-urlencoded"
_MULTIPART = "multipart/form-data"
_NAMES = ("content-type", "Content-Type", "CONTENT-TYPE")
MAXIMUM_FORM_FIELDS = 10_000


class Parsed:
    """A body that could be parsed.

    Attributes:
        value: the data; None if there is no body.
        is_form: whether each value is the list of what was sent under its name.
    """

    __slots__ = ("is_form", "value")

    def __init__(self, value: Any, *, is_form: bool = False) -> None:
        self.value = value
        self.is_form = is_form


def content_type_of(event: Any) -> str:
    """Return the content type of the request with its parameters, empty if it has none."""
    raw = event.raw_event
    for headers in (raw.get("headers"), raw.get("multiValueHeaders")):
        if not headers:
            continue
        for name in _NAMES:
            if name in headers:
                return _text(headers[name])
        for name, value in headers.items():
            if name.lower() == "content-type":
                return _text(value)
    return ""


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else None
    return value if isinstance(value, str) else ""


def is_json(content_type: str) -> bool:
    """Return whether a body of the type is parsed as JSON: also when there is no type."""
    if not content_type or content_type == "application/json":
        return True
    kind = content_type.partition(";")[0].strip().lower()
    return kind in ("", "application/json") or (kind.startswith("application/") and kind.endswith("+json"))


def parse_body(event: Any, content_type: str, faults: Faults) -> Parsed | None:
    """Return the parsed body; None after noting what is wrong with it.

    Raises:
        RequestUnsupportedContentType: the content type is none that can be read.
    """
    if is_json(content_type):
        return _parse_json(event, faults)
    kind = content_type.partition(";")[0].strip().lower()
    if kind == _FORM:
        return _parse_form(event, faults)
    if kind == _MULTIPART:
        return _parse_multipart(event, content_type, faults)
    raise RequestUnsupportedContentType(
        "the request's body has a content type that cannot be read; there is application/json, "
        f"{_FORM} and {_MULTIPART}",
        errors=[{"type": "unsupported_content_type", "loc": ("body",), "msg": "Unsupported content type"}],
    )


def body_text(event: Any) -> str | None:
    """Return the body as text.

    Raises:
        ValueError: it is not base64, or not UTF-8.
    """
    raw = event.raw_event
    body = raw.get("body")
    if body and (raw.get("isBase64Encoded") or raw.get("is_base64_encoded")):
        return _decode_base64(body).decode()
    return body if body is None or isinstance(body, str) else str(body)


def _decode_base64(body: str) -> bytes:
    return base64.b64decode(body, validate=True)


def _parse_json(event: Any, faults: Faults) -> Parsed | None:
    try:
        if "body" in event.raw_event:
            text = body_text(event)
            return Parsed(event._json_deserializer(text) if text else None)  # noqa: SLF001  # of a sibling
        return Parsed(event.json_body if "requestBody" in event.raw_event else None)
    except json.JSONDecodeError as error:
        faults.add(("body", error.pos), "json_invalid", "JSON decode error", error.doc)
    except (ValueError, RecursionError):  # base64, UTF-8, a deserializer of the user's
        faults.add(("body",), "json_invalid", "the body cannot be decoded")
    return None


def _parse_form(event: Any, faults: Faults) -> Parsed | None:
    from urllib.parse import parse_qs

    try:
        text = body_text(event) or ""
    except ValueError:
        faults.add(("body",), "json_invalid", "the body cannot be decoded")
        return None
    try:
        return Parsed(parse_qs(text, keep_blank_values=True, max_num_fields=MAXIMUM_FORM_FIELDS) or None, is_form=True)
    except ValueError:
        faults.add(("body",), "form_invalid", f"the form has more than {MAXIMUM_FORM_FIELDS} fields")
        return None


def _parse_multipart(event: Any, content_type: str, faults: Faults) -> Parsed | None:
    from lambda_powertools.openapi.exceptions import MultipartError
    from lambda_powertools.openapi.multipart import parse_multipart

    try:
        body = _body_bytes(event)
        return Parsed(parse_multipart(body, content_type), is_form=True)
    except MultipartError as error:
        faults.add(("body",), "multipart_invalid", str(error))
    except ValueError:
        faults.add(("body",), "multipart_invalid", "the body is not base64")
    return None


def _body_bytes(event: Any) -> bytes:
    raw = event.raw_event
    body = raw.get("body") or ""
    if raw.get("isBase64Encoded") or raw.get("is_base64_encoded"):
        return _decode_base64(body)
    if body:
        warnings.warn(
            "The body of a form with files arrived as text: binary content may be corrupted. Add multipart/form-data "
            "to the binary media types of the API, so that it is sent base64-encoded.",
            PowertoolsUserWarning,
            stacklevel=2,
        )
    try:
        return body.encode("latin-1")
    except UnicodeEncodeError:
        return body.encode()
