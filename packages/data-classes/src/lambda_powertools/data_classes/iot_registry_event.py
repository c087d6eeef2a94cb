"""Events of the AWS IoT Core registry.

https://docs.aws.amazon.com/iot/latest/developerguide/registry-events.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from lambda_powertools.data_classes._fields import optional, required
from lambda_powertools.data_classes._wrapper import DictWrapper

if TYPE_CHECKING:
    from datetime import datetime

    from lambda_powertools.data_classes._fields import Field

EVENT_CRUD_OPERATION = Literal["CREATED", "UPDATED", "DELETED"]
EVENT_ADD_REMOVE_OPERATION = Literal["ADDED", "REMOVED"]

_MILLISECONDS_FROM = 10**10
"""A larger number counts milliseconds: as seconds it would be in the year 2286."""


class IoTCoreRegistryEventsBase(DictWrapper):
    """What all events of the registry have."""

    event_id = required("eventId", str)

    @property
    def timestamp(self) -> datetime:
        """When it happened, in UTC."""
        from datetime import datetime, timezone

        timestamp = self._data["timestamp"]
        seconds = timestamp / 1000 if timestamp > _MILLISECONDS_FROM else timestamp
        return datetime.fromtimestamp(seconds, timezone.utc)


class IoTCoreThingEvent(IoTCoreRegistryEventsBase):
    """A thing was created, updated or deleted.

    Example:
        >>> event = IoTCoreThingEvent({"operation": "CREATED", "thingName": "lamp", "timestamp": 1234567890123})
        >>> event.operation, event.thing_name, event.timestamp.isoformat()
        ('CREATED', 'lamp', '2009-02-13T23:31:30.123000+00:00')
    """

    event_type: Field[Literal["THING_EVENT"]] = required("eventType")
    operation: Field[EVENT_CRUD_OPERATION] = required("operation")
    thing_id = required("thingId", str)
    account_id = required("accountId", str)
    thing_name = required("thingName", str)
    version_number = required("versionNumber", int)
    thing_type_name = optional("thingTypeName", str)
    attributes = required("attributes", dict[str, Any])


class IoTCoreThingTypeEvent(IoTCoreRegistryEventsBase):
    """A type of things was created, updated or deleted."""

    event_type: Field[Literal["THING_TYPE_EVENT"]] = required("eventType")
    operation: Field[EVENT_CRUD_OPERATION] = required("operation")
    account_id = required("accountId", str)
    thing_type_id = required("thingTypeId", str)
    thing_type_name = required("thingTypeName", str)
    is_deprecated = required("isDeprecated", bool)
    searchable_attributes = required("searchableAttributes", list[str])
    propagating_attributes = required("propagatingAttributes", list[dict[str, str]])
    description = required("description", str)

    @property
    def deprecation_date(self) -> datetime | None:
        """When the type was deprecated, None if it is not; UTC if the event names no zone."""
        from datetime import datetime, timezone

        text = self._data.get("deprecationDate")
        if not text:
            return None
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))  # Python 3.10 does not know the Z
        return moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)


class IoTCoreThingTypeAssociationEvent(IoTCoreRegistryEventsBase):
    """A thing was given a type, or lost it."""

    event_type: Field[Literal["THING_TYPE_ASSOCIATION_EVENT"]] = required("eventType")
    operation: Field[EVENT_ADD_REMOVE_OPERATION] = required("operation")
    thing_id = required("thingId", str)
    thing_name = required("thingName", str)
    thing_type_name = required("thingTypeName", str)


class IoTCoreThingGroupEvent(IoTCoreRegistryEventsBase):
    """A group of things was created, updated or deleted."""

    event_type: Field[Literal["THING_GROUP_EVENT"]] = required("eventType")
    operation: Field[EVENT_CRUD_OPERATION] = required("operation")
    account_id = required("accountId", str)
    thing_group_id = required("thingGroupId", str)
    thing_group_name = required("thingGroupName", str)
    version_number = required("versionNumber", int)
    parent_group_name = optional("parentGroupName", str)
    parent_group_id = optional("parentGroupId", str)
    description = required("description", str)
    root_to_parent_thing_groups = required("rootToParentThingGroups", list[dict[str, str]])
    attributes = required("attributes", dict[str, Any])
    dynamic_group_mapping_id = optional("dynamicGroupMappingId", str)


class IoTCoreAddOrRemoveFromThingGroupEvent(IoTCoreRegistryEventsBase):
    """A thing was added to a group, or removed from it."""

    event_type: Field[Literal["THING_GROUP_MEMBERSHIP_EVENT"]] = required("eventType")
    operation: Field[EVENT_ADD_REMOVE_OPERATION] = required("operation")
    account_id = required("accountId", str)
    group_arn = required("groupArn", str)
    group_id = required("groupId", str)
    thing_arn = required("thingArn", str)
    thing_id = required("thingId", str)
    membership_id = required("membershipId", str)


class IoTCoreAddOrDeleteFromThingGroupEvent(IoTCoreRegistryEventsBase):
    """A group was added to a group, or removed from it."""

    event_type: Field[Literal["THING_GROUP_HIERARCHY_EVENT"]] = required("eventType")
    operation: Field[EVENT_ADD_REMOVE_OPERATION] = required("operation")
    account_id = required("accountId", str)
    thing_group_id = required("thingGroupId", str)
    thing_group_name = required("thingGroupName", str)
    child_group_id = required("childGroupId", str)
    child_group_name = required("childGroupName", str)
