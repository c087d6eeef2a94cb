"""Models of security schemes.

https://spec.openapis.org/oas/v3.1.0#security-scheme-object
"""

from __future__ import annotations

from enum import Enum
from typing import Literal

from pydantic import Field, model_validator

from lambda_powertools.openapi._models_schema import DocumentObject, OpenAPIExtensions


class SecuritySchemeType(Enum):
    """Kind of a scheme."""

    apiKey = "apiKey"  # noqa: N815  # the standard's name, as all here
    http = "http"
    oauth2 = "oauth2"
    openIdConnect = "openIdConnect"  # noqa: N815
    mutualTLS = "mutualTLS"  # noqa: N815


class APIKeyIn(Enum):
    """Where an API key is sent."""

    query = "query"
    header = "header"
    cookie = "cookie"


class SecurityBase(OpenAPIExtensions):
    """What all schemes have."""

    type_: SecuritySchemeType = Field(alias="type")
    description: str | None = None

    @model_validator(mode="after")
    def _check_type(self) -> SecurityBase:
        expected = type(self).model_fields["type_"].default
        if isinstance(expected, SecuritySchemeType) and self.type_ is not expected:
            raise ValueError(f"type has to be {expected.value}")
        return self


class APIKey(SecurityBase):
    """A key in a query parameter, header or cookie.

    Example:
        >>> APIKey(name="X-API-KEY", in_="header").model_dump(mode="json", by_alias=True, exclude_none=True)
        {'type': 'apiKey', 'in': 'header', 'name': 'X-API-KEY'}
    """

    type_: SecuritySchemeType = Field(default=SecuritySchemeType.apiKey, alias="type")
    in_: APIKeyIn = Field(alias="in")
    name: str


class HTTPBase(SecurityBase):
    """A scheme of the header `Authorization`."""

    type_: SecuritySchemeType = Field(default=SecuritySchemeType.http, alias="type")
    scheme: str


class HTTPBearer(HTTPBase):
    """A bearer token."""

    scheme: Literal["bearer"] = "bearer"
    bearerFormat: str | None = None  # noqa: N815  # the standard's name


class OAuthFlow(DocumentObject):
    """What all flows have."""

    refreshUrl: str | None = None  # noqa: N815  # the standard's name
    scopes: dict[str, str] = Field(default_factory=dict)


class OAuthFlowImplicit(OAuthFlow):
    """The implicit flow."""

    authorizationUrl: str  # noqa: N815  # the standard's name


class OAuthFlowPassword(OAuthFlow):
    """The password flow."""

    tokenUrl: str  # noqa: N815  # the standard's name


class OAuthFlowClientCredentials(OAuthFlow):
    """The client-credentials flow."""

    tokenUrl: str  # noqa: N815  # the standard's name


class OAuthFlowAuthorizationCode(OAuthFlow):
    """The authorization-code flow."""

    authorizationUrl: str  # noqa: N815  # the standard's name
    tokenUrl: str  # noqa: N815  # the standard's name


class OAuthFlows(DocumentObject):
    """The flows that an OAuth 2 server offers."""

    implicit: OAuthFlowImplicit | None = None
    password: OAuthFlowPassword | None = None
    clientCredentials: OAuthFlowClientCredentials | None = None  # noqa: N815  # the standard's name
    authorizationCode: OAuthFlowAuthorizationCode | None = None  # noqa: N815  # the standard's name


class OAuth2(SecurityBase):
    """OAuth 2."""

    type_: SecuritySchemeType = Field(default=SecuritySchemeType.oauth2, alias="type")
    flows: OAuthFlows


class OpenIdConnect(SecurityBase):
    """OpenID Connect."""

    type_: SecuritySchemeType = Field(default=SecuritySchemeType.openIdConnect, alias="type")
    openIdConnectUrl: str  # noqa: N815  # the standard's name


class MutualTLS(SecurityBase):
    """Certificates on both sides."""

    type_: SecuritySchemeType = Field(default=SecuritySchemeType.mutualTLS, alias="type")


SecurityScheme = APIKey | HTTPBearer | HTTPBase | OAuth2 | OpenIdConnect | MutualTLS
"""Any scheme."""
