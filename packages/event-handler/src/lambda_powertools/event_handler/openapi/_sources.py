"""What a request sent outside of its body, read the same way for every front end.

A front end tells repeated values apart (`multiValue…` maps, lists), or joins them with commas (`rawQueryString` then
still knows), or knows only one text. Each source answers two questions: the one value of a name, and all its values.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


class _Missing:
    """The value of what is not there."""

    def __repr__(self) -> str:
        return "MISSING"

    def __bool__(self) -> bool:
        return False


MISSING: Any = _Missing()


class PathSource:
    """The groups of the route's rule."""

    def __init__(self, event: Any, groups: Mapping[str, str]) -> None:  # noqa: ARG002  # as all sources are made
        self._texts = groups

    def names(self) -> Iterable[str]:
        return self._texts

    def one(self, name: str) -> Any:
        return self._texts.get(name, MISSING)

    def many(self, name: str) -> Any:
        value = self._texts.get(name, MISSING)
        return MISSING if value is MISSING else value.split(",")


class CookieSource(PathSource):
    """The cookies, of which each has one value."""

    def __init__(self, event: Any, groups: Mapping[str, str]) -> None:  # noqa: ARG002  # as all sources are made
        super().__init__(event, event.resolved_cookies_field if _has_headers(event) else {})


class HeaderSource:
    """The headers; names are compared in lower case."""

    def __init__(self, event: Any, groups: Mapping[str, str]) -> None:  # noqa: ARG002  # as all sources are made
        raw = event.raw_event
        headers = raw.get("multiValueHeaders") or raw.get("headers") or {}
        self._headers = {str(name).lower(): value for name, value in headers.items() if value is not None}

    def names(self) -> Iterable[str]:
        return self._headers

    def one(self, name: str) -> Any:
        """Return the text; a list if the header was sent several times, which is then an error of type."""
        value = self._headers.get(name.lower(), MISSING)
        if isinstance(value, list):
            return value[0] if len(value) == 1 else (list(value) or MISSING)
        return value

    def many(self, name: str) -> Any:
        value = self._headers.get(name.lower(), MISSING)
        if isinstance(value, list):
            if len(value) != 1:
                return list(value) or MISSING
            value = value[0]
        return MISSING if value is MISSING else [part.strip() for part in str(value).split(",")]


class QuerySource:
    """The query string."""

    def __init__(self, event: Any, groups: Mapping[str, str]) -> None:  # noqa: ARG002  # as all sources are made
        self._raw = event.raw_event
        self._single: dict[str, Any] = _single_values(event, self._raw)
        self._multiple: dict[str, Any] = self._raw.get("multiValueQueryStringParameters") or {}
        self._decode: Callable[[str], str] | None = None
        if getattr(event, "decode_query_parameters", False):
            self._decode = unquote
            self._single = {unquote(name): value for name, value in self._single.items()}
            self._multiple = {unquote(name): value for name, value in self._multiple.items()}

    def names(self) -> Iterable[str]:
        return {**self._single, **self._multiple}

    def one(self, name: str) -> Any:
        """Return the whole text, commas and all; of several values the first."""
        sent = self._sent(name)
        if not sent:
            return MISSING
        return self._decode(sent[0]) if self._decode is not None else sent[0]

    def many(self, name: str) -> Any:
        """Return all values; a single one is split at its commas."""
        sent = self._sent(name)
        if not sent:
            return MISSING
        values = sent if len(sent) > 1 else str(sent[0]).split(",")
        return [self._decode(value) for value in values] if self._decode is not None else list(values)

    def _sent(self, name: str) -> list[Any]:
        """Return the values as the client sent them, one for each time it named the parameter."""
        values = self._multiple.get(name)
        if values:
            return list(values) if isinstance(values, list) else [values]
        value = self._single.get(name)
        if isinstance(value, list):  # VPC Lattice, version 2
            return value
        if value is None:
            return []
        if "," in value:
            return self._from_raw_text(name, value) or [value]
        return [value]

    def _from_raw_text(self, name: str, joined: str) -> list[str]:
        """Return the values in the raw query string, if it is the one that the joined text was made of."""
        text = self._raw.get("rawQueryString") or _after_path(self._raw.get("raw_path"))
        if not isinstance(text, str) or not text:
            return []
        values = [value for key, value in parse_qsl(text, keep_blank_values=True) if key == name]
        return values if ",".join(values) == joined else []


def _single_values(event: Any, raw: Mapping[str, Any]) -> dict[str, Any]:
    values = raw.get("queryStringParameters") or raw.get("query_string_parameters")
    if not values and "parameters" in raw:  # an agent's
        values = event.query_string_parameters
    return values or {}


def _after_path(path: Any) -> str:
    return path.partition("?")[2] if isinstance(path, str) else ""


def _has_headers(event: Any) -> bool:
    raw = event.raw_event
    return bool(raw.get("headers") or raw.get("multiValueHeaders") or raw.get("cookies"))
