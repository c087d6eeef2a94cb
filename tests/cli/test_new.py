"""`powertools new`: what is written passes its own tests, types and rules, and runs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from fresh_environment import FreshEnvironment

from lambda_powertools.cli.main import main


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A plugin and a function, as they are generated."""
    folder = tmp_path_factory.mktemp("new")
    for kind, name in (("plugin", "hello-world"), ("function", "hello-orders")):
        result = CliRunner().invoke(main, ["new", kind, name, "--directory", str(folder)])
        assert result.exit_code == 0, result.output
        assert result.output.splitlines()[-1].startswith(f"Next: cd {folder / name} && ")
    return folder


@pytest.fixture(scope="module")
def environment(made, tmp_path_factory):
    """An environment with all that is installed here, into which the plugin is installed, editable."""
    environment = FreshEnvironment(tmp_path_factory.mktemp("environment"))
    environment.use_everything_here()
    environment.build_and_install(made / "hello-world", editable=True)
    return environment


def test_a_new_plugin_passes_its_own_tests(made, environment):
    """Installed, editable, its tests are green, and the rules of the conformance kit are among them."""
    done = environment.run("-m", "pytest", "-q", "-p", "no:cacheprovider", cwd=made / "hello-world")

    assert done.returncode == 0, done.stdout + done.stderr
    assert "15 passed" in done.stdout


def test_a_new_plugin_passes_the_conformance_kit(made, environment):
    """The kit's option checks it by its name."""
    done = environment.run(
        "-m", "pytest", "-q", "-p", "no:cacheprovider", "--powertools-plugin=hello_world", cwd=made / "hello-world"
    )

    assert (done.returncode, "12 passed" in done.stdout) == (0, True), done.stdout + done.stderr


def test_a_new_plugin_passes_mypy(made, environment):
    """Its code and its tests are typed, strictly."""
    done = environment.run("-m", "mypy", "--cache-dir=/dev/null", cwd=made / "hello-world", MYPYPATH=mypy_path())

    assert done.returncode == 0, done.stdout + done.stderr
    assert "no issues found in 4 source files" in done.stdout


def mypy_path():
    """Return where the packages of this repository are: mypy does not follow what editable installs leave."""
    return os.pathsep.join(map(str, sorted(Path(__file__).parents[2].glob("packages/*/src"))))


def test_a_new_plugin_is_active_where_it_is_installed(made, environment):
    """Nothing more than its installation is needed: a handler with the decorator has it."""
    program = "from lambda_powertools.core import powertools; print(*powertools(lambda e, c: 1).application.plugins)"

    assert "hello_world" in environment.run("-c", program, cwd=made).stdout.split()


def test_hooks_of_a_new_plugin_have_their_contracts(made):
    """The docstring of each hook is the reference that the core has of it."""
    import ast
    import inspect

    from lambda_powertools.core import hookspecs

    tree = ast.parse((made / "hello-world" / "src" / "hello_world" / "plugin.py").read_text())
    found = {node.name: ast.get_docstring(node) for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}

    assert {hook: found[hook] for hook in hookspecs.HOOKS} == {
        hook: inspect.getdoc(getattr(hookspecs, hook)) for hook in hookspecs.HOOKS
    }


def test_the_workflow_of_a_new_plugin_checks_all_of_it(made):
    """Tests, rules and types are run on every supported Python."""
    workflow = yaml.safe_load((made / "hello-world" / ".github" / "workflows" / "ci.yml").read_text())
    job = workflow["jobs"]["test"]

    assert job["strategy"]["matrix"]["python-version"] == ["3.10", "3.11", "3.12", "3.13"]
    assert [step["run"] for step in job["steps"] if "run" in step] == [
        "pip install -e '.[test]'",
        "pytest",
        "pytest --powertools-plugin=hello_world",
        "mypy",
    ]
    assert job["steps"][1]["with"]["python-version"] == "${{ matrix.python-version }}"


def run_here(*arguments, cwd):
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("POWERTOOLS_", "AWS_", "_X_AMZN"))}
    command = [sys.executable, "-m", *arguments]
    return subprocess.run(command, cwd=cwd, env=kept, capture_output=True, text=True, check=False)


def test_a_new_function_is_invoked(made):
    """`powertools invoke` runs it with its event: it answers, logs, measures and is traced."""
    command = ("lambda_powertools.cli", "invoke", "app:handler", "-e", "events/hello.json", "--json")
    done = run_here(*command, cwd=made / "hello-orders")

    (invocation,) = json.loads(done.stdout)["invocations"]
    assert json.loads(invocation["response"]["body"]) == {"message": "Hello Ada"}
    assert [log["message"] for log in invocation["logs"]] == ["greeted"]
    assert any("Greetings" in line for line in invocation["metrics"])
    assert [node["name"] for node in invocation["trace"]] == ["## GET /hello/:guest"]


def test_a_new_function_passes_its_own_tests(made):
    """Its tests are green as they are generated."""
    done = run_here("pytest", "-q", "-p", "no:cacheprovider", cwd=made / "hello-orders")

    assert (done.returncode, "3 passed" in done.stdout) == (0, True), done.stdout + done.stderr


def test_the_template_of_a_new_function_is_one_that_sam_takes(made):
    """The translator of AWS SAM makes CloudFormation of it: a function with tracing, behind a REST API."""
    from samtranslator.parser.parser import Parser
    from samtranslator.translator.translator import Translator
    from samtranslator.yaml_helper import yaml_parse

    template = yaml_parse((made / "hello-orders" / "template.yaml").read_text())
    function = template["Resources"]["HelloOrdersFunction"]["Properties"]
    function["CodeUri"] = "s3://bucket/key"  # what `sam package` puts there
    os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")

    made_of_it = Translator({}, Parser()).translate(template, {})

    kinds = {resource["Type"] for resource in made_of_it["Resources"].values()}
    assert {"AWS::Lambda::Function", "AWS::ApiGateway::RestApi"} <= kinds
    properties = made_of_it["Resources"]["HelloOrdersFunction"]["Properties"]
    assert (properties["Handler"], properties["TracingConfig"]) == ("app.handler", {"Mode": "Active"})


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Hello", "'Hello' is no name for it: give lower-case words joined by hyphens"),
        ("hello_world", "'hello_world' is no name for it"),
        ("../hello", "is no name for it"),
        ("7days", "is no name for it"),
        ("service", "a plugin cannot be called 'service': it is an option of the decorator itself"),
        ("lambda", "a plugin cannot be called 'lambda'"),
        ("json", "'json' would hide the module 'json' of Python's library"),
        ("logger", "a plugin called 'logger' is installed already, by lambda-powertools-logger"),
    ],
)
def test_a_bad_name_is_refused(name, message, tmp_path):
    """A name that cannot be that of folder, package and plugin is one error, and nothing is written."""
    result = CliRunner().invoke(main, ["new", "plugin", name, "--directory", str(tmp_path)])

    assert (result.exit_code, list(tmp_path.iterdir())) == (2, [])
    assert message in result.output


@pytest.mark.parametrize("kind", ["plugin", "function"])
def test_a_folder_that_exists_is_left_alone(kind, tmp_path):
    """Nothing is written into a folder that is there already, be it empty."""
    (tmp_path / "shop").mkdir()

    result = CliRunner().invoke(main, ["new", kind, "shop", "--directory", str(tmp_path)])

    assert result.exit_code == 2
    assert f"{tmp_path / 'shop'} exists already: nothing was written" in result.output
    assert (list(tmp_path.iterdir()), list((tmp_path / "shop").iterdir())) == ([tmp_path / "shop"], [])


def test_a_folder_that_cannot_be_written_is_one_error(tmp_path):
    """What stands in the way is told, without a traceback, and nothing half-written is left."""
    (tmp_path / "file").write_text("")

    result = CliRunner().invoke(main, ["new", "plugin", "shop", "--directory", str(tmp_path / "file" / "below")])

    assert (result.exit_code, "Traceback" in result.output) == (1, False)
    assert "cannot be written: Not a directory" in result.output


def test_folders_above_are_made(tmp_path):
    """The folder to write into is made if it is missing, and what is written can be read by others."""
    result = CliRunner().invoke(main, ["new", "function", "shop", "--directory", str(tmp_path / "a" / "b")])

    assert result.exit_code == 0
    assert (tmp_path / "a" / "b" / "shop").stat().st_mode & 0o055
    assert list((tmp_path / "a" / "b").iterdir()) == [tmp_path / "a" / "b" / "shop"]
