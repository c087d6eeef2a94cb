"""Looks up where an old path has gone: modules, names of modules, and dotted paths through both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lambda_powertools.cli._migrate.table import GONE, KEPT, MODULES, NAMES, OLD

Kind = Literal["moved", "module", "parent", "kept", "gone", "unknown"]

_FUNCTIONS = frozenset(
    f"{OLD}.utilities.{path}"
    for path in ("circuit_breaker.circuit_breaker", "kafka.kafka_consumer", "validation.validator")
)
"""Modules that their package hides behind a function of the same name: who imports it from there has the function."""

_PARENTS = frozenset(
    path.rpartition(":")[0].rsplit(".", depth)[0] if ":" in path else path.rsplit(".", depth)[0]
    for path in (*MODULES, *NAMES, *KEPT, *GONE)
    for depth in range(1, 5)
) | {path.partition(":")[0] for path in NAMES}


@dataclass(frozen=True)
class Found:
    """Where something has gone.

    Attributes:
        kind: `moved` is a name with a new home, `module` a module with one, `parent` a package that has none of its
            own but whose modules have, `kept` what only the old paths of lambda-powertools-compat have, `gone` what
            nothing has, `unknown` what the table does not know.
        module: the new module.
        name: the name in it, for `moved`.
        text: what to write instead, for `kept` and `gone`.
    """

    kind: Kind
    module: str = ""
    name: str = ""
    text: str = ""

    @property
    def path(self) -> str:
        """The new dotted path."""
        return f"{self.module}.{self.name}" if self.name else self.module

    def reason(self, old: str) -> str:
        """Say why it stays as it is."""
        if self.kind == "kept":
            return f"{old}: only lambda-powertools-compat has it; write {self.text}"
        if self.kind == "gone":
            return f"{old} is gone: write {self.text}"
        return f"{old}: not a known path of {OLD}"


def find_module(old: str) -> Found:
    """Find a module by its old path."""
    if old in MODULES:
        return Found("module", MODULES[old])
    if old in KEPT:
        return Found("parent" if old == f"{OLD}.utilities" else "kept", text=KEPT[old])
    if (covering := _covering(old)) is not None:
        return Found("gone", text=GONE[covering])
    return Found("parent" if old == OLD or old in _PARENTS else "unknown")


def find_name(old_module: str, name: str) -> Found:
    """Find what an old module has under a name: a name of its own, or a module below it."""
    old = f"{old_module}:{name}"
    if old in NAMES:
        module, _, new = NAMES[old].partition(":")
        return Found("moved", module, new)
    if old in KEPT:
        return Found("kept", text=KEPT[old])
    if old in GONE:
        return Found("gone", text=GONE[old])
    below = find_module(f"{old_module}.{name}")
    own = MODULES.get(old_module)
    if below.kind != "unknown" and not (own and _is_same(f"{old_module}.{name}", own, name)):
        return below
    if own:
        return Found("moved", own, name)
    above = find_module(old_module)
    return above if above.kind in ("kept", "gone") else Found("unknown")


def find_path(dotted: str) -> Found:
    """Find what an old dotted path leads to; what is below a name keeps its path from there."""
    parts = dotted.split(".")
    for length in range(len(parts), 0, -1):
        module = ".".join(parts[:length])
        if find_module(module).kind == "unknown":
            continue
        if length == len(parts):
            return find_module(module)
        found = find_name(module, parts[length])
        if found.kind == "module":  # a name that its package shares with a module of it
            continue
        return Found(found.kind, found.module, ".".join((found.name, *parts[length + 1 :])), found.text)
    return Found("unknown")


def _is_same(old: str, own: str, name: str) -> bool:
    """Tell whether the new module has, under this name, what the old one has: so nothing but its path changes."""
    return old in _FUNCTIONS or MODULES.get(old) == f"{own}.{name}"


def _covering(old: str) -> str | None:
    """Return the entry that says of a module, or of one above it, that it is gone."""
    parts = old.split(".")
    paths = (".".join(parts[:length]) for length in range(len(parts), 1, -1))
    return next((path for path in paths if path in GONE), None)
