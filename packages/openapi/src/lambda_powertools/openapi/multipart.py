"""Bodies of type `multipart/form-data`.

https://www.rfc-editor.org/rfc/rfc7578 and https://www.rfc-editor.org/rfc/rfc2046#section-5.1
"""

from __future__ import annotations

import importlib
from typing import Any

from lambda_powertools.openapi.exceptions import MultipartError, MultipartParserError
from lambda_powertools.openapi.params import UploadFile

__all__ = ["parse_multipart"]

MAXIMUM_PARTS = 1_000


def parse_multipart(body: bytes, content_type: str) -> dict[str, list[Any]]:
    r"""Return the values of a form by name: text, and an `UploadFile` for each part with a file name.

    Args:
        body: the whole body.
        content_type: value of the header, with its boundary.

    Raises:
        MultipartError: no boundary, or a body that breaks the format.
        MultipartParserError: the parser is not installed.

    Example:
        >>> body = b'--x\r\ncontent-disposition: form-data; name="a"\r\n\r\n1\r\n--x--\r\n'
        >>> parse_multipart(body, "multipart/form-data; boundary=x")
        {'a': ['1']}
    """
    multipart = _parser_module()
    _, parameters = multipart.parse_options_header(content_type)
    boundary = parameters.get("boundary")
    if not boundary:
        raise MultipartError("the content type has no boundary")
    form: dict[str, list[Any]] = {}
    try:
        for headers, content in _parts(multipart, boundary, body):
            name, value = _read_part(multipart, headers, content)
            form.setdefault(name, []).append(value)
    except (multipart.MultipartError, UnicodeError, LookupError) as error:
        raise MultipartError(str(error)) from error
    return form


def _parser_module() -> Any:
    try:
        multipart: Any = importlib.import_module("multipart")
    except ImportError as error:
        raise MultipartParserError(
            "forms with files need the multipart parser: pip install 'lambda-powertools-event-handler[openapi]'"
        ) from error
    if not hasattr(multipart, "PushMultipartParser"):
        raise MultipartParserError(
            "another distribution hides the module `multipart`: remove python-multipart before 0.0.13 or update it"
        )
    return multipart


def _parts(multipart: Any, boundary: str, body: bytes) -> list[tuple[dict[str, str], bytes]]:
    """Return headers, by names in lower case, and content of each part."""
    parts: list[tuple[dict[str, str], bytes]] = []
    headers: dict[str, str] = {}
    chunks: list[bytes] = []
    limits = {"max_segment_count": MAXIMUM_PARTS, "max_segment_size": float("inf")}
    with multipart.PushMultipartParser(boundary, content_length=len(body), **limits) as parser:
        for event in parser.parse(body):
            if event is None:
                parts.append((headers, b"".join(chunks)))
            elif isinstance(event, (bytes, bytearray)):
                chunks.append(bytes(event))
            else:
                headers, chunks = {name.lower(): value for name, value in event.headerlist}, []
        if not parser.closed:
            list(parser.parse(b""))
    return parts


def _read_part(multipart: Any, headers: dict[str, str], content: bytes) -> tuple[str, Any]:
    kind, parameters = multipart.parse_options_header(headers.get("content-disposition", ""))
    name = parameters.get("name")
    if kind.lower() != "form-data" or name is None:
        raise MultipartError("a part has no name")
    content_type = headers.get("content-type")
    filename = _extended_filename(headers["content-disposition"]) or parameters.get("filename")
    if filename is not None:
        return name, UploadFile(content=content, filename=filename, content_type=content_type)
    _, options = multipart.parse_options_header(content_type or "")
    return name, content.decode(options.get("charset") or "utf-8")


def _extended_filename(disposition: str) -> str | None:
    """Return the file name that is written with its character set: `filename*=utf-8''na%C3%AFve.txt`."""
    if "filename*" not in disposition.lower():
        return None
    from email.message import Message

    message = Message()
    message["content-disposition"] = disposition
    return message.get_filename()
