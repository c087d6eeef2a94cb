"""What tests of tracing code set: the flag of the cold start, and the X-Ray SDK."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools._kept._cold_start import ModuleWithFlag

if TYPE_CHECKING:
    is_cold_start: bool
    """Whether the next invocation counts as a cold start."""
    aws_xray_sdk: Any
    """The X-Ray SDK."""


class _Module(ModuleWithFlag):
    """This module, with what is in use for the X-Ray SDK."""

    @property
    def aws_xray_sdk(self) -> Any:
        from lambda_powertools.tracer.sdk import sdk_in_use

        return sdk_in_use()

    @aws_xray_sdk.setter
    def aws_xray_sdk(self, value: Any) -> None:
        from lambda_powertools.tracer.sdk import replace_sdk

        replace_sdk(None if value is sys.modules.get("aws_xray_sdk") else value)


sys.modules[__name__].__class__ = _Module
