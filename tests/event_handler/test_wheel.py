from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "packages" / "event-handler"
LIMIT = 150_000  # bytes: functions that answer requests carry it to every cold start


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=PACKAGE, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_the_wheel_is_small(wheel):
    """What is deployed with every function is below its limit."""
    assert wheel.stat().st_size <= LIMIT


def test_the_wheel_holds_code_alone(wheel):
    """No pages, scripts, pictures or styles are in it: those of Swagger UI are a distribution of their own."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        assert {Path(name).suffix for name in names if ".dist-info/" not in name} == {".py", ".typed"}
        code = [archive.read(name).decode() for name in names if name.endswith(".py")]
    assert code
    assert not [text for text in code if "<script>" in text or "<style>" in text]
