from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SCRIPTS = Path(__file__).parent.parent.parent / "scripts"
sys.path.insert(0, str(SCRIPTS))
try:
    import compat_coverage
    import compat_stubs
finally:
    sys.path.remove(str(SCRIPTS))


@pytest.fixture(scope="session", autouse=True)
def _no_open_socket():
    """The X-Ray SDK, where a test has loaded it, leaves no socket behind that the interpreter would complain of."""
    yield
    sdk = sys.modules.get("aws_xray_sdk.core")
    if sdk is not None:
        sdk.xray_recorder.emitter._socket.close()


@pytest.fixture
def coverage():
    """What becomes of the original's modules and names, as the report has it."""
    return compat_coverage


@pytest.fixture
def stubs():
    """What is made of the table."""
    return compat_stubs


@pytest.fixture
def python(tmp_path):
    """Run code in a fresh process in which every warning is an error; return what it printed, or complained of."""

    def run(code: str, *options: str, path: tuple[object, ...] = (), fails: bool = False) -> Any:
        script = tmp_path / "script.py"
        before = f"import sys; sys.path[:0] = {[str(entry) for entry in path]!r}\n" if path else ""
        script.write_text(before + code, encoding="utf-8")
        command = [sys.executable, *(options or ("-W", "error")), str(script)]
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (result.returncode != 0) is fails, result.stderr
        return result.stderr if fails else result.stdout

    return run
