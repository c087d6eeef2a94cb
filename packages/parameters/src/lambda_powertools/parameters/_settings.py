"""What the environment says of fetching parameters."""

from __future__ import annotations

from typing import Any

from lambda_powertools.core.settings import Setting, boolean
from lambda_powertools.parameters.constants import DEFAULT_MAX_AGE_SECS


def _whole_number(value: str) -> int:
    try:
        return int(value)
    except ValueError:
        raise ValueError("allowed is a whole number of seconds") from None


MAX_AGE = Setting("POWERTOOLS_PARAMETERS_MAX_AGE", default=DEFAULT_MAX_AGE_SECS, parse=_whole_number)
SSM_DECRYPT = Setting("POWERTOOLS_PARAMETERS_SSM_DECRYPT", default=False, parse=boolean)


def resolve_max_age(max_age: int | None, provider: Any = None, name: Any = None) -> int:
    """Return seconds to keep a value: the argument, else the provider's for this name, else the environment's."""
    if max_age is not None:
        return max_age
    own = getattr(provider, "max_ages", None)
    return MAX_AGE.resolve(own.get(name) if isinstance(own, dict) else None)


def resolve_decrypt(decrypt: bool | None) -> bool:
    """Return whether SSM is to decrypt: the argument, else the environment's, else no."""
    return SSM_DECRYPT.resolve(decrypt)
