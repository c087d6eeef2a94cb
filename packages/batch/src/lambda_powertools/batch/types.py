"""Types of what processors take and return."""

from __future__ import annotations

from typing import Any, Protocol, TypedDict


class KafkaItemIdentifier(TypedDict):
    """Names a record of Kafka."""

    partition: str
    offset: int


class PartialItemFailures(TypedDict):
    """Names one failed record."""

    itemIdentifier: str | KafkaItemIdentifier


class PartialItemFailureResponse(TypedDict):
    """The response by which Lambda learns which records of a batch failed.

    https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting
    """

    batchItemFailures: list[PartialItemFailures]


class RecordValidator(Protocol):
    """What validates a record: a `pydantic.TypeAdapter`, for example."""

    def validate_python(self, value: Any, /) -> Any:
        """Return the validated object."""

    def validate_json(self, data: str | bytes, /) -> Any:
        """Return the object that a JSON text holds, validated."""


BatchTypeModels = type[Any] | RecordValidator
"""What `model=` takes: a pydantic model class, or a `pydantic.TypeAdapter`. This package does not import pydantic."""

BatchSqsTypeModel = BatchTypeModels
"""The same, for SQS."""
