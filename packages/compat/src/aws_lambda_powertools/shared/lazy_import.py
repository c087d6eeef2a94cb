"""A module that is imported when it is used."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import Any


class LazyLoader(ModuleType):
    """Stands in a module's globals for another module until an attribute of that is read.

    Example:
        >>> decimal = LazyLoader("decimal", globals(), "decimal")
        >>> decimal.Decimal("1.50")
        Decimal('1.50')
        >>> type(decimal).__name__
        'module'
    """

    def __init__(self, local_name: str, parent_module_globals: dict[str, Any], name: str) -> None:
        """Stand in for a module.

        Args:
            local_name: the global variable that holds this object, and then the module.
            parent_module_globals: the globals that have it.
            name: the module to import.
        """
        self._local_name = local_name
        self._parent_module_globals = parent_module_globals
        super().__init__(name)

    def _load(self) -> ModuleType:
        module = import_module(self.__name__)
        self._parent_module_globals[self._local_name] = module
        self.__dict__.update(module.__dict__)
        return module

    def __getattr__(self, item: str) -> Any:
        if item.startswith("__"):  # asked by machinery that inspects whatever there is
            raise AttributeError(item)
        return getattr(self._load(), item)

    def __dir__(self) -> list[str]:
        return dir(self._load())
