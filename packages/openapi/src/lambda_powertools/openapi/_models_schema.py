"""What the models of a document share, and the models of schemas."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import (
    AnyUrl,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)

from lambda_powertools.openapi.document import check_extensions


class DocumentObject(BaseModel):
    """An object of the OpenAPI standard. Members that the standard does not know are kept.

    Built only when it is used: a document has forty of these, and most programs need none.
    """

    model_config = ConfigDict(extra="allow", populate_by_name=True, defer_build=True)


class KeepsNulls(DocumentObject):
    """An object in which null is a value: an example, a default. It is dumped although absent members are left out."""

    _nullable: ClassVar[tuple[str, ...]] = ()

    @model_serializer(mode="wrap")
    def _with_nulls(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        data: dict[str, Any] = handler(self)
        for name in self._nullable:
            if name in self.model_fields_set and getattr(self, name) is None:
                data.setdefault(name, None)
        return data


class OpenAPIExtensions(DocumentObject):
    """An object that takes `openapi_extensions`: members named `x-…`, which become members of the object itself.

    Raises:
        OpenAPISchemaError: a name does not begin with `x-`.
    """

    openapi_extensions: dict[str, Any] | None = None

    @model_validator(mode="before")
    @classmethod
    def _merge_extensions(cls, values: Any) -> Any:
        if not isinstance(values, dict) or not values.get("openapi_extensions"):
            return values
        extensions = values["openapi_extensions"]
        check_extensions(extensions)
        return {**{name: value for name, value in values.items() if name != "openapi_extensions"}, **extensions}

    @model_serializer(mode="wrap")
    def _without_field(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        data: dict[str, Any] = handler(self)
        data.pop("openapi_extensions", None)
        return data


class ExternalDocumentation(DocumentObject):
    """Where to read more.

    https://spec.openapis.org/oas/v3.1.0#external-documentation-object
    """

    url: AnyUrl
    description: str | None = None


class Discriminator(DocumentObject):
    """Which schema of several applies.

    https://spec.openapis.org/oas/v3.1.0#discriminator-object
    """

    propertyName: str  # noqa: N815  # the standard's name
    mapping: dict[str, str] | None = None


class XML(DocumentObject):
    """How a value is written as XML.

    https://spec.openapis.org/oas/v3.1.0#xml-object
    """

    name: str | None = None
    namespace: str | None = None
    prefix: str | None = None
    attribute: bool | None = None
    wrapped: bool | None = None


class Example(KeepsNulls):
    """A named example.

    https://spec.openapis.org/oas/v3.1.0#example-object
    """

    _nullable = ("value",)

    summary: str | None = None
    description: str | None = None
    value: Any | None = None
    externalValue: AnyUrl | None = None  # noqa: N815  # the standard's name


_EXAMPLE_KEYS = frozenset({"summary", "description", "value", "externalValue"})


def _as_example(value: Any) -> Any:
    if isinstance(value, dict) and set(value) <= _EXAMPLE_KEYS and {"value", "externalValue"} & set(value):
        return Example.model_validate(value)
    return value


SchemaExample = Annotated[Any, BeforeValidator(_as_example)]
SchemaType = Literal["array", "boolean", "integer", "null", "number", "object", "string"]


class Schema(KeepsNulls):
    """A JSON schema.

    https://spec.openapis.org/oas/v3.1.0#schema-object and https://json-schema.org/draft/2020-12/json-schema-core

    Entries of `examples` that look like Example Objects are `Example` models; all others stay as they are.
    """

    _nullable = ("default", "const")

    schema_: str | None = Field(None, alias="$schema")
    vocabulary: str | None = Field(None, alias="$vocabulary")
    id: str | None = Field(None, alias="$id")
    anchor: str | None = Field(None, alias="$anchor")
    dynamicAnchor: str | None = Field(None, alias="$dynamicAnchor")  # noqa: N815  # the standard's name, as all here
    ref: str | None = Field(None, alias="$ref")
    dynamicRef: str | None = Field(None, alias="$dynamicRef")  # noqa: N815
    defs: dict[str, SchemaOrBool] | None = Field(None, alias="$defs")
    comment: str | None = Field(None, alias="$comment")
    allOf: list[SchemaOrBool] | None = None  # noqa: N815
    anyOf: list[SchemaOrBool] | None = None  # noqa: N815
    oneOf: list[SchemaOrBool] | None = None  # noqa: N815
    not_: SchemaOrBool | None = Field(None, alias="not")
    if_: SchemaOrBool | None = Field(None, alias="if")
    then: SchemaOrBool | None = None
    else_: SchemaOrBool | None = Field(None, alias="else")
    dependentSchemas: dict[str, SchemaOrBool] | None = None  # noqa: N815
    prefixItems: list[SchemaOrBool] | None = None  # noqa: N815
    items: SchemaOrBool | list[SchemaOrBool] | None = None
    contains: SchemaOrBool | None = None
    properties: dict[str, SchemaOrBool] | None = None
    patternProperties: dict[str, SchemaOrBool] | None = None  # noqa: N815
    additionalProperties: SchemaOrBool | None = None  # noqa: N815
    propertyNames: SchemaOrBool | None = None  # noqa: N815
    unevaluatedItems: SchemaOrBool | None = None  # noqa: N815
    unevaluatedProperties: SchemaOrBool | None = None  # noqa: N815
    type: SchemaType | list[SchemaType] | None = None
    enum: list[Any] | None = None
    const: Any | None = None
    multipleOf: float | None = Field(None, gt=0)  # noqa: N815
    maximum: int | float | None = None
    exclusiveMaximum: int | float | None = None  # noqa: N815
    minimum: int | float | None = None
    exclusiveMinimum: int | float | None = None  # noqa: N815
    maxLength: int | None = Field(None, ge=0)  # noqa: N815
    minLength: int | None = Field(None, ge=0)  # noqa: N815
    pattern: str | None = None
    maxItems: int | None = Field(None, ge=0)  # noqa: N815
    minItems: int | None = Field(None, ge=0)  # noqa: N815
    uniqueItems: bool | None = None  # noqa: N815
    maxContains: int | None = Field(None, ge=0)  # noqa: N815
    minContains: int | None = Field(None, ge=0)  # noqa: N815
    maxProperties: int | None = Field(None, ge=0)  # noqa: N815
    minProperties: int | None = Field(None, ge=0)  # noqa: N815
    required: list[str] | None = None
    dependentRequired: dict[str, set[str]] | None = None  # noqa: N815
    format: str | None = None
    contentEncoding: str | None = None  # noqa: N815
    contentMediaType: str | None = None  # noqa: N815
    contentSchema: SchemaOrBool | None = None  # noqa: N815
    title: str | None = None
    description: str | None = None
    default: Any | None = None
    deprecated: bool | None = None
    readOnly: bool | None = None  # noqa: N815
    writeOnly: bool | None = None  # noqa: N815
    examples: list[SchemaExample] | dict[str, SchemaExample] | None = None
    discriminator: Discriminator | None = None
    xml: XML | None = None
    externalDocs: ExternalDocumentation | None = None  # noqa: N815


SchemaOrBool = Schema | bool
"""A schema, or `true` for anything and `false` for nothing."""
