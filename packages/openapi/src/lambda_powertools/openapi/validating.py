"""Validating with pydantic: the adapters of types, and what was found to be wrong."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter
from pydantic.errors import PydanticSchemaGenerationError, PydanticUndefinedAnnotation, PydanticUserError

from lambda_powertools.openapi.exceptions import HandlerSignatureError

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import ValidationError

__all__ = ["Faults", "Location", "adapter_for"]

MAXIMUM_SHARED = 512
"""So many adapters are kept for types that other routes may use as well."""


def adapter_for(annotation: Any, where: Callable[[], str]) -> TypeAdapter[Any]:
    """Return the adapter of a type; routes that use the same type share it.

    Args:
        annotation: the type, with everything that constrains it.
        where: says which route and parameter it is of, for the error.

    Raises:
        HandlerSignatureError: the type refers to one that does not exist.
        pydantic.errors.PydanticSchemaGenerationError: pydantic cannot validate the type.
    """
    try:
        try:
            # Unions that differ in their order are equal, and yet not the same to pydantic: the text tells them apart.
            adapter = _shared(annotation, repr(annotation))
        except TypeError:  # metadata that has no hash
            adapter = TypeAdapter(annotation)
        if not getattr(adapter, "pydantic_complete", True):
            adapter.rebuild(raise_errors=True)
    except PydanticSchemaGenerationError as error:
        raise PydanticSchemaGenerationError(f"{where()}: {error.message}") from error
    except (PydanticUndefinedAnnotation, PydanticUserError) as error:
        raise HandlerSignatureError(f"{where()}: {error.message}") from error
    return adapter


@lru_cache(maxsize=MAXIMUM_SHARED)
def _shared(annotation: Any, text: str) -> TypeAdapter[Any]:  # noqa: ARG001  # the text is part of the key
    return TypeAdapter(annotation)


Location = tuple[Any, ...]


class Faults:
    """Errors in the order in which they were found."""

    __slots__ = ("_found",)

    def __init__(self) -> None:
        self._found: list[tuple[Location, ValidationError | dict[str, Any]]] = []

    def __bool__(self) -> bool:
        return bool(self._found)

    def add(self, location: Location, kind: str, message: str, value: Any = None) -> None:
        """Add an error of ours."""
        self._found.append((location, {"type": kind, "loc": location, "msg": message, "input": value}))

    def missing(self, location: Location) -> None:
        """Add that a required value is not there."""
        self.add(location, "missing", "Field required")

    def add_pydantic(self, location: Location, error: ValidationError) -> None:
        """Add all errors of a validation, below a place."""
        self._found.append((location, error))

    def __call__(self) -> list[dict[str, Any]]:
        """Return every error as pydantic describes it, with its place in the request or response."""
        errors: list[dict[str, Any]] = []
        for location, found in self._found:
            if isinstance(found, dict):
                errors.append(found)
            else:
                errors.extend({**error, "loc": (*location, *error["loc"])} for error in found.errors())
        return errors

    def detail(self, limit: int) -> list[dict[str, Any]]:
        """Return place and type of the first errors, and nothing that was sent."""
        result: list[dict[str, Any]] = []
        for location, found in self._found:
            errors: Any = [found]
            if not isinstance(found, dict):
                errors = found.errors(include_url=False, include_context=False, include_input=False)
                errors = [{"loc": (*location, *error["loc"]), "type": error["type"]} for error in errors[:limit]]
            result.extend({"loc": list(error["loc"]), "type": error["type"]} for error in errors)
            if len(result) >= limit:
                break
        return result[:limit]
