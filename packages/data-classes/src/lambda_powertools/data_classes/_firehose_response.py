"""What a function returns to Data Firehose after transforming records.

https://docs.aws.amazon.com/firehose/latest/dev/data-transformation-status-model.html
"""

from __future__ import annotations

import json

from lambda_powertools.data_classes._builder import Builder, warn_unless_allowed
from lambda_powertools.data_classes._payload import from_base64

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Literal, NoReturn

VALID_RESULTS = ("Ok", "Dropped", "ProcessingFailed")

_NO_KEYS: dict[str, str] = {}
"""Stands for an argument that is not given: None is a value of its own."""


class KinesisFirehoseDataTransformationRecordMetadata(Builder):
    """Keys for dynamic partitioning; cannot be changed after they were given.

    https://docs.aws.amazon.com/firehose/latest/dev/dynamic-partitioning.html

    Args:
        partition_keys: names and values that the prefix of the destination refers to; an explicit None leaves them out.

    Example:
        >>> KinesisFirehoseDataTransformationRecordMetadata({"year": "2024"}).asdict()
        {'partitionKeys': {'year': '2024'}}
    """

    partition_keys: dict[str, str] | None

    def __init__(self, partition_keys: dict[str, str] | None = _NO_KEYS) -> None:
        object.__setattr__(self, "partition_keys", {} if partition_keys is _NO_KEYS else partition_keys)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"cannot assign to {name}: the metadata of a record cannot be changed")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"cannot delete {name}: the metadata of a record cannot be changed")

    def asdict(self) -> dict[str, Any]:
        """Return the metadata as Firehose reads them."""
        return {} if self.partition_keys is None else {"partitionKeys": self.partition_keys}


class KinesisFirehoseDataTransformationRecord(Builder):
    """One transformed record.

    Args:
        record_id: the id of the record that it was made of.
        result: `Ok`, `Dropped` or `ProcessingFailed`; another value is a warning in `asdict`.
        data: the content in base64, see `base64_from_str` and `base64_from_json`.
        metadata: keys for dynamic partitioning.
        json_serializer: kept for the caller's use.
        json_deserializer: parses the content for `data_as_json`.

    Example:
        >>> record = KinesisFirehoseDataTransformationRecord("r-1", data="eyJpZCI6IDd9")
        >>> record.asdict()
        {'recordId': 'r-1', 'result': 'Ok', 'data': 'eyJpZCI6IDd9'}
        >>> record.data_as_json
        {'id': 7}
    """

    def __init__(
        self,
        record_id: str,
        result: Literal["Ok", "Dropped", "ProcessingFailed"] = "Ok",
        data: str = "",
        metadata: KinesisFirehoseDataTransformationRecordMetadata | None = None,
        json_serializer: Callable[..., str] = json.dumps,
        json_deserializer: Callable[..., Any] = json.loads,
    ) -> None:
        self.record_id = record_id
        self.result = result
        self.data = data
        self.metadata = metadata
        self.json_serializer = json_serializer
        self.json_deserializer = json_deserializer

    def asdict(self) -> dict[str, Any]:
        """Return the record as Firehose reads it, with a warning if Firehose will refuse the result."""
        warn_unless_allowed(self.result, VALID_RESULTS, f'The result "{self.result}" is not valid')
        record: dict[str, Any] = {"recordId": self.record_id, "result": self.result, "data": self.data}
        if self.metadata is not None:
            record["metadata"] = self.metadata.asdict()
        return record

    @property
    def data_as_bytes(self) -> bytes:
        """The content."""
        return from_base64(self.data) if self.data else b""

    @property
    def data_as_text(self) -> str:
        """The content, as UTF-8 text."""
        return self.data_as_bytes.decode("utf-8")

    @property
    def data_as_json(self) -> Any:
        """The content, parsed from JSON; an empty dictionary when there is none."""
        return self.json_deserializer(self.data_as_text) if self.data else {}


class KinesisFirehoseDataTransformationResponse(Builder):
    """What the function returns: the records, in the order in which Firehose is to store them.

    Args:
        records: transformed records, to which `add_record` adds.

    Example:
        >>> response = KinesisFirehoseDataTransformationResponse()
        >>> response.add_record(KinesisFirehoseDataTransformationRecord("r-1", "Dropped"))
        >>> response.asdict()
        {'records': [{'recordId': 'r-1', 'result': 'Dropped', 'data': ''}]}
    """

    def __init__(self, records: list[KinesisFirehoseDataTransformationRecord] | None = None) -> None:
        self.records = [] if records is None else records

    def add_record(self, record: KinesisFirehoseDataTransformationRecord) -> None:
        """Append a record."""
        self.records.append(record)

    def asdict(self) -> dict[str, Any]:
        """Return the response as Firehose reads it.

        Raises:
            ResponseResultsError: there is no record; Firehose refuses an empty response.
        """
        if not self.records:
            from lambda_powertools.data_classes.exceptions import ResponseResultsError

            raise ResponseResultsError("a response to Data Firehose must have at least one record: use add_record")
        return {"records": [record.asdict() for record in self.records]}
