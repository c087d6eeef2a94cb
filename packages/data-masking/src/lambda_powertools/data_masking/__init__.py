"""Erases, encrypts and decrypts sensitive values, with AWS KMS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.data_masking.__about__ import __version__

if TYPE_CHECKING:
    from lambda_powertools.data_masking.base import DataMasking

_LAZY = {"DataMasking": "base"}


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        from importlib import import_module

        value = getattr(import_module(f"{__name__}.{_LAZY[name]}"), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = ["DataMasking", "__version__"]
