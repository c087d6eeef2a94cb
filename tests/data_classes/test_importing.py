import ast
import importlib
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import lambda_powertools.data_classes as package
from lambda_powertools.data_classes.common import DictWrapper

ROOT = Path(__file__).parent.parent.parent
SOURCE = Path(package.__file__).parent
MODULES = [module for module in package._MODULES if not (SOURCE / module.replace(".", "/")).is_dir()]
HTTP = [
    "alb_event",
    "api_gateway_authorizer_event",
    "api_gateway_proxy_event",
    "api_gateway_websocket_event",
    "appsync.scalar_types_utils",
    "appsync_authorizer_event",
    "appsync_resolver_event",
    "appsync_resolver_events_event",
    "bedrock_agent_event",
    "bedrock_agent_function_event",
    "common",
    "event_source",
    "lambda_function_url_event",
    "serialization",
    "vpc_lattice",
]
HEAVY = {
    *("asyncio", "base64", "boto3", "dataclasses", "datetime", "decimal", "importlib.metadata", "inspect"),
    *("logging", "pydantic", "urllib.parse", "uuid", "warnings"),
}
NEW = """
import json, sys
from typing import TYPE_CHECKING, Any
from lambda_powertools.core import Plugin, hookimpl
before = set(sys.modules)
{statement}
print(json.dumps(sorted(set(sys.modules) - before)))
"""


def loaded_by(statement):
    """Return the modules that a statement loads in a process of its own, in which core is loaded already."""
    command = [sys.executable, "-W", "error", "-c", NEW.format(statement=statement)]
    return set(json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout))


def test_the_package_and_its_plugin_load_no_event_source():
    """T-1: what every cold start pays for is the package, its version and the plugin."""
    own = {name for name in loaded_by(f"import {package.__name__}.plugin") if name.startswith("lambda_powertools")}

    assert own == {package.__name__, f"{package.__name__}.__about__", f"{package.__name__}.plugin"}


def test_decorating_an_unannotated_handler_loads_no_event_source():
    """Section 6: without a data class nothing is loaded but what looks for an annotation."""
    statement = (
        "from lambda_powertools.core import Registry, powertools\n"
        "from lambda_powertools.data_classes.plugin import DataClassesPlugin\n"
        "registry = Registry(); registry.register(DataClassesPlugin)\n"
        "handler = powertools(registry=registry)(lambda event, context: {})\n"
        "handler({}, None)"
    )

    own = {name.rpartition(".")[2] for name in loaded_by(statement) if name.startswith(package.__name__)}

    assert own == {"data_classes", "__about__", "plugin", "_annotation"}


@pytest.mark.parametrize("module", HTTP)
def test_modules_load_nothing_heavy(module):
    """T-1: no HTTP event source loads what cold starts suffer from."""
    assert loaded_by(f"import {package.__name__}.{module}") & HEAVY == set()


@pytest.mark.parametrize("module", MODULES)
def test_names_are_those_of_the_modules(module):
    """Section 2.1: every exported name is the one of its module, and loaded when it is first asked for."""
    loaded = importlib.import_module(f"{package.__name__}.{module}")

    for name in package._MODULES[module].split():
        assert getattr(package, name) is getattr(loaded, name)


@pytest.mark.parametrize("module", package._MODULES)
def test_every_data_class_is_exported(module):
    """Section 2.1: no data class of a module is missing at the top, except where two modules have one of a name."""
    loaded = importlib.import_module(f"{package.__name__}.{module}")

    classes = {
        name
        for name, value in vars(loaded).items()
        if isinstance(value, type) and issubclass(value, DictWrapper) and value.__module__ == loaded.__name__
    }
    missing = {name for name in classes if not name.startswith("_")} - set(package.__all__)

    assert missing == set()


def test_type_checkers_see_the_same_names():
    """The stub that type checkers read lists what the table lists, from the same modules."""
    stub = ast.parse((SOURCE / "_exports.pyi").read_text(encoding="utf-8"))

    seen = {
        (node.module.removeprefix(f"{package.__name__}."), alias.asname)
        for node in stub.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }

    assert seen == {(module, name) for module, names in package._MODULES.items() for name in names.split()}


@pytest.mark.parametrize(
    "statement",
    [
        "from lambda_powertools.data_classes import event_source",
        "import lambda_powertools.data_classes.event_source; from lambda_powertools.data_classes import event_source",
        "from lambda_powertools.data_classes.event_source import event_source",
        "from lambda_powertools.data_classes import ALBEvent; from lambda_powertools.data_classes import event_source",
    ],
)
def test_event_source_is_the_function(statement):
    """Section 8: whichever way it is imported, and whatever was imported before, it is the function."""
    loaded_by(f"{statement}\nassert event_source.__name__ == 'event_source' and callable(event_source)")


def test_unknown_names():
    """A name that is not there is an AttributeError that says so."""
    with pytest.raises(AttributeError, match="has no attribute 'SQSEvnt'"):
        _ = package.SQSEvnt


def test_the_table_in_the_readme_is_current():
    """The README lists the classes and properties that there are."""
    script = importlib.util.spec_from_file_location("data_class_table", ROOT / "scripts" / "data_class_table.py")
    module = importlib.util.module_from_spec(script)
    script.loader.exec_module(module)
    text = (ROOT / "packages" / "data-classes" / "README.md").read_text(encoding="utf-8")

    assert module.with_table(text) == text, "run: hatch run python scripts/data_class_table.py"


def test_the_readme_lists_every_class_of_the_tables():
    """Section 2.3: the classes in the README are those of the tables that the tests check one by one."""
    text = (ROOT / "packages" / "data-classes" / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `(\w+)` \| `(\w+)` \| ", text.partition("<!-- begin")[2], re.MULTILINE)

    expected = []
    for name in ("http_sources.txt", "event_sources.txt"):
        for line in (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines():
            if line.startswith("["):
                module = line.strip("[]")
            elif line and not line.startswith(("#", " ")):
                expected.append((module, line.partition("(")[0]))

    assert sorted(listed) == sorted(expected)
    assert f"{len(expected)} classes." in text
