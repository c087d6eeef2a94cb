"""OpenAPI 3.1 documents: typed models, JSON encoding, merging of the documents of several functions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.openapi.__about__ import __version__

if TYPE_CHECKING:
    from lambda_powertools.openapi.config import OpenAPIConfig
    from lambda_powertools.openapi.encoders import jsonable_encoder
    from lambda_powertools.openapi.merge import OpenAPIMerge

_MODULES = {"OpenAPIConfig": "config", "OpenAPIMerge": "merge", "jsonable_encoder": "encoders"}


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        from importlib import import_module

        value = globals()[name] = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = ["OpenAPIConfig", "OpenAPIMerge", "__version__", "jsonable_encoder"]
