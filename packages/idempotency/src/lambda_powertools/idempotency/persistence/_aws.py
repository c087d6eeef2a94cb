"""Clients of the AWS SDK, made at their first use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.core.aws import mark_user_agent
from lambda_powertools.idempotency.__about__ import __version__

if TYPE_CHECKING:
    import boto3.session
    from botocore.config import Config

USER_AGENT = f"lambda-powertools-idempotency/{__version__}"


class AwsClient:
    """A layer with a client of an AWS service, which is made at its first use."""

    def _take_client(
        self, service: str, config: Config | None, session: boto3.session.Session | None, given: Any
    ) -> None:
        """Take note of how the client is made, or of the client itself."""
        self._service = service
        self._boto_config = config
        self._boto3_session = session
        self._client: Any = None if given is None else mark_user_agent(given, USER_AGENT)

    @property
    def client(self) -> Any:
        """The low-level client; it may be replaced at any time.

        Raises:
            ImportError: boto3 is missing; names the extra that brings it.
        """
        if self._client is None:
            self._client = mark_user_agent(
                _make_client(self._service, self._boto3_session, self._boto_config), USER_AGENT
            )
        return self._client

    @client.setter
    def client(self, client: Any) -> None:
        self._client = mark_user_agent(client, USER_AGENT)


def _make_client(service: str, session: boto3.session.Session | None, config: Config | None) -> Any:
    if session is None:
        try:
            import boto3.session
        except ImportError as error:
            raise ImportError(
                "boto3 is needed for this store: pip install 'lambda-powertools-idempotency[aws-sdk]'"
            ) from error
        session = boto3.session.Session()
    make: Any = session.client  # its stubs want the name of a service as a literal
    return make(service, config=config)


def error_code(error: Exception) -> str | None:
    """Return the code of an error that the service has answered with, None for any other error."""
    response = getattr(error, "response", None)
    details = response.get("Error") if isinstance(response, dict) else None
    return details.get("Code") if isinstance(details, dict) else None
