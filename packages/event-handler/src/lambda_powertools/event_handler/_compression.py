"""Compressed bodies, of responses and of requests, none of them beyond a size that a function can bear.

https://www.rfc-editor.org/rfc/rfc9110#section-8.4.1
"""

from __future__ import annotations

from lambda_powertools.event_handler._headers import add_vary, find_header, request_header, request_header_values
from lambda_powertools.event_handler.exceptions import BadRequestError, RequestEntityTooLargeError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

COMPRESSION_LIMIT = 64 * 1024 * 1024
"""Bodies of more bytes are not compressed: Lambda takes 6 MB, which nothing of this size will come down to."""

_NO_BODY = frozenset({204, 304})
_CHUNK = 64 * 1024


def compress(body: Any, headers: dict[str, Any], request: dict[str, Any], status: int) -> Any:
    """Return the body as gzip, with the headers that say so; or as it is, where it should not be compressed."""
    if status in _NO_BODY or find_header(headers, "content-encoding") is not None:
        return body
    add_vary(headers, "Accept-Encoding")
    if not accepts_gzip(request_header_values(request, "accept-encoding")):
        return body
    data = body.encode() if isinstance(body, str) else bytes(body)
    if len(data) > COMPRESSION_LIMIT:
        return body
    import zlib

    headers["Content-Encoding"] = "gzip"
    compressor = zlib.compressobj(wbits=31)  # 31: with the header of gzip, which has no time in it
    return compressor.compress(data) + compressor.flush()


def accepts_gzip(accept_encoding: str | None) -> bool:
    """Return whether a value of `Accept-Encoding` allows gzip."""
    if not accept_encoding:
        return False
    for coding in accept_encoding.lower().split(","):
        name, _, parameters = coding.partition(";")
        if name.strip() == "gzip":
            return _quality(parameters) > 0
    return False


def _quality(parameters: str) -> float:
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0


def decompress_request(raw: dict[str, Any], limit: int) -> dict[str, Any]:
    """Return the event with its body decompressed; the event itself where there is nothing to do.

    Args:
        raw: the event.
        limit: most bytes that the body may come to.

    Raises:
        RequestEntityTooLargeError: it comes to more. No more than that is ever decompressed.
        BadRequestError: it is not what its header says.
    """
    coding = (request_header(raw, "content-encoding") or "").strip().lower()
    body = raw.get("body")
    if coding not in {"gzip", "x-gzip", "deflate"} or not body:
        return raw
    import base64

    try:
        data = base64.b64decode(body) if raw.get("isBase64Encoded") else body.encode("latin-1")
        content = _decompress(data, limit)
    except ValueError:
        raise BadRequestError("The body is not compressed in the way that Content-Encoding says") from None
    event = {**raw, "body": base64.b64encode(content).decode("ascii"), "isBase64Encoded": True}
    for field in ("headers", "multiValueHeaders"):
        if raw.get(field):
            event[field] = {
                name: value
                for name, value in raw[field].items()
                if name.lower() not in {"content-encoding", "content-length"}
            }
    return event


def _decompress(data: bytes, limit: int) -> bytes:
    import zlib

    engine = zlib.decompressobj(wbits=47)  # 47: gzip or zlib, as its header says
    content = bytearray()
    try:
        while data and not engine.eof:
            content += engine.decompress(data, min(_CHUNK, limit - len(content) + 1))
            if len(content) > limit:
                raise RequestEntityTooLargeError("The body is too large")
            data = engine.unconsumed_tail
    except zlib.error as error:
        raise ValueError(str(error)) from None
    if not engine.eof:
        raise ValueError("it ends too early")
    return bytes(content)
