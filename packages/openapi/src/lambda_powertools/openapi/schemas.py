"""The JSON schemas of a document, which its operations share.

They are gathered first and made all at once, so that pydantic can name them without clashes.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, Literal

from pydantic import TypeAdapter

if TYPE_CHECKING:
    Mode = Literal["validation", "serialization"]

__all__ = ["Components", "SchemaCollector"]

TEMPLATE = "#/components/schemas/{model}"


class SchemaCollector:
    """Hands out schemas that are empty until `finish` fills them in."""

    def __init__(self) -> None:
        self._inputs: dict[tuple[int, str], tuple[int, Mode, TypeAdapter[Any]]] = {}
        self._slots: list[tuple[tuple[int, str], dict[str, Any], str, dict[str, Any]]] = []

    def schema(
        self,
        adapter: TypeAdapter[Any],
        mode: Mode,
        *,
        title: str,
        more: dict[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Return the schema of a type, to be filled in by `finish`.

        Args:
            adapter: of the type; the same one for the same type, so that they share a schema.
            mode: whether the value is sent to the API or by it.
            title: title of the schema if it has none and is no reference.
            more: further members, which win over those that the type has.
        """
        key = (id(adapter), mode)
        self._inputs[key] = (id(adapter), mode, adapter)
        slot: dict[str, Any] = {}
        self._slots.append((key, slot, title, more or {}))
        return slot

    def finish(self) -> dict[str, Any]:
        """Fill in all schemas and return the components that they refer to, by name."""
        if not self._inputs:
            return {}
        schemas, common = TypeAdapter.json_schemas(list(self._inputs.values()), ref_template=TEMPLATE)
        for key, slot, title, more in self._slots:
            slot.update(copy.deepcopy(schemas[key]))  # type: ignore[index]  # pydantic hands our keys back
            if "$ref" not in slot:
                slot.setdefault("title", title)
            slot.update(more)
        definitions: dict[str, Any] = common.get("$defs", {})
        return definitions


_ERRORS: dict[str, dict[str, Any]] = {
    "ValidationError": {
        "properties": {
            "loc": {
                "items": {"anyOf": [{"type": "string"}, {"type": "integer"}]},
                "type": "array",
                "title": "Location",
            },
            "type": {"type": "string", "title": "Error Type"},
        },
        "type": "object",
        "required": ["loc", "type"],
        "title": "ValidationError",
    }
}


def _error(name: str) -> dict[str, Any]:
    items = {"$ref": "#/components/schemas/ValidationError"}
    return {
        "properties": {
            "statusCode": {"type": "integer", "title": "Status Code"},
            "detail": {"items": items, "type": "array", "title": "Detail"},
        },
        "type": "object",
        "required": ["statusCode", "detail"],
        "title": name,
    }


class Components:
    """The schemas of a document."""

    def __init__(self) -> None:
        self.collector = SchemaCollector()
        self._bodies: list[tuple[str, dict[str, Any], dict[str, Any]]] = []
        self._errors: set[str] = set()

    def error(self, name: str) -> dict[str, Any]:
        """Return a reference to the schema of an error response."""
        self._errors.add(name)
        return {"$ref": f"#/components/schemas/{name}"}

    def body(self, name: str, schema: dict[str, Any]) -> dict[str, Any]:
        """Return a reference, complete after `finish`, to the schema of a body that was put together."""
        reference: dict[str, Any] = {}
        self._bodies.append((name, schema, reference))
        return reference

    def finish(self) -> dict[str, Any]:
        """Complete all schemas and return those that are shared, sorted by name."""
        schemas = self.collector.finish()
        for name, schema, reference in self._bodies:
            free = name
            while free in schemas:  # a model of the user's may have the name
                free += "_"
            schemas[free] = {**schema, "title": name}
            reference["$ref"] = f"#/components/schemas/{free}"
        for name in self._errors:
            schemas.setdefault("ValidationError", _ERRORS["ValidationError"])
            schemas.setdefault(name, _error(name))
        return {name: schemas[name] for name in sorted(schemas)}
