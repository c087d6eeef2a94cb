"""Build every wheel and sdist, install each wheel alone in a clean environment, import it with `-W error`.

Nothing but the wheels built here serves the project's own distributions, so an undeclared one is missing. Prints what
each distribution pulled in. `uv` has to be on the PATH.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGES = sorted(path.parent for path in ROOT.glob("packages/*/pyproject.toml"))
MODULES = {"lambda-powertools": "lambda_powertools.core", "compat": "aws_lambda_powertools"}
"""What is imported of the distributions that have no module of their own name."""


def run(*command: object) -> str:
    """Run a command and return its output.

    Raises:
        SystemExit: it failed; with what it printed.
    """
    result = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    if result.returncode:
        sys.exit(f"{' '.join(map(str, command))}\n{result.stdout}{result.stderr}")
    return result.stdout


def build(folder: Path, target: Path) -> None:
    """Build the sdist of a package, and its wheel from that sdist, as an installer would."""
    run("uv", "build", "--quiet", "--out-dir", target, folder)


def check(folder: Path, wheels: Path, work: Path) -> str:
    """Install one distribution alone and import it; return a line that says what came with it."""
    name = folder.name
    distribution = "lambda-powertools" if name == "lambda-powertools" else f"lambda-powertools-{name}"
    environment = work / name
    run("uv", "venv", "--quiet", "--python", sys.executable, environment)
    python = environment / "bin" / "python"
    # The constraints keep a distribution of the same name on an index from being taken for ours.
    source = ("--find-links", wheels, "--constraint", wheels / "constraints.txt")
    run("uv", "pip", "install", "--quiet", "--strict", "--python", python, *source, distribution)
    module = MODULES.get(name, f"lambda_powertools.{name.replace('-', '_')}")
    origin = run(python, "-W", "error", "-c", f"import {module}; print({module}.__file__)").strip()
    if not origin.startswith(str(environment)):
        sys.exit(f"{module} was imported from {origin}, not from its wheel")
    if not (Path(origin).parent / "py.typed").exists():
        sys.exit(f"the wheel of {distribution} has no py.typed")
    installed = run("uv", "pip", "list", "--format", "freeze", "--python", python).split()
    others = sorted(item.partition("==")[0] for item in installed if not item.startswith(f"{distribution}=="))
    return f"{distribution}: imports alone; with it came {', '.join(others) or 'nothing'}"


def main() -> None:
    """Check all of them."""
    if shutil.which("uv") is None:
        sys.exit("uv is not on the PATH: pip install uv")
    os.environ.pop("PYTHONPATH", None)
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(os.cpu_count()) as pool:
        work, wheels = Path(folder), Path(folder) / "wheels"
        list(pool.map(lambda package: build(package, wheels), PACKAGES))
        built = {kind: len(list(wheels.glob(kind))) for kind in ("*.whl", "*.tar.gz")}
        if set(built.values()) != {len(PACKAGES)}:
            sys.exit(f"{len(PACKAGES)} packages, but {built} were built")
        names = (wheel.name.split("-")[:2] for wheel in wheels.glob("*.whl"))
        (wheels / "constraints.txt").write_text("\n".join("==".join(name) for name in names), encoding="utf-8")
        for line in pool.map(lambda package: check(package, wheels, work), PACKAGES):
            print(line)


if __name__ == "__main__":
    main()
