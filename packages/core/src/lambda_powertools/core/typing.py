"""Types of what Lambda hands to a handler: for annotations, and as stand-ins in tests.

The runtime's own context is another class with the same attributes, so nothing asks for these with isinstance.
Reference: https://docs.aws.amazon.com/lambda/latest/dg/python-context.html
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeGuard

    from lambda_powertools.core.protocols import DurableContextProtocol, LambdaHandler
else:
    from lambda_powertools.core.static import Any  # noqa: TC001  # `typing.get_type_hints` has to find it


class LambdaCognitoIdentity:
    """The Cognito identity that authorised a request.

    Set the private attributes to give the properties their values.
    """

    _cognito_identity_id: str
    _cognito_identity_pool_id: str

    @property
    def cognito_identity_id(self) -> str:
        """The authenticated identity."""
        return self._cognito_identity_id

    @property
    def cognito_identity_pool_id(self) -> str:
        """The identity pool that authorised the invocation."""
        return self._cognito_identity_pool_id


class LambdaClientContextMobileClient:
    """The mobile application of a `LambdaClientContext`."""

    _installation_id: str
    _app_title: str
    _app_version_name: str
    _app_version_code: str
    _app_package_name: str

    @property
    def installation_id(self) -> str:
        """Id of the installation."""
        return self._installation_id

    @property
    def app_title(self) -> str:
        """Title of the application."""
        return self._app_title

    @property
    def app_version_name(self) -> str:
        """Version of the application, for people."""
        return self._app_version_name

    @property
    def app_version_code(self) -> str:
        """Version of the application, for machines."""
        return self._app_version_code

    @property
    def app_package_name(self) -> str:
        """Package of the application."""
        return self._app_package_name


class LambdaClientContext:
    """What the AWS Mobile SDK tells of the application that invoked the function."""

    _client: LambdaClientContextMobileClient
    _custom: dict[str, Any]
    _env: dict[str, Any]

    @property
    def client(self) -> LambdaClientContextMobileClient:
        """The mobile application."""
        return self._client

    @property
    def custom(self) -> dict[str, Any]:
        """Values that the application set."""
        return self._custom

    @property
    def env(self) -> dict[str, Any]:
        """Environment that the AWS SDK set."""
        return self._env


class LambdaContext:
    """The context object of an invocation.

    Example:
        >>> context = LambdaContext()
        >>> context._function_name = "orders"
        >>> context.function_name
        'orders'
    """

    _function_name: str
    _function_version: str
    _invoked_function_arn: str
    _memory_limit_in_mb: int
    _aws_request_id: str
    _log_group_name: str
    _log_stream_name: str
    _identity: LambdaCognitoIdentity
    _client_context: LambdaClientContext
    _tenant_id: str | None = None

    @property
    def function_name(self) -> str:
        """Name of the function."""
        return self._function_name

    @property
    def function_version(self) -> str:
        """Version of the function: `$LATEST` or a number."""
        return self._function_version

    @property
    def invoked_function_arn(self) -> str:
        """ARN that was invoked, with the version or alias if one was named."""
        return self._invoked_function_arn

    @property
    def memory_limit_in_mb(self) -> int:
        """Memory of the function in megabytes; the runtime gives a str, so convert before arithmetic."""
        return self._memory_limit_in_mb

    @property
    def aws_request_id(self) -> str:
        """Id of the request, the same for its retries."""
        return self._aws_request_id

    @property
    def log_group_name(self) -> str:
        """CloudWatch log group of the function."""
        return self._log_group_name

    @property
    def log_stream_name(self) -> str:
        """CloudWatch log stream of the execution environment."""
        return self._log_stream_name

    @property
    def identity(self) -> LambdaCognitoIdentity:
        """The Cognito identity that authorised the request."""
        return self._identity

    @property
    def client_context(self) -> LambdaClientContext:
        """What the AWS Mobile SDK tells of the calling application."""
        return self._client_context

    @property
    def tenant_id(self) -> str | None:
        """Tenant of a multi-tenant function, None for others."""
        return self._tenant_id

    @staticmethod
    def get_remaining_time_in_millis() -> int:
        """Milliseconds until Lambda ends the invocation; 0 here, where nobody counts."""
        return 0


def is_durable_context(context: object) -> TypeGuard[DurableContextProtocol]:
    """Return whether a context is the wrapper that durable functions receive.

    Example:
        >>> is_durable_context(LambdaContext())
        False
    """
    return hasattr(context, "state") and hasattr(context, "lambda_context")


def __getattr__(name: str) -> Any:
    if name in {"DurableContextProtocol", "LambdaHandler"}:
        from lambda_powertools.core import protocols

        return getattr(protocols, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [
    "DurableContextProtocol",
    "LambdaClientContext",
    "LambdaClientContextMobileClient",
    "LambdaCognitoIdentity",
    "LambdaContext",
    "LambdaHandler",
    "is_durable_context",
]
