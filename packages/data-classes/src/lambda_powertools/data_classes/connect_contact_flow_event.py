"""Events of Amazon Connect contact flows.

https://docs.aws.amazon.com/connect/latest/adminguide/connect-lambda-functions.html
"""

from __future__ import annotations

from enum import Enum

from lambda_powertools.data_classes._fields import nullable, nullable_wrapped, required, wrapped
from lambda_powertools.data_classes._wrapper import DictWrapper


class ConnectContactFlowChannel(Enum):
    """How the contact came about."""

    VOICE = 1
    CHAT = 2
    TASK = 3
    EMAIL = 4


class ConnectContactFlowEndpointType(Enum):
    """What an endpoint is."""

    TELEPHONE_NUMBER = 1


class ConnectContactFlowInitiationMethod(Enum):
    """Who or what began the contact."""

    INBOUND = 1
    OUTBOUND = 2
    TRANSFER = 3
    CALLBACK = 4
    API = 5
    QUEUE_TRANSFER = 6
    DISCONNECT = 7
    MONITOR = 8
    EXTERNAL_OUTBOUND = 9
    WEBRTC_API = 10
    AGENT_REPLY = 11
    FLOW = 12


class ConnectContactFlowEndpoint(DictWrapper):
    """One end of the line."""

    address = required("Address", str)

    @property
    def endpoint_type(self) -> ConnectContactFlowEndpointType:
        """What the endpoint is; KeyError for a kind that is newer than this package."""
        return ConnectContactFlowEndpointType[self._data["Type"]]


class ConnectContactFlowQueue(DictWrapper):
    """The queue that the contact waits in."""

    arn = required("ARN", str)
    name = required("Name", str)


class ConnectContactFlowMediaStreamAudio(DictWrapper):
    """Where the recorded voice of the customer is; None where nothing is recorded."""

    start_fragment_number = nullable("StartFragmentNumber", str)
    start_timestamp = nullable("StartTimestamp", str)
    stream_arn = nullable("StreamARN", str)


class ConnectContactFlowMediaStreamCustomer(DictWrapper):
    """What is recorded of the customer."""

    audio = wrapped("Audio", ConnectContactFlowMediaStreamAudio)


class ConnectContactFlowMediaStreams(DictWrapper):
    """What is recorded of the contact."""

    customer = wrapped("Customer", ConnectContactFlowMediaStreamCustomer)


class ConnectContactFlowData(DictWrapper):
    """The contact."""

    attributes = required("Attributes", dict[str, str])
    contact_id = required("ContactId", str)
    customer_endpoint = nullable_wrapped("CustomerEndpoint", ConnectContactFlowEndpoint)
    initial_contact_id = required("InitialContactId", str)
    instance_arn = required("InstanceARN", str)
    previous_contact_id = required("PreviousContactId", str)
    queue = nullable_wrapped("Queue", ConnectContactFlowQueue)
    system_endpoint = nullable_wrapped("SystemEndpoint", ConnectContactFlowEndpoint)
    media_streams = wrapped("MediaStreams", ConnectContactFlowMediaStreams)

    @property
    def channel(self) -> ConnectContactFlowChannel:
        """How the contact came about; KeyError for a channel that is newer than this package."""
        return ConnectContactFlowChannel[self._data["Channel"]]

    @property
    def initiation_method(self) -> ConnectContactFlowInitiationMethod:
        """Who or what began the contact; KeyError for a method that is newer than this package."""
        return ConnectContactFlowInitiationMethod[self._data["InitiationMethod"]]


class ConnectContactFlowEvent(DictWrapper):
    """A contact flow asks the function for attributes.

    Example:
        >>> details = {"ContactData": {"Channel": "VOICE"}, "Parameters": {"a": "1"}}
        >>> event = ConnectContactFlowEvent({"Details": details})
        >>> event.contact_data.channel.name, event.parameters
        ('VOICE', {'a': '1'})
    """

    contact_data = wrapped(("Details", "ContactData"), ConnectContactFlowData)
    parameters = required(("Details", "Parameters"), dict[str, str])
