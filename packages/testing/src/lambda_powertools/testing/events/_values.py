"""What events are made of: the same account, moment and ids every time."""

from __future__ import annotations

import base64
import json
import uuid
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

ACCOUNT_ID = "123456789012"
REGION = "us-east-1"
MOMENT = datetime(2026, 1, 15, 12, 0, 0, tzinfo=timezone.utc)
"""When every event happens."""

SECONDS = int(MOMENT.timestamp())
MILLISECONDS = SECONDS * 1000
TRACE_HEADER = "Root=1-6968d5c0-5f84c7a1b2c3d4e5f6071829;Parent=53995c3f42cd8ad8;Sampled=1"

Payload = Any
"""Text is taken as it is, bytes are base64-encoded where the source does so, everything else becomes JSON."""


def text_of(payload: Payload) -> str:
    """Return a payload as the text that is sent."""
    if isinstance(payload, bytes):
        return base64.b64encode(payload).decode("ascii")
    return payload if isinstance(payload, str) else json.dumps(payload, separators=(",", ":"), ensure_ascii=False)


def base64_of(payload: Payload) -> str:
    """Return a payload in base64."""
    data = payload if isinstance(payload, bytes) else text_of(payload).encode()
    return base64.b64encode(data).decode("ascii")


def uid(*parts: object) -> str:
    """Return an id in the form of a UUID that is the same for the same parts."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "/".join(map(str, ("lambda-powertools", *parts)))))


def hex_id(length: int, *parts: object) -> str:
    """Return hexadecimal digits that are the same for the same parts."""
    digits = ""
    while len(digits) < length:
        digits += uid(*parts, len(digits)).replace("-", "")
    return digits[:length]


def iso(*, milliseconds: bool = True, plus: int = 0) -> str:
    """Return the moment in ISO 8601, `plus` seconds later."""
    text = (MOMENT + timedelta(seconds=plus)).strftime("%Y-%m-%dT%H:%M:%S")
    return f"{text}.000Z" if milliseconds else f"{text}Z"


def arn(service: str, resource: str, *, region: str = REGION, account: str = ACCOUNT_ID) -> str:
    """Return the ARN of a resource."""
    return f"arn:aws:{service}:{region}:{account}:{resource}"


def listed(one: Payload, several: Any) -> list[Payload]:
    """Return the payloads of an event's records: several if they are given, else the one."""
    return [one] if several is None else list(several)


def attribute_value(value: Any) -> dict[str, Any]:  # noqa: PLR0911  # a table of types
    """Return a Python value as DynamoDB writes it.

    Format: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html

    Raises:
        TypeError: DynamoDB has no such type.
    """
    if value is None:
        return {"NULL": True}
    if isinstance(value, bool):
        return {"BOOL": value}
    if isinstance(value, str):
        return {"S": value}
    if isinstance(value, (bytes, bytearray)):
        return {"B": base64.b64encode(value).decode("ascii")}
    if isinstance(value, dict):
        return {"M": image(value)}
    if isinstance(value, (list, tuple)):
        return {"L": [attribute_value(item) for item in value]}
    if isinstance(value, (set, frozenset)):
        return _set_value(value)
    if isinstance(value, (int, float)) or type(value).__name__ == "Decimal":
        return {"N": str(value)}
    raise TypeError(f"DynamoDB has no attribute for {type(value).__name__}")


def _set_value(values: set[Any] | frozenset[Any]) -> dict[str, Any]:
    kinds = {next(iter(attribute_value(value))) for value in values}
    if len(kinds) != 1 or not kinds <= {"S", "N", "B"}:
        raise TypeError("a set of DynamoDB holds texts, numbers or bytes, of one kind and at least one")
    kind = kinds.pop()
    return {f"{kind}S": sorted(attribute_value(value)[kind] for value in values)}


def image(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return an item as DynamoDB writes it."""
    return {name: attribute_value(value) for name, value in item.items()}
