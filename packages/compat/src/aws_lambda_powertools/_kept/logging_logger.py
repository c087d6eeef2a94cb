"""The flag that tests of logging code set to have another cold start."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from aws_lambda_powertools._kept._cold_start import ModuleWithFlag

if TYPE_CHECKING:
    is_cold_start: bool
    """Whether the next invocation counts as a cold start."""

sys.modules[__name__].__class__ = ModuleWithFlag
