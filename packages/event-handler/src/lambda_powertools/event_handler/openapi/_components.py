"""What the operations of a document share."""

from __future__ import annotations

from typing import Any

from lambda_powertools.event_handler.openapi._schemas import SchemaCollector

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
