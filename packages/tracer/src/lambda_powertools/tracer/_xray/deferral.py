"""Imports the X-Ray SDK without what it imports but does not use in Lambda.

Of the SDK's own import time four fifths are spent in modules that tracing a function never touches: `wrapt` (needed
to patch libraries) brings asyncio and the whole of importlib.metadata, the sampler brings botocore and creates a
client. While the SDK is imported, these names stand for modules that are really imported when something of them is
used. Afterwards the import system knows nothing of it; who holds such a module gets the real one's attributes.
"""

from __future__ import annotations

import sys
import threading
from importlib import import_module
from types import ModuleType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_window = threading.RLock()
_CONNECTOR = "aws_xray_sdk.core.sampling.connector"


class deferred_imports:  # noqa: N801  # used like a function in a with statement
    """Within the block, an import of these modules gives one that is imported when it is used.

    Modules that have been imported already stay as they are.
    """

    def __init__(self, *names: str) -> None:
        self._names = names
        self._stand_ins: list[DeferredModule] = []

    def __enter__(self) -> None:
        _window.acquire()
        for name in self._names:
            if name not in sys.modules:
                stand_in = _KINDS.get(name, DeferredModule)(name)
                self._stand_ins.append(stand_in)
                sys.modules[name] = stand_in

    def __exit__(self, *error: object) -> None:
        for stand_in in self._stand_ins:
            stand_in.withdraw()
        _window.release()


class DeferredModule(ModuleType):
    """Stands for a module until one of its attributes is wanted."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        parent, _, child = name.rpartition(".")
        # `import a.b` binds `a`: whoever wrote that finds `b` through it.
        if parent in sys.modules and child not in vars(sys.modules[parent]):
            setattr(sys.modules[parent], child, self)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.load(), name)

    def load(self) -> ModuleType:
        """Import the module itself."""
        self.withdraw()
        return import_module(self.__name__)

    def withdraw(self) -> None:
        """Leave the import system."""
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]


class _DeferredWrapt(DeferredModule):
    """`wrapt` while the SDK is imported: it decorates two functions with it, both of them rarely used."""

    @property
    def decorator(self) -> Any:
        return Deferred(lambda: self.load().decorator) if sys.modules.get("wrapt") is self else self.load().decorator

    def load(self) -> ModuleType:
        self.withdraw()
        return import_wrapt()


class Deferred:
    """What a decorator will have made of a function, once it is wanted."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make = make
        self._made: Any = None

    def _get(self) -> Any:
        if self._made is None:
            self._made = self._make()
        return self._made

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if "wrapt" in sys.modules and isinstance(sys.modules["wrapt"], _DeferredWrapt):
            return Deferred(lambda: self._get()(*args, **kwargs))
        return self._get()(*args, **kwargs)

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        return self._get().__get__(instance, owner)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._get(), name)


class _DeferredConnector(DeferredModule):
    """The SDK's door to the sampling rules in the cloud, which Lambda never goes through."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.ServiceConnector = _Connector

    def __getattr__(self, name: str) -> Any:
        if name == "__path__":  # asked by `from … import`: is it a package?
            raise AttributeError(name)
        return super().__getattr__(name)

    def withdraw(self) -> None:
        super().withdraw()
        parent, _, child = self.__name__.rpartition(".")
        if vars(sys.modules.get(parent, self)).get(child) is self:
            delattr(sys.modules[parent], child)


class _Connector:
    """A `ServiceConnector` that is made, with its botocore client, when rules are fetched."""

    def __init__(self) -> None:
        self._connector: Any = None
        self._setup: dict[str, Any] | None = None
        self._context: Any = None

    def setup_xray_client(self, ip: str, port: str | int, client: Any) -> None:
        """Note where the daemon is."""
        if self._connector is not None:
            self._connector.setup_xray_client(ip=ip, port=port, client=client)
        self._setup = {"ip": ip, "port": port, "client": client}

    @property
    def context(self) -> Any:
        """The recorder's context."""
        return self._context

    @context.setter
    def context(self, value: Any) -> None:
        self._context = value
        if self._connector is not None:
            self._connector.context = value

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if self._connector is None:
            connector = import_module(_CONNECTOR).ServiceConnector()
            if self._setup is not None:
                connector.setup_xray_client(**self._setup)
            if self._context is not None:
                connector.context = self._context
            self._connector = connector
        return getattr(self._connector, name)


_KINDS: dict[str, type[DeferredModule]] = {"wrapt": _DeferredWrapt, _CONNECTOR: _DeferredConnector}


def import_sdk() -> ModuleType:
    """Import `aws_xray_sdk.core` and as little else as possible."""
    if "aws_xray_sdk.core" in sys.modules:
        return import_module("aws_xray_sdk.core")
    with deferred_imports("asyncio", "importlib.metadata", "inspect", "wrapt", _CONNECTOR):
        return import_module("aws_xray_sdk.core")


def import_wrapt() -> ModuleType:
    """Import `wrapt`, with which the SDK patches libraries, and as little else as possible."""
    if "wrapt" in sys.modules:
        return import_module("wrapt")
    with deferred_imports("asyncio", "importlib.metadata"):
        return import_module("wrapt")
