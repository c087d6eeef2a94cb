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
import traceback
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    Report = Callable[..., None]


class _NoHandlerError(Exception):
    """The path leads to no handler."""


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
        handler = _find_handler(job["module"], job["attribute"])
    except _NoHandlerError as problem:
        report("usage", message=str(problem))
        return None
    except Exception as error:  # noqa: BLE001  # the function's own failure, told to the parent
        duration = (time.perf_counter() - start) * 1000
        if _is_configuration_error(error):
            report("usage", message=str(error))
        else:
            report("init", ms=duration, error=_describe(error))
        return None
    duration = (time.perf_counter() - start) * 1000
    application = getattr(handler, "application", None)
    report("init", ms=duration, plugins=list(getattr(application, "plugins", ())))
    return handler


def _find_handler(module_name: str, attribute: str) -> Callable[..., Any]:
    try:
        module = import_module(module_name)
    except ModuleNotFoundError as error:
        missing = error.name or ""
        if module_name != missing and not module_name.startswith(f"{missing}."):
            raise  # a module that the handler's own imports
        raise _NoHandlerError(f"there is no module {missing!r} in {os.getcwd()}{_similar_modules(missing)}") from None  # noqa: PTH109
    found: Any = module
    for name in attribute.split("."):
        if not hasattr(found, name):
            raise _NoHandlerError(f"{_label(module_name, found)} has no {name!r}{_similar_names(name, found)}")
        found = getattr(found, name)
    if not callable(found):
        raise _NoHandlerError(f"{module_name}:{attribute} is not callable: it is {_article(type(found).__name__)}")
    return found  # type: ignore[no-any-return]  # it is callable


def _label(module_name: str, found: Any) -> str:
    return f"module {module_name!r}" if type(found) is type(sys) else f"{type(found).__name__} {found!r:.60}"


def _article(noun: str) -> str:
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"


def _similar_modules(missing: str) -> str:
    import pkgutil

    from lambda_powertools.core.suggestions import did_you_mean

    parent, _, name = missing.rpartition(".")
    folders = list(getattr(sys.modules.get(parent), "__path__", ())) if parent else [os.getcwd()]  # noqa: PTH109
    return did_you_mean(name, [module.name for module in pkgutil.iter_modules(folders)])


def _similar_names(name: str, found: Any) -> str:
    from lambda_powertools.core.suggestions import did_you_mean

    own = getattr(found, "__name__", None)
    names = [
        key
        for key in dir(found)
        if not key.startswith("_") and callable(value := getattr(found, key)) and not isinstance(value, type)
        if own is None or getattr(value, "__module__", own) == own
    ]
    return did_you_mean(name, names)


def _is_configuration_error(error: Exception) -> bool:
    """Whether the message of the core is all there is to say: an unknown plugin or option, a bad setting."""
    core = sys.modules.get("lambda_powertools.core.exceptions")
    return core is not None and isinstance(error, (core.PluginError, core.SettingsError))


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
        report("end", ms=(time.perf_counter() - start) * 1000, error=_describe(error))
        return
    duration = (time.perf_counter() - start) * 1000
    try:
        report("end", ms=duration, response=json.loads(json.dumps(response, default=_encode)))
    except (TypeError, ValueError) as problem:
        report("end", ms=duration, error=_unusable(response, problem))


def _encode(value: Any) -> Any:
    from decimal import Decimal

    if isinstance(value, Decimal):  # as Lambda's own encoder does
        return float(value)
    raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")


def _unusable(response: Any, problem: Exception) -> dict[str, Any]:
    message = f"Unable to marshal response: {problem}"
    if hasattr(response, "close") and hasattr(response, "__await__"):
        response.close()
        message += ". Lambda does not await a coroutine; decorated with @powertools an async handler works"
    return {"type": "Runtime.MarshalError", "message": message, "stack": []}


def _describe(error: BaseException) -> dict[str, Any]:
    trace = error.__traceback__
    while trace is not None and _is_machinery(trace.tb_frame.f_code.co_filename):
        trace = trace.tb_next
    stack = "".join(traceback.format_exception(type(error), error, trace)).splitlines()
    return {"type": type(error).__name__, "message": str(error), "stack": stack}


def _is_machinery(filename: str) -> bool:
    return (
        filename == __file__
        or filename.startswith("<frozen importlib")
        or filename == import_module.__code__.co_filename
    )


if __name__ == "__main__":
    main()
