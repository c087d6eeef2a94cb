from __future__ import annotations

import json
import subprocess
import sys

import pytest

GIB = 1024**3
LIMIT = 64 * 1024 * 1024

SERVER = r"""
import gzip, random, sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

choose = random.Random(3)
lines = b"".join(b'{"id": %d, "name": "%x"}\n' % (i, choose.getrandbits(256)) for i in range(20_000))
member = gzip.compress(lines, 1)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        pattern = member if self.path.endswith("gz") else lines
        total = -(-2**30 // len(pattern)) * len(pattern)
        first, _, last = self.headers["Range"].removeprefix("bytes=").partition("-")
        start, end = int(first), min(int(last or total), total - 1) + 1
        self.send_response(206)
        self.send_header("Content-Length", str(end - start))
        self.send_header("Content-Range", f"bytes {start}-{end - 1}/{total}")
        self.send_header("ETag", '"generated"')
        self.end_headers()
        doubled = memoryview(pattern * 2)
        while start < end:
            offset = start % len(pattern)
            part = doubled[offset : offset + min(len(pattern), end - start)]
            self.wfile.write(part)
            start += len(part)

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
print(server.server_port, flush=True)
server.serve_forever()
"""

READER = r"""
import json, sys, time

import boto3
from lambda_powertools.streaming import S3Object

port, key, options = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
s3 = boto3.client("s3", endpoint_url=f"http://127.0.0.1:{port}", region_name="eu-west-1",
                  aws_access_key_id="x", aws_secret_access_key="x")


def peak():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM"))


S3Object("bucket", key, boto3_client=s3).read(1)  # what the SDK itself needs is not counted
before, started = peak(), time.perf_counter()
with S3Object("bucket", key, boto3_client=s3, **options) as stream:
    count = sum(1 for _ in stream)
    read = stream.raw_stream.tell()
print(json.dumps({"extra": peak() - before, "lines": count, "read": read, "seconds": time.perf_counter() - started}))
"""


@pytest.fixture
def port():
    """The port of a server that makes up objects of a gibibyte, in a process of its own."""
    with subprocess.Popen([sys.executable, "-c", SERVER], stdout=subprocess.PIPE, text=True) as process:
        yield process.stdout.readline().strip()
        process.terminate()


@pytest.mark.soak
@pytest.mark.skipif(sys.platform != "linux", reason="the peak of memory is read from /proc")
@pytest.mark.parametrize(
    ("key", "options"),
    [
        ("lines", {}),
        ("lines.gz", {"is_gzip": True}),
        ("lines", {"read_ahead": 4}),
        ("lines.gz", {"is_gzip": True, "read_ahead": 4}),
    ],
    ids=["plain", "gzip", "plain, read ahead", "gzip, read ahead"],
)
def test_a_gibibyte_takes_little_memory(port, key, options):
    """Reading an object of 1 GiB by lines takes at most 64 MiB more than reading its first byte."""
    command = [sys.executable, "-c", READER, port, key, json.dumps(options)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    measured = json.loads(result.stdout)
    print(key, options, {**measured, "extra MiB": round(measured["extra"] / 2**20, 1)})

    assert measured["read"] >= GIB
    assert measured["lines"] > 1_000_000
    assert measured["extra"] <= LIMIT
