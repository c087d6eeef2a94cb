"""The objects of an OpenAPI 3.1 document.

https://spec.openapis.org/oas/v3.1.0

Fields are named as in the standard; those whose name Python or pydantic reserves have an underscore behind them, and
names that begin with `$` are without it. Importing this takes a while and is needed for documents only.
"""

from __future__ import annotations

from enum import Enum
from typing import Annotated, Any

from pydantic import AnyUrl, BeforeValidator, ConfigDict, Field

from lambda_powertools.openapi._models_schema import (
    XML,
    Discriminator,
    DocumentObject,
    Example,
    ExternalDocumentation,
    KeepsNulls,
    OpenAPIExtensions,
    Schema,
    SchemaOrBool,
)
from lambda_powertools.openapi._models_security import (
    APIKey,
    APIKeyIn,
    HTTPBase,
    HTTPBearer,
    MutualTLS,
    OAuth2,
    OAuthFlow,
    OAuthFlowAuthorizationCode,
    OAuthFlowClientCredentials,
    OAuthFlowImplicit,
    OAuthFlowPassword,
    OAuthFlows,
    OpenIdConnect,
    SecurityBase,
    SecurityScheme,
    SecuritySchemeType,
)

__all__ = [
    "XML",
    "APIKey",
    "APIKeyIn",
    "Components",
    "Contact",
    "Discriminator",
    "Encoding",
    "Example",
    "ExternalDocumentation",
    "HTTPBase",
    "HTTPBearer",
    "Header",
    "Info",
    "License",
    "Link",
    "MediaType",
    "MutualTLS",
    "OAuth2",
    "OAuthFlow",
    "OAuthFlowAuthorizationCode",
    "OAuthFlowClientCredentials",
    "OAuthFlowImplicit",
    "OAuthFlowPassword",
    "OAuthFlows",
    "OpenAPI",
    "OpenAPIExtensions",
    "OpenIdConnect",
    "Operation",
    "Parameter",
    "ParameterBase",
    "ParameterInType",
    "PathItem",
    "Reference",
    "RequestBody",
    "Response",
    "Schema",
    "SchemaOrBool",
    "SecurityBase",
    "SecurityScheme",
    "SecuritySchemeType",
    "Server",
    "ServerVariable",
    "Tag",
]


class Contact(DocumentObject):
    """Whom to ask.

    https://spec.openapis.org/oas/v3.1.0#contact-object
    """

    name: str | None = None
    url: AnyUrl | None = None
    email: str | None = None


class License(DocumentObject):
    """Under which licence.

    https://spec.openapis.org/oas/v3.1.0#license-object
    """

    name: str
    identifier: str | None = None
    url: AnyUrl | None = None


class Info(DocumentObject):
    """What the API is.

    https://spec.openapis.org/oas/v3.1.0#info-object
    """

    model_config = ConfigDict(extra="ignore", populate_by_name=True, defer_build=True)

    title: str
    version: str
    summary: str | None = None
    description: str | None = None
    termsOfService: str | None = None  # noqa: N815  # the standard's name, as all here
    contact: Contact | None = None
    license: License | None = None


class ServerVariable(DocumentObject):
    """A variable in a server's URL.

    https://spec.openapis.org/oas/v3.1.0#server-variable-object
    """

    enum: list[str] | None = Field(default=None, min_length=1)
    default: str
    description: str | None = None


class Server(OpenAPIExtensions):
    """Where the API is served.

    https://spec.openapis.org/oas/v3.1.0#server-object
    """

    url: AnyUrl | str
    description: str | None = None
    variables: dict[str, ServerVariable] | None = None


class Reference(DocumentObject):
    """A reference to a component.

    https://spec.openapis.org/oas/v3.1.0#reference-object
    """

    ref: str = Field(alias="$ref")
    summary: str | None = None
    description: str | None = None


class ParameterInType(Enum):
    """Where a parameter is sent."""

    query = "query"
    header = "header"
    path = "path"
    cookie = "cookie"


class Encoding(DocumentObject):
    """How a part of a form is written.

    https://spec.openapis.org/oas/v3.1.0#encoding-object
    """

    contentType: str | None = None  # noqa: N815
    headers: dict[str, Header | Reference] | None = None
    style: str | None = None
    explode: bool | None = None
    allowReserved: bool | None = None  # noqa: N815


class MediaType(KeepsNulls):
    """Content of one type.

    https://spec.openapis.org/oas/v3.1.0#media-type-object
    """

    _nullable = ("example",)

    schema_: SchemaOrBool | Reference | None = Field(default=None, alias="schema")
    example: Any | None = None
    examples: dict[str, Example | Reference] | None = None
    encoding: dict[str, Encoding] | None = None


class ParameterBase(KeepsNulls):
    """What parameters and headers have.

    https://spec.openapis.org/oas/v3.1.0#parameter-object
    """

    _nullable = ("example",)

    description: str | None = None
    required: bool | None = None
    deprecated: bool | None = None
    style: str | None = None
    explode: bool | None = None
    allowReserved: bool | None = None  # noqa: N815
    schema_: SchemaOrBool | Reference | None = Field(default=None, alias="schema")
    example: Any | None = None
    examples: dict[str, Example | Reference] | None = None
    content: dict[str, MediaType] | None = None


class Parameter(ParameterBase):
    """A parameter.

    https://spec.openapis.org/oas/v3.1.0#parameter-object
    """

    name: str
    in_: ParameterInType = Field(alias="in")


class Header(ParameterBase):
    """A header of a response.

    https://spec.openapis.org/oas/v3.1.0#header-object
    """


class RequestBody(DocumentObject):
    """The body of requests.

    https://spec.openapis.org/oas/v3.1.0#request-body-object
    """

    description: str | None = None
    content: dict[str, MediaType]
    required: bool | None = None


class Link(DocumentObject):
    """What may be done next.

    https://spec.openapis.org/oas/v3.1.0#link-object
    """

    operationRef: str | None = None  # noqa: N815
    operationId: str | None = None  # noqa: N815
    parameters: dict[str, Any] | None = None
    requestBody: Any | None = None  # noqa: N815
    description: str | None = None
    server: Server | None = None


class Response(DocumentObject):
    """A response.

    https://spec.openapis.org/oas/v3.1.0#response-object
    """

    description: str
    headers: dict[str, Header | Reference] | None = None
    content: dict[str, MediaType] | None = None
    links: dict[str, Link | Reference] | None = None


class Tag(DocumentObject):
    """A group of operations.

    https://spec.openapis.org/oas/v3.1.0#tag-object

    Example:
        >>> Tag(name="orders").name
        'orders'
    """

    name: str
    description: str | None = None
    externalDocs: ExternalDocumentation | None = None  # noqa: N815


def _status(key: Any) -> Any:
    return int(key) if isinstance(key, str) and key.isdecimal() else key


class Operation(OpenAPIExtensions):
    """One method of a path.

    https://spec.openapis.org/oas/v3.1.0#operation-object

    Keys of `responses` are numbers; texts are those that name no single status: `default`, `4XX`.
    """

    tags: list[str] | None = None
    summary: str | None = None
    description: str | None = None
    externalDocs: ExternalDocumentation | None = None  # noqa: N815
    operationId: str | None = None  # noqa: N815
    parameters: list[Parameter | Reference] | None = None
    requestBody: RequestBody | Reference | None = None  # noqa: N815
    responses: dict[Annotated[int | str, BeforeValidator(_status)], Response | Reference] | None = None
    callbacks: dict[str, dict[str, PathItem] | Reference] | None = None
    deprecated: bool | None = None
    security: list[dict[str, list[str]]] | None = None
    servers: list[Server] | None = None


class PathItem(DocumentObject):
    """What a path offers.

    https://spec.openapis.org/oas/v3.1.0#path-item-object
    """

    ref: str | None = Field(default=None, alias="$ref")
    summary: str | None = None
    description: str | None = None
    get: Operation | None = None
    put: Operation | None = None
    post: Operation | None = None
    delete: Operation | None = None
    options: Operation | None = None
    head: Operation | None = None
    patch: Operation | None = None
    trace: Operation | None = None
    servers: list[Server] | None = None
    parameters: list[Parameter | Reference] | None = None


class Components(DocumentObject):
    """What the document refers to.

    https://spec.openapis.org/oas/v3.1.0#components-object
    """

    schemas: dict[str, SchemaOrBool | Reference] | None = None
    responses: dict[str, Response | Reference] | None = None
    parameters: dict[str, Parameter | Reference] | None = None
    examples: dict[str, Example | Reference] | None = None
    requestBodies: dict[str, RequestBody | Reference] | None = None  # noqa: N815
    headers: dict[str, Header | Reference] | None = None
    securitySchemes: dict[str, SecurityScheme | Reference] | None = None  # noqa: N815
    links: dict[str, Link | Reference] | None = None
    callbacks: dict[str, dict[str, PathItem] | Reference] | None = None
    pathItems: dict[str, PathItem | Reference] | None = None  # noqa: N815


class OpenAPI(OpenAPIExtensions):
    """A document.

    https://spec.openapis.org/oas/v3.1.0#openapi-object

    Example:
        >>> document = OpenAPI(openapi="3.1.0", info={"title": "Orders", "version": "1"}, paths={})
        >>> document.info.title
        'Orders'
    """

    openapi: str
    info: Info
    jsonSchemaDialect: str | None = None  # noqa: N815
    servers: list[Server] | None = None
    paths: dict[str, PathItem] | None = None
    webhooks: dict[str, PathItem | Reference] | None = None
    components: Components | None = None
    security: list[dict[str, list[str]]] | None = None
    tags: list[Tag | str] | None = None
    externalDocs: ExternalDocumentation | None = None  # noqa: N815


Encoding.model_rebuild()
Operation.model_rebuild()
