"""The process in which `powertools invoke` runs a handler: fresh, so that the cold start is one.

It reads one job, a line of JSON, from stdin. Between whatever the handler prints it writes records to stdout: lines
that start with the job's mark. Until the handler's module is imported this module loads what Lambda's runtime has
loaded by then, no more, so that the initialisation that it measures is the function's own.
"""

from __future__ import annotations

import json
import os
import sys
import time
from typing import TYPE_CHECKING, Any

from lambda_powertools.cli._function import (
    _NoHandlerError,
    describe_error,
    find_handler,
    is_configuration_error,
    to_json,
    unusable_response,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    Report = Callable[..., None]


def main() -> None:
    """Do the job that stdin holds."""
    job = json.loads(sys.stdin.buffer.readline())
    sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123  # a function in Lambda has nothing to read
    report = _reporter(job["mark"])
    if (folder := os.getcwd()) not in sys.path and "" not in sys.path:  # noqa: PTH109  # pathlib is not loaded yet
        sys.path.insert(0, folder)
    handler = _initialise(job, report)
    if handler is not None:
        for _ in range(job["count"]):
            _invoke(handler, job, report)
    report("done")


def _reporter(mark: str) -> Report:
    descriptor = os.dup(1)  # the function may replace sys.stdout

    def report(kind: str, **record: Any) -> None:
        sys.stdout.flush()
        sys.stderr.flush()
        line = f"{mark}{json.dumps({'kind': kind, **record})}\n".encode()
        while line:
            line = line[os.write(descriptor, line) :]

    return report


def _initialise(job: dict[str, Any], report: Report) -> Callable[..., Any] | None:
    start = time.perf_counter()
    try:
        handler = find_handler(job["module"], job["attribute"])
    except _NoHandlerError as problem:
        report("usage", message=str(problem))
        return None
    except Exception as error:  # noqa: BLE001  # the function's own failure, told to the parent
        duration = (time.perf_counter() - start) * 1000
        if is_configuration_error(error):
            report("usage", message=str(error))
        else:
            report("init", ms=duration, error=describe_error(error, __file__))
        return None
    duration = (time.perf_counter() - start) * 1000
    application = getattr(handler, "application", None)
    report("init", ms=duration, plugins=list(getattr(application, "plugins", ())))
    return handler


def _invoke(handler: Callable[..., Any], job: dict[str, Any], report: Report) -> None:
    from lambda_powertools.testing import make_context, make_trace_header

    event = json.loads(job["event"])
    trace_header = make_trace_header()
    os.environ["_X_AMZN_TRACE_ID"] = trace_header
    context = make_context(function_name=job["function_name"], memory_limit_in_mb=job["memory"], timeout=job["timeout"])
    report("start", request_id=context.aws_request_id, trace_header=trace_header)
    start = time.perf_counter()
    try:
        response = handler(event, context)
    except Exception as error:  # noqa: BLE001  # the function's own failure, told to the parent
        report("end", ms=(time.perf_counter() - start) * 1000, error=describe_error(error, __file__))
        return
    duration = (time.perf_counter() - start) * 1000
    try:
        report("end", ms=duration, response=json.loads(to_json(response)))
    except (TypeError, ValueError) as problem:
        report("end", ms=duration, error=unusable_response(response, problem))


if __name__ == "__main__":
    main()
