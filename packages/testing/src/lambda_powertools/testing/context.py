"""Contexts as Lambda hands them to a handler, with every value set and the remaining time counting down."""

from __future__ import annotations

import time
from typing import Any

from lambda_powertools.core.typing import LambdaCognitoIdentity, LambdaContext

ACCOUNT_ID = "123456789012"
REGION = "us-east-1"


class _NoIdentity(LambdaCognitoIdentity):
    """What the runtime gives to a function that no Cognito identity has called."""

    def __init__(self) -> None:
        absent: Any = None
        self._cognito_identity_id = absent
        self._cognito_identity_pool_id = absent


class _TimedContext(LambdaContext):
    """A context with a deadline."""

    def __init__(self, name: str, version: str, timeout: float) -> None:
        absent: Any = None  # what the runtime gives to a function that no mobile application has called
        self._function_name = name
        self._function_version = version
        self._log_group_name = f"/aws/lambda/{name}"
        self._log_stream_name = f"{time.strftime('%Y/%m/%d')}/[{version}]{'0' * 32}"
        self._identity = _NoIdentity()
        self._client_context = absent
        self._end = time.monotonic() + timeout

    def identify(self, request_id: str, arn: str, memory_limit_in_mb: int, tenant_id: str | None) -> None:
        """Set what tells one request's context from another's."""
        self._aws_request_id = request_id
        self._invoked_function_arn = arn
        self._memory_limit_in_mb = memory_limit_in_mb
        self._tenant_id = tenant_id

    def get_remaining_time_in_millis(self) -> int:  # type: ignore[override]  # an instance's time differs
        """Milliseconds until the deadline, 0 once it has passed."""
        return max(0, int((self._end - time.monotonic()) * 1000))

    def __repr__(self) -> str:
        return f"<Lambda context of {self._function_name}, request {self._aws_request_id}>"


def make_context(
    *,
    function_name: str = "test-function",
    function_version: str = "$LATEST",
    memory_limit_in_mb: int = 128,
    timeout: float = 30,
    request_id: str | None = None,
    invoked_function_arn: str | None = None,
    tenant_id: str | None = None,
) -> LambdaContext:
    """Return a context like the one that the Lambda runtime makes for a request.

    What is left out gets a plausible value. Attributes that are rarely needed are set on the result, by their private
    name: `context._client_context = …`. The attributes are those of
    https://docs.aws.amazon.com/lambda/latest/dg/python-context.html.

    Args:
        function_name: name of the function.
        function_version: its version, `$LATEST` or a number.
        memory_limit_in_mb: its memory, in megabytes.
        timeout: seconds until its deadline, counted from this call; with 0 the time is up.
        request_id: id of the request, a new one by default.
        invoked_function_arn: ARN that was invoked, by default the function's in us-east-1.
        tenant_id: tenant of a multi-tenant function.

    Example:
        >>> from lambda_powertools.testing import make_context
        >>> context = make_context(function_name="orders", timeout=3)
        >>> context.invoked_function_arn
        'arn:aws:lambda:us-east-1:123456789012:function:orders'
        >>> 2000 < context.get_remaining_time_in_millis() <= 3000
        True
    """
    context = _TimedContext(function_name, function_version, timeout)
    context.identify(
        request_id or _new_request_id(),
        invoked_function_arn or f"arn:aws:lambda:{REGION}:{ACCOUNT_ID}:function:{function_name}",
        memory_limit_in_mb,
        tenant_id,
    )
    return context


def _new_request_id() -> str:
    import uuid

    return str(uuid.uuid4())
