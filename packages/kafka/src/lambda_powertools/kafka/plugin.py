"""The plugin: connects this package to the hooks, and has no logic of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.core import Plugin, hookimpl

if TYPE_CHECKING:
    from typing import Literal

    from lambda_powertools.core import Application, Invocation
    from lambda_powertools.kafka.schema_config import SchemaConfig

_SOURCES = frozenset({"aws:kafka", "SelfManagedKafka", "aws:SelfManagedKafka"})


class KafkaOptions:
    """What `@powertools(kafka={…})` may name; a `SchemaConfig` is also accepted as it is.

    Example:
        >>> from lambda_powertools.core import Registry, powertools
        >>> from lambda_powertools.kafka import SchemaConfig
        >>> from lambda_powertools.kafka.plugin import KafkaPlugin
        >>> registry = Registry()
        >>> registry.register(KafkaPlugin)
        >>> @powertools(registry=registry, kafka=SchemaConfig(value_schema_type="JSON"))
        ... def handler(event, context):
        ...     return [record.value for record in event.records]
        >>> handler({"eventSource": "aws:kafka", "records": {"orders-0": [{"value": "WzFd"}]}}, None)
        [[1]]
    """

    def __init__(self, *, schema_config: SchemaConfig | None = None) -> None:
        """Keep the option.

        Args:
            schema_config: how keys and values are decoded; without it they are text.

        Raises:
            TypeError: it is no `SchemaConfig`.
        """
        if schema_config is not None:
            from lambda_powertools.kafka.schema_config import SchemaConfig

            if not isinstance(schema_config, SchemaConfig):
                raise TypeError(f"schema_config is a {type(schema_config).__name__}, not a SchemaConfig")
        self.schema_config = schema_config

    @classmethod
    def from_value(cls, value: Any) -> KafkaOptions:
        """Take a `SchemaConfig`.

        Raises:
            TypeError: it is none.
        """
        return cls(schema_config=value)


class KafkaPlugin(Plugin[KafkaOptions]):
    """Hands a handler the records of a Kafka event, where it wants them; other events are left alone.

    It does where a `schema_config` is given, or where the event parameter is annotated with `ConsumerRecords`.
    """

    name = "kafka"
    order = 250
    on_failure: Literal["raise", "warn"] = "raise"
    Options = KafkaOptions

    def __init__(self, options: KafkaOptions | None = None) -> None:
        super().__init__(options or KafkaOptions())

    @hookimpl
    def on_init(self, application: Application) -> None:
        """Look whether the handler wants records."""
        if self.options.schema_config is None:
            from lambda_powertools.kafka._annotation import wants_records

            if not wants_records(application.handler):
                self.stand_aside()

    @hookimpl
    def before_invoke(self, invocation: Invocation) -> None:
        """Wrap the event."""
        event = invocation.event
        source = event.get("eventSource") if hasattr(event, "get") else None
        if source in _SOURCES:
            from lambda_powertools.kafka.consumer_records import consumer_records

            invocation.event = consumer_records(event, self.options.schema_config)
