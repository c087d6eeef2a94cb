"""The settings of this package that the environment holds."""

from __future__ import annotations

from lambda_powertools.core.settings import Setting, boolean, text

DISABLED = Setting("POWERTOOLS_CIRCUIT_BREAKER_DISABLED", default=False, parse=boolean)
"""Functions run directly, with a warning for each call; for development."""

TABLE: Setting[str | None] = Setting("POWERTOOLS_CIRCUIT_BREAKER_TABLE", None, text)
"""DynamoDB table of the circuit breaker's plugin where no store is given."""


def is_disabled(stacklevel: int = 3) -> bool:
    """Return whether circuits are switched off, and warn if they are: that is for development only.

    Raises:
        SettingsError: the variable holds something else than a boolean.
    """
    if not DISABLED.resolve():
        return False
    import warnings

    from lambda_powertools.core.warnings import PowertoolsUserWarning

    warnings.warn(
        f"{DISABLED.variable} is set: circuit breakers protect nothing, which is for development only",
        PowertoolsUserWarning,
        stacklevel=stacklevel,
    )
    return True
