"""Importing the core is on the cold-start path: what is heavy is imported at the first need, if ever."""

from __future__ import annotations

import pytest

HEAVY = [
    "asyncio",
    "boto3",
    "botocore",
    "dataclasses",
    "http.client",
    "importlib.metadata",
    "inspect",
    "json",
    "logging",
    "pluggy",
    "pydantic",
]


def loaded(run_python, program):
    """Run a program and return which heavy modules it loaded."""
    report = f"\nimport sys\nprint(*(name for name in {HEAVY} if name in sys.modules))"
    return run_python(program + report).split()


@pytest.mark.parametrize(
    "module",
    [
        "",
        ".settings",
        ".typing",
        ".secrets",
        ".trace_id",
        ".spans",
        ".cold_start",
        ".warnings",
        ".package_logger",
        ".loop",
    ],
)
def test_importing_loads_nothing_heavy(module, run_python):
    """Neither the core nor its small modules import anything heavy."""
    assert loaded(run_python, f"import lambda_powertools.core{module}") == []


def test_the_first_invocation_loads_nothing_heavy(run_python):
    """Discovering in folders, decorating and invoking a sync handler do without as well."""
    program = """

from lambda_powertools.core import Plugin, Registry, powertools, lambda_handler_decorator

@lambda_handler_decorator
def middleware(handler, event, context):
    return handler(event, context)

@powertools(registry=Registry(), service="orders")
@middleware
def handler(event, context):
    return event

handler({}, None)
"""

    assert loaded(run_python, program) == []


def test_pluggy_is_loaded_to_check_a_plugin_and_only_then(run_python):
    """Registering a class loads pluggy; a plugin that was frozen does not."""
    define = """
from lambda_powertools.core import Plugin, Registry, hookimpl, powertools

class Audit(Plugin[None]):
    name = "audit"

    @hookimpl
    def before_invoke(self, invocation): ...

registry = Registry()
"""
    register = "registry.register(Audit)\n"
    frozen = """
from lambda_powertools.core.discovery import FoundPlugin
found = FoundPlugin("audit", "__main__:Audit", "audit", "1", checked=True)
import lambda_powertools.core.discovery as discovery
discovery.find_plugins = lambda path=None: [found]
registry.discover()
"""
    use = "assert powertools(registry=registry)(lambda event, context: event)(7, None) == 7\n"

    assert "pluggy" in loaded(run_python, define + register + use)
    assert loaded(run_python, define + frozen + use) == []


def test_the_public_names_are_all_there(run_python):
    """Everything in __all__ can be imported, the lazy names too, and an unknown name is an AttributeError."""
    program = """
from lambda_powertools.core import *
import lambda_powertools.core as core
missing = [name for name in core.__all__ if not hasattr(core, name)]
assert missing == [] and lambda_handler_decorator is core.middleware.lambda_handler_decorator
try:
    core.nothing_like_this
except AttributeError as error:
    print(error)
"""

    assert run_python(program).strip() == "module 'lambda_powertools.core' has no attribute 'nothing_like_this'"
