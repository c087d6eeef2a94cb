"""Messages: queues, topics, mail and brokers."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from lambda_powertools.testing.events._values import (
    MILLISECONDS,
    REGION,
    TRACE_HEADER,
    Payload,
    arn,
    base64_of,
    hex_id,
    iso,
    listed,
    text_of,
    uid,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def sqs(
    body: Payload = '{"id":7}',
    *,
    bodies: Sequence[Payload] | None = None,
    queue_name: str = "orders",
    message_attributes: Mapping[str, Any] | None = None,
    group_id: str | None = None,
    receive_count: int = 1,
) -> dict[str, Any]:
    """Return messages of an SQS queue.

    Format: https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html

    Args:
        body: body of the message: text, or what is sent as JSON.
        bodies: bodies of several messages, in the place of one.
        queue_name: name of the queue; a FIFO queue's ends with `.fifo`.
        message_attributes: attributes by name: text, numbers or bytes.
        group_id: message group, of a FIFO queue.
        receive_count: how often the messages have been received.

    Example:
        >>> event = sqs(body={"id": 7})
        >>> event["Records"][0]["body"]
        '{"id":7}'
        >>> event == sqs(body={"id": 7})
        True
    """
    group_id = group_id or ("orders" if queue_name.endswith(".fifo") else None)
    return {
        "Records": [
            _sqs_record(text_of(one), index, queue_name, message_attributes or {}, group_id, receive_count)
            for index, one in enumerate(listed(body, bodies))
        ]
    }


def _sqs_record(
    body: str, index: int, queue: str, given: Mapping[str, Any], group: str | None, count: int
) -> dict[str, Any]:
    attributes = {
        "ApproximateReceiveCount": str(count),
        "AWSTraceHeader": TRACE_HEADER,
        "SentTimestamp": str(MILLISECONDS),
        "SenderId": "AIDAIENQZJOLO23YVJ4VO",
        "ApproximateFirstReceiveTimestamp": str(MILLISECONDS + 12),
    }
    if group is not None:
        attributes["SequenceNumber"] = str(18_849_496_460_467_696_128 + index)
        attributes["MessageGroupId"] = group
        attributes["MessageDeduplicationId"] = hashlib.sha256(body.encode()).hexdigest()
    record = {
        "messageId": uid("sqs", index),
        "receiptHandle": f"AQEB{base64_of(hex_id(64, 'receipt', index))}",
        "body": body,
        "attributes": attributes,
        "messageAttributes": {name: _message_attribute(value) for name, value in given.items()},
        "md5OfBody": hashlib.md5(body.encode(), usedforsecurity=False).hexdigest(),
        "eventSource": "aws:sqs",
        "eventSourceARN": arn("sqs", queue),
        "awsRegion": REGION,
    }
    if given:
        record["md5OfMessageAttributes"] = hex_id(32, "attributes", *sorted(given))
    return record


def _message_attribute(value: Any) -> dict[str, Any]:
    lists: dict[str, Any] = {"stringListValues": [], "binaryListValues": []}
    if isinstance(value, bytes):
        return {"binaryValue": base64_of(value), **lists, "dataType": "Binary"}
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return {"stringValue": text_of(value), **lists, "dataType": "Number" if number else "String"}


def sns(
    message: Payload = '{"id":7}',
    *,
    messages: Sequence[Payload] | None = None,
    topic_name: str = "orders",
    subject: str | None = None,
    message_attributes: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return notifications of an SNS topic.

    Format: https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html

    Args:
        message: the message: text, or what is sent as JSON.
        messages: several messages, in the place of one; SNS sends one an event.
        topic_name: name of the topic.
        subject: its subject.
        message_attributes: attributes by name: text, numbers or bytes.

    Example:
        >>> sns(message="hello", subject="greeting")["Records"][0]["Sns"]["Message"]
        'hello'
    """
    topic = arn("sns", topic_name)
    subscription = f"{topic}:{uid('subscription', topic_name)}"
    return {
        "Records": [
            {
                "EventSource": "aws:sns",
                "EventVersion": "1.0",
                "EventSubscriptionArn": subscription,
                "Sns": {
                    "Type": "Notification",
                    "MessageId": uid("sns", index),
                    "TopicArn": topic,
                    "Subject": subject,
                    "Message": text_of(one),
                    "Timestamp": iso(),
                    "SignatureVersion": "1",
                    "Signature": base64_of(hex_id(64, "signature", index)),
                    "SigningCertUrl": f"https://sns.{REGION}.amazonaws.com/SimpleNotificationService-0123456789.pem",
                    "UnsubscribeUrl": (
                        f"https://sns.{REGION}.amazonaws.com/?Action=Unsubscribe&SubscriptionArn={subscription}"
                    ),
                    "MessageAttributes": {
                        name: _sns_attribute(value) for name, value in (message_attributes or {}).items()
                    },
                },
            }
            for index, one in enumerate(listed(message, messages))
        ]
    }


def _sns_attribute(value: Any) -> dict[str, str]:
    return {"Type": "Binary" if isinstance(value, bytes) else "String", "Value": text_of(value)}


def sns_via_sqs(
    message: Payload = '{"id":7}', *, topic_name: str = "orders", queue_name: str = "orders"
) -> dict[str, Any]:
    """Return a notification of an SNS topic that an SQS queue has subscribed to.

    Format: https://docs.aws.amazon.com/sns/latest/dg/sns-sqs-as-subscriber.html

    Args:
        message: the message: text, or what is sent as JSON.
        topic_name: name of the topic.
        queue_name: name of the queue.

    Example:
        >>> import json
        >>> json.loads(sns_via_sqs("hello")["Records"][0]["body"])["Message"]
        'hello'
    """
    notification = sns(message, topic_name=topic_name)["Records"][0]["Sns"]
    sent = {key: value for key, value in notification.items() if value not in (None, {})}
    for old, new in (("SigningCertUrl", "SigningCertURL"), ("UnsubscribeUrl", "UnsubscribeURL")):
        sent[new] = sent.pop(old)
    return sqs(sent, queue_name=queue_name)


def ses(
    subject: str = "Order 7",
    *,
    sender: str = "ada@example.com",
    recipients: Sequence[str] = ("orders@example.com",),
    function_name: str = "test-function",
    verdict: str = "PASS",
) -> dict[str, Any]:
    """Return a received mail.

    Format: https://docs.aws.amazon.com/ses/latest/dg/receiving-email-action-lambda-event.html

    Args:
        subject: subject of the mail.
        sender: who has sent it.
        recipients: who receives it.
        function_name: name of the function in the receipt rule.
        verdict: verdict of all checks: PASS, FAIL, GRAY or PROCESSING_FAILED.

    Example:
        >>> ses("Order 8")["Records"][0]["ses"]["mail"]["commonHeaders"]["subject"]
        'Order 8'
    """
    message_id, date, to = hex_id(40, "ses", subject), "Thu, 15 Jan 2026 12:00:00 +0000", list(recipients)
    common = {
        "returnPath": sender,
        "from": [sender],
        "date": date,
        "to": to,
        "messageId": f"<{message_id}@example.com>",
        "subject": subject,
    }
    headers = {"Return-Path": f"<{sender}>", "From": sender, "To": ", ".join(to), "Subject": subject, "Date": date}
    verdicts = ("spamVerdict", "virusVerdict", "spfVerdict", "dkimVerdict", "dmarcVerdict")
    action = {"type": "Lambda", "invocationType": "Event", "functionArn": arn("lambda", f"function:{function_name}")}
    receipt = {
        "timestamp": iso(),
        "processingTimeMillis": 574,
        "recipients": to,
        **{name: {"status": verdict} for name in verdicts},
        "action": action,
    }
    mail = {
        "timestamp": iso(),
        "source": sender,
        "messageId": message_id,
        "destination": to,
        "headersTruncated": False,
        "headers": [{"name": name, "value": value} for name, value in headers.items()],
        "commonHeaders": common,
    }
    return {"Records": [{"eventSource": "aws:ses", "eventVersion": "1.0", "ses": {"mail": mail, "receipt": receipt}}]}


def active_mq(
    data: Payload = '{"id":7}', *, messages: Sequence[Payload] | None = None, queue_name: str = "orders"
) -> dict[str, Any]:
    """Return messages of an Amazon MQ broker of Apache ActiveMQ.

    Format: https://docs.aws.amazon.com/lambda/latest/dg/with-mq.html

    Args:
        data: data of the message: text, bytes, or what is sent as JSON; base64 in the event.
        messages: data of several messages, in the place of one.
        queue_name: name of the queue.

    Example:
        >>> active_mq("hello")["messages"][0]["data"]
        'aGVsbG8='
    """
    return {
        "eventSource": "aws:mq",
        "eventSourceArn": arn("mq", f"broker:shop:{_BROKER}"),
        "messages": [
            {
                "messageID": f"ID:b-{_BROKER}-1.mq.{REGION}.amazonaws.com-37557-1234520418293-4:1:1:1:{index + 1}",
                "messageType": "jms/bytes-message" if isinstance(one, bytes) else "jms/text-message",
                "deliveryMode": 1,
                "replyTo": None,
                "type": None,
                "expiration": "60000",
                "priority": 1,
                "correlationId": uid("mq", index),
                "redelivered": False,
                "destination": {"physicalName": queue_name},
                "data": base64_of(one),
                "timestamp": MILLISECONDS,
                "brokerInTime": MILLISECONDS + 1,
                "brokerOutTime": MILLISECONDS + 2,
                "properties": {"index": str(index)},
                "connectionId": f"ID:b-{_BROKER}-1:41",
            }
            for index, one in enumerate(listed(data, messages))
        ],
    }


_BROKER = "b-0f0e0d0c-0b0a-4908-8706-050403020100"


def rabbit_mq(
    data: Payload = '{"id":7}',
    *,
    messages: Sequence[Payload] | None = None,
    queue_name: str = "orders",
    virtual_host: str = "/",
    headers: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return messages of an Amazon MQ broker of RabbitMQ.

    Format: https://docs.aws.amazon.com/lambda/latest/dg/with-mq.html

    Args:
        data: data of the message: text, bytes, or what is sent as JSON; base64 in the event.
        messages: data of several messages, in the place of one.
        queue_name: name of the queue.
        virtual_host: its virtual host.
        headers: headers of the messages: text, which comes as a list of byte values, or numbers.

    Example:
        >>> rabbit_mq("hello")["rmqMessagesByQueue"]["orders::/"][0]["data"]
        'aGVsbG8='
    """
    several = listed(data, messages)
    return {
        "eventSource": "aws:rmq",
        "eventSourceArn": arn("mq", f"broker:shop:{_BROKER}"),
        "rmqMessagesByQueue": {
            f"{queue_name}::{virtual_host}": [
                {
                    "basicProperties": {
                        "contentType": "application/octet-stream" if isinstance(one, bytes) else "text/plain",
                        "contentEncoding": None,
                        "headers": {
                            name: {"bytes": list(value.encode())} if isinstance(value, str) else value
                            for name, value in (headers or {}).items()
                        },
                        "deliveryMode": 1,
                        "priority": 34,
                        "correlationId": None,
                        "replyTo": None,
                        "expiration": "60000",
                        "messageId": uid("rabbit-mq", index),
                        "timestamp": "Jan 15, 2026, 12:00:00 PM",
                        "type": None,
                        "userId": "shop",
                        "appId": None,
                        "clusterId": None,
                        "bodySize": len(one if isinstance(one, bytes) else text_of(one).encode()),
                    },
                    "redelivered": False,
                    "data": base64_of(one),
                }
                for index, one in enumerate(several)
            ]
        },
    }


def secrets_manager(
    step: str = "createSecret",
    *,
    secret_name: str = "orders-database",  # noqa: S107  # a name, and no secret
    token: str | None = None,
) -> dict[str, Any]:
    """Return a step of the rotation of a secret.

    Format: https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda-functions.html

    Args:
        step: createSecret, setSecret, testSecret or finishSecret.
        secret_name: name of the secret.
        token: the version that is made, in the form of a UUID.

    Example:
        >>> secrets_manager("testSecret")["Step"]
        'testSecret'
    """
    return {
        "SecretId": arn("secretsmanager", f"secret:{secret_name}-a1B2c3"),
        "ClientRequestToken": token or uid("secret", secret_name),
        "Step": step,
        "RotationToken": uid("rotation", secret_name),
    }


def cloudformation(
    request_type: str = "Create",
    *,
    properties: Mapping[str, Any] | None = None,
    old_properties: Mapping[str, Any] | None = None,
    resource_type: str = "Custom::Order",
    logical_id: str = "Order",
    response_url: str = "https://cloudformation-custom-resource-response.s3.amazonaws.com/response?X-Amz-Expires=7200",
) -> dict[str, Any]:
    """Return a request of CloudFormation for a custom resource.

    Format: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requesttypes.html

    Args:
        request_type: `Create`, `Update` or `Delete`.
        properties: properties of the resource.
        old_properties: those before, of an update.
        resource_type: type of the resource.
        logical_id: its name in the template.
        response_url: where the response is to be sent.

    Example:
        >>> cloudformation("Delete")["PhysicalResourceId"]
        'order-7'
    """
    function = arn("lambda", "function:test-function")
    event: dict[str, Any] = {
        "RequestType": request_type,
        "ServiceToken": function,
        "ResponseURL": response_url,
        "StackId": arn("cloudformation", f"stack/shop/{uid('stack')}"),
        "RequestId": uid("cloudformation", request_type),
        "LogicalResourceId": logical_id,
        "ResourceType": resource_type,
        "ResourceProperties": {"ServiceToken": function, **json.loads(text_of(dict(properties or {})))},
    }
    if request_type != "Create":
        event["PhysicalResourceId"] = "order-7"
    if request_type == "Update":
        event["OldResourceProperties"] = {"ServiceToken": function, **dict(old_properties or {})}
    return event
