"""What of the Lambda context becomes keys of the log.

Reference: https://docs.aws.amazon.com/lambda/latest/dg/python-context.html
"""

from __future__ import annotations

from typing import Any

from lambda_powertools.core.invocation import unwrap_context

_ATTRIBUTES = ("function_name", "memory_limit_in_mb", "invoked_function_arn", "aws_request_id")
_KEYS = ("function_name", "function_memory_size", "function_arn", "function_request_id")


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
    return LambdaContextModel(**context_keys(context))


def context_keys(context: Any) -> dict[str, Any]:
    """Return the keys that describe the function and the request.

    Raises:
        AttributeError: the context lacks one of the attributes.
    """
    inner = unwrap_context(context)
    try:
        return {
            "function_name": inner.function_name,
            "function_memory_size": inner.memory_limit_in_mb,
            "function_arn": inner.invoked_function_arn,
            "function_request_id": inner.aws_request_id,
        }
    except AttributeError:
        _, missing = available_context_keys(inner)
        raise AttributeError(
            f"the context of the handler is {type(inner).__name__}, without {', '.join(missing)}: give it a Lambda "
            "context, in tests an object with these attributes"
        ) from None


def available_context_keys(context: Any) -> tuple[dict[str, Any], list[str]]:
    """Return the keys that a stand-in context can give, and the names of the attributes it lacks."""
    context = unwrap_context(context)
    missing = [name for name in _ATTRIBUTES if not hasattr(context, name)]
    return {
        key: getattr(context, name) for key, name in zip(_KEYS, _ATTRIBUTES, strict=True) if name not in missing
    }, missing
