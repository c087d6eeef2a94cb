"""Providers that talk to AWS through a boto3 client."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from lambda_powertools.parameters.base import BaseProvider
from lambda_powertools.parameters.clients import ClientFactory, choose_config

if TYPE_CHECKING:
    from collections.abc import Mapping


class ClientProvider(BaseProvider):
    """A provider whose client is made at the first use; a subclass names the service.

    Args:
        config: goes away, use `boto_config`.
        boto_config: botocore configuration to make the client with.
        boto3_session: session to make the client from.
        boto3_client: the client to use.
        max_entries: bound of the cache.
        max_ages: seconds to keep single values for, by name.
        stale_if_error: seconds after its expiry in which a cached value still serves when it cannot be fetched anew.
    """

    _service: ClassVar[str]

    def __init__(
        self,
        config: Any = None,
        boto_config: Any = None,
        boto3_session: Any = None,
        boto3_client: Any = None,
        *,
        max_entries: int = 1000,
        max_ages: Mapping[str, int] | None = None,
        stale_if_error: float | None = None,
    ) -> None:
        super().__init__(max_entries=max_entries, max_ages=max_ages, stale_if_error=stale_if_error)
        self.client_factory = ClientFactory(
            self._service,
            given=boto3_client,
            session=boto3_session,
            config=choose_config(config, boto_config, type(self)),
        )

    @property
    def client(self) -> Any:
        """The boto3 client, made at the first use."""
        return self.client_factory.value

    @client.setter
    def client(self, client: Any) -> None:
        self.client_factory.value = client
