"""Documents of OpenAPI 3.1 as documents of OpenAPI 3.0, for what reads nothing newer, such as agents of Bedrock.

https://spec.openapis.org/oas/v3.0.3 and https://spec.openapis.org/oas/v3.1.0#appendix-a-revision-history
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["schema_to_30", "to_openapi_30"]

VERSION = "3.0.3"

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_UNKNOWN_IN_DOCUMENT = frozenset({"webhooks", "jsonSchemaDialect"})
_SCHEMA_LISTS = ("allOf", "anyOf", "oneOf")
_UNKNOWN_IN_SCHEMA = frozenset(
    {
        "$anchor",
        "$comment",
        "$defs",
        "$dynamicAnchor",
        "$dynamicRef",
        "$id",
        "$schema",
        "$vocabulary",
        "contains",
        "contentEncoding",
        "contentMediaType",
        "contentSchema",
        "definitions",
        "dependentRequired",
        "dependentSchemas",
        "else",
        "if",
        "maxContains",
        "minContains",
        "patternProperties",
        "prefixItems",
        "propertyNames",
        "then",
        "unevaluatedItems",
        "unevaluatedProperties",
    }
)
"""What is dropped, after what can be said otherwise was moved."""


def to_openapi_30(document: dict[str, Any]) -> dict[str, Any]:
    """Return a document of OpenAPI 3.1 as one of 3.0.3; the original stays as it is.

    Values in examples, defaults, enumerations and extensions are left alone.

    Example:
        >>> schema = {"anyOf": [{"type": "integer", "exclusiveMinimum": 0}, {"type": "null"}]}
        >>> document = to_openapi_30({"openapi": "3.1.0", "components": {"schemas": {"Size": schema}}})
        >>> document["openapi"], document["components"]["schemas"]["Size"]
        ('3.0.3', {'type': 'integer', 'minimum': 0, 'exclusiveMinimum': True, 'nullable': True})
    """
    result = {name: value for name, value in document.items() if name not in _UNKNOWN_IN_DOCUMENT}
    result["openapi"] = VERSION
    if "info" in result:
        result["info"] = _info(result["info"])
    if "paths" in result:
        result["paths"] = _mapped(result["paths"], _path_item)
    if "components" in result:
        result["components"] = _components(result["components"])
    return result


def _mapped(values: Any, convert: Callable[[Any], Any]) -> Any:
    """Return a mapping with its values converted, extensions left alone."""
    if not isinstance(values, dict):
        return values
    return {name: value if str(name).startswith("x-") else convert(value) for name, value in values.items()}


def _members(holder: Any, conversions: dict[str, Callable[[Any], Any]]) -> Any:
    """Return an object with some of its members converted."""
    if not isinstance(holder, dict):
        return holder
    return {name: conversions[name](value) if name in conversions else value for name, value in holder.items()}


def _info(info: dict[str, Any]) -> dict[str, Any]:
    result = {name: value for name, value in info.items() if name != "summary"}
    if "summary" in info:
        result.setdefault("description", info["summary"])
    if isinstance(info.get("license"), dict):
        result["license"] = {name: value for name, value in info["license"].items() if name != "identifier"}
    return result


def _path_item(item: Any) -> Any:
    return _members(item, {**dict.fromkeys(_METHODS, _operation), "parameters": _listed(_parameter)})


def _listed(convert: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda values: [convert(value) for value in values] if isinstance(values, list) else values


def _operation(operation: Any) -> Any:
    return _members(
        operation,
        {
            "parameters": _listed(_parameter),
            "requestBody": _body,
            "responses": lambda responses: _mapped(responses, _response),
            "callbacks": lambda callbacks: _mapped(callbacks, lambda callback: _mapped(callback, _path_item)),
        },
    )


def _content(content: Any) -> Any:
    return _mapped(content, _media)


def _media(media: Any) -> Any:
    return _members(media, {"schema": schema_to_30, "encoding": lambda each: _mapped(each, _encoding)})


def _encoding(encoding: Any) -> Any:
    return _members(encoding, {"headers": lambda headers: _mapped(headers, _parameter)})


def _parameter(parameter: Any) -> Any:
    """Convert a parameter, or a header, which has the same members."""
    return _members(parameter, {"schema": schema_to_30, "content": _content})


def _body(body: Any) -> Any:
    return _members(body, {"content": _content})


def _response(response: Any) -> Any:
    return _members(response, {"content": _content, "headers": lambda headers: _mapped(headers, _parameter)})


def _components(components: Any) -> Any:
    result = _members(
        components,
        {
            "schemas": lambda schemas: _mapped(schemas, schema_to_30),
            "parameters": lambda parameters: _mapped(parameters, _parameter),
            "headers": lambda headers: _mapped(headers, _parameter),
            "requestBodies": lambda bodies: _mapped(bodies, _body),
            "responses": lambda responses: _mapped(responses, _response),
            "callbacks": lambda callbacks: _mapped(callbacks, lambda callback: _mapped(callback, _path_item)),
        },
    )
    return {name: value for name, value in result.items() if name != "pathItems"}


def schema_to_30(schema: Any) -> Any:
    """Return a JSON schema as OpenAPI 3.0 knows it.

    Example:
        >>> schema_to_30({"type": ["string", "null"], "const": "a", "examples": ["a", "b"]})
        {'type': 'string', 'nullable': True, 'enum': ['a'], 'example': 'a'}
    """
    if isinstance(schema, bool):
        return {} if schema else {"not": {}}
    if not isinstance(schema, dict):
        return schema
    result = {name: _member(name, value) for name, value in schema.items() if name not in _UNKNOWN_IN_SCHEMA}
    for change in (_types, _alternatives, _constant, _examples, _bounds, _items, _properties, _content_of, _reference):
        result = change(result, schema)
    return result


def _member(name: str, value: Any) -> Any:
    if name in _SCHEMA_LISTS:
        return _listed(schema_to_30)(value)
    if name == "properties":
        # A property may have any name, such as one that begins with `x-`.
        return {each: schema_to_30(schema) for each, schema in value.items()} if isinstance(value, dict) else value
    if name in {"items", "not"}:
        return _listed(schema_to_30)(value) if isinstance(value, list) else schema_to_30(value)
    if name == "additionalProperties" and not isinstance(value, bool):
        return schema_to_30(value)
    return value


def _types(result: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """A list of types is one type, or alternatives; null is a member of its own."""
    kinds = schema.get("type")
    if kinds == "null":
        return {**_without(result, "type"), "nullable": True, "enum": [None]}
    if not isinstance(kinds, list):
        return result
    others = [kind for kind in kinds if kind != "null"]
    nullable = {"nullable": True} if "null" in kinds else {}
    if len(others) == 1:
        return {name: others[0] if name == "type" else value for name, value in result.items()} | nullable
    result = _without(result, "type")
    if not others:
        return {**result, "nullable": True, "enum": [None]}
    return _and(result, "anyOf", [{"type": kind, **nullable} for kind in others])


def _and(result: dict[str, Any], name: str, schemas: list[Any]) -> dict[str, Any]:
    """Add alternatives to a schema, which may have some already."""
    if name not in result:
        return {**result, name: schemas}
    return {**result, "allOf": [*result.get("allOf", ()), {name: schemas}]}


def _without(result: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in result.items() if name not in names}


def _is_null(schema: Any) -> bool:
    return isinstance(schema, dict) and (schema.get("type") in ("null", ["null"]))


def _alternatives(result: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """An alternative that is null becomes `nullable`; the only other one is merged upwards, but for a reference."""
    for name in ("anyOf", "oneOf"):
        found = schema.get(name)
        if not isinstance(found, list) or not any(map(_is_null, found)):
            continue
        others = [schema_to_30(each) for each in found if not _is_null(each)]
        rest = _without(result, name)
        if not others:
            result = {**rest, "nullable": True, "enum": [None]}
        elif len(others) == 1 and "$ref" not in others[0] and not (set(others[0]) & set(rest) - {"nullable"} - _TEXTS):
            result = {**others[0], **rest, "nullable": True}
        else:
            if rest.get("default", result) is None:
                # `nullable` says nothing beside alternatives, as it belongs to a `type` (OpenAPI 3.0.3, 4.7.24.1):
                # read strictly, null would be a default that the schema does not allow.
                rest = _without(rest, "default")
            result = {**rest, name: others, "nullable": True}
    return result


_TEXTS = frozenset({"title", "description"})
"""What the outer schema says better than the inner."""


def _constant(result: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    if "const" not in schema:
        return result
    nullable = {"nullable": True} if schema["const"] is None else {}
    return {**_without(result, "const"), "enum": [schema["const"]], **nullable}


def _examples(result: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    examples = schema.get("examples")
    if "examples" not in schema:
        return result
    result = _without(result, "examples")
    if isinstance(examples, dict):
        examples = [each.get("value") if isinstance(each, dict) else each for each in examples.values()]
    if isinstance(examples, list) and examples:
        result.setdefault("example", examples[0])
    return result


def _bounds(result: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """A bound that is exclusive is a bound and a flag."""
    for exclusive, inclusive, tighter in (
        ("exclusiveMinimum", "minimum", max),
        ("exclusiveMaximum", "maximum", min),
    ):
        bound = schema.get(exclusive)
        if bound is None or isinstance(bound, bool):
            continue
        other = schema.get(inclusive, bound)
        chosen = tighter(bound, other)
        result = {name: value for name, value in result.items() if name not in (exclusive, inclusive)}
        result[inclusive] = chosen
        if chosen == bound:
            result[exclusive] = True
    return result


def _items(result: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """Items that differ by their position are items of any of their kinds."""
    if isinstance(schema.get("prefixItems"), list):
        kinds: list[Any] = []
        for each in [*schema["prefixItems"], schema.get("items", False)]:
            converted = schema_to_30(each)
            if each is not False and converted not in kinds:
                kinds.append(converted)
        result = {**result, "items": kinds[0] if len(kinds) == 1 else {"anyOf": kinds} if kinds else {}}
    elif result.get("type") == "array":
        result = {**result, "items": result.get("items", {})}  # which 3.0 wants to be there
    return result


def _properties(result: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """Properties whose names match a pattern are additional ones."""
    patterns = schema.get("patternProperties")
    if not isinstance(patterns, dict) or not patterns or isinstance(schema.get("additionalProperties"), dict):
        return result
    kinds = [schema_to_30(each) for each in patterns.values()]
    return {**result, "additionalProperties": kinds[0] if len(kinds) == 1 else {"anyOf": kinds}}


def _content_of(result: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """Bytes have a format."""
    if "contentEncoding" in schema and "format" not in schema:
        return {**result, "format": "byte"}
    if "contentMediaType" in schema and "format" not in schema:
        return {**result, "format": "binary"}
    return result


def _reference(result: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG001  # as all changes are
    """A reference stands alone: what is beside it would be ignored."""
    if "$ref" not in result or len(result) == 1:
        return result
    reference = {"$ref": result["$ref"]}
    rest = _without(result, "$ref")
    return {"allOf": [reference, *rest.pop("allOf", ())], **rest}
