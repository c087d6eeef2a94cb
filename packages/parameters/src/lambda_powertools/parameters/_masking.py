"""What was fetched as a secret is put on core's register, so that whoever writes text can mask it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.core.secrets import register_secret

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_LEAVES = 256

# What the documents of RDS hold beside the password: masking every `mysql` would hide nothing and garble much.
# https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_secret_json_structure.html
_PUBLIC_KEYS = frozenset(
    {"dbClusterIdentifier", "dbInstanceIdentifier", "dbname", "engine", "host", "masterarn", "port", "username"}
)


def mask(value: Any) -> None:
    """Register a secret: its text, and if that is a JSON document, also the texts in it."""
    text = _text(value)
    if text is None:
        return
    register_secret(text)
    if text.lstrip()[:1] in {"{", "["}:
        for number, leaf in enumerate(_leaves(_decoded(text))):
            if number == MAX_LEAVES:
                return
            register_secret(leaf)


def _text(value: Any) -> str | None:
    if isinstance(value, str):
        return value
    if isinstance(value, (bytes, bytearray)):
        try:
            return value.decode("utf-8")
        except UnicodeDecodeError:
            return None
    return None


def _decoded(text: str) -> Any:
    import json

    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _leaves(document: Any) -> Iterator[str]:
    waiting = [document]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            waiting.extend(value)
        elif isinstance(value, dict):
            waiting.extend(one for key, one in value.items() if key not in _PUBLIC_KEYS)
