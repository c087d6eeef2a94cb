import json

import pytest

from lambda_powertools.data_classes import S3Event, SNSEvent, SQSEvent
from lambda_powertools.data_classes.sns_event import SNSMessage
from lambda_powertools.data_classes.sqs_event import SQSMessageAttribute, SQSMessageAttributes, SQSRecord

ATTRIBUTE = {"stringValue": "a", "binaryValue": None, "dataType": "String"}


@pytest.mark.parametrize(
    ("arn", "url"),
    [
        ("arn:aws:sqs:eu-west-1:123:orders.fifo", "https://sqs.eu-west-1.amazonaws.com/123/orders.fifo"),
        ("arn:aws-us-gov:sqs:us-gov-west-1:123:q", "https://sqs.us-gov-west-1.amazonaws.com/123/q"),
        ("arn:aws-cn:sqs:cn-north-1:123:q", "https://sqs.cn-north-1.amazonaws.com.cn/123/q"),
    ],
)
def test_queue_url(arn, url):
    """DC-55: the URL of the queue is worked out from its ARN, with the domain of the partition."""
    assert SQSRecord({"eventSourceARN": arn}).queue_url == url


def test_sqs_attributes_give_wrappers_and_none():
    """Section 2.3: `[name]` and `items()` give attributes, and an unknown name None."""
    attributes = SQSRecord({"messageAttributes": {"tenant": ATTRIBUTE}}).message_attributes

    assert attributes["tenant"].string_value == "a"
    assert attributes["tenant"].binary_value is None
    assert attributes["other"] is None
    assert [(name, type(value), value.data_type) for name, value in attributes.items()] == [
        ("tenant", SQSMessageAttribute, "String")
    ]


def test_sqs_attributes_are_a_dictionary_of_the_raw_ones():
    """The attributes compare with what the event has, and can be written as JSON."""
    attributes = SQSMessageAttributes({"tenant": ATTRIBUTE})

    assert attributes == {"tenant": ATTRIBUTE}
    assert "tenant" in attributes
    assert "other" not in attributes
    assert json.loads(json.dumps(dict.copy(attributes))) == {"tenant": ATTRIBUTE}


def test_text_of_an_sqs_event_shows_its_attributes():
    """DC-4: the attributes of a message are rendered by their properties."""
    text = str(SQSEvent({"Records": [{"messageAttributes": {"tenant": ATTRIBUTE}}]}))

    assert "'tenant': {'binary_value': None, 'data_type': 'String', 'raw_event': '[SENSITIVE]'" in text


def test_json_body_is_parsed_once():
    """DC-8, DC-9: the body is parsed with the event's deserializer, once."""
    bodies = []

    def loads(text):
        bodies.append(text)

    (record,) = SQSEvent({"Records": [{"body": "null"}]}, json_deserializer=loads).records

    assert [record.json_body, record.json_body] == [None, None]
    assert bodies == ["null"]


def test_body_that_is_not_json():
    """Section 4: the error of the decoder comes out unchanged, and the body can still be read."""
    record = SQSRecord({"body": "no json"})

    with pytest.raises(json.JSONDecodeError):
        _ = record.json_body
    assert record.body == "no json"


def test_nested_events():
    """Section 2.3: the body is wrapped as what the caller says it is, with no check that it is one."""
    notification = {"Records": [{"s3": {"object": {"key": "a+b"}}}]}

    nested_s3 = SQSRecord({"body": json.dumps(notification)}).decoded_nested_s3_event
    nested_sns = SQSRecord({"body": json.dumps({"Message": "m", "Subject": None})}).decoded_nested_sns_event

    assert (type(nested_s3), nested_s3.object_key) == (S3Event, "a b")
    assert (type(nested_sns), nested_sns.message, nested_sns.subject) == (SNSMessage, "m", None)
    assert SQSRecord({"body": "{}"}).decoded_nested_s3_event.raw_event == {}


def test_nested_events_hand_the_deserializer_on():
    """DC-8: a nested event has the deserializer of the record."""
    record = SQSRecord({"body": "{}"}, json_deserializer=lambda _: {"Message": "of the deserializer"})

    assert record.decoded_nested_sns_event.message == "of the deserializer"
    assert record.decoded_nested_s3_event._json_deserializer is record._json_deserializer


def test_sns_attributes_are_wrapped():
    """Section 2.3: each attribute of an SNS message is wrapped; the text of the first message has a shortcut."""
    message = {"Message": "m", "MessageAttributes": {"tenant": {"Type": "String", "Value": "a"}}}
    event = SNSEvent({"Records": [{"Sns": message}, {"Sns": {"Message": "second"}}]})

    attribute = event.record.sns.message_attributes["tenant"]

    assert (attribute.get_type, attribute.value, event.sns_message) == ("String", "a", "m")


@pytest.mark.parametrize("name", ["record", "sns_message"])
def test_sns_event_without_records(name):
    """T-5: the first message of an empty event is an IndexError that says so."""
    with pytest.raises(IndexError, match="Records of the event is empty"):
        getattr(SNSEvent({"Records": []}), name)
