"""Compares this project with the original library: `hatch run bench:compare [--quick] [SCENARIO …]`."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from chart import bar_chart
from measuring import FOLDER, FULL, PACKAGES, QUICK, VARIANTS, Result, load, measure
from report import document, row
from scenarios import NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable

_PACKAGES = ("core", "logger", "metrics", "tracer")


def main() -> int:
    """Run the command; return its exit code: 0 also when goals are missed, as figures are no test."""
    options = _options()
    if not options.no_install:
        install_packages(options.scenarios or NAMES)
    effort = QUICK if options.quick else FULL
    variants = [variant for variant in VARIANTS if variant in (options.variant or VARIANTS)]
    if find_spec("aws_lambda_powertools") is None and "original" in variants:
        print("aws-lambda-powertools is not installed here: only ours and the floor are measured", file=sys.stderr)
        variants.remove("original")
    results: list[Result] = []
    with tempfile.TemporaryDirectory() as scratch:
        for name in options.scenarios or NAMES:
            results.append(measure(name, variants, effort, Path(scratch)))
            print(" | ".join(row(results[-1])), flush=True)
    if options.output is not None:
        options.output.mkdir(parents=True, exist_ok=True)
        (options.output / "RESULTS.md").write_text(document(results, effort), encoding="utf-8")
        (options.output / "results.svg").write_text(bar_chart(results), encoding="utf-8")
    return 0


def install_packages(scenarios: Iterable[str]) -> None:
    """Install the packages of this repository from wheels, built anew: editable ones would be slower to import."""
    uv = shutil.which("uv")
    if uv is None:
        raise SystemExit("uv is needed to install the packages that are measured; or give --no-install")
    folders = [str(FOLDER.parent / "packages" / name) for name in _PACKAGES]
    anew = [f"--reinstall-package=lambda-powertools-{name}" for name in _PACKAGES]
    command = [uv, "pip", "install", "--quiet", "--compile-bytecode", "--python", sys.executable, *anew, *folders]
    subprocess.run(command, check=True)
    for name in sorted({package for scenario in scenarios for package in getattr(load(scenario), "PACKAGES", ())}):
        target = PACKAGES / name
        shutil.rmtree(target, ignore_errors=True)
        source = str(FOLDER.parent / "packages" / name)
        install = [uv, "pip", "install", "--quiet", "--compile-bytecode", "--python", sys.executable, "--no-deps"]
        subprocess.run([*install, "--target", str(target), source], check=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench:compare", description=__doc__)
    parser.add_argument("scenarios", nargs="*", metavar="SCENARIO", choices=[[], *NAMES], help=", ".join(NAMES))
    parser.add_argument(
        "--quick", action="store_true", help="measure so little that it only shows that everything runs"
    )
    parser.add_argument("--variant", action="append", choices=VARIANTS, help="measure this one; may be repeated")
    parser.add_argument("--no-install", action="store_true", help="measure the packages as they are installed")
    parser.add_argument("--output", type=Path, help="folder for RESULTS.md and results.svg (full runs: benchmarks)")
    options = parser.parse_args()
    if options.output is None and not (options.quick or options.scenarios or options.variant):
        options.output = FOLDER
    return options


if __name__ == "__main__":
    sys.exit(main())
