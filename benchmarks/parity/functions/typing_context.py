"""A function that is typed, and looks at its context."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

EVENTS = [{"a": 1}]


def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    return {
        "name": context.function_name,
        "memory": context.memory_limit_in_mb,
        "request": context.aws_request_id,
        "left": context.get_remaining_time_in_millis(),
    }
