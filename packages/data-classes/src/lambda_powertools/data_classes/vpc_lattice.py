"""VPC Lattice, in both versions of its payload.

https://docs.aws.amazon.com/vpc-lattice/latest/ug/lambda-functions.html
"""

from __future__ import annotations

from lambda_powertools.data_classes._case_insensitive_dict import CaseInsensitiveDict
from lambda_powertools.data_classes._fields import (
    cached,
    case_insensitive,
    computed,
    optional,
    required,
    wrapped,
)
from lambda_powertools.data_classes._proxy import BaseProxyEvent
from lambda_powertools.data_classes._wrapper import DictWrapper
from lambda_powertools.data_classes.headers_serializer import BaseHeadersSerializer, HttpApiHeadersSerializer
from lambda_powertools.data_classes.shared_functions import split_headers

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class VPCLatticeEventBase(BaseProxyEvent):
    """What both payload versions have."""

    body = required("body", str)
    headers = case_insensitive("headers")
    method = required("method", str)
    http_method = required("method", str)

    def header_serializer(self) -> BaseHeadersSerializer:
        """Return what joins the values of a header and keeps cookies apart."""
        return HttpApiHeadersSerializer()


class VPCLatticeEvent(VPCLatticeEventBase):
    """A request through a VPC Lattice service, payload version 1.

    Example:
        >>> from lambda_powertools.data_classes import VPCLatticeEvent
        >>> event = VPCLatticeEvent({"raw_path": "/orders?limit=5", "method": "GET"})
        >>> event.method, event.path
        ('GET', '/orders')
    """

    raw_path = required("raw_path", str)
    is_base64_encoded = required("is_base64_encoded", bool)
    query_string_parameters = required("query_string_parameters", dict[str, str])

    @computed
    def path(self) -> str:
        """The path without the query string."""
        path: str = self._data["raw_path"]
        return path.partition("?")[0]

    @cached
    def resolved_headers_field(self) -> dict[str, Any]:
        """The headers; a value with commas is a list of its parts."""
        return CaseInsensitiveDict(split_headers(self.headers))


class vpcLatticeEventV2Identity(DictWrapper):  # noqa: N801  # the name that users know
    """Who sent a request, as far as its authorization tells."""

    source_vpc_arn = optional("sourceVpcArn", str)
    get_type = optional("type", str)
    principal = optional("principal", str)
    principal_org_id = optional("principalOrgID", str)
    session_name = optional("sessionName", str)

    @property
    def x509_subject_cn(self) -> str | None:
        """The common name of the certificate's subject."""
        return self._of_certificate("SubjectCn")

    @property
    def x509_issuer_ou(self) -> str | None:
        """The organizational unit of the certificate's issuer."""
        return self._of_certificate("IssuerOu")

    @property
    def x509_san_dns(self) -> str | None:
        """The DNS name among the certificate's alternative names."""
        return self._of_certificate("SanDns")

    @property
    def x509_san_uri(self) -> str | None:
        """The URI among the certificate's alternative names."""
        return self._of_certificate("SanUri")

    @property
    def x509_san_name_cn(self) -> str | None:
        """The common name among the certificate's alternative names."""
        return self._of_certificate("SanNameCn")

    def _of_certificate(self, name: str) -> str | None:
        value: str | None = self._data.get(f"x509{name}")
        return self._data.get(f"X509{name}") if value is None else value


class vpcLatticeEventV2RequestContext(DictWrapper):  # noqa: N801  # the name that users know
    """Through which service a request came."""

    service_network_arn = required("serviceNetworkArn", str)
    service_arn = required("serviceArn", str)
    target_group_arn = required("targetGroupArn", str)
    identity = wrapped("identity", vpcLatticeEventV2Identity)
    region = required("region", str)
    time_epoch = required("timeEpoch", float, doc="`timeEpoch` of the event, in microseconds.")


class VPCLatticeEventV2(VPCLatticeEventBase):
    """A request through a VPC Lattice service, payload version 2.

    The values of headers are lists; `event.headers["accept"]` may be `["text/html", "text/plain"]`.

    Example:
        >>> from lambda_powertools.data_classes import VPCLatticeEventV2
        >>> event = VPCLatticeEventV2({"path": "/orders?tag=new", "queryStringParameters": {"tag": ["new", "sale"]}})
        >>> event.path, event.query_string_parameters
        ('/orders', {'tag': 'new,sale'})
    """

    version = required("version", str)
    is_base64_encoded = optional("isBase64Encoded", bool)
    request_context = wrapped("requestContext", vpcLatticeEventV2RequestContext)

    @computed
    def path(self) -> str:
        """The path without the query string."""
        path: str = self._data["path"]
        return path.partition("?")[0]

    @cached
    def query_string_parameters(self) -> dict[str, str]:
        """The parameters; several values of one are joined with commas."""
        return {
            name: ",".join(values) if isinstance(values, list) else values
            for name, values in (self._data.get("queryStringParameters") or {}).items()
        }

    @computed
    def resolved_query_string_parameters(self) -> dict[str, list[str]]:
        """All values of each query string parameter; a comma inside one does not split it."""
        return {
            name: list(values) if isinstance(values, list) else values.split(",")
            for name, values in (self._data.get("queryStringParameters") or {}).items()
        }

    @computed
    def resolved_headers_field(self) -> dict[str, Any]:
        """The headers as they were sent, their names in lower case."""
        return dict(self.headers)
