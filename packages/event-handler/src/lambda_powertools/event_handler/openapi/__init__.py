"""Validation by annotations, and OpenAPI documents. Needs the extra `openapi`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lambda_powertools.event_handler.openapi.exceptions import OpenAPIMergeError
    from lambda_powertools.event_handler.openapi.merge import OpenAPIMerge

_MODULES = {"OpenAPIMerge": "merge", "OpenAPIMergeError": "exceptions"}


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        from importlib import import_module

        value = globals()[name] = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = ["OpenAPIMerge", "OpenAPIMergeError"]
