"""Run the tests that do not need development tools on every supported Python that the machine has.

`uv` has to be on the PATH. Which Pythons were found, and which were not, is printed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
SUPPORTED = ("3.10", "3.11", "3.12", "3.13")
RUNTIME = ("core", "data-classes", "logger", "metrics", "tracer", "testing")
REQUIREMENTS = (
    "pytest>=8.2",
    "pytest-xdist>=3.6",
    "hypothesis>=6.100",
    "jsonschema>=4.20",
    "mypy>=1.14",
    "boto3",
    "requests",
)


def find(version: str) -> str | None:
    """Return the interpreter of a version, None if the machine has none. Nothing is downloaded."""
    homes = sorted(Path("~/.pyenv/versions").expanduser().glob(f"{version}.*/bin/python"))
    return str(homes[-1]) if homes else shutil.which(f"python{version}")


def check(version: str, interpreter: str, work: Path) -> bool:
    """Install the runtime packages into a clean environment of this Python and run their tests."""
    environment = work / version
    python = environment / "bin" / "python"
    packages = [argument for name in RUNTIME for argument in ("--editable", str(ROOT / "packages" / name))]
    install = ["uv", "pip", "install", "--quiet", "--python", str(python), *packages, *REQUIREMENTS]
    tests = [f"tests/{name}" for name in RUNTIME if (ROOT / "tests" / name).is_dir()]
    commands = (
        ["uv", "venv", "--quiet", "--python", interpreter, str(environment)],
        [*install, *(["tomli"] if version == "3.10" else [])],
        [str(python), "-m", "pytest", "-q", "-n", str(os.cpu_count()), "-p", "no:cacheprovider", *tests],
    )
    return all(subprocess.run(command, cwd=ROOT, check=False).returncode == 0 for command in commands)


def main() -> None:
    """Check all of them; exit with 1 if one fails or none was found."""
    found = {version: interpreter for version in SUPPORTED if (interpreter := find(version))}
    with tempfile.TemporaryDirectory() as work:
        results = {version: check(version, interpreter, Path(work)) for version, interpreter in found.items()}
    for version in SUPPORTED:
        outcome = {True: "ok", False: "FAILED", None: "not on this machine"}[results.get(version)]
        print(f"Python {version}: {outcome}")
    sys.exit(0 if results and all(results.values()) else 1)


if __name__ == "__main__":
    main()
