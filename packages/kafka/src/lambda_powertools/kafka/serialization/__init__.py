"""From decoded data to what a handler wants, one module for each kind of output."""

from __future__ import annotations

from lambda_powertools.kafka.serialization.base import OutputSerializerBase
from lambda_powertools.kafka.serialization.serialization import serialize_to_output_type

__all__ = ["OutputSerializerBase", "serialize_to_output_type"]
