from __future__ import annotations

import sys
from pathlib import Path

import pytest
from migrating import Project

from lambda_powertools.cli._migrate.usage import _BY_MODULE, _BY_NAME, _BY_TEXT, INHERITED

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

PACKAGES = Path(__file__).parent.parent.parent / "packages"
CODE = "from aws_lambda_powertools import Logger\nfrom aws_lambda_powertools.utilities.idempotency import idempotent\n"
BOTH = "lambda-powertools-idempotency>=0.1,<1", "lambda-powertools-logger>=0.1,<1"
REQUIREMENTS = {
    "alone": ("aws-lambda-powertools", [*BOTH]),
    "among others": ("boto3\naws-lambda-powertools==3.1.0\nrequests", ["boto3", *BOTH, "requests"]),
    "with extras that are dependencies now": ("aws-lambda-powertools[tracer,validation]~=3.0", [*BOTH]),
    "with extras that are passed on": (
        "aws_lambda_powertools[redis, aws-sdk]>=3",
        ["lambda-powertools-idempotency[aws-sdk,redis]>=0.1,<1", BOTH[1]],
    ),
    "with a marker and a comment": (
        'AWS.Lambda-Powertools >=2,<4 ; python_version < "3.14"  # ours',
        [f'{BOTH[0]} ; python_version < "3.14"  # ours', f'{BOTH[1]} ; python_version < "3.14"'],
    ),
    "other distributions": (
        "aws-lambda-powertools-extra\n# aws-lambda-powertools\nmy-aws-lambda-powertools",
        ["aws-lambda-powertools-extra", "# aws-lambda-powertools", "my-aws-lambda-powertools"],
    ),
}


@pytest.mark.parametrize("case", REQUIREMENTS)
def test_requirements_are_what_the_code_needs(tmp_path, case):
    """Each distribution that the code imports has its line, with marker, extras, order and comments as they were."""
    project = Project(tmp_path)
    before, after = REQUIREMENTS[case]
    project.write("app.py", CODE)
    project.write("requirements.txt", before + "\n")
    project.migrate()

    assert project.read("requirements.txt").splitlines() == after
    assert project.migrate()["files"] == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("aws-lambda-powertools==3.0 \\\n    --hash=sha256:ab", "hashes and addresses"),
        ("aws-lambda-powertools @ https://example.com/a.whl", "an address"),
    ],
)
def test_requirements_that_are_not_understood_are_left(tmp_path, text, reason):
    """Hashes and addresses of the original are of no use for others, so the line is named instead."""
    project = Project(tmp_path)
    project.write("app.py", CODE)
    project.write("requirements.txt", text)
    files = {Path(file["path"]).name: file for file in project.migrate()["files"]}

    assert project.read("requirements.txt") == text
    assert reason in files["requirements.txt"]["notes"][0]["text"]
    assert files["app.py"]["changed"]


def test_a_requirement_that_no_code_needs_is_left(tmp_path):
    """Nothing is required in its place, so a person decides."""
    project = Project(tmp_path)
    project.write("requirements.txt", "aws-lambda-powertools\n")
    (file,) = project.migrate()["files"]

    assert (file["changed"], "no code here imports it" in file["notes"][0]["text"]) == (False, True)


def test_each_function_requires_what_its_own_code_needs(tmp_path):
    """A requirements file is about the code beside and below it, and about all the code where it has none."""
    project = Project(tmp_path)
    project.write("orders/app.py", "from aws_lambda_powertools import Tracer\n")
    project.write("orders/requirements.txt", "aws-lambda-powertools[tracer]\n")
    project.write("stock/app.py", "from aws_lambda_powertools.metrics import Metrics\n")
    project.write("stock/requirements-dev.txt", "aws-lambda-powertools\n")
    project.write("requirements/layer.txt", "aws-lambda-powertools\n")
    project.migrate()

    assert project.read("orders/requirements.txt") == "lambda-powertools-tracer>=0.1,<1\n"
    assert project.read("stock/requirements-dev.txt") == "lambda-powertools-metrics>=0.1,<1\n"
    assert project.read("requirements/layer.txt").split() == [
        "lambda-powertools-metrics>=0.1,<1",
        "lambda-powertools-tracer>=0.1,<1",
    ]


@pytest.mark.parametrize(
    ("code", "requirement"),
    [
        ("from aws_lambda_powertools.event_handler import ALBResolver\nALBResolver()", "event-handler"),
        (
            "from aws_lambda_powertools.event_handler import ALBResolver\nALBResolver(enable_validation=True)",
            "event-handler[openapi]",
        ),
        ("from aws_lambda_powertools.event_handler.openapi.params import Query", "event-handler[openapi]"),
        ("from aws_lambda_powertools.event_handler import BedrockAgentResolver", "event-handler[openapi]"),
        ("import aws_lambda_powertools.utilities.kafka as k\nk.SchemaConfig('AVRO', '{}')", "kafka[avro]"),
        ("from aws_lambda_powertools.utilities import kafka\nkafka.SchemaConfig(value_schema_type='JSON')", "kafka"),
        ("from aws_lambda_powertools.shared.cache_dict import LRUDict", "compat"),
    ],
)
def test_extras_are_those_that_the_code_shows(tmp_path, code, requirement):
    """What a function needs of a distribution beyond its dependencies is required by an extra."""
    project = Project(tmp_path)
    project.write("app.py", code)
    project.write("requirements.txt", "aws-lambda-powertools\n")
    project.migrate()

    assert project.read("requirements.txt") == f"lambda-powertools-{requirement}>=0.1,<1\n"


def test_the_extras_are_those_of_the_packages():
    """Every extra that may be required exists in the package that it is required of."""
    needs = {(name, extra) for extras in INHERITED.values() for name, extra in extras.items()}
    needs |= {*_BY_MODULE.values(), *_BY_NAME.values(), *_BY_TEXT.values()}
    for distribution, extra in needs:
        path = PACKAGES / distribution.removeprefix("lambda-powertools-") / "pyproject.toml"
        if not path.exists():
            assert distribution == "lambda-powertools-auth"  # the one that has extras and is not everywhere yet
            continue
        assert extra in tomllib.loads(path.read_text())["project"]["optional-dependencies"], (distribution, extra)


PYPROJECT = """
[project]
name = "shop"
dependencies = ["boto3", "aws-lambda-powertools[tracer]>=3 ; python_version < '3.14'"]

[project.optional-dependencies]
lambda = [
  # first
  "requests",
  "aws-lambda-powertools>=2",  # the tools
  "httpx"
]
last = [
  'aws-lambda-powertools'  # no comma
]

[dependency-groups]
dev = [ {include-group = "x"}, "aws_lambda_powertools" ]
x = []

[tool.other]
note = "aws-lambda-powertools"

[tool.poetry.dependencies]
python = "^3.12"
aws-lambda-powertools = "^3"  # kept
[tool.poetry.group.dev.dependencies]
aws-lambda-powertools = { version = "^3", extras = ["redis"], markers = "sys_platform == 'linux'" }
"""
MIGRATED = """
[project]
name = "shop"
dependencies = ["boto3", "IDEM>=0.1,<1; python_version < '3.14'", "LOG>=0.1,<1; python_version < '3.14'"]

[project.optional-dependencies]
lambda = [
  # first
  "requests",
  "IDEM>=0.1,<1",  # the tools
  "LOG>=0.1,<1",
  "httpx"
]
last = [
  'IDEM>=0.1,<1',  # no comma
  'LOG>=0.1,<1'
]

[dependency-groups]
dev = [ {include-group = "x"}, "IDEM>=0.1,<1", "LOG>=0.1,<1" ]
x = []

[tool.other]
note = "aws-lambda-powertools"

[tool.poetry.dependencies]
python = "^3.12"
IDEM = ">=0.1,<1"  # kept
LOG = ">=0.1,<1"
[tool.poetry.group.dev.dependencies]
IDEM = { version = ">=0.1,<1", extras = ["redis"], markers = "sys_platform == 'linux'" }
LOG = { version = ">=0.1,<1", markers = "sys_platform == 'linux'" }
"""


def test_pyproject_keeps_its_shape(tmp_path):
    """Dependencies of the project, its extras, groups and Poetry's are replaced; comments, order and layout stay."""
    project = Project(tmp_path)
    project.write("app.py", CODE)
    project.write("pyproject.toml", PYPROJECT)
    project.migrate()
    expected = MIGRATED.replace("IDEM", "lambda-powertools-idempotency").replace("LOG", "lambda-powertools-logger")

    assert project.read("pyproject.toml") == expected.lstrip("\n")
    assert project.migrate()["files"] == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('[tool.poetry.dependencies]\naws-lambda-powertools = { git = "https://example.com/a" }', "an address"),
        ('[tool.poetry.dependencies.aws-lambda-powertools]\nversion = "^3"', "a table of its own"),
        ('[project]\ndependencies = ["aws-lambda-powertools @ https://example.com/a.whl"]', "an address"),
        ('[project]\ndependencies = ["""\naws-lambda-powertools"""]', "not understood"),
        ('[project\nname = "aws-lambda-powertools"\n', "no TOML"),
    ],
)
def test_a_pyproject_that_is_not_understood_is_left(tmp_path, text, reason):
    """What cannot be rewritten so that it says what it should stays as it is, and is named."""
    project = Project(tmp_path)
    project.write("app.py", CODE)
    project.write("pyproject.toml", text)
    files = {Path(file["path"]).name: file for file in project.migrate()["files"]}

    assert project.read("pyproject.toml") == text
    assert reason in files["pyproject.toml"]["notes"][0]["text"]
