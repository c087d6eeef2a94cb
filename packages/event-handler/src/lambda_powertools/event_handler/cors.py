"""Cross-origin resource sharing: which other sites may read responses.

https://fetch.spec.whatwg.org/#http-cors-protocol
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import ClassVar

ANY_ORIGIN = "*"


class CORSConfig:
    """What the CORS headers of an app say.

    Args:
        allow_origin: origin that may read responses, `*` for all.
        extra_origins: further ones.
        allow_headers: request headers that are allowed beside the usual ones of AWS.
        expose_headers: response headers that scripts may read.
        max_age: seconds that a browser may keep the answer to a pre-flight request.
        allow_credentials: whether cookies and the like may go along; never together with `*`.

    Example:
        >>> from lambda_powertools.event_handler import CORSConfig
        >>> cors = CORSConfig("https://shop.example", max_age=60)
        >>> cors.to_dict("https://shop.example")["Access-Control-Allow-Origin"]
        'https://shop.example'
        >>> cors.to_dict("https://evil.example")
        {}
    """

    _REQUIRED_HEADERS: ClassVar[list[str]] = [
        "Authorization",
        "Content-Type",
        "X-Amz-Date",
        "X-Api-Key",
        "X-Amz-Security-Token",
    ]

    def __init__(
        self,
        allow_origin: str = ANY_ORIGIN,
        extra_origins: list[str] | None = None,
        allow_headers: list[str] | None = None,
        expose_headers: list[str] | None = None,
        max_age: int | None = None,
        allow_credentials: bool = False,
    ) -> None:
        self._allowed_origins = [allow_origin, *(extra_origins or ())]
        self.allow_headers = {*self._REQUIRED_HEADERS, *(allow_headers or ())}
        self.expose_headers = expose_headers or []
        self.max_age = max_age
        self.allow_credentials = allow_credentials

    @property
    def varies(self) -> bool:
        """Whether the answer depends on the origin that asks, so that caches must keep one for each."""
        return self._allowed_origins != [ANY_ORIGIN]

    def allowed_origin(self, origin: str) -> str | None:
        """Return what to allow to this origin: itself, `*`, or None for nothing."""
        if origin in self._allowed_origins:
            return origin
        return ANY_ORIGIN if ANY_ORIGIN in self._allowed_origins else None

    def to_dict(self, origin: str | None) -> dict[str, str]:
        """Return the headers of a response to a request of this origin; none when it may not read it."""
        allowed = self.allowed_origin(origin) if origin else None
        if allowed is None:
            return {}
        headers = {
            "Access-Control-Allow-Origin": allowed,
            "Access-Control-Allow-Headers": ",".join(sorted(self.allow_headers)),
        }
        if self.expose_headers:
            headers["Access-Control-Expose-Headers"] = ",".join(self.expose_headers)
        if self.max_age is not None:
            headers["Access-Control-Max-Age"] = str(self.max_age)
        if self.allow_credentials and allowed != ANY_ORIGIN:
            headers["Access-Control-Allow-Credentials"] = "true"
        return headers

    @staticmethod
    def build_allow_methods(methods: Iterable[str]) -> str:
        """Return the value of `Access-Control-Allow-Methods`."""
        return ",".join(sorted(methods))
