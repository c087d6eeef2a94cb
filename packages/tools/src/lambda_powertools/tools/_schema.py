"""Schemas of tools, and values that fit them. Needs pydantic."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, create_model
from pydantic.errors import PydanticUserError
from pydantic.fields import FieldInfo

from lambda_powertools.tools._signature import UNDECLARED
from lambda_powertools.tools.exceptions import ToolArgumentsError, ToolDefinitionError

if TYPE_CHECKING:
    import inspect
    from collections.abc import Iterable, Mapping

_MOST_FAULTS = 10


class Arguments:
    """The arguments of a tool: a model with a field for each.

    Args:
        tool: name of the tool.
        parameters: of its function.
        descriptions: of parameters, by name; those in annotations win.

    Attributes:
        model: the pydantic model.
        schema: its JSON schema.

    Raises:
        ToolDefinitionError: pydantic cannot validate a parameter.
    """

    def __init__(self, tool: str, parameters: Iterable[inspect.Parameter], descriptions: Mapping[str, str]) -> None:
        # Fields have names of their own: an argument may be called `copy`, or `_id`, which fields must not be.
        self._fields = {f"argument_{parameter.name}": parameter.name for parameter in parameters}
        fields: Any = {
            f"argument_{parameter.name}": _field(parameter, descriptions.get(parameter.name))
            for parameter in parameters
        }
        title = "".join(part.capitalize() for part in tool.replace("-", "_").split("_"))
        try:
            self.model: type[BaseModel] = create_model(
                f"{title}Arguments", __config__=ConfigDict(arbitrary_types_allowed=False), **fields
            )
            self.schema = self.model.model_json_schema()
        except PydanticUserError as error:
            raise ToolDefinitionError(f"the tool {tool!r} has a parameter that has no JSON schema: {error}") from error
        self.schema.pop("title", None)
        self.schema.setdefault("properties", {})

    def validate(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values that the function is called with.

        Raises:
            ToolArgumentsError: they do not fit.
        """
        try:
            return self.values_of(self.model.model_validate(dict(given)))
        except ValidationError as error:
            raise ToolArgumentsError(_described(error)) from None

    def values_of(self, model: BaseModel) -> dict[str, Any]:
        """Return the values in a model by the names of the function's parameters."""
        return {name: getattr(model, field) for field, name in self._fields.items()}


def _field(parameter: inspect.Parameter, description: str | None) -> tuple[Any, Any]:
    """Return annotation and field of a parameter; what its annotation says of itself wins over the docstring."""
    default: Any = parameter.default
    annotation = parameter.annotation
    infos = [each for each in getattr(annotation, "__metadata__", ()) if isinstance(each, FieldInfo)]
    said: dict[str, Any] = {"default": ... if default is UNDECLARED else default}
    if isinstance(default, FieldInfo):  # name: str = Field(...)
        infos.append(default)
        if default.metadata:
            parts = (annotation, *default.metadata)
            annotation = Annotated[parts]
        known = {name: getattr(default, name) for name in ("title", "examples", "json_schema_extra")}
        said = {"default": ... if default.is_required() else default.default, **known}
        if default.default_factory is not None:
            said["default_factory"] = default.default_factory
            del said["default"]
    described = next((each.description for each in infos if each.description), description)
    return annotation, Field(alias=parameter.name, description=described, **said)


def _described(error: ValidationError) -> str:
    """Say where and what, for the model to mend it; never the values."""
    found = error.errors(include_url=False, include_context=False, include_input=False)
    lines = [f"{'.'.join(map(str, each['loc'])) or 'arguments'}: {each['msg']}" for each in found[:_MOST_FAULTS]]
    more = len(found) - len(lines)
    return "Invalid arguments: " + "; ".join(lines) + (f"; and {more} more" if more else "")


class Output:
    """The result of a tool.

    Args:
        tool: name of the tool.
        annotation: declared type of the result.

    Attributes:
        schema: JSON schema of what is sent, an object, None if nothing is declared.
        annotation: the declared type.

    Raises:
        ToolDefinitionError: pydantic cannot write the type.
    """

    def __init__(self, tool: str, annotation: Any) -> None:
        self.annotation = annotation
        self.schema: dict[str, Any] | None = None
        self._is_wrapped = False
        self._adapter: TypeAdapter[Any] = TypeAdapter(Any)
        if annotation is UNDECLARED or annotation is Any:
            return
        try:
            self._adapter = TypeAdapter(annotation)
            schema = self._adapter.json_schema(mode="serialization")
        except PydanticUserError as error:
            raise ToolDefinitionError(f"the result of the tool {tool!r} has no JSON schema: {error}") from error
        if schema.get("type") != "object":  # a reference, too: clients look for the type at the top
            self._is_wrapped = True
            schema = _wrapped(schema)
        self.schema = schema

    def data_of(self, value: Any) -> Any:
        """Return the JSON data of a result.

        Raises:
            pydantic.ValidationError: it does not fit what is declared.
            pydantic_core.PydanticSerializationError: it has no JSON form.
        """
        adapter = self._adapter
        return json.loads(adapter.dump_json(adapter.validate_python(value, from_attributes=True), by_alias=True))

    def structured(self, data: Any) -> dict[str, Any] | None:
        """Return the data as the object that the schema describes, None if nothing is declared."""
        if self.schema is None:
            return None
        structured: dict[str, Any] = {"result": data} if self._is_wrapped else data
        return structured


def _wrapped(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of an object that has the result as its member; definitions stay at the top."""
    definitions = {"$defs": schema["$defs"]} if "$defs" in schema else {}
    inner = {name: value for name, value in schema.items() if name != "$defs"}
    return {"type": "object", "properties": {"result": inner}, "required": ["result"], **definitions}


def describe_failure(error: BaseException) -> str | None:
    """Return what may be logged of an error of pydantic, None for others: its texts have values in them."""
    if isinstance(error, ValidationError):
        found = error.errors(include_url=False, include_context=False, include_input=False)
        return "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['type']}" for each in found[:_MOST_FAULTS])
    return None
