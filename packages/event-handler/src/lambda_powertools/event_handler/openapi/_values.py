"""How the value of one parameter is found outside of the body."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.event_handler.openapi import _shared as kinds
from lambda_powertools.event_handler.openapi._shared import adapter_for, fields_of, model_of, sees_unknown
from lambda_powertools.event_handler.openapi._sources import (
    MISSING,
    CookieSource,
    HeaderSource,
    PathSource,
    QuerySource,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from lambda_powertools.event_handler.openapi._shared import Faults, Location, ModelField, RouteParameter

    Source = PathSource | QuerySource | HeaderSource | CookieSource

SOURCES: dict[str, type[Source]] = {
    "path": PathSource,
    "query": QuerySource,
    "header": HeaderSource,
    "cookie": CookieSource,
}


class ValueReader:
    """Finds, checks and converts the value of one parameter."""

    def __init__(self, parameter: RouteParameter, where: Callable[[], str]) -> None:
        self.parameter = parameter
        self.location: Location = (parameter.location, parameter.alias)
        self.adapter = adapter_for(parameter.annotation, where)
        model = None if parameter.location == "path" else model_of(parameter.annotation)
        self.find = _finder(parameter) if model is None else _ModelFinder(model, parameter.location)

    def read(self, source: Source, faults: Faults) -> Any:
        """Return the value, or note what is wrong with it."""
        value = self.find(source, self.parameter.alias)
        if value is MISSING:
            if self.parameter.required:
                if not isinstance(self.find, _ModelFinder):
                    return faults.missing(self.location)
                value = {}
            else:
                return self.parameter.make_default()
        return validate(self.adapter, value, self.location, faults)


def validate(adapter: Any, value: Any, location: Location, faults: Faults) -> Any:
    """Return the value in its declared type, or note what is wrong with it."""
    from pydantic import ValidationError

    try:
        return adapter.validator.validate_python(value, from_attributes=True)
    except ValidationError as error:
        return faults.add_pydantic(location, error)


def _finder(parameter: RouteParameter) -> Callable[[Source, str], Any]:
    if parameter.location == "path" or not kinds.is_sequence(parameter.annotation):
        return _one
    return _many if kinds.is_only_sequence(parameter.annotation) else _one_or_many


def _one(source: Source, name: str) -> Any:
    return source.one(name)


def _many(source: Source, name: str) -> Any:
    return source.many(name)


def _one_or_many(source: Source, name: str) -> Any:
    values = source.many(name)
    return values if values is MISSING or len(values) > 1 else source.one(name)


class _ModelFinder:
    """Collects the fields of a model."""

    def __init__(self, model: Any, location: str) -> None:
        self.header = location == "header"
        self.fields = fields_of(model)
        self.unknown = sees_unknown(model)
        self.names = {name for field in self.fields for key in field.keys for name in self._names(key)}

    def __call__(self, source: Source, alias: str) -> Any:  # noqa: ARG002  # as all finders are called
        found = {}
        for field in self.fields:
            for key in field.keys:
                value = self._value(source, field, key)
                if value is not MISSING:
                    found[key] = value
        if self.unknown:
            others = [name for name in source.names() if name not in self.names]
            found.update({name: source.one(name) for name in others if name not in found})
        return found or MISSING

    def _value(self, source: Source, field: ModelField, key: str) -> Any:
        find = _one if not field.is_sequence else _one_or_many if field.takes_text else _many
        for name in self._names(key):
            value = find(source, name)
            if value is not MISSING:
                return value
        return MISSING

    def _names(self, key: str) -> tuple[str, ...]:
        return (key.replace("_", "-").lower(), key.lower()) if self.header else (key,)
