"""What is wrong with a request or a response, gathered cheaply and spelled out when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import ValidationError

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
