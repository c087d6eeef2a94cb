"""What the two kinds of action groups of a Bedrock agent have in common: their events, and the end of a response."""

from __future__ import annotations

from lambda_powertools.event_handler.exceptions import AgentEventError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

MAXIMUM_BODY = 25_000
"""Bytes of a body that an agent takes.

https://docs.aws.amazon.com/bedrock/latest/userguide/quotas.html
"""


def check_event(raw: Any, required: Iterable[str]) -> None:
    """Refuse an event that no response could be made for, before anything runs.

    Raises:
        AgentEventError: it is no object, or lacks one of these members.
    """
    if not isinstance(raw, dict):
        raise AgentEventError(f"the event of an agent is an object, not {type(raw).__name__}")
    for key in required:
        if not isinstance(raw.get(key), str):
            raise AgentEventError(f"Missing required field: '{key}'") from KeyError(key)


def given_values(listed: Any) -> Iterator[tuple[str, Any, Any]]:
    """Yield name, declared type and value of parameters or properties; what is no such entry is left out."""
    for entry in listed if isinstance(listed, list) else ():
        if isinstance(entry, dict) and isinstance(entry.get("name"), str) and "value" in entry:
            yield entry["name"], entry.get("type"), entry["value"]


_KINDS: dict[str, type[Any]] = {"array": list, "object": dict}


def decode_value(kind: Any, value: Any, *, numbers_as_text: bool = False) -> Any:
    """Return the array or object that an agent's text stands for; any other value, and any other text, as it is.

    Arrays are JSON, or have their items without quotes.

    Args:
        kind: the declared type; `"array"` and `"object"` are decoded.
        value: what was sent.
        numbers_as_text: whether numbers inside are left as they are written.

    Example:
        >>> decode_value("array", "[a, b]"), decode_value("array", "[1]"), decode_value("string", "[1]")
        (['a', 'b'], [1], '[1]')
    """
    expected = _KINDS.get(kind) if isinstance(kind, str) else None
    if expected is None or not isinstance(value, str):
        return value
    import json

    number: Any = str if numbers_as_text else None
    try:
        data: Any = json.loads(value, parse_int=number, parse_float=number)
    except (ValueError, RecursionError):
        data = _unquoted(value) if expected is list else None
    return data if isinstance(data, expected) else value


def _unquoted(text: str) -> list[str] | None:
    """Return the items of an array whose texts are not quoted, None if it is no array."""
    text = text.strip()
    if not (text.startswith("[") and text.endswith("]")) or len(text) < len("[]"):
        return None
    return [item.strip() for item in text[1:-1].split(",")]


def session_of(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Return what other plugins may know of an agent's request: never what was said in the conversation."""
    return {"action_group": raw.get("actionGroup"), "session_id": raw.get("sessionId")}


def warn_of_size(body: str) -> None:
    """Warn of a body that the agent refuses; for debug mode."""
    size = len(body.encode("utf-8", "replace"))
    if size > MAXIMUM_BODY:
        import warnings

        from lambda_powertools.core.warnings import PowertoolsUserWarning

        warnings.warn(
            f"the body has {size} bytes; an agent takes about {MAXIMUM_BODY}", PowertoolsUserWarning, stacklevel=3
        )
