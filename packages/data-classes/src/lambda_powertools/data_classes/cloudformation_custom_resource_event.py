"""Events of CloudFormation custom resources.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requests.html
"""

from __future__ import annotations

from lambda_powertools.data_classes._fields import default, required
from lambda_powertools.data_classes._wrapper import DictWrapper

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Literal

    from lambda_powertools.data_classes._fields import Field
else:
    from lambda_powertools.core.static import Any


class CloudFormationCustomResourceEvent(DictWrapper):
    """A request to create, update or delete a custom resource.

    Example:
        >>> event = CloudFormationCustomResourceEvent({"RequestType": "Create", "ResourceProperties": {"Size": "7"}})
        >>> event.request_type, event.resource_properties["Size"], event.physical_resource_id
        ('Create', '7', '')
    """

    request_type: Field[Literal["Create", "Update", "Delete"]] = required("RequestType")
    service_token = required("ServiceToken", str)
    response_url = required("ResponseURL", str)
    stack_id = required("StackId", str)
    request_id = required("RequestId", str)
    logical_resource_id = required("LogicalResourceId", str)
    physical_resource_id = default("PhysicalResourceId", str)
    resource_type = required("ResourceType", str)
    resource_properties = default("ResourceProperties", dict[str, Any])
    old_resource_properties = default("OldResourceProperties", dict[str, Any])
