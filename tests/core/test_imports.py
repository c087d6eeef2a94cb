"""Importing the core is on the cold-start path: what is heavy is imported at the first need, if ever."""

from __future__ import annotations

import json

import pytest

from lambda_powertools.core.discovery import MANIFEST_NAME, build_manifest

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


PLUGIN = """
from pluggy_or_not import marker
from lambda_powertools.core import Plugin

class Audit(Plugin[None]):
    name = "audit"

    @marker
    def before_invoke(self, invocation): ...
"""

USE = """
from lambda_powertools.core import Registry, powertools
registry = Registry()
{registration}
assert powertools(registry=registry)(lambda event, context: event)(7, None) == 7
assert registry.names == ("audit",)
"""


@pytest.mark.parametrize(
    ("registration", "marker", "expected"),
    [
        ("from audit import Audit; registry.register(Audit)", "ours", ["pluggy"]),
        ("registry.discover(['.'])", "ours", []),
        ("registry.discover(['.'])", "pluggy's", ["pluggy"]),
        ("registry.discover(['frozen'])", "pluggy's", ["json", "pluggy"]),
    ],
    ids=["registered", "installed", "installed, odd", "frozen, odd"],
)
def test_pluggy_is_loaded_only_where_it_is_needed(registration, marker, expected, run_python, tmp_path, monkeypatch):
    """A registered class is judged by pluggy, an installed one only where it is out of the ordinary."""
    imports = {
        "ours": "from lambda_powertools.core import hookimpl as marker",
        "pluggy's": "import pluggy; marker = pluggy.HookimplMarker('lambda_powertools')",
    }
    (tmp_path / "pluggy_or_not.py").write_text(imports[marker])
    (tmp_path / "audit.py").write_text(PLUGIN)
    for folder in (tmp_path, tmp_path / "frozen"):
        metadata = folder / "audit-1.dist-info"
        metadata.mkdir(parents=True)
        (metadata / "entry_points.txt").write_text("[lambda_powertools.plugins]\naudit = audit:Audit\n")
    (tmp_path / "frozen" / MANIFEST_NAME).write_text(json.dumps(build_manifest(str(tmp_path / "frozen"))))
    monkeypatch.chdir(tmp_path)

    found = [name for name in loaded(run_python, USE.format(registration=registration)) if name in {"json", "pluggy"}]

    assert found == expected


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
