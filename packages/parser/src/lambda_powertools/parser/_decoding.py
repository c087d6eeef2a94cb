"""How payloads and addresses inside events are decoded; a value of any type is either decoded or a ValueError."""

from __future__ import annotations

import json
import zlib
from base64 import b64decode
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ipaddress import IPv4Network, IPv6Network

_GZIP_OR_ZLIB = zlib.MAX_WBITS | 32
_PADDING = ("=", b"=")
_CONSOLE_TEST = "test-invoke-source-ip"


def base64_bytes(value: Any) -> bytes:
    """Decode base64.

    Raises:
        ValueError: it is none, or not even text.
    """
    if not isinstance(value, (str, bytes, bytearray)):
        raise ValueError(f"base64 text is expected, not {type(value).__name__}")  # noqa: TRY004  # pydantic reports it
    while len(value) % 4 and value[-1:] in _PADDING:  # more than there should be, as some producers write
        value = value[:-1]
    try:
        return b64decode(value, validate=True)
    except ValueError as error:  # binascii.Error, and a str with characters outside ASCII
        raise ValueError("the text is no valid base64") from error


def decompress(value: bytes) -> bytes:
    """Decompress what gzip or zlib compressed.

    Raises:
        ValueError: neither did.
    """
    try:
        return zlib.decompress(value, wbits=_GZIP_OR_ZLIB)
    except zlib.error as error:
        raise ValueError("the data is compressed neither with gzip nor with zlib") from error


def json_content(data: bytes) -> Any:
    """Decode JSON.

    Raises:
        ValueError: it is none, or nested too deeply.
    """
    try:
        return json.loads(data)
    except RecursionError:
        raise ValueError("the JSON is nested too deeply") from None


def source_ip(value: Any) -> IPv4Network | IPv6Network | str:
    """Return the network of an address or CIDR; an address with a port, and what API Gateway's console sends, as it is.

    Raises:
        ValueError: there is no address in it.
    """
    from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

    if isinstance(value, (IPv4Network, IPv6Network)) or value == _CONSOLE_TEST:
        return value  # type: ignore[no-any-return]  # the constant is a str
    if not isinstance(value, str):
        raise ValueError(f"an IP address is expected, not {type(value).__name__}")  # noqa: TRY004  # pydantic reports it
    try:
        return ip_network(value)
    except ValueError:
        address, _, port = value.rpartition(":")
        try:
            ip_address(address[1:-1] if address.startswith("[") and address.endswith("]") else address)
        except ValueError:
            port = ""
        if not port:
            raise ValueError(f"Invalid IP address in sourceIp: {value}") from None
        return value
