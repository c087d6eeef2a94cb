"""Names and numbers that this package shares with its users."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from lambda_powertools.parameters._transforms import (
    TRANSFORM_METHOD_BINARY,
    TRANSFORM_METHOD_JSON,
    TRANSFORM_METHOD_MAPPING,
)

if TYPE_CHECKING:
    from lambda_powertools.parameters.base import BaseProvider

DEFAULT_MAX_AGE_SECS = 300
"""Seconds for which a value is kept where neither the call nor the environment says otherwise."""

DEFAULT_PROVIDERS: dict[str, BaseProvider] = {}
"""The providers behind the functions of this package, by service; put one of your own here to have it used."""

SSM_PARAMETER_TYPES = Literal["String", "StringList", "SecureString"]
SSM_PARAMETER_TIER = Literal["Standard", "Advanced", "Intelligent-Tiering"]

__all__ = [
    "DEFAULT_MAX_AGE_SECS",
    "DEFAULT_PROVIDERS",
    "SSM_PARAMETER_TIER",
    "SSM_PARAMETER_TYPES",
    "TRANSFORM_METHOD_BINARY",
    "TRANSFORM_METHOD_JSON",
    "TRANSFORM_METHOD_MAPPING",
]
