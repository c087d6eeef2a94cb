"""Events of VPC Lattice, payload format 2.

The format: https://docs.aws.amazon.com/vpc-lattice/latest/ug/lambda-functions.html
"""

from datetime import datetime, timezone
from typing import Any

from pydantic import BaseModel, Field, field_validator

from lambda_powertools.parser._model import EventModel


class VpcLatticeV2RequestContextIdentity(EventModel):
    """Who sent a request."""

    source_vpc_arn: str | None = Field(default=None, alias="sourceVpcArn")
    get_type: str | None = Field(default=None, alias="type")
    principal: str | None = None
    principal_org_id: str | None = Field(default=None, alias="principalOrgID")
    session_name: str | None = Field(default=None, alias="sessionName")
    x509_subject_cn: str | None = Field(default=None, alias="X509SubjectCn")
    x509_issuer_ou: str | None = Field(default=None, alias="X509IssuerOu")
    x509_san_dns: str | None = Field(default=None, alias="x509SanDns")
    x509_san_uri: str | None = Field(default=None, alias="X509SanUri")
    x509_san_name_cn: str | None = Field(default=None, alias="X509SanNameCn")


class VpcLatticeV2RequestContext(EventModel):
    """What VPC Lattice adds to a request."""

    service_network_arn: str = Field(alias="serviceNetworkArn")
    service_arn: str = Field(alias="serviceArn")
    target_group_arn: str = Field(alias="targetGroupArn")
    identity: VpcLatticeV2RequestContextIdentity
    region: str
    time_epoch: float = Field(alias="timeEpoch")
    time_epoch_as_datetime: datetime = Field(alias="timeEpoch")

    @field_validator("time_epoch_as_datetime", mode="before")
    @classmethod
    def _from_microseconds(cls, value: Any) -> Any:
        try:
            return datetime.fromtimestamp(round(int(value) / 1000) / 1000, tz=timezone.utc)
        except (TypeError, ValueError, OverflowError, OSError) as error:
            raise ValueError("timeEpoch is no number of microseconds since 1970") from error


class VpcLatticeV2Model(EventModel):
    """A request through a service network, which sends lists of values; single ones are taken, too."""

    version: str
    path: str
    method: str
    headers: dict[str, str | list[str]]
    query_string_parameters: dict[str, str | list[str]] | None = Field(default=None, alias="queryStringParameters")
    body: str | type[BaseModel] | None = None
    is_base64_encoded: bool | None = Field(default=None, alias="isBase64Encoded")
    request_context: VpcLatticeV2RequestContext = Field(alias="requestContext")
