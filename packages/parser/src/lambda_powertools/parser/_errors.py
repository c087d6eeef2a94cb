"""Validation errors that say where and of which type, but not what the wrong values are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic import ValidationError

    Location = tuple[int | str, ...]

_SHOWN = 5


def without_content(failures: Sequence[tuple[Location, ValidationError]]) -> ValidationError:
    """Return one error for all failures, each at its place in the event.

    Its `errors()` are those of the failures, with the place before each location. Its text leaves the values out, which
    may be secrets and end up in a log, and has their types instead.
    """
    from pydantic import ValidationError

    details = [{**detail, "loc": (*place, *detail["loc"])} for place, error in failures for detail in _details(error)]
    named = [f"{_path(detail['loc'])} is {_type_name(detail)}" for detail in details]
    more = f" and {len(named) - _SHOWN} more" if len(named) > _SHOWN else ""
    title = f"{failures[0][1].title}: {', '.join(named[:_SHOWN])}{more}"
    lines: Any = [_line(detail) for detail in details]
    return ValidationError.from_exception_data(title, lines, hide_input=True)


def _details(error: ValidationError) -> list[dict[str, Any]]:
    details: Any = error.errors(include_url=False)
    return details  # type: ignore[no-any-return]  # a list of typed dictionaries


def _line(detail: dict[str, Any]) -> dict[str, Any]:
    """Make of an error's detail what pydantic makes an equal detail of."""
    from pydantic_core import PydanticCustomError, PydanticKnownError

    kind: Any = detail["type"]
    context = detail.get("ctx")
    line = {"loc": detail["loc"], "input": detail["input"]}
    try:
        if PydanticKnownError(kind, context).message() == detail["msg"]:
            return {**line, "type": kind} if context is None else {**line, "type": kind, "ctx": context}
    except (KeyError, TypeError, ValueError):
        pass  # no error of pydantic's own
    text = detail["msg"]
    if "{" in text:  # which would be taken for a place to fill in
        text, context = text.replace("{", "{_brace}"), {**(context or {}), "_brace": "{"}
    return {**line, "type": PydanticCustomError(kind, text, context)}


def _path(location: Location) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location).lstrip(".") or "it"


def _type_name(detail: dict[str, Any]) -> str:
    return "missing" if detail["type"] == "missing" else f"of type {type(detail['input']).__name__}"
