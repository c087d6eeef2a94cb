"""Cookies of a response.

https://datatracker.ietf.org/doc/html/rfc6265
"""

from __future__ import annotations

from enum import Enum

from lambda_powertools.event_handler.exceptions import InvalidHeaderError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime

_FORBIDDEN = "\r\n\0"
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class SameSite(Enum):
    """Whether a cookie goes along with requests that come from other sites."""

    DEFAULT_MODE = ""
    """Say nothing: as the browser does it."""
    LAX_MODE = "Lax"
    STRICT_MODE = "Strict"
    NONE_MODE = "None"


class Cookie:
    """A cookie to set; `str(cookie)` is the value of a `Set-Cookie` header.

    Args:
        name: its name.
        value: its value.
        path: the path it is for, with all below it.
        domain: the host it is for.
        secure: whether it goes over HTTPS only.
        http_only: whether scripts in the page cannot see it.
        max_age: seconds until it ends; 0 or less ends it at once.
        expires: when it ends.
        same_site: whether it goes along with requests of other sites.
        custom_attributes: further attributes, as they are written.

    Raises:
        InvalidHeaderError: a text holds a line break, or, outside `custom_attributes`, a semicolon.

    Example:
        >>> from lambda_powertools.event_handler.cookies import Cookie
        >>> str(Cookie("session", "abc", path="/", max_age=60, http_only=True))
        'session=abc; Path=/; Max-Age=60; HttpOnly; Secure'
    """

    def __init__(  # noqa: PLR0913, PLR0917  # the attributes of a cookie
        self,
        name: str,
        value: str,
        path: str = "",
        domain: str = "",
        secure: bool = True,
        http_only: bool = False,
        max_age: int | None = None,
        expires: datetime | None = None,
        same_site: SameSite | None = None,
        custom_attributes: list[str] | None = None,
    ) -> None:
        self.name = name
        self.value = value
        self.path = path
        self.domain = domain
        self.secure = secure
        self.http_only = http_only
        self.max_age = max_age
        self.expires = expires
        self.same_site = same_site
        self.custom_attributes = custom_attributes
        str(self)  # what cannot be written is refused here, where the mistake is

    def __str__(self) -> str:
        """Return the value of the header."""
        for what, text in (("name", self.name), ("value", self.value), ("path", self.path), ("domain", self.domain)):
            _check(self.name, what, str(text), _FORBIDDEN + ";")
        for attribute in self.custom_attributes or ():
            _check(self.name, "attribute", attribute, _FORBIDDEN)
        parts = [f"{self.name}={self.value}"]
        if self.path:
            parts.append(f"Path={self.path}")
        if self.domain:
            parts.append(f"Domain={self.domain}")
        if self.expires:
            parts.append(f"Expires={_http_date(self.expires)}")
        if self.max_age is not None:
            parts.append(f"Max-Age={max(0, self.max_age)}")
        if self.http_only:
            parts.append("HttpOnly")
        if self.secure:
            parts.append("Secure")
        if self.same_site is not None and self.same_site.value:
            parts.append(f"SameSite={self.same_site.value}")
        parts.extend(self.custom_attributes or ())
        return "; ".join(parts)

    def __repr__(self) -> str:
        """Show the name, not the value."""
        return f"<Cookie {self.name!r}>"


def _check(name: str, what: str, text: str, forbidden: str) -> None:
    for character in forbidden:
        if character in text:
            where = "its name" if what == "name" else f"the {what} of cookie {name!r}"
            raise InvalidHeaderError(f"{where} holds {character!r}, which a cookie must not have")


def _http_date(moment: datetime) -> str:
    """Return a date as HTTP writes it, in UTC and English wherever it runs; a naive one counts as UTC."""
    if moment.tzinfo is not None:
        from datetime import timezone

        moment = moment.astimezone(timezone.utc)
    return (
        f"{_DAYS[moment.weekday()]}, {moment.day:02d} {_MONTHS[moment.month - 1]} {moment.year:04d} "
        f"{moment.hour:02d}:{moment.minute:02d}:{moment.second:02d} GMT"
    )
