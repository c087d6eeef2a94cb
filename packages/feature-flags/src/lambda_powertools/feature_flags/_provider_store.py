"""What the stores have in common that read through a provider of the parameters package: cache, envelope, errors."""

from __future__ import annotations

import time
from datetime import datetime
from typing import TYPE_CHECKING, Any

from lambda_powertools.feature_flags._envelope import Envelope
from lambda_powertools.feature_flags._errors import (
    ConfigurationStoreError,
    FeatureFlagsDependencyError,
    StoreClientError,
)
from lambda_powertools.feature_flags._logging import LoggerLike, logger_or_default
from lambda_powertools.feature_flags.base import StoreProvider
from lambda_powertools.parameters.exceptions import GetParameterError, TransformParameterError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_powertools.parameters.base import BaseProvider
    from lambda_powertools.parameters.types import TransformOptions

_DENIED = "AccessDenied"


class ProviderStore(StoreProvider):
    """A store that reads through a provider.

    Args:
        provider: where the document comes from.
        name: its name there.
        what: what the document is called in messages, such as `"AppConfig configuration"`.
        max_age: seconds to keep the document for; 0 reads it at each evaluation.
        transform: how the provider is to decode it.
        envelope: JMESPath expression of the features in the document.
        jmespath_options: options of the expression.
        logger: for debug output.

    Raises:
        InvalidEnvelopeExpressionError: the envelope cannot be parsed.
    """

    def __init__(  # a keyword each
        self,
        provider: BaseProvider,
        name: str,
        *,
        what: str,
        max_age: int,
        transform: TransformOptions = "json",
        envelope: str | None = "",
        jmespath_options: dict[str, Any] | None = None,
        logger: LoggerLike | None = None,
    ) -> None:
        self.name = name
        self.cache_seconds = max_age
        self.envelope = envelope
        self.jmespath_options = jmespath_options
        self.logger = logger_or_default(logger)
        self._what = what
        self._provider = provider
        self._transform: TransformOptions = transform
        self._key = (name, transform, False)
        self._envelope = Envelope(envelope, jmespath_options)
        self._failure: tuple[float, Exception] | None = None
        self._was_read = False

    @property
    def get_raw_configuration(self) -> dict[str, Any]:
        """The document as it is stored; the same object while it is cached.

        Raises:
            ConfigurationStoreError: it cannot be read or decoded.
            StoreClientError: access is denied.
            FeatureFlagsDependencyError: a library that is needed is not installed.
        """
        if self._failure is not None and time.monotonic() < self._failure[0]:
            raise self._failure[1].with_traceback(None)
        try:
            document: dict[str, Any] = self._provider.get(
                self.name, max_age=self.cache_seconds, transform=self._transform
            )
        except (GetParameterError, TransformParameterError) as error:
            raise self._failed(error) from error
        self._failure, self._was_read = None, True
        return document

    def get_configuration(self) -> dict[str, Any]:
        """Return the features by name: the document, or what the envelope finds in it.

        Raises:
            ConfigurationStoreError: the document cannot be read or decoded.
            StoreClientError: access is denied.
            InvalidEnvelopeExpressionError: the envelope cannot be applied.
        """
        # Looked up here before the provider is asked: every evaluation passes here.
        entry = self._provider.store.get(self._key)
        if entry is not None and entry.ttl >= datetime.now():  # noqa: DTZ005  # as the provider keeps it
            document: Any = entry.value
        else:
            document = self.get_raw_configuration
        features: dict[str, Any] = self._envelope.features(document)
        return features

    def _failed(self, error: Exception) -> Exception:
        chain = list(_chain(error))
        if any(isinstance(one, ImportError) for one in chain):
            return FeatureFlagsDependencyError(f"the {self._what} cannot be read: {error}")
        if any(_DENIED in str(one) for one in chain):
            return StoreClientError(f"access to the {self._what} is denied: {error}")
        failure = ConfigurationStoreError(f"the {self._what} cannot be read: {error}")
        if self._was_read and self.cache_seconds > 0:
            # In an outage not every invocation should wait for the same timeout; the last good document serves.
            failure.__cause__ = error
            self._failure = (time.monotonic() + self.cache_seconds, failure)
        return failure


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
