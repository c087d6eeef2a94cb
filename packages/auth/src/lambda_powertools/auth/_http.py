"""HTTPS requests that end at their deadline: verified certificates, no redirects, no retries, no logs, no proxies.

One deadline holds for connecting, the TLS handshake and every single read, so a server that sends a byte now and then
cannot exceed it. Only the lookup of the host's name has the resolver's own limits.
"""

from __future__ import annotations

import json
import logging
import os
import socket
import ssl
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from time import monotonic
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import urllib3
from urllib3.connection import HTTPSConnection
from urllib3.exceptions import HTTPError, NewConnectionError

from lambda_powertools.auth.__about__ import __version__
from lambda_powertools.core.exceptions import PowertoolsError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MAX_BYTES = 1024 * 1024
"""Longer JSON is not read: no key set and no token is that long."""

USER_AGENT = f"lambda-powertools-auth/{__version__}"

_OK = 200
_TOO_MANY_REQUESTS = 429
_SERVER_ERROR = 500
_PART = 64 * 1024

_deadline: ContextVar[float | None] = ContextVar("lambda_powertools_auth_deadline", default=None)


class FetchFailedError(PowertoolsError):
    """There was no usable answer; never leaves this package.

    Attributes:
        retryable: whether another try may succeed.
    """

    def __init__(self, *, retryable: bool) -> None:
        super().__init__("no usable answer")
        self.retryable = retryable


def fetch_json(
    method: str, url: str, deadline: float, *, headers: Mapping[str, str] | None = None, body: bytes | None = None
) -> dict[str, Any]:
    """Return the JSON object that a URL answers with.

    Args:
        method: the HTTP method.
        url: an HTTPS URL.
        deadline: when all must be over, in seconds of the monotonic clock.
        headers: headers of the request.
        body: its body.

    Raises:
        FetchFailedError: there is none; says whether it was the connection.
    """
    sent = {"Accept": "application/json", "User-Agent": USER_AGENT, **(headers or {})}
    try:
        with _request_scope(url, deadline) as (pool, target):
            response: Any = pool.urlopen(
                method,
                target,
                body=body,
                headers=sent,
                retries=False,
                redirect=False,
                timeout=_left(deadline),
                preload_content=False,
                decode_content=False,
            )
            try:
                status = response.status
                content = _read(response) if status == _OK else b""
            finally:
                response.close()
    except (HTTPError, OSError):
        raise FetchFailedError(retryable=True) from None
    except ValueError:  # what urllib3 has no exception of its own for, such as a header that is too long
        raise FetchFailedError(retryable=False) from None
    if status != _OK:
        raise FetchFailedError(retryable=status == _TOO_MANY_REQUESTS or status >= _SERVER_ERROR)
    return _json_object(content)


def send(method: str, url: str, deadline: float, headers: Mapping[str, str], options: Mapping[str, Any]) -> Any:
    """Send a request and return urllib3's response, read to its end and decoded.

    Raises:
        HTTPError: of urllib3, and others: there was no whole answer.
    """
    with _request_scope(url, deadline) as (pool, target):
        return pool.request(
            method,
            target,
            headers={"User-Agent": USER_AGENT, **headers},
            retries=False,
            redirect=False,
            timeout=_left(deadline),
            preload_content=True,
            decode_content=True,
            **options,
        )


def _read(response: Any) -> bytes:
    content = bytearray()
    while part := response.read(_PART, decode_content=False):
        content += part
        if len(content) > MAX_BYTES:
            raise FetchFailedError(retryable=False)
    return bytes(content)


def _json_object(content: bytes) -> dict[str, Any]:
    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise FetchFailedError(retryable=False)
    return value


@contextmanager
def _request_scope(url: str, deadline: float) -> Iterator[tuple[_Pool, str]]:
    """Give a pool for one request, and what to ask it for; within it the deadline holds, and urllib3 is silent."""
    parts = urlsplit(url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    context = _tls_context(os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR"))
    token = _deadline.set(deadline)
    try:
        with _Pool(parts.hostname or "", parts.port or 443, ssl_context=context, cert_reqs=ssl.CERT_REQUIRED) as pool:
            yield pool, target
    finally:
        _deadline.reset(token)


@lru_cache(maxsize=4)
def _tls_context(_file: str | None, _folder: str | None) -> ssl.SSLContext:
    """Return the settings of TLS, made once: loading the certificates of all authorities takes a while."""
    context = ssl.create_default_context()
    context.sslsocket_class = _BoundedSocket
    return context


def _left(deadline: float) -> float:
    left = deadline - monotonic()
    if left <= 0:
        raise TimeoutError("the deadline has passed")
    return left


class _BoundedSocket(ssl.SSLSocket):
    """A socket whose every operation ends at the deadline of the request."""

    def _bound(self) -> None:
        deadline = _deadline.get()
        if deadline is not None:
            self.settimeout(_left(deadline))

    def do_handshake(self, block: bool = False) -> None:  # as the base class has it
        self._bound()
        super().do_handshake(block)

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        self._bound()
        return super().recv_into(*args, **kwargs)

    def send(self, *args: Any, **kwargs: Any) -> int:
        self._bound()
        return super().send(*args, **kwargs)


class _Connection(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        deadline = _deadline.get()
        error: OSError | None = None
        try:
            for family, kind, protocol, _, address in socket.getaddrinfo(
                self.host.strip("[]"), self.port, type=socket.SOCK_STREAM
            ):
                connection = socket.socket(family, kind, protocol)
                try:
                    connection.settimeout(None if deadline is None else _left(deadline))
                    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                    connection.connect(address)
                except OSError as failure:
                    connection.close()
                    error = failure
                else:
                    return connection
        except (OSError, UnicodeError) as failure:  # the name: unknown, or none that DNS could have
            error = OSError() if isinstance(failure, UnicodeError) else failure
        raise NewConnectionError(self, "no connection") from error


class _Pool(urllib3.HTTPSConnectionPool):
    ConnectionCls = _Connection


class _Silence(logging.Filter):
    """Drops what urllib3 logs of our requests: URLs, and headers of providers that it cannot parse."""

    def filter(self, record: logging.LogRecord) -> bool:  # noqa: ARG002  # whatever it is
        return _deadline.get() is None


for _name in ("urllib3.connection", "urllib3.connectionpool", "urllib3.response", "urllib3.util.retry"):
    logging.getLogger(_name).addFilter(_Silence())
