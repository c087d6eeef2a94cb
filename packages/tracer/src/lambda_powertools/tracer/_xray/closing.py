"""Mends what the X-Ray SDK does to httpx: a client that it has patched leaves its connections open when it is closed.

The SDK puts a transport of its own around that of each client, and that transport takes requests alone.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_PATCH = "aws_xray_sdk.ext.httpx.patch"


def pass_on_closing() -> None:
    """Have the SDK's transports for httpx, if there are any, close those that they are around."""
    module = sys.modules.get(_PATCH)
    for kind, name, close in _MISSING:
        transport = getattr(module, kind, None)
        if transport is not None and name not in vars(transport):
            setattr(transport, name, close)


def _close(transport: Any) -> None:
    transport._wrapped_transport.close()  # noqa: SLF001  # the SDK's own name for it


async def _aclose(transport: Any) -> None:
    await transport._wrapped_transport.aclose()  # noqa: SLF001  # the same


_MISSING = (("SyncInstrumentedTransport", "close", _close), ("AsyncInstrumentedTransport", "aclose", _aclose))
