"""Which part of an event became its idempotency key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.idempotency._payload import is_missing, to_json

if TYPE_CHECKING:
    from lambda_powertools.idempotency._settings import FunctionSettings


class KeyExplanation:
    """How a payload becomes a key. It holds what was hashed, so do not log it where the payload is confidential.

    Attributes:
        key: the idempotency key, None if the payload has none.
        prefix: what it begins with.
        expression: `event_key_jmespath`, empty where the whole payload identifies a call.
        value: what the expression found.
        hashed: the JSON text of it that was hashed, None without a key.
        hash_function: name of the hash function.
        payload_hash: hash of what must not differ between calls, empty without payload validation.
    """

    __slots__ = ("expression", "hash_function", "hashed", "key", "payload_hash", "prefix", "value")

    def __init__(self, settings: FunctionSettings, payload: Any) -> None:
        self.prefix = settings.function_name
        self.expression = settings.event_key_jmespath
        self.hash_function = settings.hash_function
        self.value = payload if settings.find_key is None else settings.find_key(payload)
        self.hashed = None if is_missing(self.value) else to_json(self.value)
        self.key = None if self.hashed is None else f"{self.prefix}#{settings.hash(self.hashed.encode())}"
        find = settings.find_validated
        self.payload_hash = "" if find is None else settings.hash(to_json(find(payload)).encode())

    def __repr__(self) -> str:
        return f"<KeyExplanation of {self.key}>"

    def __str__(self) -> str:
        what = f"what {self.expression!r} finds" if self.expression else "the whole payload"
        if self.hashed is None:
            return f"no key: {what} is {self.value!r}, which identifies nothing"
        return f"{self.key}: {self.hash_function} of {what}: {self.hashed}"
