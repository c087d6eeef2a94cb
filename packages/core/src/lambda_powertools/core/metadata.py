"""Facts about the execution environment from the Lambda metadata endpoint, asked for once per environment."""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass, field

from lambda_powertools.core.exceptions import LambdaMetadataError
from lambda_powertools.core.settings import Settings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["LambdaMetadata", "LambdaMetadataError", "clear_metadata_cache", "get_lambda_metadata"]

_PATH = "/2026-01-15/metadata/execution-environment"
_HTTP_OK = 200


@dataclass(frozen=True)
class LambdaMetadata:
    """What the endpoint says of the execution environment.

    Attributes:
        availability_zone_id: id of the Availability Zone, such as `use1-az1`; None when unknown.
    """

    availability_zone_id: str | None = None
    _raw: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)


_lock = threading.Lock()
_cached: LambdaMetadata | None = None
_restore_hook_registered = False


def get_lambda_metadata(*, timeout: float = 1.0) -> LambdaMetadata:
    """Return the metadata of the execution environment; the first call asks the endpoint, later ones do not.

    Outside Lambda, and with `POWERTOOLS_DEV`, the result is empty and nothing is asked.

    Args:
        timeout: seconds for connecting and for reading.

    Raises:
        LambdaMetadataError: the endpoint is not configured, cannot be reached or does not answer as it should. The
            next call tries again.

    Example:
        >>> get_lambda_metadata()
        LambdaMetadata(availability_zone_id=None)
    """
    global _cached  # one answer for the environment
    if not os.environ.get("AWS_LAMBDA_INITIALIZATION_TYPE") or Settings.dev.resolve():
        return LambdaMetadata()
    cached = _cached
    if cached is not None:
        return cached
    with _lock:
        if _cached is None:
            _cached = _fetch(timeout)
            _clear_after_restore()
        return _cached


def clear_metadata_cache() -> None:
    """Make the next call ask again: a restored snapshot may run in another zone."""
    global _cached
    with _lock:  # after an answer that is on its way, which may be from before the restore
        _cached = None


def _fetch(timeout: float) -> LambdaMetadata:
    # http.client and not urllib: no proxy and no redirect may ever see the token.
    import http.client
    import json

    host, token = _required("AWS_LAMBDA_METADATA_API"), _required("AWS_LAMBDA_METADATA_TOKEN")
    try:
        connection = http.client.HTTPConnection(host, timeout=timeout)
        try:
            connection.request("GET", _PATH, headers={"Authorization": f"Bearer {token}"})
            response = connection.getresponse()
            body = response.read()
        finally:
            connection.close()
    except (OSError, http.client.HTTPException, ValueError) as error:
        # A ValueError may quote the header it refused, so only its type is told and it is not chained.
        cause = None if isinstance(error, ValueError) else error
        raise LambdaMetadataError(f"cannot reach the Lambda metadata endpoint: {type(error).__name__}") from cause
    if response.status != _HTTP_OK:
        raise LambdaMetadataError(
            f"the Lambda metadata endpoint answered with HTTP status {response.status}", response.status
        )
    try:
        raw = json.loads(body)
    except ValueError as error:
        raise LambdaMetadataError("the Lambda metadata endpoint's answer is not JSON", response.status) from error
    if not isinstance(raw, dict):
        raise LambdaMetadataError("the Lambda metadata endpoint's answer is not a JSON object", response.status)
    return LambdaMetadata(raw.get("AvailabilityZoneID"), raw)


def _required(variable: str) -> str:
    value = os.environ.get(variable)
    if not value:
        raise LambdaMetadataError(f"environment variable {variable} is not set, though this is a Lambda environment")
    return value


def _clear_after_restore() -> None:
    global _restore_hook_registered  # once for the environment
    if _restore_hook_registered:
        return
    try:
        from snapshot_restore_py import register_after_restore
    except ImportError:
        return
    register_after_restore(clear_metadata_cache)
    _restore_hook_registered = True
