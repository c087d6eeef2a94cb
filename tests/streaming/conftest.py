from __future__ import annotations

import contextlib
import socket
import threading
import uuid
from urllib.parse import urlsplit

import pytest
from local_servers import client

BUCKET = "streaming-tests"


class CuttingProxy:
    """Passes TCP connections on to a server and cuts each after so many bytes of answers as `cuts` says for it."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._upstream = (parts.hostname, parts.port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.cuts: list[int] = []
        self.passed = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                far = socket.create_connection(self._upstream)
                near.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 64 * 1024)
                limit = self.cuts.pop(0) if self.cuts else None
                threading.Thread(target=self._pump, args=(near, far, None), daemon=True).start()
                threading.Thread(target=self._pump, args=(far, near, limit), daemon=True).start()

    def _pump(self, source: socket.socket, target: socket.socket, limit: int | None) -> None:
        is_answer = source.getpeername() == self._upstream
        left = limit
        with contextlib.suppress(OSError):
            while left is None or left > 0:
                data = source.recv(16 * 1024 if left is None else min(left, 16 * 1024))
                if not data:
                    break
                target.sendall(data)
                left = None if left is None else left - len(data)
                if is_answer:
                    self.passed += len(data)
        for end in (source, target):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


class Requests(list):
    """The requests of a client, each the name of its operation and its parameters."""

    def __init__(self, s3) -> None:
        super().__init__()
        s3.meta.events.register("provide-client-params.s3.*", self._record)

    def _record(self, params, model, **_) -> None:
        self.append((model.name, dict(params)))

    @property
    def names(self):
        return [name for name, _ in self]

    @property
    def ranges(self):
        return [parameters["Range"] for name, parameters in self if name == "GetObject"]


@pytest.fixture(scope="session")
def _bucket(moto_url):
    s3 = client("s3", moto_url)
    location = {"LocationConstraint": "eu-west-1"}
    with contextlib.suppress(s3.exceptions.BucketAlreadyOwnedByYou):
        s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration=location)
    s3.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
    return BUCKET


@pytest.fixture
def s3(moto_url, _bucket):
    """A client of a server that has the tests' bucket."""
    return client("s3", moto_url)


@pytest.fixture
def put(moto_url, _bucket):
    """Store bytes and give where they are: bucket and key."""
    store = client("s3", moto_url)

    def put(content: bytes, key: str | None = None):
        key = key or uuid.uuid4().hex
        store.put_object(Bucket=BUCKET, Key=key, Body=content)
        return BUCKET, key

    return put


@pytest.fixture
def requests(s3):
    """What `s3` is asked for from now on."""
    return Requests(s3)


@pytest.fixture
def proxy(moto_url):
    """A proxy before the S3 server that cuts connections."""
    proxy = CuttingProxy(moto_url)
    yield proxy
    proxy.close()
