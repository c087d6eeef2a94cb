"""Stands between Lambda's runtime client and the emulator's Runtime API, to see and to time what passes.

The emulator gives the runtime no tracing header; Lambda does, so the proxy adds one to each request it hands out.
Reference: https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
"""

from __future__ import annotations

import http.client
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from lambda_powertools.cli._session import Failure
from lambda_powertools.testing import make_trace_header

if TYPE_CHECKING:
    from types import TracebackType

_NEXT = "/runtime/invocation/next"
_DROPPED = {"connection", "content-length", "date", "keep-alive", "server", "transfer-encoding"}


class RuntimeProxy:
    """A proxy of the Runtime API at `target`, running while it is entered.

    Attributes:
        first_next: moment of the first request for an event, when the initialisation was over; None before.
        init_error: what made the initialisation fail.
        started: moment at which each request was handed out, by its id.
        ended: moment at which its response or error came back.
        errors: the errors, by request id.
        trace_headers: the tracing headers, by request id.
    """

    def __init__(self, target: str) -> None:
        self.target = target
        self.first_next: float | None = None
        self.init_error: Failure | None = None
        self.started: dict[str, float] = {}
        self.ended: dict[str, float] = {}
        self.errors: dict[str, Failure] = {}
        self.trace_headers: dict[str, str] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_for(self))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def address(self) -> str:
        """`host:port`, the value for `AWS_LAMBDA_RUNTIME_API`."""
        return f"127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> RuntimeProxy:  # noqa: PYI034  # typing has Self from Python 3.11 on
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def before(self, path: str, body: bytes) -> None:
        """Note a request of the runtime."""
        now = time.perf_counter()
        if path.endswith(_NEXT) and self.first_next is None:
            self.first_next = now
        elif path.endswith("/init/error"):
            self.init_error = failure_from(body)
        elif "/runtime/invocation/" in path and not path.endswith(_NEXT):
            request_id, _, outcome = path.partition("/runtime/invocation/")[2].partition("/")
            self.ended[request_id] = now
            if outcome == "error":
                self.errors[request_id] = failure_from(body)

    def after(self, path: str, request_id: str | None) -> str | None:
        """Note the answer to a request; return the tracing header to add to it."""
        if not path.endswith(_NEXT) or request_id is None:
            return None
        self.trace_headers[request_id] = make_trace_header()
        self.started[request_id] = time.perf_counter()
        return self.trace_headers[request_id]


def failure_from(body: bytes) -> Failure:
    """Return the failure that a runtime reports, in the form that Lambda gives it."""
    try:
        report = json.loads(body)
        stack = [line for entry in report.get("stackTrace") or () for line in str(entry).splitlines()]
    except (AttributeError, ValueError):
        return Failure("Unknown", body.decode(errors="replace"))
    return Failure(str(report.get("errorType") or "Unknown"), str(report.get("errorMessage") or ""), stack)


def _handler_for(proxy: RuntimeProxy) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        """Passes each request on to the emulator, and its answer back."""

        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def _relay(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            proxy.before(self.path, body)
            try:
                status, headers, answer = _forward(proxy.target, self.command, self.path, dict(self.headers), body)
            except OSError:  # the emulator has gone: so does the runtime
                self.close_connection = True
                return
            trace_header = proxy.after(self.path, headers.get("Lambda-Runtime-Aws-Request-Id"))
            self.send_response(status)
            for name, value in headers.items():
                if name.lower() not in _DROPPED:
                    self.send_header(name, value)
            if trace_header is not None:
                self.send_header("Lambda-Runtime-Trace-Id", trace_header)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        do_GET = do_POST = _relay  # noqa: N815  # the names that http.server looks for

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the name that http.server gives it
            """Say nothing: the output is the function's."""

    return Handler


def _forward(
    target: str, method: str, path: str, headers: dict[str, str], body: bytes
) -> tuple[int, http.client.HTTPMessage, bytes]:
    host, _, port = target.rpartition(":")
    connection = http.client.HTTPConnection(host, int(port))
    try:
        kept = {name: value for name, value in headers.items() if name.lower() not in {*_DROPPED, "host"}}
        connection.request(method, path, body, kept)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    except http.client.HTTPException as error:
        raise ConnectionError(str(error)) from error
    finally:
        connection.close()
