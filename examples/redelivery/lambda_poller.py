"""Does for a queue what Lambda's event source mapping does: reads messages, invokes, deletes those not reported.

https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable


class Delivery(NamedTuple):
    """One batch: how often each message had been received, and which ones were reported."""

    receive_counts: dict[str, int]
    reported: set[str]


class Poller:
    """Reads one queue for one function."""

    def __init__(self, sqs: Any, queue_url: str, handler: Callable[[Any, Any], Any]) -> None:
        self._sqs = sqs
        self._queue_url = queue_url
        self._handler = handler
        attributes = sqs.get_queue_attributes(QueueUrl=queue_url, AttributeNames=["QueueArn"])
        self._arn = attributes["Attributes"]["QueueArn"]

    def poll(self) -> Delivery | None:
        """Deliver what the queue holds; None if that is nothing."""
        found = self._sqs.receive_message(
            QueueUrl=self._queue_url, MaxNumberOfMessages=10, AttributeNames=["All"], MessageAttributeNames=["All"]
        )
        messages = found.get("Messages", [])
        if not messages:
            return None
        response = self._handler({"Records": [self._record(message) for message in messages]}, None)
        reported = {item["itemIdentifier"] for item in response["batchItemFailures"]}
        for message in messages:
            if message["MessageId"] in reported:  # in AWS it would come back after the visibility timeout
                self._sqs.change_message_visibility(
                    QueueUrl=self._queue_url, ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=0
                )
            else:
                self._sqs.delete_message(QueueUrl=self._queue_url, ReceiptHandle=message["ReceiptHandle"])
        counts = {one["MessageId"]: int(one["Attributes"]["ApproximateReceiveCount"]) for one in messages}
        return Delivery(counts, reported)

    def _record(self, message: dict[str, Any]) -> dict[str, Any]:
        return {
            "messageId": message["MessageId"],
            "receiptHandle": message["ReceiptHandle"],
            "body": message["Body"],
            "attributes": message["Attributes"],
            "messageAttributes": {},
            "md5OfBody": message["MD5OfBody"],
            "eventSource": "aws:sqs",
            "eventSourceARN": self._arn,
            "awsRegion": self._arn.split(":")[3],
        }
