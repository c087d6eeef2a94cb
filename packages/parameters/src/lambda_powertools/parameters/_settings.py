"""What the environment says of fetching parameters."""

from __future__ import annotations

from typing import Any

from lambda_powertools.core.settings import Settings


def resolve_max_age(max_age: int | None, provider: Any = None, name: Any = None) -> int:
    """Return seconds to keep a value: the argument, else the provider's for this name, else the environment's."""
    if max_age is not None:
        return max_age
    own = getattr(provider, "max_ages", None)
    return Settings.parameters_max_age.resolve(own.get(name) if isinstance(own, dict) else None)


def resolve_decrypt(decrypt: bool | None) -> bool:
    """Return whether SSM is to decrypt: the argument, else the environment's, else no."""
    return Settings.parameters_ssm_decrypt.resolve(decrypt)
