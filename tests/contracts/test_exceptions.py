"""One root for all exceptions."""

from __future__ import annotations

import importlib
import inspect

from lambda_powertools.core import PowertoolsError

KNOWN_BY_USERS = {"SchemaValidationError"}
"""What users know classes of several packages by; each has a name of its own besides, which is the one in logs."""


def exceptions_of(module: str) -> dict[str, type]:
    """Return the public exceptions that a module defines."""
    loaded = importlib.import_module(module)
    return {
        name: value
        for name, value in vars(loaded).items()
        if inspect.isclass(value)
        and issubclass(value, Exception)
        and not issubclass(value, Warning)
        and value.__module__ == module
        and not name.startswith("_")
    }


def test_every_public_exception_descends_from_the_root(module):
    """One `except PowertoolsError` catches everything that is the project's own."""
    strangers = [name for name, value in exceptions_of(module).items() if not issubclass(value, PowertoolsError)]

    assert strangers == []


def test_no_two_exceptions_share_a_name(all_modules):
    """A name in a log says which exception it was, whatever the distribution."""
    owners: dict[str, set[str]] = {}
    for module in all_modules:
        for name, kind in exceptions_of(module).items():
            owners.setdefault(kind.__name__, set()).add(module)
            if name not in KNOWN_BY_USERS:
                owners.setdefault(name, set()).add(module)

    assert {name: modules for name, modules in owners.items() if len(modules) > 1} == {}
