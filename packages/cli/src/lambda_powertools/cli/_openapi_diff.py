"""What in a document breaks the clients of an older one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from lambda_powertools.cli._openapi_schema import SchemaComparison

if TYPE_CHECKING:
    from collections.abc import Iterator

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_NAME = re.compile(r"\{([^}]*)\}")


class BreakingChange(NamedTuple):
    """One breaking change.

    Attributes:
        place: the operation, `GET /orders`.
        text: what has changed.
    """

    place: str
    text: str


def breaking_changes(old: dict[str, Any], new: dict[str, Any]) -> list[BreakingChange]:
    """Return what breaks clients of the old document, in the order of its operations."""
    return list(dict.fromkeys(_Comparison(old, new).changes()))


class _Comparison:
    def __init__(self, old: dict[str, Any], new: dict[str, Any]) -> None:
        self.old = old
        self.new = new

    def changes(self) -> Iterator[BreakingChange]:
        new_paths = {_NAME.sub("{}", path): (path, item) for path, item in (self.new.get("paths") or {}).items()}
        for path, item in (self.old.get("paths") or {}).items():
            new_path, new_item = new_paths.get(_NAME.sub("{}", path), (path, {}))
            for method in _METHODS:
                if method not in item:
                    continue
                place = f"{method.upper()} {path}"
                if method not in new_item:
                    yield BreakingChange(place, "the operation is gone")
                    continue
                for text in self.operation(path, item, new_path, new_item, method):
                    yield BreakingChange(place, text)

    def operation(
        self, path: str, item: dict[str, Any], new_path: str, new_item: dict[str, Any], method: str
    ) -> Iterator[str]:
        old, new = item[method], new_item[method]
        yield from self.parameters(
            _parameters(self.old, path, item, old), _parameters(self.new, new_path, new_item, new)
        )
        yield from self.body(_resolved(self.old, old.get("requestBody")), _resolved(self.new, new.get("requestBody")))
        yield from self.responses(old.get("responses") or {}, new.get("responses") or {})
        yield from _security(
            old.get("security", self.old.get("security")), new.get("security", self.new.get("security"))
        )

    def parameters(self, old: dict[tuple[str, str], Any], new: dict[tuple[str, str], Any]) -> Iterator[str]:
        for key, parameter in old.items():
            what = f"{parameter['in']} parameter {parameter['name']!r}"
            if key not in new:
                yield f"{what} is gone"
                continue
            if new[key].get("required") and not parameter.get("required"):
                yield f"{what} is now required"
            yield from self.request(what, _schema(parameter), _schema(new[key]))
        for key, parameter in new.items():
            if key not in old and parameter.get("required"):
                yield f"{parameter['in']} parameter {parameter['name']!r} is new and required"

    def body(self, old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
        if not old:
            if new.get("required"):
                yield "a request body is now required"
            return
        if not new:
            yield "the request body is gone"
            return
        if new.get("required") and not old.get("required"):
            yield "the request body is now required"
        for media, content in (old.get("content") or {}).items():
            if media not in (new.get("content") or {}):
                yield f"the request body is no longer taken as {media}"
                continue
            yield from self.request("request body", content.get("schema", {}), new["content"][media].get("schema", {}))

    def responses(self, old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
        for status, response in old.items():
            if status not in new:
                if status.startswith("2"):
                    yield f"response {status} is gone"
                continue
            before, after = _resolved(self.old, response), _resolved(self.new, new[status])
            for media, content in (before.get("content") or {}).items():
                if media not in (after.get("content") or {}):
                    yield f"response {status} is no longer sent as {media}"
                    continue
                comparison = SchemaComparison(sender=self.new, receiver=self.old, is_response=True)
                what = f"response {status}"
                sent = after["content"][media].get("schema", {})
                yield from comparison.compare(what, sent, content.get("schema", {}))

    def request(self, what: str, old: Any, new: Any) -> Iterator[str]:
        yield from SchemaComparison(sender=self.old, receiver=self.new, is_response=False).compare(what, old, new)


def _resolved(document: dict[str, Any], value: Any) -> dict[str, Any]:
    """Return an object, or the component that it refers to."""
    seen = 0
    while isinstance(value, dict) and "$ref" in value and seen < len(document.get("components") or ()) + 10:
        found: Any = document
        for part in str(value["$ref"]).removeprefix("#/").split("/"):
            found = found.get(part, {}) if isinstance(found, dict) else {}
        value = found
        seen += 1
    return value if isinstance(value, dict) else {}


def _parameters(
    document: dict[str, Any], path: str, item: dict[str, Any], operation: dict[str, Any]
) -> dict[tuple[str, str], dict[str, Any]]:
    """Return the parameters by place and name; those of the path by their position, as their names are free."""
    positions = {name: str(index) for index, name in enumerate(_NAME.findall(path))}
    found = {}
    for given in (*(item.get("parameters") or ()), *(operation.get("parameters") or ())):
        parameter = _resolved(document, given)
        place, name = parameter.get("in", ""), parameter.get("name", "")
        keys = {"path": positions.get(name, name), "header": name.lower()}
        found[place, keys.get(place, name)] = parameter
    return found


def _schema(parameter: dict[str, Any]) -> Any:
    for content in (parameter.get("content") or {}).values():
        return content.get("schema", {})
    return parameter.get("schema", {})


def _security(old: Any, new: Any) -> Iterator[str]:
    """Compare requirements: what was enough has to be enough."""
    for before in old or [{}]:
        if not any(_satisfies(before, after) for after in new or [{}]):
            asked = " or ".join(" and ".join(sorted(after)) or "nothing" for after in new)
            yield f"security now asks for {asked}; {' and '.join(sorted(before)) or 'nothing'} was enough"


def _satisfies(given: dict[str, list[str]], asked: dict[str, list[str]]) -> bool:
    return all(name in given and set(scopes) <= set(given[name]) for name, scopes in asked.items())
