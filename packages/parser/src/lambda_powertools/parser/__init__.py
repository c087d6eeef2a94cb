"""Parses and validates Lambda events with pydantic models and envelopes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.parser.__about__ import __version__
from lambda_powertools.parser._decorator import event_parser
from lambda_powertools.parser._parsing import parse
from lambda_powertools.parser.exceptions import (
    InvalidEnvelopeError,
    InvalidModelTypeError,
    ParserError,
    UndecodableRecordError,
)

if TYPE_CHECKING:
    from pydantic import BaseModel, Field, ValidationError, field_validator, model_validator

    from lambda_powertools.parser import envelopes, models
    from lambda_powertools.parser.envelopes.base import BaseEnvelope
    from lambda_powertools.parser.event_source import EventSource

__all__ = [
    "BaseEnvelope",
    "BaseModel",
    "EventSource",
    "Field",
    "InvalidEnvelopeError",
    "InvalidModelTypeError",
    "ParserError",
    "UndecodableRecordError",
    "ValidationError",
    "__version__",
    "envelopes",
    "event_parser",
    "field_validator",
    "model_validator",
    "models",
    "parse",
]

_SUBMODULES = frozenset({"envelopes", "models"})
_LAZY = {
    "BaseEnvelope": "lambda_powertools.parser.envelopes.base",
    "EventSource": "lambda_powertools.parser.event_source",
    "BaseModel": "pydantic",
    "Field": "pydantic",
    "ValidationError": "pydantic",
    "field_validator": "pydantic",
    "model_validator": "pydantic",
}
"""Names whose modules take long to import, or are seldom used."""


if not TYPE_CHECKING:  # for whom a misspelt name would be right otherwise

    def __getattr__(name: str) -> Any:
        from importlib import import_module

        if name in _SUBMODULES:
            return import_module(f"{__name__}.{name}")
        module = _LAZY.get(name)
        if module is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = globals()[name] = getattr(import_module(module), name)
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
