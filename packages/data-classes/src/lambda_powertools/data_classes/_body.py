"""The body of a request, which a front end encodes in base64 when it may be no text."""

from __future__ import annotations

from lambda_powertools.data_classes import shared_functions
from lambda_powertools.data_classes._fields import cached, computed, optional
from lambda_powertools.data_classes._payload import from_base64
from lambda_powertools.data_classes._wrapper import DictWrapper

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Body(DictWrapper):
    """An event with a body."""

    is_base64_encoded = optional("isBase64Encoded", bool)
    body = optional("body", str)

    @computed
    def body_bytes(self) -> bytes | None:
        """The body as it was sent, for what is no text; None when there is none."""
        body = self.body
        if body and self.is_base64_encoded:
            return from_base64(body)
        return None if body is None else body.encode()

    @computed
    def decoded_body(self) -> str | None:
        """The body as text, base64-decoded where the front end encoded it; None when there is none.

        Raises:
            UnicodeDecodeError: the body is no UTF-8 text; see `body_bytes`.
        """
        body = self.body
        if body and self.is_base64_encoded:
            return shared_functions.base64_decode(body)
        return body

    @cached
    def json_body(self) -> Any:
        """The body parsed as JSON; None when there is none.

        Raises:
            json.JSONDecodeError: the body is not JSON (with the default deserializer).
        """
        body = self.decoded_body
        return self._json_deserializer(body) if body else None
