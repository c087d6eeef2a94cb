"""A Runtime API of our own: what the emulator cannot do is several environments at once, workers and tenants.

https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
"""

from __future__ import annotations

import json
import queue
import re
import sys
import time
import uuid
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, NamedTuple

from e2e_support.environment import Process, variables_of
from e2e_support.http_server import Handler, Server
from lambda_powertools.testing import make_trace_header

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from e2e_support.output import Output

_PATIENCE = 30.0
_ROOT = "/2018-06-01/runtime"
_RESULT = re.compile(rf"{_ROOT}/invocation/([^/]+)/(response|error)$")


class Answer(NamedTuple):
    """What the runtime client reported: `kind` is `response` or `error`."""

    kind: str
    payload: Any
    headers: Mapping[str, str]


class Request:
    """One invocation on its way through an environment."""

    def __init__(self, event: Any, trace: str | None, tenant: str | None, seconds: float) -> None:
        self.event = event
        self.request_id = str(uuid.uuid4())
        self.trace_header = trace
        self.tenant = tenant
        self.deadline = int((time.time() + seconds) * 1000)
        self._answer: Future[Answer] = Future()

    def answer(self) -> Answer:
        """Wait for what the environment makes of it."""
        return self._answer.result(_PATIENCE)

    def resolve(self, answer: Answer) -> None:
        """Take the report of the runtime client."""
        self._answer.set_result(answer)

    def headers(self) -> dict[str, str]:
        """Return the headers with which the Runtime API hands out the event."""
        found = {
            "Content-Type": "application/json",
            "Lambda-Runtime-Aws-Request-Id": self.request_id,
            "Lambda-Runtime-Deadline-Ms": str(self.deadline),
            "Lambda-Runtime-Invoked-Function-Arn": "arn:aws:lambda:eu-central-1:123456789012:function:shop",
        }
        if self.trace_header is not None:
            found["Lambda-Runtime-Trace-Id"] = self.trace_header
        if self.tenant is not None:
            found["Lambda-Runtime-Aws-Tenant-Id"] = self.tenant
        return found


class RuntimeApi:
    """The Runtime API of one execution environment."""

    def __init__(self) -> None:
        self.init_error: Future[Answer] = Future()
        self._waiting: queue.Queue[Request | None] = queue.Queue()
        self._running: dict[str, Request] = {}
        self._server = Server(_Endpoints, self)

    @property
    def address(self) -> str:
        """The value for AWS_LAMBDA_RUNTIME_API."""
        return self._server.address

    def put(self, request: Request) -> None:
        """Hand a request to the next worker that asks."""
        self._running[request.request_id] = request
        self._waiting.put(request)

    def next(self) -> Request | None:
        """Wait for a request; None when the environment shuts down."""
        return self._waiting.get()

    def finish(self, request_id: str, answer: Answer) -> None:
        """Take the result of a request."""
        self._running.pop(request_id).resolve(answer)

    def fail(self, answer: Answer) -> None:
        """Take the report that the function could not be loaded; of several workers the first one's counts."""
        if not self.init_error.done():
            self.init_error.set_result(answer)

    def close(self) -> None:
        """Stop serving."""
        for _ in range(64):  # one for every worker that may be waiting
            self._waiting.put(None)
        self._server.close()


class Environment:
    """An execution environment: the real runtime client with a Runtime API of its own."""

    def __init__(self, folder: Path, handler: str, daemon: str, variables: Mapping[str, str]) -> None:
        self._api = RuntimeApi()
        self.process = Process(
            [sys.executable, "-m", "awslambdaric", handler],
            {**variables_of(handler, daemon, variables), "AWS_LAMBDA_RUNTIME_API": self._api.address},
            folder,
        )

    def start(self, event: Any, *, tenant: str | None = None, trace: str | None = "", seconds: float = 30.0) -> Request:
        """Begin an invocation; without `trace` it gets a tracing header of its own, with None it gets none."""
        request = Request(event, make_trace_header() if trace == "" else trace, tenant, seconds)
        self._api.put(request)
        return request

    def invoke(self, event: Any, *, tenant: str | None = None, trace: str | None = "") -> Answer:
        """Invoke and wait."""
        return self.start(event, tenant=tenant, trace=trace).answer()

    def init_error(self) -> Answer:
        """Wait for the report that the function could not be loaded."""
        return self._api.init_error.result(_PATIENCE)

    def output(self) -> Output:
        """Return what the environment has printed."""
        return self.process.output()

    def close(self) -> None:
        """End the environment."""
        self.process.close()
        self._api.close()


class _Endpoints(Handler):
    """What the runtime client may ask."""

    def do_GET(self) -> None:  # noqa: N802  # the name that http.server calls
        api: RuntimeApi = self.server.owner
        if self.path != f"{_ROOT}/invocation/next":
            self.reply(404, b"{}", {})
        elif (request := api.next()) is not None:
            self.reply(200, json.dumps(request.event).encode(), request.headers())
        else:
            self.hang_up()

    def do_POST(self) -> None:  # noqa: N802  # the name that http.server calls
        api: RuntimeApi = self.server.owner
        body = self.body()
        if match := _RESULT.match(self.path):
            api.finish(match[1], Answer(match[2], json.loads(body), dict(self.headers)))
        elif self.path == f"{_ROOT}/init/error":
            api.fail(Answer("error", json.loads(body), dict(self.headers)))
        else:
            self.reply(404, b"{}", {})
            return
        self.reply(202, b'{"status":"OK"}', {"Content-Type": "application/json"})
