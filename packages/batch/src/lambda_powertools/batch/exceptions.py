"""Every exception of batch processing.

BaseBatchProcessingError                            an invocation that fails; holds what failed its records
├── BatchProcessingError                            the whole batch failed
│   ├── UnexpectedBatchTypeError                    the event holds no records of the expected kind
│   ├── RecordIdentifierError                       a failed record has nothing by which it could be reported
│   └── BatchResponseError                          the handler's response hides that records failed
├── InvalidBatchEventError (also ValueError)        the event is no mapping
└── BatchConfigurationError (also ValueError, TypeError)    an option or a record handler that cannot work
RecordError                                         why a single record counts as failed, never raised out of a batch
├── RecordSkippedError                              an earlier record failed, and `on_error` says to stop
│   ├── SQSFifoCircuitBreakerError                  the same, of a FIFO queue
│   └── SQSFifoMessageGroupCircuitBreakerError      the same, of a message group of a FIFO queue
├── RecordTimeoutError (also TimeoutError)          its handler took longer than `record_timeout`
├── RecordDeadlineError                             the invocation was about to end before the record was done
├── RecordContentError (also ValueError)            it is no object, or has no content of the kind that was asked for
└── RecordResultError (also TypeError)              its handler returned what the service does not take
"""

from __future__ import annotations

from types import TracebackType

from lambda_powertools.core.exceptions import PowertoolsError

# Evaluated at import, as users import it: `from lambda_powertools.batch import ExceptionInfo`.
ExceptionInfo = tuple[type[BaseException] | None, BaseException | None, TracebackType | None]
"""What `sys.exc_info()` returns."""


class BaseBatchProcessingError(PowertoolsError):
    """An invocation fails because of its batch.

    Args:
        msg: what happened.
        child_exceptions: what failed the records.
    """

    def __init__(self, msg: str = "", child_exceptions: list[ExceptionInfo] | None = None) -> None:
        super().__init__(msg)
        self.msg = msg
        self.child_exceptions: list[ExceptionInfo] = child_exceptions or []

    def __str__(self) -> str:
        return self.format_exceptions(self.msg)

    def format_exceptions(self, parent_exception_str: str) -> str:
        """Return a text followed by the traceback of each child exception."""
        if not self.child_exceptions:
            return parent_exception_str
        from traceback import format_exception

        texts = ["".join(format_exception(*child)) for child in self.child_exceptions]
        return "\n".join([f"{parent_exception_str}\n", *texts])


class BatchProcessingError(BaseBatchProcessingError):
    """Every record of the batch failed, or the failed ones cannot be reported by themselves."""


class UnexpectedBatchTypeError(BatchProcessingError):
    """The event holds no records of the kind that the processor was made for."""


class RecordIdentifierError(BatchProcessingError):
    """A record failed that has no identifier: the whole batch is failed, as an empty one would be misunderstood."""


class BatchResponseError(BatchProcessingError):
    """Records failed, and the handler returned a response by which Lambda would take them for done."""


class InvalidBatchEventError(BaseBatchProcessingError, ValueError):
    """The event is no mapping."""


class BatchConfigurationError(BaseBatchProcessingError, ValueError, TypeError):
    """An option of a processor, or a record handler, cannot work; the message says which and why."""


class RecordError(PowertoolsError):
    """Why a record counts as failed though its handler raised nothing."""


class RecordSkippedError(RecordError):
    """The record was not handed over because an earlier one failed, as `on_error` demands."""


class SQSFifoCircuitBreakerError(RecordSkippedError):
    """An earlier message of the FIFO queue failed."""


class SQSFifoMessageGroupCircuitBreakerError(RecordSkippedError):
    """An earlier message of the same message group failed."""


class RecordTimeoutError(RecordError, TimeoutError):
    """The handler of the record did not return within `record_timeout`."""


class RecordDeadlineError(RecordError):
    """The record was not begun, or not finished, shortly before the end of the invocation."""


class RecordContentError(RecordError, ValueError):
    """The record is no object, or has no content that could be parsed."""


class RecordResultError(RecordError, TypeError):
    """The record handler returned what the service does not take."""
