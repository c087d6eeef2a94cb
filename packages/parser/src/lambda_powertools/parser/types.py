"""Types for models, and for annotating code that takes models."""

from typing import Any, Literal, TypeVar

from pydantic import BaseModel, Json

__all__ = [
    "AnyInheritedModel",
    "EnvelopeModel",
    "EventParserReturnType",
    "Json",
    "Literal",
    "Model",
    "RawDictOrModel",
    "T",
]

Model = TypeVar("Model", bound=BaseModel)
EnvelopeModel = TypeVar("EnvelopeModel")
EventParserReturnType = TypeVar("EventParserReturnType")
T = TypeVar("T")
AnyInheritedModel = type[BaseModel] | BaseModel
RawDictOrModel = dict[str, Any] | type[BaseModel] | BaseModel
