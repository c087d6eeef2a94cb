"""What the invocation tells others about idempotency."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lambda_powertools.core.invocation import Invocation
    from lambda_powertools.idempotency._call import IdempotentCall

STATE_KEY = "idempotency"
"""Key of `Invocation.state`: a dict with `key_hash`, the first eight digits of the key's hash or None without a key,
and `replayed`, whether the response is a stored one."""

_DIGITS = 8


def publish(invocation: Invocation, call: IdempotentCall) -> None:
    """Put what others may know into the invocation's state."""
    key_hash = None if call.key is None else call.key.rpartition("#")[2][:_DIGITS]
    invocation.state[STATE_KEY] = {"key_hash": key_hash, "replayed": call.replayed}
