"""Write down what the modules and public names of the original library are called.

`hatch run bench:python scripts/compat_original.py` imports and lists, and reads no source. It installs what the
original needs for all of its modules into a folder of its own, and writes tests/compat/original.json, which the other
scripts and the tests go by.
"""

from __future__ import annotations

import importlib
import inspect
import json
import os
import pkgutil
import string
import subprocess
import sys
import tempfile
import types
import typing
import warnings
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parent.parent / "tests" / "compat" / "original.json"
ORIGINAL = "aws_lambda_powertools"
NEEDED = (
    "avro",
    "aws-encryption-sdk",
    "jsonpath-ng",
    "protobuf",
    "pydantic-settings",
    "pyjwt[crypto]",
    "redis",
    "valkey-glide-sync",
)
HOMES = {"constants", "correlation_paths", "datarecord", "envelopes", "formatter", "types", "version"}
"""Modules whose constants others merely import."""
NO_NAMES = {"annotations", "logger", "LOGGER", *dir(string), *dir(typing)}


def modules_of(package: types.ModuleType) -> dict[str, types.ModuleType]:
    """Return every module of a package that has no private part in its path; exit where one cannot be imported."""
    found = {package.__name__: package}
    for info in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        if not info.name.rpartition(".")[2].startswith("_"):
            module = importlib.import_module(info.name)
            found.update(modules_of(module) if info.ispkg else {info.name: module})
    return found


def names_of(module: types.ModuleType, homes: dict[str, list[Any]]) -> tuple[list[str], list[str]]:
    """Return the names that a module is there for, and those of the library's that it happens to have imported."""
    declared = set(getattr(module, "__all__", ()))
    own, passed_on = set(declared), set()
    for name, value in vars(module).items():
        if name in declared or name.startswith("_") or name in NO_NAMES or isinstance(value, types.ModuleType):
            continue
        owner = getattr(value, "__module__", None)
        if owner == module.__name__:
            (passed_on if declared else own).add(name)
        elif isinstance(owner, str) and owner.startswith(f"{ORIGINAL}."):
            passed_on.add(name)
        elif owner is None and not (inspect.isclass(value) or callable(value)):
            at_home = module.__name__.rpartition(".")[2] in HOMES
            imported = not at_home and any(value is other for other in homes.get(name, ()))
            (passed_on if imported or declared else own).add(name)
    return sorted(own), sorted(passed_on)


def main() -> None:
    """Import everything and write what it is called."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["uv", "pip", "install", "--quiet", "--python", sys.executable, "--target", folder, *NEEDED]
        subprocess.run(command, check=True)
        sys.path.append(folder)
        warnings.simplefilter("ignore")
        os.environ.setdefault("AWS_DEFAULT_REGION", "eu-central-1")
        root = importlib.import_module(ORIGINAL)
        modules = modules_of(root)
        homes: dict[str, list[Any]] = {}
        for name, module in modules.items():
            if name.rpartition(".")[2] in HOMES:
                for constant, value in vars(module).items():
                    homes.setdefault(constant, []).append(value)
        found = {name: names_of(module, homes) for name, module in sorted(modules.items())}
    version = importlib.import_module(f"{ORIGINAL}.shared.version").VERSION
    lines = [
        f"  {json.dumps(name)}: {json.dumps({'names': own, 'passed_on': passed_on})}"
        for name, (own, passed_on) in found.items()
    ]
    TARGET.parent.mkdir(exist_ok=True)
    text = f'{{"version": {json.dumps(version)}, "modules": {{\n' + ",\n".join(lines) + "\n}}\n"
    TARGET.write_text(text, encoding="utf-8")
    print(f"{len(found)} modules, {sum(len(own) for own, _ in found.values())} names of release {version}")


if __name__ == "__main__":
    main()
