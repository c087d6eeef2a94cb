"""The flag `is_cold_start` of old modules, which tests read and set, on top of the one that there is now."""

from __future__ import annotations

from types import ModuleType

from lambda_powertools.core.cold_start import claim_cold_start, is_cold_start_due, reset_cold_start


class ModuleWithFlag(ModuleType):
    """A module whose `is_cold_start` is core's."""

    @property
    def is_cold_start(self) -> bool:
        """Whether the next invocation counts as a cold start."""
        return is_cold_start_due()

    @is_cold_start.setter
    def is_cold_start(self, value: bool) -> None:
        if value:
            reset_cold_start()
        else:
            claim_cold_start()
