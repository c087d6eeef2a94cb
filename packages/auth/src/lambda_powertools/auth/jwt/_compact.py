"""The compact form of a signed token: three parts of base64url (RFC 7515, section 7.1)."""

from __future__ import annotations

import base64
import json
import re
from typing import Any, NamedTuple

from lambda_powertools.auth.jwt.exceptions import InvalidTokenError

# The alphabet is checked here, as Python's decoder skips what is not of it.
_COMPACT = re.compile(r"([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)")


class CompactToken(NamedTuple):
    """A token that nothing has been verified of.

    Attributes:
        header: its header.
        payload: the bytes of its payload.
        signed: what the signature is of.
        signature: the signature.
    """

    header: dict[str, Any]
    payload: bytes
    signed: bytes
    signature: bytes


def parse_compact(token: Any) -> CompactToken:
    """Take a token apart.

    Raises:
        InvalidTokenError: it is no signed token.
    """
    match = _COMPACT.fullmatch(token) if isinstance(token, str) else None
    if match is None:
        raise InvalidTokenError
    parts = match.groups()
    try:
        header_part, payload, signature = (base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)) for part in parts)
        header = json.loads(header_part)
    except (ValueError, RecursionError):
        raise InvalidTokenError from None
    if not isinstance(header, dict):
        raise InvalidTokenError
    return CompactToken(header, payload, f"{parts[0]}.{parts[1]}".encode("ascii"), signature)
