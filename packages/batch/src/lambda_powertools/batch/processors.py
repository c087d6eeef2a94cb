"""The processors for plain functions and for coroutine functions."""

from __future__ import annotations

import sys
from itertools import islice
from types import CoroutineType

from lambda_powertools.batch._run import current_run, enter_run
from lambda_powertools.batch._sources import SOURCES, Answer
from lambda_powertools.batch.exceptions import BatchConfigurationError, RecordError
from lambda_powertools.batch.partial import BasePartialBatchProcessor

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container
    from typing import Any

    from lambda_powertools.batch._run import Run
    from lambda_powertools.batch.base import FailureResponse, SuccessResponse


class _Processor(BasePartialBatchProcessor):
    """What the two have in common: they check what a service that wants results is given."""

    def _check(self, result: Any) -> None:
        """Refuse a result that the service does not take, so that its record fails."""
        from lambda_powertools.batch._results import check_result

        check_result(self.event_type, result)

    @property
    def _checks_results(self) -> bool:
        return SOURCES[self.event_type].answer is Answer.RESULTS

    def _restore(self, run: Run) -> None:
        """Go on with a batch whose record handler may have used this very processor."""
        if current_run(self) is not run:
            enter_run(self, run)

    def _refuse_if_closed(self, run: Run, index: int) -> Any:
        """Return the failure of a record that may not begin, None if it may."""
        gate = run.gate
        reason = None if gate is None else gate.refusal(run.records[index])
        return None if reason is None else self._refuse(index, run.records[index], reason)

    def _give_up(self, run: Run, index: int, reason: RecordError) -> Any:
        """Count a record as failed whose handler is late."""
        try:
            raise reason
        except RecordError:
            exception = sys.exc_info()
            return self._refuse(index, run.records[index], reason, exception)

    @staticmethod
    def _settled(awaitable: Any) -> Any:
        """Return the result of what a coroutine function as record handler gave."""
        from lambda_powertools.core import loop

        async def wait() -> Any:
            return await awaitable

        return loop.run(wait())


class BatchProcessor(_Processor):
    """Handles the records of a batch one after the other, or `max_concurrency` at once in threads.

    A coroutine function as record handler is run to its end on the environment's event loop, record by record;
    `AsyncBatchProcessor` handles them concurrently. With a `record_timeout` the handler runs in a thread; what is late
    cannot be stopped and runs on, but nothing of it counts any more.

    Example:
        >>> from lambda_powertools.batch import BatchProcessor, EventType
        >>> processor = BatchProcessor(EventType.SQS)
        >>> records = [{"messageId": "m-1", "body": "7"}, {"messageId": "m-2", "body": "seven"}]
        >>> with processor(records, lambda record: int(record.body)):
        ...     outcomes = processor.process()
        >>> [outcome[:2] for outcome in outcomes]  # doctest: +ELLIPSIS
        [('success', 7), ('fail', "<class 'ValueError'>:invalid literal ...")]
        >>> processor.response()
        {'batchItemFailures': [{'itemIdentifier': 'm-2'}]}
    """

    def process(self) -> list[SuccessResponse | FailureResponse]:
        """Handle the records, and return what became of each, in their order.

        Raises:
            BatchConfigurationError: threads are wanted of a subclass with a `_process_record` of its own.
        """
        run = self._run
        own_way = self._is_overridden("_process_record", BatchProcessor)
        if (self.max_concurrency or 1) > 1 or self.record_timeout is not None:
            if own_way:
                raise BatchConfigurationError(
                    f"{type(self).__name__} has a _process_record of its own, which handles one record after the "
                    "other: max_concurrency and record_timeout do not go with it"
                )
            from lambda_powertools.batch._threads import ThreadedBatch

            outcomes = ThreadedBatch(self, run).process()
        else:
            if run.injected is not None:
                run.injected.prepare()
            run.is_open = True
            outcomes = self._process_by_own_method(run) if own_way else self._process_in_order(run)
        run.is_open = False
        return list(outcomes)

    def async_process(self) -> list[SuccessResponse | FailureResponse]:
        """Not here.

        Raises:
            NotImplementedError: always.
        """
        raise NotImplementedError("BatchProcessor has no async_process(): use process(), or AsyncBatchProcessor")

    def _process_in_order(self, run: Run) -> list[Any]:
        """Handle the records: the loop that a batch spends its time in, so nothing is looked up twice."""
        call, convert, outcomes, gate = run.call, run.convert, run.outcomes, run.gate
        note, coroutine, handled = self._noter(run), CoroutineType, outcomes.append
        policy = gate is not None and gate.has_policy
        records, total = iter(run.records), len(run.records)
        run.noted = 0 if note is None else None
        data: Any
        try:
            while len(outcomes) < total:  # in blocks, at whose beginnings the clock is looked at
                allowed = total if gate is None else gate.allowance(total)
                asks = policy or not allowed
                for record in islice(records, allowed or 1):
                    if asks:
                        run.note_successes()
                        refused = self._refuse_if_closed(run, len(outcomes))
                        if refused is not None:
                            run.append_failure(refused)
                            continue
                    data = None
                    try:
                        data = convert(record)  # type: ignore[misc]  # set by __call__
                        result = call(record=data)
                        if result.__class__ is coroutine:
                            result = self._settled(result)
                        handled(("success", result, record) if note is None else note(record, result))
                    except Exception:  # noqa: BLE001  # the record fails, the batch goes on
                        exception = sys.exc_info()
                        self._restore(run)
                        run.note_successes()
                        run.append_failure(self._fail(len(outcomes), record, data, exception))
        finally:
            self._restore(run)
            run.note_successes()
        return outcomes

    def _noter(self, run: Run) -> Callable[[Any, Any], Any] | None:
        """Return what takes note of a success where that is more than to remember it, which is done later for all."""
        overridden = self._is_overridden("success_handler", BatchProcessor)
        if not overridden and not self._checks_results:
            return None

        def note(record: Any, result: Any) -> Any:
            self._restore(run)
            if self._checks_results:
                self._check(result)
            return self.success_handler(record=record, result=result)

        return note

    def _process_by_own_method(self, run: Run) -> list[Any]:
        for index, record in enumerate(run.records):
            outcome = self._refuse_if_closed(run, index)
            if outcome is None:
                outcome = self._process_record(record)
                run.note_own_way(index, outcome)
            run.outcomes.append(outcome)
        return run.outcomes

    def _process_record(self, record: Any) -> SuccessResponse | FailureResponse:
        run = self._run
        data: Any = None
        try:
            data = self._convert(record) if run.convert is None else run.convert(record)
            result = run.call(record=data)
            if result.__class__ is CoroutineType:
                result = self._settled(result)
            if self._checks_results:
                self._check(result)
            return self.success_handler(record=record, result=result)
        except Exception:  # noqa: BLE001  # the record fails, the batch goes on
            failure: SuccessResponse | FailureResponse = self._fail(run.place_of(record), record, data, sys.exc_info())
            return failure

    async def _async_process_record(self, record: Any) -> SuccessResponse | FailureResponse:
        raise NotImplementedError("BatchProcessor handles no record asynchronously: use AsyncBatchProcessor")


class AsyncBatchProcessor(_Processor):
    """Handles the records of a batch concurrently: the record handler is a coroutine function.

    The batch runs on the environment's event loop, which lives as long as the environment, so clients that belong to
    the loop serve every invocation. Called where a loop is running already, it runs in a thread of its own.
    `max_concurrency` bounds how many records are handled at once; by default it is all of them.

    Example:
        >>> from lambda_powertools.batch import AsyncBatchProcessor, EventType
        >>> processor = AsyncBatchProcessor(EventType.SQS, max_concurrency=10)
        >>> async def handle(record):
        ...     return int(record.body)
        >>> with processor([{"messageId": "m-1", "body": "7"}, {"messageId": "m-2", "body": "8"}], handle):
        ...     [outcome[:2] for outcome in processor.async_process()]
        [('success', 7), ('success', 8)]
    """

    def process(self) -> list[SuccessResponse | FailureResponse]:
        """Not here.

        Raises:
            NotImplementedError: always.
        """
        raise NotImplementedError("AsyncBatchProcessor has no process(): use async_process(), or BatchProcessor")

    def async_process(self) -> list[SuccessResponse | FailureResponse]:
        """Handle the records on the environment's event loop, and return what became of each, in their order."""
        from lambda_powertools.core import loop

        return loop.run(self.process_awaitable())

    async def process_awaitable(self) -> list[SuccessResponse | FailureResponse]:
        """Handle the records on the running event loop, and return what became of each, in their order."""
        from lambda_powertools.batch._tasks import ConcurrentBatch

        run = self._run
        if run.injected is not None:
            await run.injected.prepare_async()
        run.is_open = True
        outcomes = await ConcurrentBatch(self, run).process()
        run.is_open = False
        return outcomes

    def _process_record(self, record: Any) -> SuccessResponse | FailureResponse:
        raise NotImplementedError("AsyncBatchProcessor handles no record synchronously: use BatchProcessor")

    async def _async_process_record(self, record: Any) -> SuccessResponse | FailureResponse:
        run = self._run
        outcome: SuccessResponse | FailureResponse = await self._attempt(run, run.place_of(record), record)
        return outcome

    @property
    def _has_own_way(self) -> bool:
        return self._is_overridden("_async_process_record", AsyncBatchProcessor)

    async def _attempt(self, run: Run, index: int, record: Any, late: Container[int] = ()) -> Any:
        """Handle one record; return what became of it, None if it was given up in the meantime."""
        data: Any = None
        try:
            data = self._convert(record) if run.convert is None else run.convert(record)
            result = await _awaited(run, data)
            if index in late:
                return None
            self._restore(run)
            if self._checks_results:
                self._check(result)
            return self.success_handler(record=record, result=result)
        except Exception:  # noqa: BLE001  # the record fails, the batch goes on
            if index in late:
                return None
            self._restore(run)
            return self._fail(index, record, data, sys.exc_info())


async def _awaited(run: Run, data: Any) -> Any:
    if run.injected is not None:
        return await run.injected.call_async(record=data)
    result = run.call(record=data)
    return await result if hasattr(result, "__await__") else result
