"""The Lambda runtime client under the Runtime Interface Emulator that the wheel of aws-sam-cli carries.

https://docs.aws.amazon.com/lambda/latest/dg/images-test.html
"""

from __future__ import annotations

import contextlib
import http.client
import importlib.util
import json
import platform
import shutil
import socket
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from e2e_support.environment import Process, variables_of
from e2e_support.http_server import Handler, Server

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from e2e_support.output import Output

_PATIENCE = 20.0
_INVOKE = "/2015-03-31/functions/function/invocations"
_OF_THE_CONNECTION = {"connection", "content-length", "date", "server", "transfer-encoding"}
_MACHINES = {"x86_64": "x86_64", "amd64": "x86_64", "aarch64": "arm64", "arm64": "arm64"}


class Answer(NamedTuple):
    """What the emulator answered to an invocation."""

    status: int
    text: str

    @property
    def payload(self) -> Any:
        """The response of the handler, or the runtime's description of its error."""
        return json.loads(self.text)


def emulator_binary(folder: Path) -> Path | None:
    """Copy the emulator for this machine into `folder`, where it may be executed; None where there is none."""
    spec = importlib.util.find_spec("samcli")
    machine = _MACHINES.get(platform.machine().lower())
    if spec is None or spec.origin is None or machine is None or sys.platform != "linux":
        return None
    source = Path(spec.origin).parent / "local" / "rapid" / f"aws-lambda-rie-{machine}"
    if not source.is_file():
        return None
    copy = folder / source.name
    shutil.copyfile(source, copy)
    copy.chmod(0o755)
    return copy


class Emulator:
    """One function in the emulator, which starts an environment for it, and a new one after a timeout."""

    def __init__(
        self,
        binary: Path,
        folder: Path,
        handler: str,
        daemon: str,
        variables: Mapping[str, str],
        timeout: int = 10,
        python: Sequence[str] = (sys.executable,),
    ) -> None:
        for _ in range(5):  # a port that was free may be taken before the emulator listens on it
            self._address, api = _free_address(), _free_address()
            self.tracing = _TracingProxy(api)
            self._process = Process(
                [
                    str(binary),
                    *("--runtime-interface-emulator-address", self._address),
                    *("--runtime-api-address", api),
                    # The emulator tells its environments its own address; env sends them through the proxy.
                    *("/usr/bin/env", f"AWS_LAMBDA_RUNTIME_API={self.tracing.address}"),
                    *(*python, "-m", "awslambdaric", handler),
                ],
                {**variables_of(handler, daemon, variables), "AWS_LAMBDA_FUNCTION_TIMEOUT": str(timeout)},
                folder,
            )
            if self._is_listening():
                return
            self.close()
        raise TimeoutError(f"the emulator does not listen:\n{self._process.errors()}")

    def invoke(self, event: Any, trace_header: str | None = None) -> Answer:
        """Invoke the function, with the tracing header that the Lambda service would give to the request."""
        self.tracing.header = trace_header
        connection = http.client.HTTPConnection(self._address, timeout=_PATIENCE)
        try:
            connection.request("POST", _INVOKE, json.dumps(event))
            response = connection.getresponse()
            return Answer(response.status, response.read().decode())
        finally:
            connection.close()

    def output(self) -> Output:
        """Return what the environments and the emulator have printed."""
        return self._process.output()

    def close(self) -> None:
        """End the emulator and its environments."""
        self._process.close()
        self.tracing.close()

    def _is_listening(self) -> bool:
        host, _, port = self._address.rpartition(":")
        end = time.monotonic() + _PATIENCE
        while self._process.running and time.monotonic() < end:
            with contextlib.suppress(OSError):
                socket.create_connection((host, int(port)), 1).close()
                return True
            time.sleep(0.01)  # nothing tells of its readiness
        return False


class _TracingProxy:
    """Between runtime client and emulator: adds the tracing header, which the emulator leaves out."""

    def __init__(self, upstream: str) -> None:
        self.upstream = upstream
        self.header: str | None = None
        self._server = Server(_Forward, self)

    @property
    def address(self) -> str:
        """The value for AWS_LAMBDA_RUNTIME_API."""
        return self._server.address

    def close(self) -> None:
        """Stop forwarding."""
        self._server.close()


class _Forward(Handler):
    """Passes a request on to the emulator."""

    def _forward(self) -> None:
        proxy: _TracingProxy = self.server.owner
        connection = http.client.HTTPConnection(proxy.upstream)
        try:
            connection.request(self.command, self.path, self.body(), dict(self.headers))
            response = connection.getresponse()
            answer = response.read()
        except (OSError, http.client.HTTPException):  # the emulator has ended
            self.hang_up()
            return
        finally:
            connection.close()
        headers = {name: value for name, value in response.getheaders() if name.lower() not in _OF_THE_CONNECTION}
        if self.path.endswith("/invocation/next") and proxy.header is not None:
            headers["Lambda-Runtime-Trace-Id"] = proxy.header
        self.reply(response.status, answer, headers)

    def do_GET(self) -> None:  # noqa: N802  # the name that http.server calls
        self._forward()

    def do_POST(self) -> None:  # noqa: N802  # the name that http.server calls
        self._forward()


def _free_address() -> str:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{listener.getsockname()[1]}"
