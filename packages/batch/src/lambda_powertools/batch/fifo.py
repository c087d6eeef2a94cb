"""The processor for FIFO queues, which keeps the order of the messages when one fails."""

from __future__ import annotations

from lambda_powertools.batch._sources import EventType
from lambda_powertools.batch.exceptions import (
    BatchConfigurationError,
    SQSFifoCircuitBreakerError,
    SQSFifoMessageGroupCircuitBreakerError,
)
from lambda_powertools.batch.partial import DEADLINE_MARGIN
from lambda_powertools.batch.processors import BatchProcessor

TYPE_CHECKING = False
if TYPE_CHECKING:
    import logging

    from lambda_powertools.batch.base import FailureResponse, SuccessResponse
    from lambda_powertools.batch.exceptions import RecordError
    from lambda_powertools.batch.types import BatchSqsTypeModel


class SqsFifoPartialProcessor(BatchProcessor):
    """Handles the messages of a FIFO queue: after a failed one the rest is failed, so that it comes again in order.

    https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting

    Args:
        model: a pydantic model class of a message, or a `pydantic.TypeAdapter`.
        skip_group_on_error: whether only messages of the same message group are failed.
        logger: writes a warning with the traceback of each message that failed.
        raise_on_entire_batch_failure: whether the invocation fails when every message failed.
        max_concurrency: how many message groups are handled at once, in threads; needs `skip_group_on_error`.
        record_timeout: seconds after which a message counts as failed.
        deadline_margin: no message begins later than these seconds before Lambda ends the invocation.

    Raises:
        BatchConfigurationError: an option holds what it may not.

    Example:
        >>> from lambda_powertools.batch import SqsFifoPartialProcessor, process_partial_response
        >>> def message(identifier, group, body):
        ...     return {"messageId": identifier, "attributes": {"MessageGroupId": group}, "body": body}
        >>> event = {"Records": [message("1", "a", "no"), message("2", "b", "7"), message("3", "a", "8")]}
        >>> process_partial_response(event, lambda record: int(record.body), SqsFifoPartialProcessor(
        ...     skip_group_on_error=True))
        {'batchItemFailures': [{'itemIdentifier': '1'}, {'itemIdentifier': '3'}]}
    """

    def __init__(
        self,
        model: BatchSqsTypeModel | None = None,
        skip_group_on_error: bool = False,
        logger: logging.Logger | None = None,
        *,
        raise_on_entire_batch_failure: bool = True,
        max_concurrency: int | None = None,
        record_timeout: float | None = None,
        deadline_margin: float | None = DEADLINE_MARGIN,
    ) -> None:
        if max_concurrency not in {None, 1} and not skip_group_on_error:
            raise BatchConfigurationError(
                f"max_concurrency is {max_concurrency!r:.80}, but messages of one order are handled one after the "
                "other: set skip_group_on_error=True to handle message groups at once"
            )
        super().__init__(
            EventType.SQS,
            model,
            raise_on_entire_batch_failure,
            logger,
            on_error="stop_group" if skip_group_on_error else "stop",
            max_concurrency=max_concurrency,
            record_timeout=record_timeout,
            deadline_margin=deadline_margin,
        )
        self.skip_group_on_error = skip_group_on_error

    def async_process(self) -> list[SuccessResponse | FailureResponse]:
        """Not here.

        Raises:
            NotImplementedError: always.
        """
        raise NotImplementedError("SqsFifoPartialProcessor has no async_process(): order is kept by process()")

    @staticmethod
    def _skipped() -> RecordError:
        return SQSFifoCircuitBreakerError("a previous record failed processing")

    @staticmethod
    def _skipped_in_group() -> RecordError:
        return SQSFifoMessageGroupCircuitBreakerError("a previous record of this message group failed processing")
