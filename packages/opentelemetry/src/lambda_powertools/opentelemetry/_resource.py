"""What the telemetry of an execution environment is about.

Reference: https://opentelemetry.io/docs/specs/semconv/resource/faas/
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from lambda_powertools.core.settings import Settings
from opentelemetry.sdk.resources import OTELResourceDetector, Resource

if TYPE_CHECKING:
    from collections.abc import Mapping

_MEBIBYTE = 1024 * 1024


def make_resource(service: str | None, attributes: Mapping[str, Any] | None) -> Resource:
    """Return the resource: what was given wins over `OTEL_*`, that over `POWERTOOLS_*`, that over what Lambda says."""
    function = os.environ.get("AWS_LAMBDA_FUNCTION_NAME")
    ours = {**_of_lambda(), "service.name": Settings.service_name.resolve() or function or "unknown_service"}
    given = {"service.name": service} if service else {}
    resource = Resource.create(ours).merge(OTELResourceDetector().detect())
    return resource.merge(Resource({**given, **(attributes or {})}))


def _of_lambda() -> dict[str, Any]:
    environ = os.environ
    if not environ.get("AWS_LAMBDA_FUNCTION_NAME"):
        return {}
    found: dict[str, Any] = {"cloud.provider": "aws", "cloud.platform": "aws_lambda"}
    for attribute, variable in (
        ("cloud.region", "AWS_REGION"),
        ("faas.name", "AWS_LAMBDA_FUNCTION_NAME"),
        ("faas.version", "AWS_LAMBDA_FUNCTION_VERSION"),
        ("faas.instance", "AWS_LAMBDA_LOG_STREAM_NAME"),
    ):
        if environ.get(variable):
            found[attribute] = environ[variable]
    memory = environ.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "")
    if memory.isdecimal():
        found["faas.max_memory"] = int(memory) * _MEBIBYTE
    return found
