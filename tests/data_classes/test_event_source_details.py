"""What is worked out from the events of AWS Config, CloudWatch, Connect, IoT and SES."""

import json
from datetime import datetime, timedelta, timezone

import pytest

from lambda_powertools.data_classes import (
    AWSConfigConfigurationChanged,
    AWSConfigRuleEvent,
    CloudWatchAlarmConfiguration,
    CloudWatchAlarmState,
    CloudWatchDashboardCustomWidgetEvent,
    ConnectContactFlowEvent,
    SESEvent,
)
from lambda_powertools.data_classes.aws_config_rule_event import get_invoke_event
from lambda_powertools.data_classes.cloud_watch_custom_widget_event import TimeRange
from lambda_powertools.data_classes.connect_contact_flow_event import (
    ConnectContactFlowChannel,
    ConnectContactFlowEndpoint,
    ConnectContactFlowEndpointType,
    ConnectContactFlowInitiationMethod,
)
from lambda_powertools.data_classes.iot_registry_event import IoTCoreThingEvent, IoTCoreThingTypeEvent
from lambda_powertools.data_classes.ses_event import SESMailCommonHeaders


def test_config_texts_are_parsed_once():
    """DC-8, DC-56: the texts of a rule event are each parsed once, with the event's deserializer."""
    texts = []

    def loads(text):
        texts.append(text)
        return json.loads(text)

    event = AWSConfigRuleEvent({"invokingEvent": '{"messageType": "x"}', "ruleParameters": '{"a": "1"}'}, loads)

    assert event.invoking_event is event.invoking_event
    assert event.rule_parameters is event.rule_parameters
    assert event.invoking_event._json_deserializer is loads
    assert texts == ['{"messageType": "x"}', '{"a": "1"}']
    assert event.raw_invoking_event == '{"messageType": "x"}'


@pytest.mark.parametrize("data", [{}, {"messageType": None}, {"messageType": "ConfigurationItemChangeNotification"}])
def test_config_message_of_another_type(data):
    """DC-56: what is neither scheduled nor oversized is a changed configuration."""
    assert type(get_invoke_event(data)) is AWSConfigConfigurationChanged


def test_config_mode_under_both_spellings():
    """Section 2.3: the mode has its good name, and the one it was known by."""
    event = AWSConfigRuleEvent({"evaluationMode": "PROACTIVE"})

    assert event.evaluation_mode == event.evalution_mode == "PROACTIVE"


@pytest.mark.parametrize(("text", "expected"), [("", None), (None, None), ('{"threshold": 7}', {"threshold": 7})])
def test_figures_of_an_alarm(text, expected):
    """Section 2.3: the figures behind a state are parsed, and None when there are none."""
    assert CloudWatchAlarmState({"reasonData": text}).reason_data_decoded == expected


def test_figures_of_an_alarm_are_parsed_once():
    """DC-8, DC-9: the figures are parsed once, with the event's deserializer."""
    texts = []
    state = CloudWatchAlarmState({"reasonData": "{}"}, json_deserializer=texts.append)

    assert [state.reason_data_decoded, state.reason_data_decoded] == [None, None]
    assert texts == ["{}"]


def test_composite_alarm():
    """Section 2.3: a composite alarm has a rule and no metrics."""
    configuration = CloudWatchAlarmConfiguration({"alarmRule": "ALARM(a)", "actionsSuppressorWaitPeriod": 20})

    assert (configuration.alarm_rule, configuration.metrics) == ("ALARM(a)", [])
    assert configuration.alarm_actions_suppressor_wait_period == 20


def test_widget():
    """Section 2.3: a widget has the values of its forms; only a request for documentation has no context."""
    event = CloudWatchDashboardCustomWidgetEvent(
        {"describe": False, "widgetContext": {"forms": {"all": {"name": "Zoë"}}, "isAutoPeriod": True, "period": 300}}
    )

    assert (event.widget_context.forms, event.widget_context.is_auto_period) == ({"name": "Zoë"}, True)
    assert CloudWatchDashboardCustomWidgetEvent({"describe": True}).widget_context is None
    assert CloudWatchDashboardCustomWidgetEvent({"widgetContext": {}}).widget_context is None


@pytest.mark.parametrize(
    ("data", "expected"),
    [({"zoom": {"start": 1, "end": 2}}, (1, 2)), ({"zoom": {"start": 1}}, (1, None)), ({"zoom": None}, (None, None))],
)
def test_zoom_of_a_widget(data, expected):
    """Section 2.3: a dashboard that is not zoomed into has None for both ends."""
    time_range = TimeRange(data)

    assert (time_range.zoom_start, time_range.zoom_end) == expected


def test_connect_enumerations_keep_their_numbers():
    """T-9: newer members come after the older ones, whose numbers stay."""
    assert [(member.name, member.value) for member in ConnectContactFlowChannel][:2] == [("VOICE", 1), ("CHAT", 2)]
    assert [member.name for member in ConnectContactFlowChannel][2:] == ["TASK", "EMAIL"]
    assert [(member.name, member.value) for member in ConnectContactFlowInitiationMethod][:5] == [
        ("INBOUND", 1),
        ("OUTBOUND", 2),
        ("TRANSFER", 3),
        ("CALLBACK", 4),
        ("API", 5),
    ]
    newer = {"QUEUE_TRANSFER", "DISCONNECT", "MONITOR", "EXTERNAL_OUTBOUND", "WEBRTC_API", "AGENT_REPLY", "FLOW"}
    assert {member.name for member in ConnectContactFlowInitiationMethod if member.value > 5} == newer
    assert ConnectContactFlowEndpoint({"Type": "TELEPHONE_NUMBER"}).endpoint_type.value == 1
    assert ConnectContactFlowEndpointType["TELEPHONE_NUMBER"].value == 1


def test_connect_member_that_is_newer_than_the_package():
    """T-9: an unknown member is a KeyError that names it, and the text of the event survives it."""
    event = ConnectContactFlowEvent(
        {"Details": {"ContactData": {"Channel": "TELEPATHY", "InitiationMethod": "WISH", "SystemEndpoint": None}}}
    )

    for name, value in [("channel", "TELEPATHY"), ("initiation_method", "WISH")]:
        with pytest.raises(KeyError, match=value):
            getattr(event.contact_data, name)
        assert f"'{name}': '[Cannot be deserialized]'" in str(event)
    assert event.contact_data.system_endpoint is None


@pytest.mark.parametrize(
    ("timestamp", "expected"),
    [
        (1234567890, datetime(2009, 2, 13, 23, 31, 30, tzinfo=timezone.utc)),
        (1234567890123, datetime(2009, 2, 13, 23, 31, 30, 123000, tzinfo=timezone.utc)),
        (10**10, datetime(2286, 11, 20, 17, 46, 40, tzinfo=timezone.utc)),
        (10**10 + 1000, datetime(1970, 4, 26, 17, 46, 41, tzinfo=timezone.utc)),
    ],
)
def test_iot_timestamp(timestamp, expected):
    """DC-58: a timestamp is seconds, or milliseconds above 10^10, and an aware time in UTC."""
    moment = IoTCoreThingEvent({"timestamp": timestamp}).timestamp

    assert moment == expected
    assert moment.utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, None),
        ("", None),
        ("2016-08-02T19:28:36.123Z", datetime(2016, 8, 2, 19, 28, 36, 123000, tzinfo=timezone.utc)),
        ("2016-08-02T19:28:36", datetime(2016, 8, 2, 19, 28, 36, tzinfo=timezone.utc)),
        ("2016-08-02T21:28:36+02:00", datetime(2016, 8, 2, 19, 28, 36, tzinfo=timezone.utc)),
    ],
)
def test_iot_deprecation_date(text, expected):
    """Section 2.3: the date is an aware time, whatever zone its text has; missing and empty ones are None."""
    assert IoTCoreThingTypeEvent({"deprecationDate": text}).deprecation_date == expected
    assert IoTCoreThingTypeEvent({}).deprecation_date is None


def test_ses_headers_are_text():
    """Section 2.3: message id and subject are forced to text, and the optional recipients are empty lists."""
    headers = SESMailCommonHeaders({"messageId": 7, "subject": 8, "cc": None})

    assert (headers.message_id, headers.subject) == ("7", "8")
    assert (headers.cc, headers.bcc, headers.sender, headers.reply_to) == ([], [], [], [])


@pytest.mark.parametrize("name", ["record", "mail", "receipt"])
def test_mail_event_without_records(name):
    """T-5: the shortcuts of an empty event are an IndexError that says so."""
    with pytest.raises(IndexError, match="Records of the event is empty"):
        getattr(SESEvent({"Records": []}), name)
