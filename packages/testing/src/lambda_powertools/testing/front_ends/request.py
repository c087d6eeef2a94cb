"""An HTTP request as a front end receives it, and what the fields of several events are made of."""

from __future__ import annotations

import base64
import os
import time
import uuid
from dataclasses import dataclass, field
from urllib.parse import unquote, unquote_plus

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_TEXT_TYPES = {"application/json", "application/javascript", "application/xml"}


@dataclass(frozen=True)
class Request:
    """An HTTP request.

    Attributes:
        method: its method.
        raw_path: its path as sent, percent-encoded.
        raw_query: its query string as sent, without the question mark.
        headers: names in lower case, with their values, in the order in which they were sent.
        body: its body.
        source_ip: address of the client.
        port: port of the server.
        scheme: `http` or `https`.
        http_version: `1.1`, for instance.
        trace_header: the X-Ray tracing header of the request.
        id: id that the front end gives to the request.
        seconds: when it came, in seconds since the epoch.
    """

    method: str
    raw_path: str
    raw_query: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    source_ip: str = "127.0.0.1"
    port: int = 80
    scheme: str = "http"
    http_version: str = "1.1"
    trace_header: str = ""
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    seconds: float = field(default_factory=time.time)

    @property
    def path(self) -> str:
        """The path, percent-decoded."""
        return unquote(self.raw_path)

    @property
    def protocol(self) -> str:
        """Protocol and version."""
        return f"HTTP/{self.http_version}"

    @property
    def milliseconds(self) -> int:
        """When it came, in milliseconds since the epoch."""
        return int(self.seconds * 1000)

    @property
    def time(self) -> str:
        """When it came, in the format of the Common Log Format."""
        at = time.gmtime(self.seconds)  # strftime would name the month in the language of the locale
        return time.strftime(f"%d/{_MONTHS[at.tm_mon - 1]}/%Y:%H:%M:%S +0000", at)

    @property
    def host(self) -> str:
        """The host that the client addressed, without port."""
        value = self.header("host") or "localhost"
        return value.partition("]")[0].lstrip("[") if value.startswith("[") else value.partition(":")[0]

    def header(self, name: str) -> str | None:
        """Return the values of a header, joined by commas; None if it was not sent."""
        values = [value for key, value in self.headers if key == name]
        return ",".join(values) if values else None

    @property
    def media_type(self) -> str:
        """The content type without parameters, in lower case; empty if there is none."""
        return (self.header("content-type") or "").partition(";")[0].strip().lower()

    def forwarded_headers(self) -> tuple[tuple[str, str], ...]:
        """Return the headers with those that AWS's front ends add, as they would be for this client and server."""
        client = self.header("x-forwarded-for")
        added = {
            "x-forwarded-for": f"{client}, {self.source_ip}" if client else self.source_ip,
            "x-forwarded-port": str(self.port),
            "x-forwarded-proto": self.scheme,
            "x-amzn-trace-id": self.trace_header,
        }
        sent = [(name, value) for name, value in self.headers if name not in added]
        return (*sent, *added.items())

    def query(self, *, decode: bool = True) -> dict[str, list[str]]:
        """Return the values of each parameter of the query string.

        Args:
            decode: percent-decode names and values.
        """
        found: dict[str, list[str]] = {}
        for pair in self.raw_query.split("&"):
            name, _, value = pair.partition("=")
            if pair and decode:
                name, value = unquote_plus(name), unquote_plus(value)
            if pair:
                found.setdefault(name, []).append(value)
        return found

    def cookies(self) -> list[str]:
        """Return the cookies, each as `name=value`."""
        sent = "; ".join(value for name, value in self.headers if name == "cookie")
        return [cookie for part in sent.split(";") if (cookie := part.strip())]

    def has_text_body(self) -> bool:
        """Whether the body is text by its content type, for front ends that decide by it.

        The types are those that the guide of the Application Load Balancer lists. The other front ends name none, and
        treat the same ones as text.
        """
        return self.media_type.startswith("text/") or self.media_type in _TEXT_TYPES

    def text_or_base64(self, *, text: bool) -> tuple[str, bool]:
        """Return the body for an event, and whether it is base64-encoded; what is not UTF-8 always is."""
        if text:
            try:
                return self.body.decode(), False
            except UnicodeDecodeError:
                pass
        return base64.b64encode(self.body).decode("ascii"), bool(self.body)


def joined(values: dict[str, list[str]]) -> dict[str, str]:
    """Return the values of each name, joined by commas."""
    return {name: ",".join(items) for name, items in values.items()}


def last(values: dict[str, list[str]]) -> dict[str, str]:
    """Return the last value of each name."""
    return {name: items[-1] for name, items in values.items()}


def grouped(pairs: tuple[tuple[str, str], ...]) -> dict[str, list[str]]:
    """Return the values of each name, in order."""
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


def short_id() -> str:
    """Return an id of the kind that API Gateway gives to requests."""
    return base64.urlsafe_b64encode(os.urandom(11)).decode("ascii")
