"""What every processor is: something that takes a batch, handles its records and keeps what became of them."""

from __future__ import annotations

from abc import ABC, abstractmethod

from lambda_powertools.batch._run import Run, current_run, enter_run
from lambda_powertools.batch._signature import signature_of
from lambda_powertools.batch.exceptions import ExceptionInfo

TYPE_CHECKING = False
if TYPE_CHECKING:
    import logging
    from collections.abc import Callable
    from types import TracebackType
    from typing import Any

    from typing_extensions import Self
else:
    from lambda_powertools.core.static import Any

_debug: logging.Logger | None = None

SuccessResponse = tuple[str, Any, Any]
"""`("success", what the record handler returned, the raw record)`."""

FailureResponse = tuple[str, str, Any]
"""`("fail", class and text of the exception, the record as data class or model)`."""


def _of_run(name: str, doc: str) -> Any:
    """Return a property of the processor that is kept with its current batch."""

    def get(self: BasePartialProcessor) -> Any:
        return getattr(self._run, name)

    def put(self: BasePartialProcessor, value: Any) -> None:
        setattr(self._run, name, value)

    return property(get, put, doc=doc)


class BasePartialProcessor(ABC):
    """A processor of batches; for processors of your own, `BatchProcessor` is nearer to what Lambda sends.

    The attributes that tell of a batch belong to the thread or task that processes it: one processor may serve
    invocations that run at once. After the batch they stay readable until the next one.

    Args:
        logger: writes a warning with the traceback of each record that failed.

    Attributes:
        records: the raw records, while the batch is processed.
        handler: the record handler, while the batch is processed.
        success_messages: the raw records that were handled.
        fail_messages: the failed ones, as data classes or models.
        exceptions: what `sys.exc_info()` gave for each failed one.

    Example:
        >>> from lambda_powertools.batch import BasePartialProcessor
        >>> class Doubled(BasePartialProcessor):
        ...     def _prepare(self):
        ...         self.done = []
        ...     def _clean(self):
        ...         self.done.append("end")
        ...     def _process_record(self, record):
        ...         self.done.append(self.handler(record=record))
        ...         return self.success_handler(record, self.done[-1])
        ...     async def _async_process_record(self, record):
        ...         raise NotImplementedError
        >>> with Doubled()([1, 2], lambda record: record * 2) as processor:
        ...     processor.process()
        [('success', 2, 1), ('success', 4, 2)]
        >>> processor.done
        [2, 4, 'end']
    """

    logger: logging.Logger | None = None

    def __init__(self, logger: logging.Logger | None = None) -> None:
        self.logger = logger

    records: list[Any] = _of_run("records", "The raw records of the batch.")
    handler: Callable[..., Any] = _of_run("handler", "The record handler.")
    success_messages: list[Any] = _of_run("success_messages", "The raw records that were handled.")
    fail_messages: list[Any] = _of_run("fail_messages", "The failed records, as data classes or models.")
    exceptions: list[ExceptionInfo] = _of_run("exceptions", "What failed them.")

    @property
    def lambda_context(self) -> Any:
        """The Lambda context, where one was given."""
        context = self._run.lambda_context
        if context is None:
            raise AttributeError("no lambda_context was given with the batch")
        return context

    @lambda_context.setter
    def lambda_context(self, value: Any) -> None:
        self._run.lambda_context = value

    @property
    def _run(self) -> Run:
        run = current_run(self)
        if run is None:
            run = Run([], None, None)
            enter_run(self, run)
        return run

    def __call__(self, records: list[Any], handler: Callable[..., Any], lambda_context: Any = None) -> Self:
        """Take a batch, to be used in a `with` block.

        Args:
            records: the raw records.
            handler: called with each record, by the name `record` where it has such a parameter.
            lambda_context: handed on to a parameter `lambda_context` of the handler.

        Raises:
            BatchConfigurationError: `handler` is no record handler.
        """
        run = Run(records, handler, lambda_context)
        run.signature = signature_of(handler)
        enter_run(self, run)
        return self

    def __enter__(self) -> Self:
        self._prepare()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        run = self._run
        try:
            self._clean()
        finally:
            run.release()

    @abstractmethod
    def _prepare(self) -> None:
        """Make ready for the batch."""

    @abstractmethod
    def _clean(self) -> None:
        """Draw the conclusion from what became of the records."""

    @abstractmethod
    def _process_record(self, record: Any) -> SuccessResponse | FailureResponse:
        """Handle one raw record."""

    @abstractmethod
    async def _async_process_record(self, record: Any) -> SuccessResponse | FailureResponse:
        """Handle one raw record where coroutines can be awaited."""

    def process(self) -> list[SuccessResponse | FailureResponse]:
        """Handle the records one after the other, and return what became of each, in their order."""
        return [self._process_record(record) for record in self.records]

    def async_process(self) -> list[SuccessResponse | FailureResponse]:
        """Handle the records concurrently on the environment's event loop, and return what became of each, in order."""
        from lambda_powertools.batch._tasks import gather
        from lambda_powertools.core import loop

        return loop.run(gather([self._async_process_record(record) for record in self.records]))

    def success_handler(self, record: Any, result: Any) -> SuccessResponse:
        """Take note of a record that was handled.

        Args:
            record: the raw record.
            result: what the record handler returned.
        """
        self.success_messages.append(record)
        return ("success", result, record)

    def failure_handler(self, record: Any, exception: ExceptionInfo) -> FailureResponse:
        """Take note of a record that failed; called while its exception is being handled.

        Args:
            record: the record, as data class or model.
            exception: what `sys.exc_info()` gives.
        """
        run = self._run
        run.exceptions.append(exception)
        run.fail_messages.append(record)
        self._log_failure(exception)
        return ("fail", f"{exception[0]}:{exception[1]}", record)

    def _log_failure(self, exception: ExceptionInfo) -> None:
        global _debug  # asked for at the first failure, as logging is imported with it
        if _debug is None:
            from lambda_powertools.core.package_logger import get_logger

            _debug = get_logger("lambda_powertools.batch")
        _debug.debug("a record failed processing: %s", exception[0])
        if self.logger is not None and all(part is not None for part in exception):
            self.logger.warning("a record of the batch failed and is skipped", exc_info=exception)  # type: ignore[arg-type]  # no part of it is None


__all__ = ["BasePartialProcessor", "ExceptionInfo", "FailureResponse", "SuccessResponse"]
