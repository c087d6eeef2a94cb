"""Runs functions, each in a process of its own, and writes what each did: `python child.py FOLDER OUTPUT NAME …`.

The process forks for each function after it has loaded what is no library of either side, so that a start costs little.
"""

from __future__ import annotations

import ast
import contextlib
import importlib
import io
import json
import os
import signal
import socket
import sys
import traceback
import warnings
from pathlib import Path

import boto3
import botocore.session  # noqa: F401  # loaded before the processes are forked
import pydantic  # noqa: F401  # the same

SECONDS = 60
"""Time that a function has for all of its events."""

ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_DEFAULT_REGION": "eu-west-1",
    "AWS_REGION": "eu-west-1",
    "AWS_EXECUTION_ENV": "AWS_Lambda_python3.13",
    "AWS_LAMBDA_FUNCTION_NAME": "parity",
    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "256",
    "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
    "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
    "AWS_SDK_LOAD_CONFIG": "false",
    "LAMBDA_TASK_ROOT": "/var/task",
    "TZ": ":UTC",
    "_HANDLER": "function.handler",
    "_X_AMZN_TRACE_ID": "Root=1-5fb7331b-105bbd2f1a4b1a3f1d2c3b4a;Parent=1234567890abcdef;Sampled=1",
}


class Context:
    """What the runtime gives a function beside the event; the same in every run, but for the request's id."""

    function_name = "parity"
    function_version = "$LATEST"
    invoked_function_arn = "arn:aws:lambda:eu-west-1:123456789012:function:parity"
    memory_limit_in_mb = 256
    log_group_name = "/aws/lambda/parity"
    log_stream_name = "2026/01/01/[$LATEST]parity"
    tenant_id = None
    identity = None
    client_context = None

    def __init__(self, number: int) -> None:
        self.aws_request_id = f"request-{number}"

    def get_remaining_time_in_millis(self) -> int:
        return 30_000


def aws(service):
    """Give a client of the AWS API that runs here; functions prepare and show their resources with it."""
    return boto3.client(service)


def run(folder: Path, name: str) -> dict:
    """Import a function, send it its events, and return what could be seen of that."""
    source = (folder / f"{name}.py").read_text(encoding="utf-8")
    daemon = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    daemon.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_000_000)
    daemon.bind(("127.0.0.1", 0))
    daemon.settimeout(0)
    os.environ.update(ENVIRONMENT, AWS_XRAY_DAEMON_ADDRESS=f"127.0.0.1:{daemon.getsockname()[1]}")
    os.environ.update(_literal(source, "ENVIRONMENT"))
    record = {"initialisation": None, "invocations": [], "stored": None}
    output = io.StringIO()
    with contextlib.redirect_stdout(output), warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        try:
            module = importlib.import_module(name)
        except Exception as error:  # noqa: BLE001  # what a function raises is what is recorded
            record["initialisation"] = _error(error)
            return record
        if hasattr(module, "prepare"):
            module.prepare(aws)
        for number, event in enumerate(module.EVENTS, start=1):
            record["invocations"].append(_invoke(module.handler, event, Context(number), output, daemon))
        if hasattr(module, "stored"):
            record["stored"] = _as_json(module.stored(aws))
    record["warnings"] = sorted({item.category.__name__ for item in warned if "Powertools" in item.category.__name__})
    return record


def _invoke(handler, event, context, output, daemon) -> dict:
    started = output.tell()
    result = {"response": None, "error": None}
    try:
        result["response"] = _as_json(handler(json.loads(json.dumps(event)), context))
    except BaseException as error:  # noqa: BLE001  # the same, SystemExit included
        result["error"] = _error(error)
    output.seek(started)
    result["lines"] = output.read().splitlines()
    result["segments"] = _received(daemon)
    return result


def _as_json(value):
    return json.loads(json.dumps(value))


def _error(error: BaseException) -> dict:
    cause = error.__cause__
    return {
        "type": type(error).__name__,
        "message": str(error),
        "cause": None if cause is None else type(cause).__name__,
        "traceback": "".join(traceback.format_exception(error)),
    }


def _received(daemon: socket.socket) -> list:
    segments = []
    with contextlib.suppress(BlockingIOError):
        while True:
            segments.append(json.loads(daemon.recv(65536).decode().split("\n", 1)[1]))
    return segments


def _literal(source: str, name: str) -> dict:
    """Read a constant of a module that must be known before the module is imported."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and [getattr(target, "id", None) for target in node.targets] == [name]:
            return ast.literal_eval(node.value)
    return {}


def main() -> None:
    folder, output, *names = sys.argv[1:]
    sys.path[:0] = [folder, str(Path(__file__).parent)]
    for name in names:
        process = os.fork()
        if not process:
            signal.alarm(SECONDS)
            code = 1
            try:
                record = run(Path(folder), name)
                (Path(output) / f"{name}.json").write_text(json.dumps(record), encoding="utf-8")
                code = 0
            except BaseException:  # noqa: BLE001  # a forked process must end here, whatever happens
                traceback.print_exc()
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
        _, status = os.waitpid(process, 0)
        if status:
            print(f"{name}: the process ended with status {os.waitstatus_to_exitcode(status)}", file=sys.stderr)


if __name__ == "__main__":
    main()
