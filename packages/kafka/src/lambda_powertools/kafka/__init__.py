"""Kafka consumers: keys and values of records, decoded when they are read."""

from lambda_powertools.kafka.__about__ import __version__

__all__ = ["__version__"]
