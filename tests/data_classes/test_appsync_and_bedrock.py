import re
import time
import uuid
from datetime import date, datetime, timezone

import pytest

from lambda_powertools.data_classes import (
    AppSyncIdentityCognito,
    AppSyncIdentityIAM,
    AppSyncResolverEvent,
    AppSyncResolverEventsEvent,
    BedrockAgentEvent,
    get_identity_object,
)
from lambda_powertools.data_classes.appsync import scalar_types_utils


@pytest.mark.parametrize(
    ("data", "type_name", "field_name"),
    [
        ({}, None, None),
        ({"info": {"fieldName": "f", "parentTypeName": "P"}, "typeName": "T", "fieldName": "g"}, "P", "f"),
        ({"typeName": "T", "fieldName": "g"}, "T", "g"),
        ({"typeName": "T", "parentTypeName": "P", "fieldName": "g", "info": {}}, "P", "g"),
        ({"typeName": "T", "info": None}, "T", None),
    ],
)
def test_direct_resolvers_and_amplify_functions(data, type_name, field_name):
    """DC-52: both shapes tell which field is resolved, an empty event that none is."""
    event = AppSyncResolverEvent(data)

    assert (event.type_name, event.field_name) == (type_name, field_name)
    assert (event.info.parent_type_name, event.info.field_name) == (type_name, field_name)
    assert event.info.selection_set_list == []


@pytest.mark.parametrize("kind", [AppSyncResolverEvent, AppSyncResolverEventsEvent])
@pytest.mark.parametrize(
    ("identity", "expected"),
    [
        (None, type(None)),
        ({"sub": "a"}, AppSyncIdentityCognito),
        ({"accountId": "1"}, AppSyncIdentityIAM),
        ({"resolverContext": {"tenant": "a"}}, AppSyncIdentityIAM),
        ({}, AppSyncIdentityIAM),
        ("jane", AppSyncIdentityIAM),
        (["sub"], AppSyncIdentityIAM),
    ],
)
def test_identities(kind, identity, expected):
    """DC-53: the caller in the class that fits; what is no object does not raise."""
    event = kind({"identity": identity})

    assert type(event.identity) is type(get_identity_object(identity)) is expected
    assert str(event)


def test_no_identity():
    """DC-53: with an API key there is none."""
    assert AppSyncResolverEvent({}).identity is None


def test_the_event_s_deserializer_reaches_its_parts():
    """DC-8: identity and info have the deserializer of the event."""
    event = AppSyncResolverEvent({"identity": {}}, str.upper)

    assert event.identity._json_deserializer is str.upper
    assert event.info._json_deserializer is str.upper


@pytest.mark.parametrize(
    ("data", "expected"),
    [({}, [{}]), ({"events": None}, [{}]), ({"events": []}, [{}]), ({"events": [{"id": 1}]}, [{"id": 1}])],
)
def test_messages_of_a_channel(data, expected):
    """There is always a message; an empty one where there is none."""
    event = AppSyncResolverEventsEvent(data)

    assert event.events == expected


JSON = {"application/json": {"properties": [{"name": "id", "type": "integer", "value": "7"}]}}


@pytest.mark.parametrize(
    ("data", "body"),
    [
        ({}, None),
        ({"requestBody": None}, None),
        ({"requestBody": {}}, None),
        ({"requestBody": {"content": None}}, None),
        ({"requestBody": {"content": {"text/plain": {"properties": []}}}}, None),
        ({"requestBody": {"content": JSON}}, {"id": "7"}),
    ],
)
def test_bodies_of_a_bedrock_agent(data, body):
    """The values of the JSON body by name, None when there is no such body."""
    assert BedrockAgentEvent(data).json_body == body


def test_media_of_a_bedrock_agent():
    """The body is wrapped down to its properties, with the event's deserializer."""
    event = BedrockAgentEvent({"requestBody": {"content": JSON}}, str.upper)

    (media,) = event.request_body.content.values()
    (found,) = media.properties

    assert (found.name, found.type, found.value) == ("id", "integer", "7")
    assert found._json_deserializer is str.upper
    assert "'application/json': {'properties': [{'name': 'id'" in str(event)


def test_ids():
    """SCL-1: random ids of version 4."""
    first, second = scalar_types_utils.make_id(), scalar_types_utils.make_id()

    assert first != second
    assert str(uuid.UUID(first)) == first
    assert uuid.UUID(first).version == 4


@pytest.mark.parametrize(
    ("function", "shape", "form"),
    [
        ("aws_date", r"\d{4}-\d\d-\d\d", "%Y-%m-%d"),
        ("aws_time", r"\d\d:\d\d:\d\d\.\d{3}", "%H:%M:%S.%f"),
        ("aws_datetime", r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}", "%Y-%m-%dT%H:%M:%S.%f"),
    ],
)
@pytest.mark.parametrize(("offset", "suffix"), [(0, "Z"), (8, "+08:00:00"), (-12, "-12:00:00")])
def test_scalars(function, shape, form, offset, suffix):
    """SCL-2, SCL-3: the moment in the zone, to the millisecond, with the zone's suffix."""
    text = getattr(scalar_types_utils, function)(timezone_offset=offset)

    assert text.endswith(suffix)
    plain = text.removesuffix(suffix)
    assert re.fullmatch(shape, plain)
    assert datetime.strptime(plain, form)  # noqa: DTZ007  # only whether it is a time


@pytest.mark.parametrize(
    ("now", "form", "offset", "text"),
    [
        (datetime(2020, 1, 2, 23, 4, 5, 999999, tzinfo=timezone.utc), "%H:%M:%S.%f", 3, "02:04:05.999+03:00:00"),
        (datetime(2020, 1, 2, 23, 4, 5, 999999, tzinfo=timezone.utc), "%Y-%m-%d", 3, "2020-01-03+03:00:00"),
        (datetime(2020, 1, 2, 3, 4, 5, tzinfo=timezone.utc), "%H:%M:%S", 0, "03:04:05Z"),
        (date(2020, 1, 2), "%Y-%m-%d", 0, "2020-01-02Z"),
    ],
)
def test_a_given_moment(now, form, offset, text):
    """SCL-2, SCL-3: fractions are cut, not rounded, and a format without any keeps its text."""
    assert scalar_types_utils._formatted_time(now, form, offset) == text


def test_timestamps():
    """SCL-4: whole seconds."""
    before = int(time.time())

    assert before <= scalar_types_utils.aws_timestamp() <= time.time()
    assert isinstance(scalar_types_utils.aws_timestamp(), int)
