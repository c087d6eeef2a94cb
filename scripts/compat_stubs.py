"""Write what lambda-powertools-compat goes by from the table of migrations: `hatch run compat-stubs`.

That is `_table.py` and `_advice.py`, which it reads at run time, and a stub for each old path, which type checkers and
editors read. `--check` writes nothing, and fails where a file is not what would be written.
"""

from __future__ import annotations

import ast
import importlib
import importlib.util
import json
import sys
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import NamedTuple

from lambda_powertools.cli._migrate.table import DISTRIBUTIONS, GONE, KEPT, MODULES, NAMES, OLD

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "packages" / "compat" / "src" / OLD
ORIGINAL = ROOT / "tests" / "compat" / "original.json"
HEADER = "Made by `hatch run compat-stubs`: change the table of migrations instead."
FILES = {OLD, f"{OLD}.shared", f"{OLD}.utilities"}
"""Packages of the distribution's own, which have others below them."""


class Old(NamedTuple):
    """What answers one old module.

    Attributes:
        base: the module that has its names.
        owners: where the others are, by name.
        assembled: whether it is more than another name of its base.
    """

    base: str | None
    owners: dict[str, str]
    assembled: bool


def old_modules() -> dict[str, Old]:
    """Return what answers each old module that the table knows, but those that are files of compat."""
    owners: dict[str, dict[str, str]] = defaultdict(dict)
    for key, new in NAMES.items():
        module, _, name = key.partition(":")
        owners[module][name] = new
    bases: dict[str, str | None] = {**dict.fromkeys(owners), **MODULES}
    for key in KEPT:
        module, _, name = key.partition(":")
        if name and module != OLD:
            owners[module][name] = f"{kept(module)}:{name}"
        elif not name and module in bases:
            bases[module] = kept(module)
    for module in list(bases):
        while (module := module.rpartition(".")[0]) and module not in FILES:
            bases.setdefault(module, None)
    with_gone = {key.partition(":")[0] for key in GONE if ":" in key}
    for module in FILES - {OLD}:
        bases.setdefault(module, None)
    found: dict[str, Old] = {}
    for module in sorted(bases, key=lambda name: -name.count(".")):  # those below first
        base = bases[module]
        plain = base is not None and module not in owners and module not in with_gone and not kept_apart(module, found)
        found[module] = Old(base, owners.get(module, {}), not plain)
    return dict(sorted(found.items()))


def kept(module: str) -> str:
    """Return the module of compat that has what is kept of an old one."""
    return f"{OLD}._kept.{module.removeprefix(f'{OLD}.').replace('.', '_')}"


def kept_apart(module: str, below: dict[str, Old]) -> bool:
    """Return whether something below an old module is gone, or may not be bound in the new one."""
    base = MODULES.get(module)
    if any(":" not in key and key.rpartition(".")[0] == module for key in GONE):
        return True
    for path, old in below.items():
        parent, _, name = path.rpartition(".")
        if parent == module and (old.assembled or old.base != f"{base}.{name}" or name in exported(base)):
            return True
    return False


@cache
def exported(module: str | None) -> frozenset[str]:
    """Return the names that a module declares; none if there is no such module."""
    if module is None or not exists(module):
        return frozenset()
    if module.startswith(OLD):  # which cannot be imported before its table has been made
        return frozenset(name for name in defined(module) if not name.startswith("_"))
    return frozenset(getattr(importlib.import_module(module), "__all__", ()))


@cache
def exists(module: str | None) -> bool:
    """Return whether a module of ours has been written."""
    return module is not None and source_of(module) is not None


@cache
def source_of(module: str) -> Path | None:
    """Return the file of a module of ours."""
    if module.startswith(OLD):
        return PACKAGE.joinpath(*module.split(".")[1:]).with_suffix(".py")
    try:
        spec = importlib.util.find_spec(module)
    except ModuleNotFoundError:
        return None
    return None if spec is None or spec.origin is None else Path(spec.origin)


@cache
def bound(module: str) -> dict[str, tuple[str, str] | None]:
    """Return the names that a module's statements bind: those imported with where they come from."""
    source = source_of(module)
    names: dict[str, tuple[str, str] | None] = {}

    def read(body: list[ast.stmt]) -> None:
        for node in body:
            if isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
                names[node.name] = None
            elif isinstance(node, ast.Assign):
                names.update((target.id, None) for target in node.targets if isinstance(target, ast.Name))
            elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                names[node.target.id] = None
            elif isinstance(node, (ast.If, ast.Try)):
                read(node.body)
                read(node.orelse)
            elif isinstance(node, ast.ImportFrom):
                names.update((alias.asname or alias.name, (str(node.module), alias.name)) for alias in node.names)

    if source is not None:
        read(ast.parse(source.read_text(encoding="utf-8")).body)
    return names


def spells_out(module: str) -> bool:
    """Return whether a module's `__all__` is one that type checkers can read."""
    source = source_of(module)
    tree = ast.parse("" if source is None else source.read_text(encoding="utf-8"))
    values = [
        node.value for node in tree.body if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
    ]
    return all(isinstance(value, ast.List) and not any(map(starred, value.elts)) for value in values)


def starred(node: ast.expr) -> bool:
    """Return whether an element of a list stands for several."""
    return isinstance(node, ast.Starred)


def defined(module: str) -> frozenset[str]:
    """Return the names that a module defines, those that it imports apart."""
    return frozenset(name for name, origin in bound(module).items() if origin is None)


def home(module: str, name: str) -> tuple[str, str]:
    """Return the module that defines what another calls `name`, or declares it as its own, and its name there."""
    origin = None if name in exported(module) else bound(module).get(name)
    return (module, name) if origin is None else home(*origin)


def exporting(name: str, module: str, there: str) -> list[str]:
    """Return the lines of a stub that make something known by a name."""
    if there == name:
        return [f"from {module} import {name} as {name}"]
    return [f"from {module} import {there} as _{there}", f"{name} = _{there}"]


def stub(module: str, old: Old, public: set[str]) -> str:
    """Return the stub of an old module."""
    lines = [f"# {HEADER}"]
    elsewhere = {name: new for name, new in old.owners.items() if exists(new.partition(":")[0])}
    if exists(old.base):
        base = str(old.base)
        lines.append(f"from {base} import *")
        listed = exported(base)
        if "__all__" not in bound(base):
            listed = frozenset(name for name in defined(base) if not name.startswith("_"))
        elif not spells_out(base):
            lines[1:] = [f"from {base} import {name} as {name}" for name in sorted(listed)]
        for name in sorted((public & bound(base).keys()) - listed - elsewhere.keys()):
            lines += exporting(name, *home(base, name))
    for name, new in sorted(elsewhere.items()):
        owner, _, attribute = new.partition(":")
        lines += exporting(name, *home(owner, attribute))
    if module == OLD:
        lines.append(f"from {OLD}.shared.version import VERSION as VERSION, __version__ as __version__")
    return "\n".join(lines) + "\n"


def outputs() -> dict[Path, str]:
    """Return every file that is made, with its text."""
    modules = old_modules()
    found: dict[Path, str] = {}
    facts = json.loads(ORIGINAL.read_text(encoding="utf-8"))["modules"]
    for module, old in modules.items():
        if module in FILES - {OLD}:
            continue
        if module != OLD and old.base is not None and not exists(old.base) and not old.owners:
            continue  # its types come with the module
        public = set(facts.get(module, {}).get("names", ())) | set(facts.get(module, {}).get("passed_on", ()))
        parts = module.split(".")[1:]
        is_package = any(other.startswith(f"{module}.") for other in modules)
        path = PACKAGE.joinpath(*parts, "__init__.pyi") if is_package else PACKAGE.joinpath(*parts).with_suffix(".pyi")
        found[path] = stub(module, old, public)
    found[PACKAGE / "_table.py"] = table(modules)
    found[PACKAGE / "_advice.py"] = advice()
    return found


def table(modules: dict[str, Old]) -> str:
    """Return the module that is read at run time."""
    aliases = {name: old.base for name, old in modules.items() if not old.assembled}
    assembled = {name: (old.base, old.owners) for name, old in modules.items() if old.assembled}
    return (
        f'"""What answers each old path. {HEADER}"""\n\nfrom __future__ import annotations\n\n'
        f"ALIASES: dict[str, str] = {literal(aliases)}\n"
        '"""Old paths that are modules of ours, under a second name."""\n\n'
        f"ASSEMBLED: dict[str, tuple[str | None, dict[str, str]]] = {literal(assembled)}\n"
        '"""Old paths whose names come from a module, and some from others."""\n\n'
        f"FILES = frozenset({{{', '.join(quoted(name) for name in files(modules))}}})\n"
        '"""Old paths that are files of this package."""\n'
    )


def files(modules: dict[str, Old]) -> list[str]:
    """Return the old paths that are files of compat."""
    return sorted((FILES | {key for key in KEPT if ":" not in key and key not in modules}) - {OLD})


def advice() -> str:
    """Return the module that is read where something is not answered."""
    return (
        f'"""What to use, or to install, where an old path is not answered. {HEADER}"""\n\n'
        f"from __future__ import annotations\n\nGONE: dict[str, str] = {literal(dict(sorted(GONE.items())))}\n\n"
        f"DISTRIBUTIONS: dict[str, str] = {literal(DISTRIBUTIONS)}\n"
    )


def literal(values: dict[str, object]) -> str:
    """Return a dictionary as source, an item a line."""
    return "{\n" + "".join(f"    {quoted(key)}: {quoted(value)},\n" for key, value in values.items()) + "}"


def quoted(value: object) -> str:
    """Return a value as source, in double quotes."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, tuple):
        return f"({', '.join(quoted(item) for item in value)})"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{quoted(key)}: {quoted(item)}" for key, item in value.items()) + "}"
    return repr(value)


def differences(made: dict[Path, str]) -> list[Path]:
    """Return the files that are not what would be written, or that nothing writes any more."""
    wrong = [path for path, text in made.items() if not path.is_file() or path.read_text(encoding="utf-8") != text]
    return wrong + [path for path in PACKAGE.rglob("*.pyi") if path not in made]


def main() -> None:
    """Write the files, or compare them."""
    made = outputs()
    wrong = differences(made)
    if sys.argv[1:] == ["--check"]:
        sys.exit("\n".join(f"{path.relative_to(ROOT)} is stale: hatch run compat-stubs" for path in wrong))
    for path in wrong:
        if path in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(made[path], encoding="utf-8")
        else:
            path.unlink()
    print(f"{len(made)} files, {len(wrong)} written")


if __name__ == "__main__":
    main()
