"""The plugin: connects this package to the hooks, and has no logic of its own."""

from __future__ import annotations

from lambda_powertools.core import Plugin, hookimpl

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from lambda_powertools.core import Application, Invocation


class BatchOptions:
    """What `@powertools(batch={…})` may name; a record handler is also accepted as it is.

    Example:
        >>> from lambda_powertools.batch.plugin import BatchPlugin
        >>> from lambda_powertools.core import Registry, powertools
        >>> registry = Registry()
        >>> registry.register(BatchPlugin)
        >>> def handle(record):
        ...     return record.json_body["quantity"]
        >>> @powertools(registry=registry, batch={"record_handler": handle, "type": "sqs"})
        ... def handler(event, context):
        ...     print("the batch is done")
        >>> messages = [{"messageId": "m-1", "body": "{}"}, {"messageId": "m-2", "body": '{"quantity": 1}'}]
        >>> handler({"Records": messages}, None)
        the batch is done
        {'batchItemFailures': [{'itemIdentifier': 'm-1'}]}
    """

    def __init__(
        self,
        *,
        record_handler: Callable[..., Any] | None = None,
        processor: Any = None,
        type: Any = None,  # noqa: A002  # the option's name
        event_type: Any = None,
        **options: Any,
    ) -> None:
        """Keep the options.

        Args:
            record_handler: what handles one record. A coroutine function handles them concurrently.
            processor: a processor, instead of the options below.
            type: the service, as an `EventType` or one of the words sqs, sqs-fifo, kinesis, dynamodb, kafka, firehose,
                s3-batch, activemq, rabbitmq. By default the event tells.
            event_type: another name of `type`.
            **options: options of the processor: `model`, `raise_on_entire_batch_failure`, `logger`, `on_error`,
                `max_concurrency`, `record_timeout`, `deadline_margin`, and `skip_group_on_error` of a FIFO queue.

        Raises:
            TypeError: there is no record handler.
        """
        given = {"processor": processor, "type": type if event_type is None else event_type, **options}
        self.record_handler = record_handler
        self.arguments = {name: value for name, value in given.items() if value is not None or name in options}
        if record_handler is None and self.arguments:
            raise TypeError("a batch needs a record handler: batch={'record_handler': ...}")
        if type is not None and event_type is not None:
            raise TypeError("type and event_type are two names of one option: give one of them")

    @classmethod
    def from_value(cls, value: Any) -> BatchOptions:
        """Take a record handler.

        Raises:
            TypeError: it is none.
        """
        if not callable(value) or isinstance(value, type):
            raise TypeError(f"a record handler is expected, not {value!r:.80}")
        return cls(record_handler=value)


class BatchPlugin(Plugin[BatchOptions]):
    """Handles the records of the event before the handler runs, and answers for a handler that returns nothing."""

    name = "batch"
    order = 700
    Options = BatchOptions

    def __init__(self, options: BatchOptions | None = None) -> None:
        super().__init__(options or BatchOptions())

    @hookimpl
    def on_init(self, application: Application) -> None:  # noqa: ARG002  # a processor is built from options alone
        """Build the processor; without a record handler there is nothing to do."""
        record_handler = self.options.record_handler
        if record_handler is None:
            self.stand_aside()
            return
        from lambda_powertools.batch._configuration import BatchConfiguration

        self._configuration = BatchConfiguration(record_handler, **self.options.arguments)

    @hookimpl
    def before_invoke(self, invocation: Invocation) -> Any:
        """Handle the records."""
        from lambda_powertools.batch._configuration import keep_response

        batch = self._configuration.begin(invocation.event, invocation.context)
        return keep_response(batch, invocation.state, self.name)

    @hookimpl
    def after_invoke(self, invocation: Invocation) -> None:
        """Answer for a handler that has returned nothing."""
        from lambda_powertools.batch._configuration import response_for

        invocation.response = response_for(invocation.state.get(self.name), invocation.response)
