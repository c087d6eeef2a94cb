"""The body of an S3 response under the name that existing code imports.

`PowertoolsStreamingBody` is botocore's `StreamingBody`, loaded when first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from botocore.response import StreamingBody as PowertoolsStreamingBody


def __getattr__(name: str) -> Any:
    if name == "PowertoolsStreamingBody":
        from botocore.response import StreamingBody

        globals()[name] = StreamingBody
        return StreamingBody
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = ["PowertoolsStreamingBody"]
