"""What is known of an event before its span begins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    Carrier = Mapping[str, str]


class Description:
    """What the span of an invocation is made of.

    Attributes:
        attributes: attributes of the span.
        name: its name, None for the function's.
        kind: name of its kind: `SERVER` or `CONSUMER`.
        carrier: headers in which the caller may have put its context.
        links: the headers of each message of a batch.
        method: the method of an HTTP request, None for anything else.
    """

    __slots__ = ("attributes", "carrier", "kind", "links", "method", "name")

    def __init__(
        self,
        attributes: dict[str, Any],
        *,
        name: str | None = None,
        kind: str = "SERVER",
        carrier: Carrier | None = None,
        links: list[Carrier] | None = None,
        method: str | None = None,
    ) -> None:
        self.attributes = attributes
        self.name = name
        self.kind = kind
        self.carrier = carrier
        self.links = links or []
        self.method = method
