"""How batches are to be processed, as options say: behind the plugin and `batch_handler`."""

from __future__ import annotations

from lambda_powertools.batch._signature import signature_of
from lambda_powertools.batch._sources import EventType, detect
from lambda_powertools.batch.exceptions import BatchConfigurationError
from lambda_powertools.batch.functions import begin_batch, response_of
from lambda_powertools.core.callables import argument_names, is_coroutine_function
from lambda_powertools.core.suggestions import did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

FIFO = "sqs-fifo"
_FIFO_OPTIONS = {"skip_group_on_error", "model", "logger", "raise_on_entire_batch_failure"}

_TYPES = {
    "sqs": EventType.SQS,
    FIFO: FIFO,
    "kinesis": EventType.KinesisDataStreams,
    "dynamodb": EventType.DynamoDBStreams,
    "kafka": EventType.Kafka,
    "firehose": EventType.Firehose,
    "s3-batch": EventType.S3Batch,
    "activemq": EventType.ActiveMQ,
    "rabbitmq": EventType.RabbitMQ,
}


class BatchConfiguration:
    """A record handler, and the processor for it: a given one, one of a type, or the one that the event asks for.

    Args:
        record_handler: what handles one record.
        processor: a processor, instead of the options below.
        type: the service: an `EventType`, or one of the words sqs, sqs-fifo, kinesis, dynamodb, kafka, firehose,
            s3-batch, activemq, rabbitmq. By default the event tells.
        **options: options of the processor.

    Raises:
        BatchConfigurationError: they cannot work.
    """

    def __init__(
        self,
        record_handler: Callable[..., Any],
        *,
        processor: Any = None,
        type: EventType | str | None = None,  # noqa: A002  # the option's name
        **options: Any,
    ) -> None:
        signature_of(record_handler)
        self._record_handler = record_handler
        self._options = options
        self._is_async = is_coroutine_function(record_handler)
        self._processors: dict[Any, Any] = {}
        self._processor = processor
        if processor is not None:
            if options or type is not None:
                given = ", ".join([*options, *(["type"] if type is not None else [])])
                raise BatchConfigurationError(f"the processor has its own options, so {given} cannot be given with it")
            if not callable(getattr(processor, "response", None)):
                raise BatchConfigurationError(f"processor is {processor!r:.80}, a processor of batches is expected")
        else:
            _check_names(options)
            kind = _type_of(type)
            if kind is not None:
                self._processor = self._processor_for(kind)
            elif "skip_group_on_error" in options:
                raise BatchConfigurationError(f"skip_group_on_error is for FIFO queues: give type={FIFO!r} with it")
            else:
                self._build(EventType.SQS)  # so that wrong options are found now

    def begin(self, event: Any, context: Any) -> Batch:
        """Take a batch.

        Raises:
            InvalidBatchEventError: the event is no mapping.
            UnexpectedBatchTypeError: it holds no records of the expected service.
        """
        processor = self._processor
        if processor is None:
            kind = detect(event)
            processor = self._processor_for(FIFO if kind is EventType.SQS and _is_fifo(event) else kind)
        begin_batch(event, self._record_handler, processor, context)
        return Batch(event, processor)

    def _processor_for(self, kind: EventType | str) -> Any:
        if kind not in self._processors:
            self._processors[kind] = self._build(kind)
        return self._processors[kind]

    def _build(self, kind: EventType | str) -> Any:
        from lambda_powertools.batch import processors

        if isinstance(kind, EventType):
            if "skip_group_on_error" in self._options:
                raise BatchConfigurationError(f"skip_group_on_error is for FIFO queues: give type={FIFO!r} with it")
            wanted = processors.AsyncBatchProcessor if self._is_async else processors.BatchProcessor
            return wanted(kind, **self._options)
        from lambda_powertools.batch.fifo import SqsFifoPartialProcessor

        options = dict(self._options)
        on_error = options.pop("on_error", None)
        if on_error == "continue":
            raise BatchConfigurationError("on_error is 'continue', which does not keep the order of a FIFO queue")
        if on_error is not None:
            options["skip_group_on_error"] = on_error == "stop_group"
        return SqsFifoPartialProcessor(**options)


class Batch:
    """The batch of one invocation, begun and not yet run."""

    __slots__ = ("_event", "_processor")

    def __init__(self, event: Any, processor: Any) -> None:
        self._event = event
        self._processor = processor

    @property
    def is_async(self) -> bool:
        """Whether it is to be run with `run_async`."""
        return hasattr(self._processor, "process_awaitable")

    def run(self) -> Any:
        """Handle the records; return the response."""
        with self._processor as processor:
            processor.process()
        return response_of(self._event, self._processor)

    async def run_async(self) -> Any:
        """Handle the records on the running event loop; return the response."""
        with self._processor as processor:
            await processor.process_awaitable()
        return response_of(self._event, self._processor)


def _check_names(options: dict[str, Any]) -> None:
    from lambda_powertools.batch.partial import BasePartialBatchProcessor

    known = {*argument_names(BasePartialBatchProcessor.__init__), *_FIFO_OPTIONS} - {"event_type"}
    for name in options:
        if name not in known:
            raise BatchConfigurationError(f"a batch has no option {name!r}{did_you_mean(name, sorted(known))}")


def _type_of(given: Any) -> Any:
    if given is None or isinstance(given, EventType):
        return given
    if isinstance(given, str) and given.lower() in _TYPES:
        return _TYPES[given.lower()]
    hint = did_you_mean(given, _TYPES) if isinstance(given, str) else ""
    words = ", ".join(_TYPES)
    raise BatchConfigurationError(f"type is {given!r:.80}{hint}: an EventType or one of {words} is expected")


def _is_fifo(event: Any) -> bool:
    records = getattr(event, "raw_event", event).get("Records")
    queue = records[0].get("eventSourceARN") if records and hasattr(records[0], "get") else None
    return isinstance(queue, str) and queue.endswith(".fifo")


def keep_response(batch: Batch, state: dict[str, Any], key: str) -> Any:
    """Run a batch and keep its response; a batch of coroutines gives what is to be awaited for that."""
    if not batch.is_async:
        state[key] = batch.run()
        return None

    async def run() -> None:
        state[key] = await batch.run_async()

    return run()


def response_for(of_batch: Any, of_handler: Any) -> Any:
    """Return the response of the batch for a handler that returned nothing, else the handler's.

    Raises:
        BatchResponseError: the handler's response tells nothing of the records that failed.
    """
    if of_handler is None:
        return of_batch
    failures = of_batch.get("batchItemFailures") if isinstance(of_batch, dict) else None
    if failures and not (isinstance(of_handler, dict) and "batchItemFailures" in of_handler):
        from lambda_powertools.batch.exceptions import BatchResponseError

        raise BatchResponseError(
            f"{len(failures)} records failed, and the handler returned {type(of_handler).__name__} without "
            "batchItemFailures, by which Lambda would take them for done: return None, or the response of the processor"
        )
    return of_handler
