"""The plan of a route: how its parameters are read from a request. Made once, used for every request."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from lambda_powertools.event_handler.openapi import _shared as kinds
from lambda_powertools.event_handler.openapi._body import Parsed, body_text, content_type_of, is_json, parse_body
from lambda_powertools.event_handler.openapi._shared import (
    LOCATIONS,
    Faults,
    RouteParameter,
    adapter_for,
    embeds,
    fields_of,
    is_form,
    structure_of,
)
from lambda_powertools.event_handler.openapi._sources import MISSING
from lambda_powertools.event_handler.openapi._values import SOURCES, ValueReader, validate
from lambda_powertools.event_handler.openapi.exceptions import RequestValidationError
from lambda_powertools.event_handler.openapi.params import UploadFile

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    Describe = Callable[[RouteParameter], str]


class RequestPlan:
    """Reads the parameters of a route's function.

    Args:
        parameters: of the function, and of the functions it depends on.
        describe: names a parameter and its route, for errors in its declaration.
    """

    sources: ClassVar[Mapping[str, type[Any]]] = SOURCES

    def __init__(self, parameters: Sequence[RouteParameter], describe: Describe) -> None:
        self._readers: list[tuple[str, list[ValueReader]]] = []
        for location in LOCATIONS[:-1]:
            found = [parameter for parameter in parameters if parameter.location == location]
            if found:
                readers = [ValueReader(each, partial(describe, each)) for each in found]
                self._readers.append((location, readers))
        body = [parameter for parameter in parameters if parameter.location == "body"]
        self._body = BodyPlan(body, describe) if body else None

    def read(self, event: Any, groups: Mapping[str, str]) -> dict[RouteParameter, Any]:
        """Return the value of each parameter.

        Args:
            event: the event's data class.
            groups: what the groups of the rule matched.

        Raises:
            RequestValidationError: values are missing or wrong.
            RequestUnsupportedContentType: the body's type is none that can be read.
        """
        faults = Faults()
        values: dict[RouteParameter, Any] = {}
        for location, readers in self._readers:
            source = self.sources[location](event, groups)
            for reader in readers:
                values[reader.parameter] = reader.read(source, faults)
        body = None if self._body is None else self._body.read(event, values, faults)
        if faults:
            raise RequestValidationError(faults, body=body)
        return values


class BodyPlan:
    """Reads the parameters that are in the body."""

    def __init__(self, parameters: list[RouteParameter], describe: Describe) -> None:
        self.parameters = parameters
        self.adapters = [adapter_for(each.annotation, partial(describe, each)) for each in parameters]
        self.embedded = len({each.alias for each in parameters}) > 1 or any(embeds(each) for each in parameters)
        self._reads_text = len(parameters) == 1 and reads_text_alike(self.adapters[0])
        self.forms = [_FormReader(each) for each in parameters]

    def read(self, event: Any, values: dict[RouteParameter, Any], faults: Faults) -> Any:
        """Put the values into `values` and return the parsed body."""
        content_type = content_type_of(event)
        if not self.embedded and is_json(content_type) and self._read_text(event, values, faults):
            return None
        parsing = Faults()
        parsed = parse_body(event, content_type, parsing)
        if parsed is None:
            raise RequestValidationError(parsing, body=event.raw_event.get("body"))
        if self.embedded:
            self._read_members(parsed, values, faults)
        else:
            for parameter, adapter in zip(self.parameters, self.adapters, strict=True):
                values[parameter] = self._take(parameter, adapter, _or_missing(parsed.value), ("body",), faults)
        return parsed.value

    def _read_text(self, event: Any, values: dict[RouteParameter, Any], faults: Faults) -> bool:
        """Validate the text itself, which saves parsing it into dictionaries first; tell whether that was possible.

        What is wrong with a body is found by the long way, so that errors are the same with every deserializer.
        """
        if event._json_deserializer is not json.loads or not self._reads_text or faults:  # noqa: SLF001
            return False
        from pydantic import ValidationError

        try:
            text = body_text(event)
            if not text or (len(text) < _NULL_LENGTH and text.strip() == "null"):
                return False
            values[self.parameters[0]] = self.adapters[0].validator.validate_json(text)
        except (ValidationError, ValueError):
            return False
        return True

    def _read_members(self, parsed: Parsed, values: dict[RouteParameter, Any], faults: Faults) -> None:
        members = parsed.value if isinstance(parsed.value, dict) else {}
        for parameter, adapter, form in zip(self.parameters, self.adapters, self.forms, strict=True):
            value = form.find(members, parsed)
            values[parameter] = self._take(parameter, adapter, value, ("body", parameter.alias), faults)

    def _take(
        self, parameter: RouteParameter, adapter: Any, value: Any, location: tuple[Any, ...], faults: Faults
    ) -> Any:
        if value is not MISSING:
            return validate(adapter, value, location, faults)
        return faults.missing(location) if parameter.required else parameter.make_default()


def reads_text_alike(adapter: Any) -> bool:
    """Return whether JSON text gives the same values as the data parsed from it.

    Unions do not always: of `date | str` text is the first, data the second. Strict types take more from text.
    """
    pending = [adapter.core_schema]
    seen: set[int] = set()
    while pending:
        schema = pending.pop()
        if id(schema) in seen:
            continue
        seen.add(id(schema))
        if isinstance(schema, dict):
            if schema.get("type") in ("union", "json", "custom-error") or schema.get("strict"):
                return False
            pending.extend(value for value in schema.values() if isinstance(value, (dict, list, tuple)))
        else:
            pending.extend(item for item in schema if isinstance(item, (dict, list, tuple)))
    return True


_NULL_LENGTH = 64
"""A body that is longer is not `null` with blanks around it, or deserves to be parsed twice."""


def _or_missing(value: Any) -> Any:
    return MISSING if value is None else value


class _FormReader:
    """Finds the value of one parameter in an object or a form."""

    def __init__(self, parameter: RouteParameter) -> None:
        self.alias = parameter.alias
        self.annotation = parameter.annotation
        self.is_sequence = kinds.is_sequence(parameter.annotation)
        structure = structure_of(parameter.annotation) if is_form(parameter) else None
        self.fields = fields_of(structure) if structure is not None else None
        self.required = parameter.required

    def find(self, members: dict[str, Any], parsed: Parsed) -> Any:
        if self.fields is not None and not (self.alias in members and not parsed.is_form):
            return self._structure(members, parsed)
        value = members.get(self.alias, MISSING)
        if value is MISSING or not parsed.is_form:
            return value
        return _of_form(value, self.annotation, is_sequence=self.is_sequence)

    def _structure(self, members: dict[str, Any], parsed: Parsed) -> Any:
        found = dict(members)
        if parsed.is_form:
            fields = {key: field for field in self.fields or () for key in field.keys}
            for name, values in members.items():
                field = fields.get(name)
                annotation = field.info.annotation if field is not None and field.info is not None else None
                found[name] = _of_form(values, annotation, is_sequence=field is not None and field.is_sequence)
        return found or ({} if self.required else MISSING)


def _of_form(values: list[Any], annotation: Any, *, is_sequence: bool) -> Any:
    """Return what was sent under one name: the one value, or the list; files as what is asked for."""
    if any(isinstance(value, UploadFile) for value in values) and not _takes_files(annotation):
        values = [value.content if isinstance(value, UploadFile) else value for value in values]
    if is_sequence:
        return values
    return values[0] if len(values) == 1 else values


def _takes_files(annotation: Any) -> bool:
    for member in kinds.members(annotation):
        inner = getattr(member, "__args__", ())
        if member in (UploadFile, Any) or any(_takes_files(argument) for argument in inner if argument is not ...):
            return True
    return False
