"""What the messages of ActiveMQ and RabbitMQ have in common."""

from __future__ import annotations

from lambda_powertools.data_classes._fields import cached, required
from lambda_powertools.data_classes._payload import from_base64
from lambda_powertools.data_classes._wrapper import DictWrapper

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class EncodedMessage(DictWrapper):
    """A message whose content is base64 of text."""

    redelivered = required("redelivered", bool)
    data = required("data", str, doc="The content, in base64.")

    @property
    def decoded_data(self) -> str:
        """The content, as UTF-8 text."""
        return from_base64(self.data).decode("utf-8")

    @cached
    def json_data(self) -> Any:
        """The content, parsed from JSON."""
        return self._json_deserializer(self.decoded_data)
