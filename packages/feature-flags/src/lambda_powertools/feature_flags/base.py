"""What a store and a validator are."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any


class StoreProvider(ABC):
    """Where the configuration comes from. A store of your own defines both members.

    Example:
        >>> from lambda_powertools.feature_flags import FeatureFlags, StoreProvider
        >>> class Fixed(StoreProvider):
        ...     @property
        ...     def get_raw_configuration(self):
        ...         return {"features": {"dark_mode": {"default": True}}, "colour": "blue"}
        ...     def get_configuration(self):
        ...         return self.get_raw_configuration["features"]
        >>> FeatureFlags(Fixed()).evaluate(name="dark_mode", default=False)
        True
    """

    @property
    @abstractmethod
    def get_raw_configuration(self) -> dict[str, Any]:
        """The document as it is stored, other settings than features included."""

    @abstractmethod
    def get_configuration(self) -> dict[str, Any]:
        """Return the features by name.

        The same object as long as nothing has changed: it is validated once.

        Raises:
            ConfigurationStoreError: it cannot be read at present; whoever evaluates falls back on what it knows.
        """


class BaseValidator(ABC):
    """Checks a part of the configuration."""

    @abstractmethod
    def validate(self) -> None:
        """Check it.

        Raises:
            SchemaValidationError: it breaks a rule of the schema.
        """
