"""Makes the environments that functions run in: each a folder of its own, filled by uv from wheels."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
WORK = HERE.parent / ".parity"
"""Environments, wheels and records; kept between runs, and safe to remove."""

SHARED = ("avro", "boto3", "fastavro", "jmespath", "protobuf", "pydantic", "pyjwt[crypto]", "redis")
"""What functions use themselves, in the same versions in every environment."""


def uv(*arguments: object) -> None:
    """Run uv.

    Raises:
        SystemExit: it is not there, or failed; with what it printed.
    """
    program = shutil.which("uv")
    if program is None:
        raise SystemExit("uv is needed to make the environments: pip install uv")
    finished = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, check=False)
    if finished.returncode:
        raise SystemExit(f"uv {' '.join(map(str, arguments))}\n{finished.stdout}{finished.stderr}")


def build_wheels() -> Path:
    """Build a wheel of every package that has changed since the last one; return their folder."""
    wheels = WORK / "wheels"
    wheels.mkdir(parents=True, exist_ok=True)
    packages = [path.parent for path in sorted(ROOT.glob("packages/*/pyproject.toml"))]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda package: _build(package, wheels), packages))
    constraints = (f"{_distribution(path)} @ {path.as_uri()}" for path in sorted(wheels.glob("*.whl")))
    (wheels / "constraints.txt").write_text("".join(f"{line}\n" for line in constraints), encoding="utf-8")
    return wheels


def _build(package: Path, wheels: Path) -> None:
    name = "lambda_powertools" if package.name == "lambda-powertools" else f"lambda_powertools_{package.name}"
    pattern = f"{name.replace('-', '_')}-*.whl"
    sources = [path for path in package.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    changed = max(path.stat().st_mtime for path in sources)
    existing = list(wheels.glob(pattern))
    if existing and min(path.stat().st_mtime for path in existing) > changed:
        return
    for path in existing:
        path.unlink()
    uv("build", "--quiet", "--wheel", "--out-dir", wheels, package)


def _distribution(wheel: Path) -> str:
    return wheel.name.partition("-")[0].replace("_", "-")


def environment(name: str, requirements: list[str], wheels: Path | None = None) -> Path:
    """Return the Python of an environment that has what is required, and nothing else."""
    folder = WORK / "environments" / name
    python = folder / "bin" / "python"
    if not python.exists():
        uv("venv", "--quiet", "--python", sys.executable, folder)
    listed = WORK / f"{name}.txt"
    compiled = WORK / f"{name}.lock.txt"
    installed = WORK / f"{name}.installed"
    before = installed.stat().st_mtime if installed.exists() else 0.0
    listed.write_text("".join(f"{line}\n" for line in requirements), encoding="utf-8")
    # The constraints keep a distribution of the same name on an index from being taken for ours.
    source = () if wheels is None else ("--find-links", wheels, "--constraint", wheels / "constraints.txt")
    uv("pip", "compile", "--quiet", "--python", python, *source, listed, "--output-file", compiled)
    # A wheel that was built anew has the version of the one before it.
    anew = [path for path in (() if wheels is None else wheels.glob("*.whl")) if path.stat().st_mtime > before]
    again = [f"--reinstall-package={_distribution(path)}" for path in anew]
    uv("pip", "sync", "--quiet", "--compile-bytecode", "--python", python, *again, compiled)
    installed.touch()
    return python


@contextlib.contextmanager
def aws_server() -> Iterator[str]:
    """Start the AWS API of moto on a free port and give its URL."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    WORK.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-W", "ignore", "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with (WORK / "moto.log").open("w") as log:
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
    try:
        _wait(process, port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=10)


def reset(url: str) -> None:
    """Remove all resources of the AWS API."""
    urllib.request.urlopen(urllib.request.Request(f"{url}/moto-api/reset", method="POST"), timeout=30).close()  # noqa: S310  # loopback


def run_functions(python: Path, folder: Path, names: list[str], records: Path, url: str) -> None:
    """Run functions with a Python, in two processes; each writes a record into a folder."""
    shutil.rmtree(records, ignore_errors=True)
    records.mkdir(parents=True)
    clean = {key: value for key, value in os.environ.items() if key in {"HOME", "LANG", "PATH", "TMPDIR"}}
    variables = {**clean, "AWS_ENDPOINT_URL": url, "PYTHONHASHSEED": "0", "PYTHONUTF8": "1"}
    command = [str(python), "-I", "-W", "ignore", str(HERE / "child.py"), str(folder), str(records)]
    processes = [subprocess.Popen([*command, *names[start::2]], env=variables) for start in (0, 1) if names[start::2]]
    for process in processes:
        process.wait()


def _wait(process: subprocess.Popen, port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise SystemExit(f"moto ended: {(WORK / 'moto.log').read_text()}")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise SystemExit("moto did not start within a minute")
