"""Requests of CloudFormation custom resources.

The format: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requests.html
"""

from typing import Any, Literal

from pydantic import BaseModel, Field, HttpUrl

from lambda_powertools.parser._model import EventModel


class CloudFormationCustomResourceBaseModel(EventModel):
    """What all requests have in common."""

    request_type: str = Field(alias="RequestType")
    service_token: str = Field(alias="ServiceToken")
    response_url: HttpUrl = Field(alias="ResponseURL")
    stack_id: str = Field(alias="StackId")
    request_id: str = Field(alias="RequestId")
    logical_resource_id: str = Field(alias="LogicalResourceId")
    resource_type: str = Field(alias="ResourceType")
    resource_properties: dict[str, Any] | BaseModel | None = Field(default=None, alias="ResourceProperties")


class CloudFormationCustomResourceCreateModel(CloudFormationCustomResourceBaseModel):
    """A request to create a resource."""

    request_type: Literal["Create"] = Field(alias="RequestType")


class CloudFormationCustomResourceDeleteModel(CloudFormationCustomResourceBaseModel):
    """A request to delete a resource."""

    request_type: Literal["Delete"] = Field(alias="RequestType")
    physical_resource_id: str = Field(alias="PhysicalResourceId")


class CloudFormationCustomResourceUpdateModel(CloudFormationCustomResourceBaseModel):
    """A request to update a resource."""

    request_type: Literal["Update"] = Field(alias="RequestType")
    physical_resource_id: str = Field(alias="PhysicalResourceId")
    old_resource_properties: dict[str, Any] | BaseModel | None = Field(default=None, alias="OldResourceProperties")
