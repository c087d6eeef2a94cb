"""What of the Lambda context becomes keys of the log.

Reference: https://docs.aws.amazon.com/lambda/latest/dg/python-context.html
"""

from __future__ import annotations

from lambda_powertools.core.invocation import unwrap_context

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from lambda_powertools.core.invocation import Invocation

_ATTRIBUTES = ("function_name", "memory_limit_in_mb", "invoked_function_arn", "aws_request_id")
_KEYS = ("function_name", "function_memory_size", "function_arn", "function_request_id")
INVOCATION_KEYS = ("cold_start", *_KEYS)


class LambdaContextModel:
    """The attributes of a Lambda context that the logger writes, under the names it writes them by."""

    __slots__ = _KEYS

    def __init__(
        self, function_name: str, function_memory_size: int, function_arn: str, function_request_id: str
    ) -> None:
        self.function_name = function_name
        self.function_memory_size = function_memory_size
        self.function_arn = function_arn
        self.function_request_id = function_request_id


def build_lambda_context_model(context: Any) -> LambdaContextModel:
    """Read a Lambda context, also one that a durable function wraps.

    Raises:
        AttributeError: the context lacks one of the attributes.
    """
    found, missing = available_context_keys(context)
    if missing:
        raise _incomplete(unwrap_context(context))
    return LambdaContextModel(**found)


def invocation_keys(invocation: Invocation) -> dict[str, Any]:
    """Return the keys that describe the invocation: the function and the request.

    Raises:
        AttributeError: the context lacks one of the attributes.
    """
    context = invocation.context
    if hasattr(context, "lambda_context"):
        context = unwrap_context(context)
    try:
        return {
            "cold_start": invocation.cold_start,
            "function_name": context.function_name,
            "function_memory_size": context.memory_limit_in_mb,
            "function_arn": context.invoked_function_arn,
            "function_request_id": context.aws_request_id,
        }
    except AttributeError:
        raise _incomplete(context) from None


def available_context_keys(context: Any) -> tuple[dict[str, Any], list[str]]:
    """Return the keys that a stand-in context can give, and the names of the attributes it lacks."""
    context = unwrap_context(context)
    missing = [name for name in _ATTRIBUTES if not hasattr(context, name)]
    return {
        key: getattr(context, name) for key, name in zip(_KEYS, _ATTRIBUTES, strict=True) if name not in missing
    }, missing


def _incomplete(context: Any) -> AttributeError:
    _, missing = available_context_keys(context)
    return AttributeError(
        f"the context of the handler is {type(context).__name__}, without {', '.join(missing)}: give it a Lambda "
        "context, in tests an object with these attributes"
    )
