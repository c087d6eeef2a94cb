"""Whether what one side may send is what the other side takes, according to their JSON schemas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_TYPES = ("null", "boolean", "integer", "number", "string", "array", "object")
_LOWER = (
    ("minimum", "at least"),
    ("exclusiveMinimum", "more than"),
    ("minLength", "of at least length"),
    ("minItems", "of at least size"),
    ("minProperties", "of at least size"),
)
_UPPER = (
    ("maximum", "at most"),
    ("exclusiveMaximum", "less than"),
    ("maxLength", "of at most length"),
    ("maxItems", "of at most size"),
    ("maxProperties", "of at most size"),
)
_KINDS = {
    "minimum": {"integer", "number"},
    "maximum": {"integer", "number"},
    "exclusiveMinimum": {"integer", "number"},
    "exclusiveMaximum": {"integer", "number"},
}


class SchemaComparison:
    """Finds what the sender may send and the receiver does not take.

    In a request the client of the old document is the sender, and the new document the receiver; in a response the new
    document is the sender, and the client of the old one the receiver.

    Args:
        sender: the document that references of the sender's schemas are into.
        receiver: the same for the receiver's.
        is_response: which of the two ways it is, for the texts.
    """

    def __init__(self, *, sender: dict[str, Any], receiver: dict[str, Any], is_response: bool) -> None:
        self._sender = sender
        self._receiver = receiver
        self._is_response = is_response
        self._inside: set[tuple[str, str]] = set()

    def compare(self, what: str, sent: Any, taken: Any) -> Iterator[str]:
        """Yield a text for each thing that is not taken.

        Args:
            what: what the schemas are of.
            sent: schema of the sender.
            taken: schema of the receiver.
        """
        pair = (_ref(sent), _ref(taken))
        if all(pair):
            if pair in self._inside:  # models that contain themselves
                return
            self._inside.add(pair)
        try:
            choices = _alternatives(self._receiver, taken)
            for alternative in _alternatives(self._sender, sent):
                found = [list(self._single(what, alternative, choice)) for choice in choices]
                if all(found):
                    yield from self._closest(what, alternative, choices, found)
        finally:
            if all(pair):
                self._inside.discard(pair)

    def _closest(
        self, what: str, sent: dict[str, Any], choices: list[dict[str, Any]], found: list[list[str]]
    ) -> Iterator[str]:
        alike = [texts for choice, texts in zip(choices, found, strict=True) if _types(sent) & _types(choice)]
        if alike:
            yield from min(alike, key=len)
        else:
            kinds = " or ".join(sorted(_types(sent)))
            allowed = " or ".join(sorted({kind for choice in choices for kind in _types(choice)}))
            yield self._changed(what, f"of type {kinds}", f"of type {allowed or 'nothing'}")

    def _changed(self, what: str, sent: str, taken: str) -> str:
        if self._is_response:
            return f"{what} may now be {sent}; it was {taken}"
        return f"{what} has to be {taken}; it could be {sent}"

    def _single(self, what: str, sent: dict[str, Any], taken: dict[str, Any]) -> Iterator[str]:
        if not _types(sent) <= _widened(_types(taken)):
            yield self._changed(what, f"of type {_named(sent)}", f"of type {_named(taken)}")
            return
        yield from self._values(what, sent, taken)
        yield from self._bounds(what, sent, taken)
        if "object" in _types(taken) and "object" in _types(sent):
            yield from self._object(what, sent, taken)
        if "array" in _types(taken) and "array" in _types(sent) and isinstance(taken.get("items"), (dict, bool)):
            yield from self.compare(f"an item of {what}", sent.get("items", {}), taken["items"])

    def _values(self, what: str, sent: dict[str, Any], taken: dict[str, Any]) -> Iterator[str]:
        allowed, possible = _enum(taken), _enum(sent)
        if allowed is not None:
            if possible is None:
                yield self._changed(what, "any value", f"one of {_listed(allowed)}")
                return
            others = [value for value in possible if value not in allowed]
            if others:
                yield self._changed(what, _listed(others), f"one of {_listed(allowed)}")
            return
        for name in ("pattern", "format", "multipleOf"):
            if possible is None and taken.get(name) is not None and taken[name] != sent.get(name):
                before = f"of another {name}" if sent.get(name) is None else f"of {name} {sent[name]}"
                yield self._changed(what, before, f"of {name} {taken[name]}")
        if taken.get("uniqueItems") and not sent.get("uniqueItems"):
            yield self._changed(what, "with equal items", "without equal items")

    def _bounds(self, what: str, sent: dict[str, Any], taken: dict[str, Any]) -> Iterator[str]:
        if _enum(sent) is not None:
            return
        for name, words in (*_LOWER, *_UPPER):
            bound, other = taken.get(name), sent.get(name)
            if bound is None or not (_types(sent) & _KINDS.get(name, _types(sent))):
                continue
            if other is None or (bound > other if (name, words) in _LOWER else bound < other):
                before = f"{words} {other}" if other is not None else "without that bound"
                yield self._changed(what, before, f"{words} {bound}")

    def _object(self, what: str, sent: dict[str, Any], taken: dict[str, Any]) -> Iterator[str]:
        given, known = sent.get("properties") or {}, taken.get("properties") or {}
        certain, needed = set(sent.get("required") or ()), set(taken.get("required") or ())
        for name in known:
            place = f"property {name!r} of {what}"
            if name not in given:
                if self._is_response and not _is_open(sent):
                    yield f"{place} is gone"
                elif name in needed:
                    yield f"{place} is new and required"
                continue
            if name in needed - certain:
                yield f"{place} may now be missing" if self._is_response else f"{place} is now required"
            yield from self.compare(place, given[name], known[name])
        yield from self._others(what, sent, taken)

    def _others(self, what: str, sent: dict[str, Any], taken: dict[str, Any]) -> Iterator[str]:
        """Compare what the receiver does not know by name."""
        known, more = taken.get("properties") or {}, taken.get("additionalProperties", True)
        for name in sent.get("properties") or {}:
            if name in known:
                continue
            if not self._is_response:
                yield f"property {name!r} of {what} is gone"
            elif more is False:
                yield f"property {name!r} of {what} is new, and others than the known ones were excluded"
        if isinstance(more, dict) and isinstance(sent.get("additionalProperties"), dict):
            yield from self.compare(f"a further property of {what}", sent["additionalProperties"], more)


def _ref(schema: Any) -> str:
    return str(schema.get("$ref", "")) if isinstance(schema, dict) else ""


def _resolve(document: dict[str, Any], schema: Any) -> dict[str, Any]:
    """Return a schema without a reference at its top; `true` is a schema for anything, `false` one for nothing."""
    followed: set[str] = set()
    while isinstance(schema, dict) and "$ref" in schema and schema["$ref"] not in followed:
        followed.add(schema["$ref"])
        found: Any = document
        for part in str(schema["$ref"]).removeprefix("#/").split("/"):
            found = found.get(part.replace("~1", "/").replace("~0", "~"), {}) if isinstance(found, dict) else {}
        schema = found
    if isinstance(schema, bool):
        return {} if schema else {"enum": []}
    return schema if isinstance(schema, dict) else {}


def _alternatives(document: dict[str, Any], schema: Any) -> list[dict[str, Any]]:
    """Return the schemas of which a value has to fit one, none of which is a choice itself."""
    schema = _resolve(document, schema)
    if "allOf" in schema:
        schema = _united(document, schema)
    for name in ("anyOf", "oneOf"):
        if schema.get(name):
            return [choice for option in schema[name] for choice in _alternatives(document, option)]
    kinds = schema.get("type")
    if isinstance(kinds, list):
        return [{**schema, "type": kind} for kind in kinds]
    return [schema]


def _united(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    united = {key: value for key, value in schema.items() if key != "allOf"}
    for part in schema["allOf"]:
        resolved = _resolve(document, part)
        if "allOf" in resolved:
            resolved = _united(document, resolved)
        for key, value in resolved.items():
            if key == "properties":
                united[key] = {**united.get(key, {}), **value}
            elif key == "required":
                united[key] = [*united.get(key, []), *value]
            else:
                united.setdefault(key, value)
    return united


def _types(schema: dict[str, Any]) -> set[str]:
    kind = schema.get("type")
    if isinstance(kind, str):
        return {kind}
    values = _enum(schema)
    if values is not None:
        return {_type_of(value) for value in values}
    if "properties" in schema:
        return {"object"}
    return set(_TYPES)


def _type_of(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    names = {int: "integer", float: "number", str: "string", list: "array", dict: "object"}
    return names.get(type(value), "string")


def _widened(kinds: set[str]) -> set[str]:
    return kinds | {"integer"} if "number" in kinds else kinds


def _named(schema: dict[str, Any]) -> str:
    kinds = _types(schema)
    return "any" if len(kinds) == len(_TYPES) else " or ".join(sorted(kinds))


def _enum(schema: dict[str, Any]) -> list[Any] | None:
    if "const" in schema:
        return [schema["const"]]
    values = schema.get("enum")
    return values if isinstance(values, list) else None


def _listed(values: list[Any]) -> str:
    return ", ".join(map(repr, values)) or "nothing"


def _is_open(schema: dict[str, Any]) -> bool:
    """Return whether a schema says nothing of what an object holds."""
    return not schema.get("properties") and bool(schema.get("additionalProperties"))
