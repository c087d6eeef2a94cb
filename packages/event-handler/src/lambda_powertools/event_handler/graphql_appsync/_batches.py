"""How a function resolves a field for a batch of events."""

from __future__ import annotations

from types import CoroutineType
from typing import TYPE_CHECKING, Any

from lambda_powertools.core.callables import display_name, is_coroutine_function
from lambda_powertools.event_handler._appsync import gather
from lambda_powertools.event_handler._state import settle
from lambda_powertools.event_handler.graphql_appsync.exceptions import InvalidBatchResponse

if TYPE_CHECKING:
    from collections.abc import Callable

    from lambda_powertools.data_classes.appsync_resolver_event import AppSyncResolverEvent
    from lambda_powertools.event_handler._appsync import Call


class BatchFunction:
    """A function that is registered for batches, and how it is called."""

    __slots__ = ("aggregate", "asynchronous", "function", "raise_on_error")

    def __init__(self, function: Callable[..., Any], *, raise_on_error: bool, aggregate: bool, is_async: bool) -> None:
        self.function = function
        self.raise_on_error = raise_on_error
        self.aggregate = aggregate
        self.asynchronous = is_async or is_coroutine_function(function)

    async def resolve(self, call: Call, name: str, limit: int | None) -> list[Any]:
        """Return the results for the events of a batch; waits only if the invocation is asynchronous.

        Args:
            call: the invocation.
            name: type and field.
            limit: how many calls may run at a time.
        """
        if self.aggregate:
            return await self._resolve_all(call, name)
        if not self.asynchronous:
            return await self._resolve_each(call, name)
        events = call.batch or []

        async def resolve(number: int) -> Any:
            event = events[number]
            try:
                return await settle(call, self.function(event=event, **event.arguments))
            except Exception as error:  # that of one event, which is answered with None
                if self.raise_on_error:
                    raise
                _log_failure(name, number, event, error)
                return None

        return await gather(resolve, range(len(events)), limit)

    async def _resolve_all(self, call: Call, name: str) -> list[Any]:
        results = await settle(call, self.function(event=call.batch))
        if not isinstance(results, list):
            raise InvalidBatchResponse(
                "The response must be a List when using batch resolvers: "
                f"{display_name(self.function)}, for {name}, returned {type(results).__name__}"
            )
        return results

    async def _resolve_each(self, call: Call, name: str) -> list[Any]:
        function = self.function
        results = []
        for number, event in enumerate(call.batch or ()):
            try:
                result = function(event=event, **event.arguments)
                if result.__class__ is CoroutineType:  # a plain function around an asynchronous one
                    result = await settle(call, result)
            except Exception as error:  # as above
                if self.raise_on_error:
                    raise
                _log_failure(name, number, event, error)
                result = None
            results.append(result)
        return results


def _log_failure(name: str, number: int, event: AppSyncResolverEvent, error: Exception) -> None:
    from lambda_powertools.core.package_logger import get_logger

    arguments = event.raw_event.get("arguments") if isinstance(event.raw_event, dict) else None
    clash = " (an argument called 'event' cannot be given beside the event)" if "event" in (arguments or ()) else ""
    get_logger("lambda_powertools.event_handler").debug(
        "event %d of a batch for %s failed%s", number, name, clash, exc_info=error
    )
