"""Run the packages' tests on every supported Python that the machine has, in the environment of `hatch run test`.

The oldest and the newest run the tests of all packages, those between them the tests of what every function has; the
Python that this runs on is left to `hatch run test`. `uv` has to be on the PATH. Which Pythons were found, and which
were not, is printed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).parent.parent
SUPPORTED = ("3.10", "3.11", "3.12", "3.13")
BASIC = ("core", "logger", "metrics", "tracer", "testing")
DEVELOPMENT = ("cli", "testing", "lambda-powertools", "swagger-ui")


def find(version: str) -> str | None:
    """Return the interpreter of a version, None if the machine has none. Nothing is downloaded."""
    homes = sorted(Path("~/.pyenv/versions").expanduser().glob(f"{version}.*/bin/python"))
    return str(homes[-1]) if homes else shutil.which(f"python{version}")


def folders(version: str) -> list[str]:
    """Return the folders of tests that this Python runs."""
    names = set(BASIC)
    if version in {SUPPORTED[0], SUPPORTED[-1]}:
        names |= {folder.name for folder in (ROOT / "packages").iterdir()} - set(DEVELOPMENT)
    tests = (ROOT / "tests" / name.replace("-", "_") for name in sorted(names))
    return [str(folder.relative_to(ROOT)) for folder in tests if folder.is_dir()]


def check(version: str, interpreter: str, work: Path) -> bool:
    """Install everything into a clean environment of this Python and run its tests."""
    environment = work / version
    python = environment / "bin" / "python"
    hatch = tomllib.loads((ROOT / "hatch.toml").read_text(encoding="utf-8"))
    packages = [argument for one in (ROOT / "packages").iterdir() for argument in ("--editable", str(one))]
    install = ["uv", "pip", "install", "--quiet", "--python", str(python), *packages]
    commands = (
        ["uv", "venv", "--quiet", "--python", interpreter, str(environment)],
        [*install, *hatch["envs"]["default"]["dependencies"]],
        [str(python), "-m", "pytest", "-q", "-n", str(os.cpu_count()), "-p", "no:cacheprovider", *folders(version)],
    )
    return all(subprocess.run(command, cwd=ROOT, check=False).returncode == 0 for command in commands)


def main() -> None:
    """Check all of them; exit with 1 if one fails or none was found."""
    own = f"{sys.version_info.major}.{sys.version_info.minor}"
    versions = sys.argv[1:] or [version for version in SUPPORTED if version != own]
    found = {version: interpreter for version in versions if (interpreter := find(version))}
    with tempfile.TemporaryDirectory() as work:
        results = {version: check(version, interpreter, Path(work)) for version, interpreter in found.items()}
    for version in versions:
        outcome = {True: "ok", False: "FAILED", None: "not on this machine"}[results.get(version)]
        print(f"Python {version}: {outcome}")
    sys.exit(0 if results and all(results.values()) else 1)


if __name__ == "__main__":
    main()
