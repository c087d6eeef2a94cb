"""What a record handler asks for besides its record."""

from __future__ import annotations

from lambda_powertools.batch.exceptions import BatchConfigurationError
from lambda_powertools.core.callables import display_name, is_generator_function

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


class Depends:
    """Marks a parameter of a record handler: its value is what `dependency` returns.

    Given as the parameter's default, or inside an `Annotated`. The dependency is called once per batch; if it, or one
    of its own dependencies, has a parameter `record`, once per record. It may also have a parameter `lambda_context`.
    Under `AsyncBatchProcessor` it may be a coroutine function. If it raises, the records that need it fail. A marker of
    another package serves as well, if it has attributes of these names.

    Args:
        dependency: called to get the value.
        use_cache: False to call it anew for each record.

    Example:
        >>> from typing import Annotated
        >>> from lambda_powertools.batch import BatchProcessor, Depends, EventType, process_partial_response
        >>> def prices():
        ...     return {"espresso": 2}
        >>> totals = []
        >>> def handle(record, prices: Annotated[dict, Depends(prices)]):
        ...     totals.append(prices[record.body])
        >>> event = {"Records": [{"messageId": "m-1", "body": "espresso"}, {"messageId": "m-2", "body": "tea"}]}
        >>> process_partial_response(event, handle, BatchProcessor(EventType.SQS))
        {'batchItemFailures': [{'itemIdentifier': 'm-2'}]}
        >>> totals
        [2]
    """

    __slots__ = ("dependency", "use_cache")

    def __init__(self, dependency: Callable[..., Any], *, use_cache: bool = True) -> None:
        if not callable(dependency):
            raise BatchConfigurationError(f"Depends takes a function, not {dependency!r:.80}")
        if is_generator_function(dependency):
            raise BatchConfigurationError(
                f"the dependency {display_name(dependency)} is a generator function, of which nobody would run the "
                "rest: return the value, and release it in the record handler or after the batch"
            )
        self.dependency = dependency
        self.use_cache = use_cache
