"""The shape of a line of the log, for annotations."""

from __future__ import annotations

from typing import Any, TypedDict


class PowertoolsStackTrace(TypedDict):
    """The key `stack_trace`: an exception as data."""

    type: str
    value: str
    module: str
    frames: list[dict[str, Any]]


class PowertoolsLogRecord(TypedDict, total=False):
    """A line of the log, as `LambdaPowertoolsFormatter.serialize` receives it."""

    level: str
    location: str
    message: Any
    timestamp: str
    service: str
    sampling_rate: float | str
    cold_start: bool
    function_name: str
    function_memory_size: int | str
    function_arn: str
    function_request_id: str
    correlation_id: Any
    exception: str
    exception_name: str
    exception_notes: list[str]
    stack_trace: PowertoolsStackTrace
    stack_info: str
    xray_trace_id: str


LogRecord = PowertoolsLogRecord
LogStackTrace = PowertoolsStackTrace
