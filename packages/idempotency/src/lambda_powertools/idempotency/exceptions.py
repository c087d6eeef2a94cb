"""The exceptions of this package.

PowertoolsError
└── BaseError                                  base of all below
    ├── IdempotencyItemAlreadyExistsError      a store has a live record of the key
    ├── IdempotencyItemNotFoundError           a store has no record of the key
    ├── IdempotencyAlreadyInProgressError      another call with the key is running
    ├── IdempotencyInvalidStatusError          a record has a status that does not exist
    ├── IdempotencyValidationError             the payload differs from that of the first call with the key
    ├── IdempotencyInconsistentStateError      the store contradicts itself, retries included
    ├── IdempotencyPersistenceLayerError       the store failed; the second argument is how
    ├── IdempotencyPersistenceConfigError      a cache layer is configured wrongly
    ├── IdempotencyPersistenceConnectionError  a cache layer cannot connect
    ├── IdempotencyPersistenceConsistencyError a cache holds something else than a record
    ├── IdempotencyKeyError                    the payload gives no key
    ├── IdempotencyModelTypeError              the function's return type does not fit its serializer
    ├── IdempotencyNoSerializationModelError   the function names no return type for its serializer
    ├── IdempotencyConfigError (also ValueError)   an option holds a value it may not have
    └── IdempotencyKeptError                   an error that was kept, of a class that cannot be rebuilt
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.core.exceptions import PowertoolsError

if TYPE_CHECKING:
    from lambda_powertools.idempotency.persistence.datarecord import DataRecord


class BaseError(PowertoolsError):
    """Base of the exceptions of `lambda_powertools.idempotency`.

    Example:
        >>> str(BaseError("the store failed", "time-out"))
        'the store failed - (time-out)'
    """

    # Made when they are asked for: on a replay, an exception that nobody sees comes out of the store.

    @property
    def message(self) -> str:
        """Text of the first argument."""
        return str(self.args[0]) if self.args else ""

    @property
    def details(self) -> str | None:
        """Texts of the other arguments in one, None if there are none."""
        return "".join(str(argument) for argument in self.args[1:]) or None

    def __str__(self) -> str:
        return f"{self.message} - ({self.details})" if self.message and self.details else self.message


class IdempotencyItemAlreadyExistsError(BaseError):
    """A live record of the key exists; a store tells the engine so.

    Attributes:
        old_data_record: that record, None when the store did not return it.
    """

    def __init__(self, *args: Any, old_data_record: DataRecord | None = None) -> None:
        super().__init__(*args)
        self.old_data_record = old_data_record

    def __str__(self) -> str:
        text = super().__str__()
        return text if self.old_data_record is None else f"{text} - {self.old_data_record!r}".lstrip(" -")


class IdempotencyItemNotFoundError(BaseError):
    """The store has no record of the key."""


class IdempotencyAlreadyInProgressError(BaseError):
    """Another call with the same key is running. The caller may retry later."""


class IdempotencyInvalidStatusError(BaseError):
    """A record has a status that does not exist: the first argument."""


class IdempotencyValidationError(BaseError):
    """The payload differs from the one that was stored with this key.

    Attributes:
        data_record: the stored record, None if not known.
    """

    def __init__(self, *args: Any, data_record: DataRecord | None = None) -> None:
        super().__init__(*args)
        self.data_record = data_record


class IdempotencyInconsistentStateError(BaseError):
    """The store contradicts itself, and still did after retries."""


class IdempotencyPersistenceLayerError(BaseError):
    """The store failed. The second argument is the failure, which is the cause too."""


class IdempotencyPersistenceConfigError(BaseError):
    """A cache layer is configured wrongly."""


class IdempotencyPersistenceConnectionError(BaseError):
    """A cache layer cannot connect to its server."""


class IdempotencyPersistenceConsistencyError(BaseError):
    """The value of a key in a cache is no record."""


class IdempotencyKeyError(BaseError):
    """The payload holds nothing to build the key from."""


class IdempotencyModelTypeError(BaseError):
    """The return type of the function is none that its serializer can handle."""


class IdempotencyNoSerializationModelError(BaseError):
    """The function has no return annotation, which its serializer needs."""


class IdempotencyConfigError(BaseError, ValueError):
    """An option holds a value it may not have; the message names it and what is allowed."""


class IdempotencyKeptError(BaseError):
    """An error that was kept is replayed, and its class cannot be rebuilt here.

    Attributes:
        error_type: `module.QualifiedName` of the original error's class.
    """

    def __init__(self, *args: Any, error_type: str = "") -> None:
        super().__init__(*args)
        self.error_type = error_type
