"""What processors of Lambda's batches have in common: their options, and the response."""

from __future__ import annotations

from lambda_powertools.batch._conversion import annotated_converter, as_data_class, check_model, validate
from lambda_powertools.batch._gate import POLICIES, Gate, moment_of
from lambda_powertools.batch._run import Failure, Run
from lambda_powertools.batch._signature import CONTEXT
from lambda_powertools.batch._sources import SOURCES, Answer, EventType
from lambda_powertools.batch.base import BasePartialProcessor
from lambda_powertools.batch.exceptions import BatchConfigurationError, RecordContentError, RecordSkippedError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import logging
    from collections.abc import Callable
    from typing import Any, ClassVar, Literal

    from typing_extensions import Self

    from lambda_powertools.batch.exceptions import ExceptionInfo, RecordError
    from lambda_powertools.batch.types import BatchTypeModels, PartialItemFailureResponse

    OnError = Literal["continue", "stop", "stop_group"]

DEADLINE_MARGIN = 0.5


class BasePartialBatchProcessor(BasePartialProcessor):
    """The base of processors that know an event source and answer it.

    Args:
        event_type: the service that sends the batch.
        model: a pydantic model class of a record, or a `pydantic.TypeAdapter`; by default what the record handler's
            parameter is annotated with, else the data class of the event type.
        raise_on_entire_batch_failure: whether the invocation fails when every record failed, instead of reporting each.
        logger: writes a warning with the traceback of each record that failed.
        on_error: what happens to the records after a failed one: `"continue"` handles them, `"stop"` fails them,
            `"stop_group"` fails those of the same group (message group, partition key, item, partition, destination)
            and keeps each group in order.
        max_concurrency: how many records are handled at once; the processor says how, and what None means.
        record_timeout: seconds after which a record counts as failed.
        deadline_margin: no record begins later than these seconds before Lambda ends the invocation; those that did not
            begin are reported as failed, so that they come again. None to begin them all.

    Raises:
        BatchConfigurationError: an option holds what it may not.
    """

    DEFAULT_RESPONSE: ClassVar[Any] = {"batchItemFailures": []}

    def __init__(
        self,
        event_type: EventType,
        model: BatchTypeModels | None = None,
        raise_on_entire_batch_failure: bool = True,
        logger: logging.Logger | None = None,
        *,
        on_error: OnError = "continue",
        max_concurrency: int | None = None,
        record_timeout: float | None = None,
        deadline_margin: float | None = DEADLINE_MARGIN,
    ) -> None:
        given: Any = event_type
        if not isinstance(given, EventType):
            names = ", ".join(one.name for one in EventType)
            raise BatchConfigurationError(f"event_type is {event_type!r:.80}, an EventType is expected: one of {names}")
        check_model(model)
        _check_options(on_error, max_concurrency, record_timeout, deadline_margin)
        super().__init__(logger)
        self.event_type = event_type
        self.model = model
        self.raise_on_entire_batch_failure = raise_on_entire_batch_failure
        self.on_error = on_error
        self.max_concurrency = max_concurrency
        self.record_timeout = record_timeout
        self.deadline_margin = deadline_margin

    @property
    def batch_response(self) -> Any:
        """The response to Lambda, complete once the `with` block is left."""
        return self._run.batch_response

    @batch_response.setter
    def batch_response(self, value: Any) -> None:
        self._run.batch_response = value

    def __call__(self, records: list[Any], handler: Callable[..., Any], lambda_context: Any = None) -> Self:
        """Take a batch, to be used in a `with` block.

        Args:
            records: the raw records.
            handler: called with each record, by the name `record` where it has such a parameter.
            lambda_context: handed on to a parameter `lambda_context` of the handler, and tells the deadline.

        Raises:
            BatchConfigurationError: `handler` is no record handler.
        """
        super().__call__(records, handler, lambda_context)
        run = self._run
        run.call = self._caller(run)
        run.convert = self._converter(run)
        run.gate = Gate(
            self.on_error,
            self.event_type,
            moment_of(self.deadline_margin, lambda_context),
            self._skipped,
            self._skipped_in_group,
        )
        return self

    @staticmethod
    def _skipped() -> RecordError:
        """Make what fails the records after a failed one."""
        return RecordSkippedError("a previous record failed processing")

    @staticmethod
    def _skipped_in_group() -> RecordError:
        """Make what fails the records of a group after a failed one of it."""
        return RecordSkippedError("a previous record of the same group failed processing")

    def response(self) -> PartialItemFailureResponse:
        """Return the response of the batch, to be returned to Lambda."""
        response: PartialItemFailureResponse = self._run.batch_response
        return response

    def _prepare(self) -> None:
        from copy import deepcopy

        run = self._run
        run.success_messages.clear()
        run.fail_messages.clear()
        run.exceptions.clear()
        run.batch_response = deepcopy(self.DEFAULT_RESPONSE)

    def _clean(self) -> None:
        run = self._run
        has_news = run.fail_messages or run.failures or run.is_open
        if not has_news and SOURCES[self.event_type].answer is Answer.FAILURES:
            return
        from lambda_powertools.batch._responses import build_response

        run.batch_response = build_response(self.event_type, run, must_raise=self.raise_on_entire_batch_failure)

    def _to_batch_type(self, record: Any, event_type: EventType, model: Any = None) -> Any:
        """Return a raw record as the model, or as the data class of its event type."""
        return as_data_class(record, event_type) if model is None else validate(model, record)

    def _caller(self, run: Run) -> Any:
        """Return the record handler as something that takes `record=` alone."""
        handler, signature = run.handler, run.signature
        if signature is None or signature.is_plain or handler is None:
            return handler
        call: Any = handler
        if not signature.by_keyword:
            positional: Any = handler

            def call(*, record: Any, **others: Any) -> Any:
                return positional(record, **others)

        if signature.takes_context and run.lambda_context is not None:
            from functools import partial

            call = partial(call, **{CONTEXT: run.lambda_context})
        if signature.dependencies:
            from lambda_powertools.batch._injection import Injected

            call = run.injected = Injected(call, signature, run.lambda_context)
        return call

    def _converter(self, run: Run) -> Callable[[Any], Any]:
        """Return what makes of a raw record what the record handler takes."""
        convert: Callable[[Any], Any] | None = None
        if self._is_overridden("_to_batch_type", BasePartialBatchProcessor) or self.model is not None:
            convert = self._convert
        elif run.signature is not None and run.signature.annotation is not None:
            convert = annotated_converter(run.signature.annotation, self.event_type)
        convert = SOURCES[self.event_type].load() if convert is None else convert
        if set(map(type, run.records)) <= {dict}:
            return convert
        return lambda record: convert(_checked(record))

    def _is_overridden(self, method: str, owner: type[Any]) -> bool:
        return getattr(type(self), method) is not getattr(owner, method)

    def _convert(self, record: Any) -> Any:
        return self._to_batch_type(record, self.event_type, self.model)

    def _fail(self, index: int, record: Any, message: Any, exception: ExceptionInfo) -> Any:
        """Count a record as failed.

        Args:
            index: its place in the batch.
            record: the raw record.
            message: what the handler was given; None if the record could not be converted.
            exception: what `sys.exc_info()` gives.
        """
        run = self._run
        if message is None:
            message = self._fallback(record)
        outcome: Any = self.failure_handler(record=message, exception=exception)
        if outcome is None or outcome[0] != "success":  # an override may take the record for done
            run.failures.append(Failure(index, message, record))
            if run.gate is not None:
                run.gate.close(record)
        return outcome

    def _refuse(self, index: int, record: Any, reason: RecordError, exception: ExceptionInfo | None = None) -> Any:
        """Count a record as failed that was not handed over, or whose handler has not come back."""
        try:
            message = self._convert(record)
        except Exception:  # noqa: BLE001  # it is reported all the same
            message = None
        return self._fail(index, record, message, exception or (type(reason), reason, None))

    def _fallback(self, record: Any) -> Any:
        """Return the data class of a record that could not be converted; of what is no object, itself."""
        return as_data_class(record, self.event_type) if hasattr(record, "keys") else record


def _checked(record: Any) -> Any:
    if not hasattr(record, "keys"):
        raise RecordContentError(f"the record is {type(record).__name__}, an object is expected")
    return record


def _check_options(on_error: Any, concurrency: Any, timeout: Any, margin: Any) -> None:
    if on_error not in POLICIES:
        raise BatchConfigurationError(f"on_error is {on_error!r:.80}, one of {', '.join(POLICIES)} is expected")
    if concurrency is not None and (type(concurrency) is not int or concurrency < 1):
        raise BatchConfigurationError(f"max_concurrency is {concurrency!r:.80}, a whole number from 1 on is expected")
    for name, seconds, least in (("record_timeout", timeout, 1e-9), ("deadline_margin", margin, 0)):
        if seconds is not None and (
            isinstance(seconds, bool) or not isinstance(seconds, (int, float)) or not seconds >= least
        ):
            raise BatchConfigurationError(f"{name} is {seconds!r:.80}, a number of seconds is expected")
