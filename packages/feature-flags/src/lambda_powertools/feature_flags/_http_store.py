"""A configuration at a URL."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from lambda_powertools.feature_flags._documents import MAX_BYTES, Document, DocumentProvider, from_json, limited
from lambda_powertools.feature_flags._provider_store import ProviderStore
from lambda_powertools.feature_flags.appconfig import USER_AGENT
from lambda_powertools.parameters.exceptions import GetParameterError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lambda_powertools.feature_flags._logging import LoggerLike

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_NOT_MODIFIED = 304
_DENIED = frozenset({401, 403})
_CHUNK = 65536


class HTTPStore(ProviderStore):
    """Reads a JSON document from a URL; one that has not changed is not sent again if the server gives an `ETag`.

    The URL is `https`; `http` is for the loopback. No redirect is followed, as it could lead elsewhere.

    Args:
        url: where the document is.
        max_age: seconds to keep it for; 0 asks for it at each evaluation.
        timeout: seconds in which it must have arrived.
        headers: of the request, such as `Authorization`.
        envelope: JMESPath expression of the features in the document.
        jmespath_options: options of the expression.
        logger: for debug output.
        max_bytes: a longer document is refused.

    Raises:
        ValueError: the URL is none that may be used, or the timeout is not positive.
    """

    def __init__(  # a keyword each
        self,
        url: str,
        *,
        max_age: int = 30,
        timeout: float = 3.0,
        headers: Mapping[str, str] | None = None,
        envelope: str | None = "",
        jmespath_options: dict[str, Any] | None = None,
        logger: LoggerLike | None = None,
        max_bytes: int = MAX_BYTES,
    ) -> None:
        if not timeout > 0:
            raise ValueError(f"timeout is {timeout}: the seconds to wait must be more than 0")
        self._is_loopback, shown = _checked(url)
        self.url = url
        self.timeout = timeout
        self.max_bytes = max_bytes
        self._headers = {"Accept": "application/json", "User-Agent": USER_AGENT, **(headers or {})}
        super().__init__(
            DocumentProvider(self._read, from_json),
            shown,
            what=f"document {shown}",
            max_age=max_age,
            transform=None,
            envelope=envelope,
            jmespath_options=jmespath_options,
            logger=logger,
        )

    def _read(self, version: str | None) -> Document:
        import http.client
        import urllib.error
        import urllib.request

        headers = {**self._headers, **({"If-None-Match": version} if version else {})}
        request = urllib.request.Request(self.url, headers=headers)  # noqa: S310  # https, or the loopback
        deadline = time.monotonic() + self.timeout
        try:
            with _opener(self._is_loopback).open(request, timeout=self.timeout) as answer:
                return Document(self._body(answer, deadline), answer.headers.get("ETag"))
        except urllib.error.HTTPError as error:
            with error:
                if version and error.code == _NOT_MODIFIED:
                    return Document(None, version)
                denied = "AccessDenied: " if error.code in _DENIED else ""
                raise GetParameterError(f"{denied}the server answered {error.code}") from error
        except (OSError, http.client.HTTPException) as error:
            reason = getattr(error, "reason", None) or type(error).__name__
            raise GetParameterError(f"the server cannot be reached: {reason}") from error

    def _body(self, answer: Any, deadline: float) -> bytes:
        # In pieces, each of which may take the whole timeout: a server that drips must not hold up the function.
        parts: list[bytes] = []
        size = 0
        while size <= self.max_bytes:
            if time.monotonic() > deadline:
                raise GetParameterError(f"the document did not arrive within {self.timeout} s")
            part = answer.read1(min(_CHUNK, self.max_bytes + 1 - size))
            if not part:
                break
            parts.append(part)
            size += len(part)
        return limited(b"".join(parts), self.max_bytes)


def _checked(url: str) -> tuple[bool, str]:
    """Return whether the URL is of the loopback, and how to show it: its query may hold a key."""
    from urllib.parse import urlsplit

    parts = urlsplit(url)
    host = parts.hostname or ""
    shown = f"{parts.scheme}://{host}{f':{parts.port}' if parts.port else ''}{parts.path}"
    is_loopback = host in _LOOPBACK
    if parts.username is not None or parts.password is not None:
        raise ValueError(f"{shown} must not hold a user or a password: give headers")
    if not host or not (parts.scheme == "https" or (parts.scheme == "http" and is_loopback)):
        raise ValueError(f"{shown} cannot be used: https is needed, or http on the loopback")
    return is_loopback, shown


def _opener(is_loopback: bool) -> Any:
    import urllib.request

    class NoRedirect(urllib.request.HTTPRedirectHandler):
        """Follows no redirect: a configuration comes from where it was asked for."""

        def redirect_request(self, *_: Any, **__: Any) -> None:
            return None

    handlers: list[Any] = [NoRedirect]
    if is_loopback:
        handlers.append(urllib.request.ProxyHandler({}))
    return urllib.request.build_opener(*handlers)


__all__ = ["HTTPStore"]
