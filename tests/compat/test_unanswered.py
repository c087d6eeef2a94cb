"""What is said of a path that is not answered."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from lambda_powertools.cli._migrate.table import DISTRIBUTIONS, GONE, KEPT, MODULES, NAMES

ROOT = Path(__file__).parent.parent.parent

WITHOUT = """
import sys

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.startswith(("lambda_powertools.logger", "lambda_powertools.parser", "lambda_powertools.jmespath")):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Missing())
"""


@pytest.mark.parametrize("entry", [entry for entry in GONE if ":" not in entry])
def test_a_module_that_nothing_answers_says_what_to_use(entry, coverage):
    """Importing it, or something from it, is one error with what to use instead."""
    parent, _, name = entry.rpartition(".")
    if coverage.module_state(parent) == "waiting":
        pytest.skip(f"what answers {parent} is not built yet")
    for statement in (f"import {entry}", f"from {entry} import anything", f"from {parent} import {name}"):
        with pytest.raises(ModuleNotFoundError) as error:
            exec(statement)  # noqa: S102  # a table's
        assert str(error.value) == f"{entry} has no counterpart; use instead: {GONE[entry]}"


@pytest.mark.parametrize("entry", [entry for entry in GONE if ":" in entry])
def test_a_name_that_nothing_answers_says_what_to_use(entry, coverage):
    """Importing it is an error with what to use instead, reading it too, and `hasattr` says no."""
    module, _, name = entry.partition(":")
    if coverage.module_state(module) == "waiting":
        pytest.skip(f"what answers {module} is not built yet")
    text = f"{module}.{name} has no counterpart; use instead: {GONE[entry]}"

    with pytest.raises(ImportError) as of_import:
        exec(f"from {module} import {name}")  # noqa: S102  # a table's
    with pytest.raises(AttributeError) as of_attribute:
        getattr(importlib.import_module(module), name)

    assert (str(of_import.value), str(of_attribute.value)) == (text, text)
    assert not hasattr(importlib.import_module(module), name)


LOGGER = "lambda_powertools.logger, which is not installed: pip install lambda-powertools-logger"
PARSER = "lambda_powertools.parser, which is not installed: pip install lambda-powertools-parser"
JMESPATH = "lambda_powertools.jmespath, which is not installed: pip install lambda-powertools-jmespath"


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("from aws_lambda_powertools import Logger", f"aws_lambda_powertools.Logger is answered by {LOGGER}"),
        (
            "import aws_lambda_powertools; aws_lambda_powertools.Logger",
            f"aws_lambda_powertools.Logger is answered by {LOGGER}",
        ),
        (
            "import aws_lambda_powertools.utilities.parser.models.sqs",
            f"aws_lambda_powertools.utilities.parser is answered by {PARSER}",
        ),
        (
            "from aws_lambda_powertools.exceptions import InvalidEnvelopeExpressionError",
            f"aws_lambda_powertools.exceptions.InvalidEnvelopeExpressionError is answered by {JMESPATH}",
        ),
        (
            "from aws_lambda_powertools.logging import correlation_paths",
            f"aws_lambda_powertools.logging is answered by {LOGGER}",
        ),
    ],
)
def test_a_missing_package_is_named(python, statement, message):
    """Where the distribution that answers a path is not installed, the error says which one to install."""
    error = python(WITHOUT + statement, fails=True)

    assert error.splitlines()[-1].partition(": ")[2] == message
    assert "During handling" not in error


def test_a_missing_package_is_no_attribute(python):
    """Code that asks with `hasattr` or `getattr` and a default whether a name is there is told that it is not."""
    code = (
        WITHOUT
        + """
import aws_lambda_powertools as old
print(hasattr(old, "Logger"), getattr(old, "logging", None), hasattr(old, "Metrics"))
"""
    )

    assert python(code) == "False None True\n"


def test_what_a_package_of_ours_lacks_is_not_taken_for_a_missing_one(python):
    """An import that fails inside a package of ours, for want of something else, is reported as what it is."""
    code = """
import sys
sys.modules["jsonpath_ng"] = None
sys.modules["pydantic"] = None
import aws_lambda_powertools.utilities.parser.models.sqs
"""

    assert "pydantic" in python(code, fails=True).splitlines()[-1]


def test_a_package_that_is_too_old_is_named(python):
    """Where the package is installed and lacks the module, the error says to upgrade it."""
    code = """
import sys
import lambda_powertools.streaming
sys.modules["lambda_powertools.streaming.compat"] = None
import aws_lambda_powertools.utilities.streaming.compat
"""

    assert "compat is answered by lambda_powertools.streaming.compat, which needs a newer release: " in python(
        code, fails=True
    )


def test_the_table_knows_a_distribution_for_every_new_path():
    """Each new module belongs to a package that is in this repository, but those that are not built yet."""
    packages = {".".join(new.partition(":")[0].split(".")[:2]) for new in [*MODULES.values(), *NAMES.values()]}
    built = {path.name for path in ROOT.glob("packages/*")}

    assert packages <= DISTRIBUTIONS.keys()
    assert {DISTRIBUTIONS[package].removeprefix("lambda-powertools-") for package in packages} - built <= {"auth"}


def test_the_table_says_one_thing_of_each_path():
    """No entry is in two parts of the table, and no moved name is at a module that is gone."""
    assert not MODULES.keys() & GONE.keys()
    assert not NAMES.keys() & (GONE.keys() | KEPT.keys())
    assert not KEPT.keys() & GONE.keys()
    assert [entry for entry in NAMES if entry.partition(":")[0] in GONE] == []
