"""Another X-Ray SDK in the place of the real one, for tests."""

from __future__ import annotations

from lambda_powertools.tracer._config import shared

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["replace_sdk", "sdk_in_use"]


def replace_sdk(sdk: Any) -> None:
    """Have the tracers that are created from now on use `sdk.core.xray_recorder` and its `patch` and `patch_all`.

    Tracers that there are already keep what they have.

    Args:
        sdk: what looks like the module `aws_xray_sdk`, such as a mock; None for the real one.

    Example:
        >>> from unittest.mock import MagicMock
        >>> from lambda_powertools.tracer import Tracer
        >>> sdk = MagicMock()
        >>> replace_sdk(sdk)
        >>> Tracer(disabled=False, patch_modules=["sqlite3"]).provider is sdk.core.xray_recorder
        True
        >>> sdk.core.patch.call_args.args
        (['sqlite3'],)
        >>> replace_sdk(None)
        >>> Tracer._reset_config()
    """
    shared.replace_sdk(sdk)


def sdk_in_use() -> Any:
    """Return what tracers take for the X-Ray SDK: what it was replaced by, or the real one, which is imported.

    Raises:
        ImportError: it is the real one, and not installed.
    """
    if shared.sdk is not None:
        return shared.sdk
    import aws_xray_sdk.core

    return aws_xray_sdk
