"""Tracing of the HTTP client aiohttp, which the X-Ray SDK cannot patch."""

from __future__ import annotations

from lambda_powertools.tracer._config import shared
from lambda_powertools.tracer._xray.provider import XRayProvider

TYPE_CHECKING = False
if TYPE_CHECKING:
    import aiohttp  # type: ignore[import-not-found, unused-ignore]  # its user installs it


def aiohttp_trace_config() -> aiohttp.TraceConfig:
    """Return what makes an aiohttp session record its requests, for `ClientSession(trace_configs=[…])`.

    Raises:
        ImportError: aiohttp or the X-Ray SDK is not installed.
    """
    try:
        import aiohttp  # noqa: F401  # to say what is missing before the SDK fails
    except ImportError as error:
        raise ImportError("aiohttp_trace_config() needs aiohttp: pip install aiohttp", name="aiohttp") from error
    provider = shared.active_provider()
    if isinstance(provider, XRayProvider):
        _ = provider.recorder  # imports the SDK with the least effort, and in the right state
    from aws_xray_sdk.ext.aiohttp.client import aws_xray_trace_config

    config: aiohttp.TraceConfig = aws_xray_trace_config()
    return config
