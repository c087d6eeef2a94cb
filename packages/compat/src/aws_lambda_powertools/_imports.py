"""How an old import path is answered: by the new module itself, or by one assembled of several.

An old path whose module is one of ours throughout *is* that module: one object under two names in `sys.modules`. Where
its names come from several modules, where it has names that nothing answers, or where a module below it has another
place now, it is an `AssembledModule`, which reads, sets and deletes attributes where their owner has them.
"""

from __future__ import annotations

import sys
from os import stat
from types import ModuleType

from aws_lambda_powertools._table import ALIASES, ASSEMBLED, FILES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.abc import Loader
    from importlib.machinery import ModuleSpec
    from typing import Any

else:
    Loader = object
    ModuleSpec = type(sys.__spec__)  # importlib.machinery is not loaded yet where a function starts

OLD = "aws_lambda_powertools"
_PREFIX = f"{OLD}."
_OF_PYTHON = frozenset({"__all__", "__file__"})
"""Attributes of the module itself that are asked of the base all the same."""


_specs: dict[str, ModuleSpec | None] = {}
"""The specifications of modules of ours that an old path leads to."""


class Finder:
    """Finds the old paths, before Python looks for files: no module of ours is to load a second time as another."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return how to load an old path; None for what is no such path, or is a file of this package.

        Raises:
            ModuleNotFoundError: nothing answers the path; says what to use instead.
        """
        del path, target
        if not fullname.startswith(_PREFIX):
            return None
        if fullname in ALIASES:
            return ModuleSpec(fullname, AliasLoader(ALIASES[fullname]))
        if fullname in ASSEMBLED and fullname not in FILES:
            return ModuleSpec(fullname, AssemblingLoader(ASSEMBLED[fullname][0]), is_package=True)
        if fullname.rpartition(".")[0] in ALIASES:
            from aws_lambda_powertools._explain import advice

            text = advice(fullname)
            raise ModuleNotFoundError(text or f"No module named {fullname!r}", name=None if text else fullname)
        return None


class LastResort:
    """Explains, after all others have been asked, what an old path or name that is not found has become."""

    def find_spec(self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None) -> None:
        """Find nothing.

        Raises:
            ModuleNotFoundError: with what to use or to install instead, where that is known.
        """
        del path, target
        if fullname.startswith(_PREFIX):
            from aws_lambda_powertools._explain import advice

            text = advice(fullname)
            if text:  # without a name, or `from module import name` would swallow the text
                raise ModuleNotFoundError(text)


class AliasLoader(Loader):
    """Puts a module of ours under an old path."""

    def __init__(self, new: str) -> None:
        self._new = new

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """Return the module of ours, imported."""
        module = imported(self._new, spec.name)
        _specs.setdefault(self._new, module.__spec__)  # the import system is about to replace it
        return module

    def exec_module(self, module: ModuleType) -> None:
        """Run nothing: the module has run."""
        module.__spec__ = _specs[self._new]


class AssembledModule(ModuleType):
    """An old module whose attributes live in modules of ours: read, set and deleted there.

    Setting an attribute therefore reaches the code that reads it, as it did when it was the module's own.
    """

    _base: ModuleType | None
    _owners: dict[str, tuple[str, str]]
    _deleted: set[str]

    def __getattr__(self, name: str) -> Any:
        state = self.__dict__
        base = state["_base"]
        if name in state["_deleted"]:
            raise AttributeError(f"{name!r} of module {self.__name__!r} has been deleted")
        if name in state["_owners"]:
            module, attribute = state["_owners"][name]
            return getattr(imported(module, f"{self.__name__}.{name}", AttributeError), attribute)
        if name in _OF_PYTHON:
            if name == "__all__":
                return exported(self)
            return getattr(base, name)
        below = f"{self.__name__}.{name}"
        if (below in ALIASES or below in ASSEMBLED or below in FILES) and name not in getattr(base, "__all__", ()):
            try:
                __import__(below)
            except ModuleNotFoundError as failure:
                if failure.name is not None:
                    raise
                raise AttributeError(str(failure)) from None  # not installed, so it is no attribute
            return sys.modules[below]
        if base is not None and hasattr(base, name):
            return getattr(base, name)
        text = None
        if not name.startswith("__"):
            from aws_lambda_powertools._explain import advice

            text = advice(below)
        raise AttributeError(text or f"module {self.__name__!r} has no attribute {name!r}")

    def __setattr__(self, name: str, value: Any) -> None:
        owner, attribute = self._owner(name)
        if sys.modules.get(f"{self.__name__}.{name}") is value and isinstance(value, ModuleType):
            # The import system binds a module below this one; a function of that name stays what the name means.
            if name not in self._owners and name not in getattr(owner, "__all__", ()):
                self.__dict__[name] = value
        elif owner is None or name in self.__dict__ or name.startswith("__"):
            super().__setattr__(name, value)
        else:
            self._deleted.discard(name)
            setattr(owner, attribute, value)

    def __delattr__(self, name: str) -> None:
        owner, attribute = self._owner(name)
        if name in self.__dict__ or owner is None:
            super().__delattr__(name)
            return
        try:
            delattr(owner, attribute)
        except AttributeError:
            if not hasattr(owner, attribute):
                raise
            # Computed by the owner. unittest.mock deletes what it has set, looks whether that uncovers the original,
            # and sets the original if not.
            self._deleted.add(name)

    def __dir__(self) -> list[str]:
        ours = {*self.__dict__, *self._owners} - {"_base", "_owners", "_deleted"}
        return sorted(ours if self._base is None else ours | set(dir(self._base)))

    def _owner(self, name: str) -> tuple[ModuleType | None, str]:
        if name in self._owners:
            module, attribute = self._owners[name]
            return imported(module, f"{self.__name__}.{name}"), attribute
        return self._base, name


class AssemblingLoader(Loader):
    """Makes an assembled module, or makes it anew."""

    def __init__(self, base: str | None) -> None:
        self._base = base

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """Return the module, not connected yet."""
        return ModuleType(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Connect the module with its owners; again, where it is loaded again, with its base loaded again."""
        if isinstance(module, AssembledModule):
            if module._base is not None:  # noqa: SLF001  # ours
                from importlib import reload

                reload(module._base)  # noqa: SLF001  # the same
            return
        base = None if self._base is None else imported(self._base, module.__name__)
        assemble(module, base)


def assemble(module: ModuleType, base: ModuleType | None = None) -> None:
    """Make a module an assembled one, by what the table says of its path."""
    owners = ASSEMBLED[module.__name__][1]
    module.__dict__["_base"] = base
    module.__dict__["_owners"] = {name: tuple(where.split(":")) for name, where in owners.items()}
    module.__dict__["_deleted"] = set()
    if base is not None:
        module.__dict__["__doc__"] = base.__doc__
    module.__class__ = AssembledModule


def exported(module: AssembledModule) -> list[str]:
    """Return what `from module import *` brings."""
    state = module.__dict__
    base = state["_base"]
    names = [] if base is None else getattr(base, "__all__", [name for name in dir(base) if not name.startswith("_")])
    return sorted({*names, *state["_owners"]})


def imported(new: str, old: str, kind: type[Exception] = ModuleNotFoundError) -> ModuleType:
    """Return a module of ours.

    Raises:
        ModuleNotFoundError: its distribution is not installed; says how to install it.
    """
    try:
        __import__(new)
    except ModuleNotFoundError as failure:
        if failure.name is None or not f"{new}.".startswith(f"{failure.name}."):
            raise
        from aws_lambda_powertools._explain import missing

        raise kind(missing(new, old)) from None
    return sys.modules[new]


def install(folder: str) -> None:
    """Have the old paths answered in this process.

    Args:
        folder: where this package is installed.

    Raises:
        ImportError: files of the original library are in the same folder.
    """
    for entry in {folder, *(f"{entry or '.'}/{OLD}" for entry in sys.path)}:
        try:
            stat(f"{entry}/logging/__init__.py")  # noqa: PTH116  # pathlib is not loaded for it; we have no such file
        except (OSError, ValueError):
            continue
        from aws_lambda_powertools._beside import complain

        complain(folder, entry)
    if not any(isinstance(finder, Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, Finder())
        sys.meta_path.append(LastResort())
