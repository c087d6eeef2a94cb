"""The plugin: connects this package to the hooks, and has no logic of its own."""

from __future__ import annotations

from lambda_powertools.core import Plugin


class KafkaPlugin(Plugin[None]):
    """Kafka consumers: keys and values of records, decoded when they are read."""

    name = "kafka"
