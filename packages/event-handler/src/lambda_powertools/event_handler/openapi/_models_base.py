"""What the models of a document share."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, SerializerFunctionWrapHandler, model_serializer, model_validator

from lambda_powertools.event_handler.openapi.exceptions import SchemaValidationError


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
        SchemaValidationError: a name does not begin with `x-`.
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


def check_extensions(extensions: dict[str, Any]) -> None:
    """Check the names of extensions.

    Raises:
        SchemaValidationError: a name does not begin with `x-`.
    """
    for name in extensions:
        if not str(name).startswith("x-"):
            raise SchemaValidationError(f"the OpenAPI extension {name!r} has to begin with 'x-'")
