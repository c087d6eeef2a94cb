"""From the bytes of a key or value to data, one module for each format."""

from __future__ import annotations

from lambda_powertools.kafka.deserializer.base import DeserializerBase
from lambda_powertools.kafka.deserializer.deserializer import get_deserializer

__all__ = ["DeserializerBase", "get_deserializer"]
