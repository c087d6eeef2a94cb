"""A provider that writes down what it is told, and a Lambda-like process whose trace is received over UDP."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import pytest

from lambda_powertools.core.cold_start import reset_cold_start
from lambda_powertools.tracer import Tracer
from lambda_powertools.tracer.base import BaseProvider

SCRIPTS = Path(__file__).parent / "scripts"
PARENT = "53995c3f42cd8ad8"
HEADER = f"Root=1-5759e988-bd862e3fe1be46a994272793;Parent={PARENT};Sampled=1"
VARIABLES = (
    "AWS_CHALICE_CLI_MODE",
    "AWS_LAMBDA_INITIALIZATION_TYPE",
    "AWS_SAM_LOCAL",
    "LAMBDA_TASK_ROOT",
    "POWERTOOLS_SERVICE_NAME",
    "POWERTOOLS_TRACER_CAPTURE_ERROR",
    "POWERTOOLS_TRACER_CAPTURE_RESPONSE",
    "POWERTOOLS_TRACE_DISABLED",
    "_X_AMZN_TRACE_ID",
)


@pytest.fixture(autouse=True)
def _clean(monkeypatch):
    """Each test starts outside Lambda, with nothing configured and a cold environment."""
    for variable in VARIABLES:
        monkeypatch.delenv(variable, raising=False)
    Tracer._reset_config()
    reset_cold_start()
    yield
    Tracer._reset_config()


class Segment:
    """A segment that takes keyword arguments only, as the fakes of users may."""

    def __init__(self, name, parent, *, asynchronous):
        self.name = name
        self.parent = parent
        self.asynchronous = asynchronous
        self.notes = []
        self.children = []
        self.open = True
        self.error = None

    def put_metadata(self, *, key, value, namespace):
        self.notes.append(("metadata", key, value, namespace))

    def put_annotation(self, *, key, value):
        self.notes.append(("annotation", key, value))

    @property
    def metadata(self):
        return {note[1]: note[2] for note in self.notes if note[0] == "metadata"}

    @property
    def annotations(self):
        return {note[1]: note[2] for note in self.notes if note[0] == "annotation"}


class RecordingProvider(BaseProvider):
    """A provider with one line of open segments, which generators leave and enter."""

    def __init__(self):
        self.segments = []
        self.calls = []
        self.current = None

    @property
    def only(self):
        (segment,) = self.segments
        return segment

    @property
    def names(self):
        return [segment.name for segment in self.segments]

    @contextmanager
    def in_subsegment(self, name=None, **kwargs):
        with self._record(name, kwargs, asynchronous=False) as segment:
            yield segment

    @asynccontextmanager
    async def in_subsegment_async(self, name=None, **kwargs):
        with self._record(name, kwargs, asynchronous=True) as segment:
            yield segment

    @contextmanager
    def _record(self, name, kwargs, *, asynchronous):
        assert not kwargs
        segment = Segment(name, self.current, asynchronous=asynchronous)
        self.segments.append(segment)
        if self.current is not None:
            self.current.children.append(segment)
        self.current, before = segment, self.current
        try:
            yield segment
        except BaseException as error:
            segment.error = error
            raise
        finally:
            segment.open = False
            self.current = before

    def put_annotation(self, key, value):
        self.calls.append(("put_annotation", key, value))

    def put_metadata(self, key, value, namespace="default"):
        self.calls.append(("put_metadata", key, value, namespace))

    def patch(self, modules):
        self.calls.append(("patch", modules))

    def patch_all(self):
        self.calls.append(("patch_all",))

    def get_scope(self):
        return self.current

    def set_scope(self, scope):
        self.current = scope


@pytest.fixture
def provider():
    """A provider that writes down what it is told."""
    return RecordingProvider()


@pytest.fixture
def tracer(provider):
    """A tracer of the service `shop` that records to `provider`."""
    return Tracer(service="shop", disabled=False, provider=provider)


class Trace:
    """What a process has sent to the daemon's address, and what it has printed."""

    def __init__(self, documents, stdout, stderr):
        self.documents = documents
        self.stdout = stdout
        self.stderr = stderr

    @property
    def printed(self):
        """The last line of the output, which is JSON."""
        return json.loads(self.stdout.splitlines()[-1])

    def of(self, trace_id):
        """Return the part that belongs to one trace."""
        return Trace([document for document in self.documents if document["trace_id"] == trace_id], "", "")

    def named(self, name):
        """Return the only subsegment of this name."""
        (document,) = (document for document in self.documents if document["name"] == name)
        return document

    def children(self, parent_id=PARENT):
        """Return the subsegments below another one, by default those below the segment of the Lambda service."""
        return [document for document in self.documents if document.get("parent_id") == parent_id]

    def tree(self, parent_id=PARENT):
        """Return names and, for each, the tree below, sorted by name."""
        return sorted((document["name"], self.tree(document["id"])) for document in self.children(parent_id))


class Daemon:
    """Receives segments where the X-Ray daemon would."""

    def __init__(self):
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
        self._socket.bind(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._socket.getsockname()[1]}"
        self._datagrams = []
        self._thread = threading.Thread(target=self._receive)
        self._thread.start()

    def _receive(self):
        while datagram := self._socket.recv(1 << 16):
            self._datagrams.append(datagram)

    def stop(self):
        """Return the documents received."""
        host, port = self._socket.getsockname()
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as end:
            end.sendto(b"", (host, port))
        self._thread.join()
        self._socket.close()
        documents = []
        for datagram in self._datagrams:
            header, _, document = datagram.partition(b"\n")
            assert json.loads(header) == {"format": "json", "version": 1}
            documents.append(json.loads(document))
        return documents


@pytest.fixture(scope="session")
def run_in_lambda():
    """Run a script of `scripts/`, or Python code, in a process that looks like Lambda; returns its `Trace`.

    A process of its own, because the X-Ray SDK has one state for the whole process and decides on import where it is.
    """

    def run(script, *args, **environ):
        daemon = Daemon()
        inherited = {name: value for name, value in os.environ.items() if name not in VARIABLES}
        environment = {
            **inherited,
            "AWS_DEFAULT_REGION": "eu-west-1",
            "AWS_ACCESS_KEY_ID": "none",
            "AWS_SECRET_ACCESS_KEY": "none",
            "AWS_XRAY_DAEMON_ADDRESS": daemon.address,
            "LAMBDA_TASK_ROOT": "/var/task",
            "_X_AMZN_TRACE_ID": HEADER,
            **environ,
        }
        environment = {name: value for name, value in environment.items() if value is not None}
        command = [str(SCRIPTS / script)] if script.endswith(".py") else ["-c", script]
        try:
            done = subprocess.run(
                [sys.executable, *command, *args], env=environment, capture_output=True, text=True, check=False
            )
        finally:
            documents = daemon.stop()
        assert done.returncode == 0, done.stderr
        return Trace(documents, done.stdout, done.stderr)

    return run
